"""Working days in Norway: not Saturdays, Sundays, public holidays, nor the eves on which offices are closed."""

from datetime import date, timedelta
from functools import lru_cache


@lru_cache(maxsize=16)
def _public_holidays(year: int) -> dict[date, str]:
    import holidays  # costs a tenth of a second, so only where days are counted

    return dict(holidays.Norway(years=year, language="en_US"))


def public_holidays_on(day: date) -> list[str]:
    """The names of the public holidays on a day, in English as the library has them; two may fall together, as on 17 May 2027."""
    named = _public_holidays(day.year).get(day)
    return named.split("; ") if named else []


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in _public_holidays(day.year) and (day.month, day.day) not in ((12, 24), (12, 31))


def after(day: date, days: int) -> date:
    """The day that is so many working days later."""
    while days:
        day += timedelta(days=1)
        days -= is_working_day(day)
    return day


def between(first: date, last: date) -> int:
    """How many working days come after the first day, up to and including the last."""
    return sum(is_working_day(first + timedelta(days=number)) for number in range(1, (last - first).days + 1))
