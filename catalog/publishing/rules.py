"""What must hold between the facts of a module and of a run. Pure: each rule names the field and the problem; `words.py` says it."""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from catalog.offers.rules import first_day_of, last_day_of
from catalog.publishing.values import Meeting
from catalog.values import Semester

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
    *, credits: Decimal | None, in_service: bool, tags: Iterable[Decimal | None] = (), overlaps: Iterable[Decimal] = ()
) -> list[Problem]:
    """In-service training has no credits; a module has at least those of any one of its contents and of its overlaps."""
    if credits is None:
        return []
    if in_service:
        return [Problem("credits", "in-service-credits")]
    largest_tag, largest_overlap = max(filter(None, tags), default=0), max(overlaps, default=0)
    if largest_tag > credits:
        return [Problem("credits", "fewer-credits-than-content", {"credits": largest_tag})]
    if largest_overlap > credits:
        return [Problem("credits", "fewer-credits-than-overlap", {"credits": largest_overlap})]
    return []


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
