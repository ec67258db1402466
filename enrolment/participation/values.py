"""What happens with somebody's part in a study, semester by semester, and what is read out of it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from catalog.values import Semester


class Event(StrEnum):
    CONFIRM = "confirm"  # by the teacher
    COUNTERSIGN = "countersign"  # by the owner
    DEFER = "defer"
    RESUME = "resume"
    INTERRUPT = "interrupt"
    RETRACT = "retract"  # by the owner: they did not take part after all
    RESTORE = "restore"  # by the owner: they did


class Cause(StrEnum):
    """Why a study is interrupted or put off (strategy: completion and drop-out are reported with their cause)."""

    ILLNESS = "illness"
    LEAVE = "parental-leave"
    WORKLOAD = "workload"
    NO_SUBSTITUTE = "no-substitute"
    NEW_JOB = "new-job"
    STUDY = "the-study"
    OTHER = "other"


@dataclass(frozen=True)
class Step:
    """One line: what, for which semester (none = from now on), when."""

    event: Event
    semester: Semester | None
    at: datetime


@dataclass(frozen=True)
class Part:
    """What the steps come to: the semesters that the teacher has confirmed and the owner countersigned; whether it is put off or has ended;
    and of which semesters the owner has taken its word back."""

    confirmed: frozenset[Semester] = field(default_factory=frozenset)
    countersigned: frozenset[Semester] = field(default_factory=frozenset)
    deferred: bool = False
    interrupted: bool = False
    retracted: frozenset[Semester] = field(default_factory=frozenset)

    @property
    def runs(self) -> bool:
        return not self.deferred and not self.interrupted

    @property
    def payable(self) -> frozenset[Semester]:
        """The semesters that the owner is paid for: both have said that the teacher takes part in them."""
        return (self.confirmed & self.countersigned) - self.retracted
