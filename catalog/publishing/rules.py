"""What must hold between the facts of a module and of a run. Pure: each rule names the field and the problem; `words.py` says it."""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Protocol, TypeVar

from catalog.offers.rules import first_day_of, last_day_of
from catalog.publishing.values import Meeting
from catalog.values import Semester

Sharing = tuple[Decimal, Sequence[Decimal | None]]  # what a set shares, and the credits of the other modules in it
EXAMS = timedelta(days=31)  # an exam may fall in the month after the last semester


@dataclass(frozen=True)
class Problem:
    """Something wrong at a field of a form; `facts` fill its sentence."""

    field: str
    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)


def date_problems(
    *,
    semester: Semester | None,
    semesters: int,
    starts_on: date | None,
    ends_on: date | None,
    opens_on: date | None,
    apply_by: date | None,
    queue_closes_on: date | None,
    gatherings: Sequence[Meeting],
) -> list[Problem]:
    """Opens ≤ apply by ≤ start, the queue closes between opening and start, start < end within the semesters, gatherings within the run."""
    days = {"starts_on": starts_on, "ends_on": ends_on, "opens_on": opens_on, "apply_by": apply_by, "queue_closes_on": queue_closes_on}
    found = [problem for later, earlier, strictly, code in _ORDER if (problem := _out_of_order(days, later, earlier, strictly, code))]
    found += _outside_semester(semester, semesters, starts_on, ends_on)
    for meeting in gatherings:
        found += _meeting_problems(meeting, starts_on, ends_on)
        if not (starts_on and ends_on and meeting.starts_on):  # else the days of the run are in its semesters, and the gathering in those
            found += _meeting_outside_semester(meeting, semester, semesters)
    return found


_ORDER = (
    ("ends_on", "starts_on", True, "ends-before-start"),
    ("starts_on", "apply_by", False, "starts-before-deadline"),
    ("apply_by", "opens_on", False, "deadline-before-opening"),
    ("starts_on", "queue_closes_on", False, "starts-before-queue-closes"),
    ("queue_closes_on", "opens_on", False, "queue-closes-before-opening"),
)


def _out_of_order(days: Mapping[str, date | None], later: str, earlier: str, strictly: bool, code: str) -> Problem | None:
    first, second = days[earlier], days[later]
    if first is None or second is None or first < second or (first == second and not strictly):
        return None
    at = earlier if later == "starts_on" else later
    return Problem(at, code, {"first": first, "second": second})


def _outside_semester(semester: Semester | None, semesters: int, starts_on: date | None, ends_on: date | None) -> list[Problem]:
    if semester is None:
        return []
    found = []
    if starts_on and not first_day_of(semester) <= starts_on <= last_day_of(semester):
        found.append(Problem("starts_on", "starts-outside-semester", {"day": starts_on, "semester": semester}))
    last = semester.plus(semesters - 1)
    if ends_on and ends_on > last_day_of(last) + EXAMS:
        found.append(Problem("ends_on", "ends-after-semester", {"day": ends_on, "semester": last}))
    return found


def _meeting_problems(meeting: Meeting, starts_on: date | None, ends_on: date | None) -> list[Problem]:
    first, last = meeting.starts_on, meeting.ends_on
    if first is None or last is None:
        return []
    if last < first:
        return [Problem(f"to-{meeting.row}", "gathering-backwards", {"first": first, "second": last})]
    if starts_on and first < starts_on:
        return [Problem(f"from-{meeting.row}", "gathering-before-start", {"day": first, "start": starts_on})]
    if ends_on and last > ends_on:
        return [Problem(f"to-{meeting.row}", "gathering-after-end", {"day": last, "end": ends_on})]
    return []


def _meeting_outside_semester(meeting: Meeting, semester: Semester | None, semesters: int) -> list[Problem]:
    """A gathering lies in the run's semesters, or in the month after for exams; one known by its week only has a day there at least."""
    first, last = _span(meeting)
    if semester is None or first is None or last is None:
        return []
    begins, ends, box = first_day_of(semester), last_day_of(semester.plus(semesters - 1)) + EXAMS, "from" if meeting.starts_on else "week"
    outside = (first < begins or last > ends) if meeting.starts_on else (last < begins or first > ends)
    return [Problem(f"{box}-{meeting.row}", "gathering-outside-semester", {"day": first, "start": begins, "end": ends})] if outside else []


