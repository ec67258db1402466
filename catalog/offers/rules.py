"""What a date tells of a run: planned, open, running or ended. Pure; the facts are named arguments."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from catalog.offers.lifecycle import Run
from catalog.values import Delivery, Semester, Term

FEWEST = 5  # applicants; fewer are not counted for all to see (PRODUCT: demand is shown from five on)
_YEAR = re.compile(r"\b((?:19|20)\d\d)(?:\s?[/–-]\s?(\d\d)\b)?")


class Stage(StrEnum):
    """Where a run is in its time, on a day. Unknown = neither dates nor semester are stated."""

    PLANNED = "planned"
    LATER = "opens-later"
    OPEN = "open"
    CLOSED = "closed"
    RUNNING = "running"
    ENDED = "ended"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class LastYear:
    """How many applied for how many seats in the runs of the same study a year before. `applied`: none = some, but fewer than FEWEST."""

    applied: int | None
    seats: int

    @property
    def a_seat(self) -> float | None:
        """Applicants for each seat; none where they may not be told."""
        return None if self.applied is None else self.applied / self.seats


def last_day_of(semester: Semester) -> date:
    """The last day of a semester: 31 July or 31 December, as universities count them."""
    return date(semester.year, 7, 31) if semester.term is Term.SPRING else date(semester.year, 12, 31)


def first_day_of(semester: Semester) -> date:
    return date(semester.year, 1, 1) if semester.term is Term.SPRING else date(semester.year, 8, 1)


def last_day(*, semester: Semester | None, semesters: int, ends_on: date | None) -> date | None:
    """The last day of a run: as stated, else the end of its last semester; none where neither is known."""
    if ends_on or semester is None:
        return ends_on
    return last_day_of(semester.plus(max(semesters, 1) - 1))


def can_be_applied_for(*, semester: Semester | None, apply_by: date | None, starts_on: date | None, on: date) -> bool:
    """Until the last day to apply; where none is stated, until the run or its semester begins. A run that states no time cannot."""
    last = apply_by or starts_on or (first_day_of(semester) if semester else None)
    return last is not None and on <= last


def has_ended(*, semester: Semester | None, semesters: int, ends_on: date | None, on: date, told_over: bool = False) -> bool:
    """Whether a run is over, by its time or because its source says so. A run that says neither has not ended."""
    end = last_day(semester=semester, semesters=semesters, ends_on=ends_on)
    return told_over or (end is not None and end < on)


def last_year_named(text: str | None) -> int | None:
    """The last calendar year that a text names: 2025 of «2024/2025» and of «kull 2025», 2026 of «2025/26»."""
    years = [int(year) + (1 if after else 0) for year, after in _YEAR.findall(text or "")]
    return max(years, default=None)


def programme_is_over(stated: Mapping[str, str], on: date) -> bool:
    """Whether a programme, which has no runs here, is over: the last year it names is past."""
    last = last_year_named(stated.get("study_year"))
    return last is not None and last < on.year


def stage(
    *, state: Run, semester: Semester | None, semesters: int, opens_on: date | None, apply_by: date | None, starts_on: date | None, ends_on: date | None,
    on: date, told_over: bool = False,
) -> Stage:  # fmt: skip
    """Where a run is in its time. One that may still be applied for is open, even where it has begun."""
    if state is Run.CANCELLED:
        return Stage.CANCELLED
    if has_ended(semester=semester, semesters=semesters, ends_on=ends_on, on=on, told_over=told_over):
        return Stage.ENDED
    if state is Run.PLANNED:
        return Stage.PLANNED
    return _while_published(semester, opens_on, apply_by, starts_on, on)


def _while_published(semester: Semester | None, opens_on: date | None, apply_by: date | None, starts_on: date | None, on: date) -> Stage:
    if opens_on and on < opens_on:
        return Stage.LATER
    if apply_by and on <= apply_by:
        return Stage.OPEN
    begins = starts_on or (first_day_of(semester) if semester else None)
    if begins is None:
        return Stage.CLOSED if apply_by else Stage.UNKNOWN
    if begins <= on:
        return Stage.RUNNING
    return Stage.CLOSED if apply_by else Stage.OPEN if opens_on else Stage.UNKNOWN


def days_there(delivery: Delivery | None, stated: int | None, semesters: int, gatherings: Sequence) -> int | None:
    """Days one has to be there in the whole of a run: those of its dated gatherings, each day once; else as stated for each semester; nought where all of
    it is online. None on campus, and where the days are not known."""
    if delivery is Delivery.CAMPUS:
        return None
    meetings = [meeting for meeting in gatherings if not meeting.online]
    if meetings and all(meeting.starts_on for meeting in meetings):
        return len({day for meeting in meetings for day in range(meeting.starts_on.toordinal(), meeting.ends_on.toordinal() + 1)})
    if stated is not None and delivery is not Delivery.ONLINE:
        return stated * max(semesters, 1)
    return 0 if not meetings and (delivery is Delivery.ONLINE or gatherings) else None


def days_away(delivery: Delivery | None, stated: int | None, gatherings: Sequence) -> int | None:
    """Gathering days in the semester that has the most of them: nought online; None on campus, and where the days are not stated."""
    if delivery is Delivery.ONLINE:
        return 0
    if delivery not in (Delivery.BLENDED, Delivery.GATHERINGS):
        return None
    meetings = [meeting for meeting in gatherings if not meeting.online]
    if not meetings or any(meeting.starts_on is None for meeting in meetings):
        return stated if stated is not None else 0 if gatherings and not meetings else None
    by_semester = defaultdict(int)
    for meeting in meetings:
        by_semester[(meeting.starts_on.year, meeting.starts_on.month >= 8)] += (meeting.ends_on - meeting.starts_on).days + 1
    return max(by_semester.values())
