"""What stands in a calendar, and which calendars there are to subscribe to."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class FeedKind(StrEnum):
    """What a feed tells: one's own gatherings, one's own deadlines, or how many are away from the schools of an owner."""

    GATHERINGS = "gatherings"
    DEADLINES = "deadlines"
    COVER = "cover"


@dataclass(frozen=True)
class Meeting:
    """One dated gathering of somebody's run. `run`: the run's identifier; `held`: not cancelled; `sure`: the seat is theirs, not only offered."""

    uuid: UUID
    run: UUID
    title: str
    starts_on: date
    ends_on: date
    place: str | None
    online: bool
    sequence: int
    published_at: datetime | None
    held: bool = True
    sure: bool = True
    made_up: bool = False
    position: tuple[float, float] | None = None


@dataclass(frozen=True)
class Absence:
    """That somebody who works at a school is at a gathering."""

    meeting: Meeting
    person: str
    school: UUID
    school_name: str


@dataclass(frozen=True)
class Deadline:
    """A day that ends something, until its midnight. `reply`: the answer to an offer of a seat, by the enrolment; else the last day to apply, by the run."""

    uuid: UUID
    on: date
    title: str
    reply: bool
    run: UUID
    made_up: bool = False
