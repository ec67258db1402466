"""Which gatherings clash, which weeks they fall in, and on which days a school needs cover."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from uuid import UUID

from enrolment.calendar.values import Absence, Deadline, Meeting

Week = tuple[int, int]
"""ISO year and week."""


def days_of(starts: date, ends: date) -> list[date]:
    """Every day from the first to the last, both included."""
    return [starts + timedelta(days=number) for number in range((ends - starts).days + 1)]


def clashes(meetings: Sequence[Meeting]) -> dict[UUID, list[Meeting]]:
    """By gathering, the gatherings of other runs that share a day with it; what is cancelled is in nobody's way."""
    held = [one for one in meetings if one.held]
    found: dict[UUID, list[Meeting]] = {}
    for one in held:
        others = [other for other in held if other.run != one.run and other.starts_on <= one.ends_on and one.starts_on <= other.ends_on]
        if others:
            found[one.uuid] = sorted(others, key=lambda other: (other.starts_on, str(other.uuid)))
    return found


def shared_days(one: Meeting, other: Meeting) -> tuple[date, date]:
    """The first and the last day on which two that clash both are."""
    return max(one.starts_on, other.starts_on), min(one.ends_on, other.ends_on)


def by_week(things: Iterable[Meeting | Deadline | Absence], day: Callable[..., date]) -> list[tuple[Week, list]]:
    """Things under the week of their day, in order of time."""
    weeks: dict[Week, list] = defaultdict(list)
    for thing in sorted(things, key=day):
        weeks[tuple(day(thing).isocalendar()[:2])].append(thing)
    return sorted(weeks.items())


def needs_cover(absence: Absence, is_working_day: Callable[[date], bool]) -> bool:
    """Whether a gathering takes somebody away on a day of school; a weekend is nobody's but their own."""
    return any(is_working_day(day) for day in days_of(absence.meeting.starts_on, absence.meeting.ends_on))


def many_away(absences: Iterable[Absence], least: int = 2) -> dict[tuple[UUID, date], int]:
    """By school and day, how many are away, where they are several."""
    people: dict[tuple[UUID, date], set[str]] = defaultdict(set)
    for one in absences:
        for day in days_of(one.meeting.starts_on, one.meeting.ends_on):
            people[one.school, day].add(one.person)
    return {place: len(names) for place, names in people.items() if len(names) >= least}
