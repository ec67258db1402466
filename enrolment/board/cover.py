"""How a school is covered: by week, who is away at which gathering, with the hours and kroner of a substitute. Pure, but for its readers."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

Week = tuple[int, int]
"""ISO year and week."""


@dataclass(frozen=True)
class Away:
    """Somebody at a gathering. `sure`: they have a seat; else it is what they have applied for."""

    person_id: int
    name: str
    subject: str
    title: str
    first: date
    last: date
    sure: bool
    made_up: bool = False

    def days(self, is_working_day: Callable[[date], bool]) -> list[date]:
        """The days of school among its days."""
        span = (self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1))
        return [day for day in span if is_working_day(day)]


@dataclass(frozen=True)
class Crowd:
    """A day on which more than `most` of those who take one subject are away."""

    day: date
    subject: str
    people: int


@dataclass(frozen=True)
class WeekOfCover:
    """One week of a school: who is away on how many days of school, and what it comes to."""

    week: Week
    blocks: dict[int, tuple[Away, ...]]
    days: int
    hours: Decimal
    oere: int
    crowds: tuple[Crowd, ...]


def weeks(absences: Iterable[Away], is_working_day: Callable[[date], bool], *, hours_a_day: Decimal, oere_an_hour: int, most: int) -> list[WeekOfCover]:
    """By week, in order of time; a week in which nobody is away on a day of school is left out. Somebody at two gatherings a day is away once."""
    blocks: dict[Week, dict[int, list[Away]]] = defaultdict(lambda: defaultdict(list))
    days: dict[Week, set[tuple[int, date]]] = defaultdict(set)
    crowd: dict[tuple[date, str], set[int]] = defaultdict(set)
    for one in absences:
        for day in one.days(is_working_day):
            week = _week(day)
            days[week].add((one.person_id, day))
            crowd[day, one.subject].add(one.person_id)
            if one not in blocks[week][one.person_id]:
                blocks[week][one.person_id].append(one)
    many = [Crowd(day, subject, len(people)) for (day, subject), people in sorted(crowd.items()) if len(people) > most]
    return [_week_of(week, blocks[week], len(days[week]), hours_a_day, oere_an_hour, many) for week in sorted(days)]


def _week(day: date) -> Week:
    return tuple(day.isocalendar()[:2])


def _week_of(week: Week, blocks: dict[int, list[Away]], days: int, hours_a_day: Decimal, oere_an_hour: int, many: Sequence[Crowd]) -> WeekOfCover:
    hours = days * hours_a_day
    kept = {person: tuple(theirs) for person, theirs in blocks.items()}
    return WeekOfCover(week, kept, days, hours, int(hours * oere_an_hour), tuple(one for one in many if _week(one.day) == week))


def staff(weeks: Iterable[WeekOfCover]) -> list[tuple[int, str]]:
    """Everybody who is away in some week, by name."""
    names = {person: theirs[0].name for one in weeks for person, theirs in one.blocks.items()}
    return sorted(names.items(), key=lambda pair: (pair[1], pair[0]))
