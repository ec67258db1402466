"""What stands in a calendar, and which calendars there are to subscribe to."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from catalog.values import Strand
from enrolment.applications.lifecycle import Case, Employer
from enrolment.rounds.values import Step


class FeedKind(StrEnum):
    """What a feed tells: one's own gatherings, the deadlines of a teacher, a head or an owner, or how many are away from a school or an owner's schools."""

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


class Due(StrEnum):
    """What a day ends: the answer to an offer of a seat, applying for a run one has saved, the appeal against a mark, or leaving a run that was changed
    without consequence."""

    REPLY = "reply"
    APPLY = "apply"
    APPEAL = "appeal"
    LEAVE = "leave"


@dataclass(frozen=True)
class Deadline:
    """A day that ends something, until its midnight. `uuid`: that of the enrolment; of applying, that of the run."""

    uuid: UUID
    on: date
    title: str
    due: Due
    run: UUID
    made_up: bool = False


@dataclass(frozen=True)
class RoundDay:
    """A day of a round of application, until its midnight. `round`: its code, and `name` what it is called; `scheme`: the code of the one it is for,
    none = all; `sequence`: how often it has been moved; `case`: the reader's own application there, by its identifier."""

    uuid: UUID
    on: date
    step: Step
    round: str
    name: str
    strand: Strand
    scheme: str | None = None
    sequence: int = 0
    published_at: datetime | None = None
    made_up: bool = False
    case: UUID | None = None


@dataclass(frozen=True)
class OwnCase:
    """A teacher's application in a round, as far as it decides which days concern them. `schemes`: the codes of those its choices have."""

    uuid: UUID
    state: Case
    employer: Employer
    schemes: frozenset[str] = frozenset()
