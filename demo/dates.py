"""When made-up runs open, close, begin, meet and end, told from one day. Pure: the day is an argument.

Semesters are counted from the first coming one, which is 0: −1 is the one of today, −2 the one before it.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from catalog.offers.rules import first_day_of
from catalog.values import Semester, Term
from config.working_days import is_working_day
from demo.dice import Dice

# ISO weeks in which schools have their holidays, so that no gathering is held in them.
HOLIDAY_WEEKS = {Term.AUTUMN: (40, 41), Term.SPRING: (8, 9)}
BEGINS = {Term.AUTUMN: (8, 24), Term.SPRING: (1, 18)}
ENDS = {Term.AUTUMN: (12, 4), Term.SPRING: (5, 28)}
LAST_GATHERING = {Term.AUTUMN: (11, 27), Term.SPRING: (5, 14)}


def first_coming(today: date) -> Semester:
    """The semester after the one of today: spring to the end of July, autumn from August."""
    return Semester(today.year, Term.AUTUMN) if today.month <= 7 else Semester(today.year + 1, Term.SPRING)


def working_day(day: date) -> date:
    """The day itself, or the first working day after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


@dataclass(frozen=True)
class Dates:
    """The days of one run; planned ones have none yet."""

    starts_on: date | None = None
    ends_on: date | None = None
    opens_on: date | None = None
    apply_by: date | None = None
    queue_closes_on: date | None = None


def begins(semester: Semester, dice: Dice) -> date:
    """The first day of teaching: in the last week of August or the first of September, in January or early in February."""
    return working_day(date(semester.year, *BEGINS[semester.term]) + timedelta(weeks=dice.between(0, 1)))


def ends(semester: Semester, dice: Dice) -> date:
    return working_day(date(semester.year, *ENDS[semester.term]) + timedelta(days=dice.between(0, 12)))


def held(semester: Semester, semesters: int, today: date, dice: Dice) -> Dates:
    """A run that has begun, or is over: enrolment was in the months before. It has begun on the day, however early in the semester."""
    start = min(begins(semester, dice), max(first_day_of(semester), today - timedelta(days=7)))
    close = _workday_before(start - timedelta(days=dice.between(21, 35)))
    opened, last = start - timedelta(days=dice.between(90, 120)), ends(semester.plus(semesters - 1), dice)
    return Dates(start, last, opened, close, start - timedelta(days=4))


def open_now(semester: Semester, semesters: int, today: date, dice: Dice) -> Dates:
    """A run one can enrol in today, for one to five weeks yet."""
    start = begins(semester, dice)
    wanted = today + timedelta(days=dice.between(7, 35))
    close = working_day(max(min(wanted, start - timedelta(days=11)), today + timedelta(days=3)))
    opened, last = today - timedelta(days=dice.between(20, 45)), ends(semester.plus(semesters - 1), dice)
    return Dates(start, last, opened, close, start - timedelta(days=4))


def begins_soon(today: date, dice: Dice) -> Dates:
    """A run that begins in three weeks and lasts into the next semester; one can enrol until four days before."""
    start = working_day(today + timedelta(days=dice.between(17, 20)))
    close = start - timedelta(days=4)
    return Dates(start, working_day(start + timedelta(days=dice.between(100, 120))), today - timedelta(days=40), _workday_before(close), close)


def opens_soon(semester: Semester, semesters: int, today: date, dice: Dice) -> Dates:
    """A run that opens within the week, or where there are months left, within one to three months."""
    start = begins(semester, dice)
    wait = dice.between(30, 90) if start - today > timedelta(days=150) else dice.between(2, 5)
    opens = working_day(today + timedelta(days=wait))
    close = _workday_before(min(opens + timedelta(days=42), start - timedelta(days=4)))
    return Dates(start, ends(semester.plus(semesters - 1), dice), opens, max(close, opens), start - timedelta(days=4))


def _workday_before(day: date) -> date:
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def gatherings(dates: Dates, semester: Semester, semesters: int, days: tuple[int, ...]) -> list[tuple[date, date]]:
    """The first and last day of each gathering, spread over each semester; `days` are how many each of a semester takes."""
    if dates.starts_on is None:
        return []
    return [span for number in range(semesters) for span in _in_one(semester.plus(number), dates.starts_on, days)]


def _in_one(semester: Semester, start: date, days: tuple[int, ...]) -> list[tuple[date, date]]:
    weeks = _weeks(semester, start)
    mondays = [weeks[place * len(weeks) // len(days)] for place in range(len(days))]
    return [_span(monday, start, length) for monday, length in zip(mondays, days, strict=True)]


def _span(monday: date, start: date, length: int) -> tuple[date, date]:
    """Begins on a Tuesday, or with the run where that is later in the week."""
    first = max(monday + timedelta(days=1), start)
    return first, first + timedelta(days=length - 1)


def _weeks(semester: Semester, start: date) -> list[date]:
    """The Mondays of weeks without a public holiday and outside the schools' holidays, from the first day of teaching on."""
    first = max(start, date(semester.year, *BEGINS[semester.term]))
    monday, last = first - timedelta(days=first.weekday()), date(semester.year, *LAST_GATHERING[semester.term])
    if first.weekday() > 1:
        monday += timedelta(weeks=1)
    every = [monday + timedelta(weeks=number) for number in range((last - monday).days // 7 + 1)]
    return [week for week in every if _is_free(week, semester.term)]


def _is_free(monday: date, term: Term) -> bool:
    return monday.isocalendar().week not in HOLIDAY_WEEKS[term] and all(is_working_day(monday + timedelta(days=day)) for day in range(5))


def recorded_on(dates: Dates, today: date, dice: Dice) -> date:
    """When the marks of a run that is over were told: some weeks after its end, and before today."""
    return min(dates.ends_on + timedelta(days=dice.between(10, 24)), today - timedelta(days=1))