def _span(meeting: Meeting) -> tuple[date | None, date | None]:
    """The first and last day it may be held on."""
    if not meeting.week or meeting.starts_on:
        return meeting.starts_on, meeting.ends_on
    year, _hyphen, week = meeting.week.partition("-")
    return date.fromisocalendar(int(year), int(week), 1), date.fromisocalendar(int(year), int(week), 7)


class Dated(Protocol):
    """What has a first and a last day: a gathering."""

    starts_on: date | None
    ends_on: date | None


Some = TypeVar("Some", bound=Dated)


def clashes(own: Iterable[Some], others: Iterable[Some]) -> list[tuple[Some, Some]]:
    """The gatherings of one run, each with one of another run that falls on the same day. Those without days clash with none."""
    dated = [one for one in others if one.starts_on and one.ends_on]
    return [(mine, one) for mine in own if mine.starts_on and mine.ends_on for one in dated if _share_a_day(mine, one)]


def _share_a_day(one: Dated, other: Dated) -> bool:
    return one.starts_on <= other.ends_on and other.starts_on <= one.ends_on


def seat_problems(*, seats: int | None, minimum: int | None, taken: int) -> list[Problem]:
    """Never fewer seats than are taken, never a minimum that the seats cannot hold."""
    found = []
    if seats is None and taken:
        found.append(Problem("seats", "seats-not-stated", {"taken": taken}))
    if seats is not None and seats < taken:
        found.append(Problem("seats", "fewer-seats-than-taken", {"seats": seats, "taken": taken}))
    if seats is not None and minimum is not None and minimum > seats:
        found.append(Problem("minimum", "minimum-above-seats", {"seats": seats, "minimum": minimum}))
    return found


def credit_problems(
    *, credits: Decimal | None, in_service: bool, tags: Iterable[Decimal | None] = (), overlaps: Iterable[Sharing] = ()
) -> list[Problem]:
    """In-service training has no credits; a module has at least those of any one of its contents, and what its overlaps ask for."""
    if credits is None:
        return []
    if in_service:
        return [Problem("credits", "in-service-credits")]
    largest_tag = max(filter(None, tags), default=0)
    too_large = [shared for shared, others in overlaps if shares_too_much(shared, [credits, *others])]
    if largest_tag > credits:
        return [Problem("credits", "fewer-credits-than-content", {"credits": largest_tag})]
    if too_large:
        return [Problem("credits", "fewer-credits-than-overlap", {"credits": max(too_large)})]
    return []


def shares_too_much(shared: Decimal, credits: Iterable[Decimal | None]) -> bool:
    """Whether a set of modules cannot share so much."""
    most = most_shared(credits)
    return most is not None and shared > most


def most_shared(credits: Iterable[Decimal | None]) -> Decimal | None:
    """The most that modules with these credits can share: all but the largest, since that one counts in any case. Of two it is the smaller.

    UiS MGL2122, MGL2220 and MGL2322 of 15, 15 and 30 share 30. Where one has no credits stated it may be the largest; where several
    have none, nothing is known (None).
    """
    known = list(credits)
    stated = [each for each in known if each is not None]
    if len(known) - len(stated) > 1:
        return None
    return sum(stated, Decimal(0)) - (max(stated, default=Decimal(0)) if len(stated) == len(known) else 0)


def chain_back(start: int, asked: Iterable[int], asks: Mapping[int, Iterable[int]]) -> list[int]:
    """The shortest way from a module over what it asks for back to itself, both ends named; empty where there is none.

    `asked`: the modules `start` would ask for. `asks`: what every other module asks for, by id.
    """
    came_from: dict[int, int] = {}
    waiting = deque((one, start) for one in asked)
    while waiting:
        module, before = waiting.popleft()
        if module == start:
            return _way_back(start, before, came_from)
        if module not in came_from:
            came_from[module] = before
            waiting.extend((further, module) for further in asks.get(module, ()))
    return []


def _way_back(start: int, last: int, came_from: Mapping[int, int]) -> list[int]:
    way = [start]
    while last != start:
        way.append(last)
        last = came_from[last]
    return [start, *reversed(way)]


def why_kept(*, never_seen: bool, people: int, parts: int, needed_by: int) -> str | None:
    """Why a thing is not deleted, the gravest reason first: it has been seen, has people, has parts, or a module asks for it. None: it can be."""
    reasons = {"seen": not never_seen, "people": bool(people), "parts": bool(parts), "asked-for": bool(needed_by)}
    return next((reason for reason, holds in reasons.items() if holds), None)
