"""Which gatherings clash, which weeks they fall in, on which days a school needs cover, and which days of a round concern whom."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from catalog.values import Strand
from enrolment.applications.lifecycle import Case, Employer
from enrolment.calendar.values import Absence, Deadline, Meeting, OwnCase, RoundDay
from enrolment.rounds.values import Step

Week = tuple[int, int]
"""ISO year and week."""

TO_BEGIN = (Step.OPENS, Step.APPLY)
AFTER_SENDING = (Step.APPLY, Step.ANSWER, Step.REPLY)
TAKING_PART = (Step.AUTUMN, Step.SPRING)
OF_HEAD = (Step.APPLY, Step.HEAD)
OF_OWNER = (Step.APPLY, Step.UNION, Step.OWNER, Step.UNLOCK, Step.ANSWER, *TAKING_PART)


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


def by_week(things: Iterable[Meeting | Deadline | RoundDay | Absence], day: Callable[..., date]) -> list[tuple[Week, list]]:
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


def days_of_teacher(days: Sequence[RoundDay], cases: Mapping[tuple[str, Strand], OwnCase], on: date) -> Iterator[RoundDay]:
    """The days of rounds that concern a teacher: of further education all can apply; of another strand those who have begun. `cases`: their own, by
    round and strand. When the answer has been given, the day to reply by is that of each offer."""
    unanswered = {(day.round, day.strand) for day in days if day.step is Step.ANSWER and day.on >= on}
    for day in days:
        case = cases.get((day.round, day.strand))
        concerns = day.step in _steps(case, day.strand) and (day.scheme is None or (case is not None and day.scheme in case.schemes))
        if concerns and (day.step is not Step.REPLY or (day.round, day.strand) in unanswered):
            yield replace(day, case=case.uuid if case else None)


def _steps(case: OwnCase | None, strand: Strand) -> Collection[Step]:
    if case is None:
        return TO_BEGIN if strand is Strand.FURTHER else ()
    if case.state is not Case.SENT:
        return TO_BEGIN
    if case.employer in (Employer.REFUSED, Employer.UNANSWERED):
        return (Step.APPLY,)
    return (*AFTER_SENDING, *TAKING_PART) if case.employer is Employer.APPROVED else AFTER_SENDING


def days_of_body(days: Iterable[RoundDay], is_school: bool) -> Iterator[RoundDay]:
    """The days of rounds by which a head, or else an owner, has something to do or to know."""
    return (day for day in days if day.step in (OF_HEAD if is_school else OF_OWNER))
