"""What a board holds, apart from its rows: where a case needs what, what it costs whom, and the facts it is ranked by. Money is whole øre."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Need(StrEnum):
    """What a case waits for, in the order the board shows it."""

    OVERDUE = "overdue"
    SOON = "due-this-week"
    DECIDE = "to-decide"
    RANK = "to-rank"
    OTHERS = "waiting-for-others"
    DONE = "done"


class ExtraKind(StrEnum):
    TRAVEL = "travel"
    LODGING = "lodging"
    MATERIALS = "materials"


@dataclass(frozen=True)
class Money:
    """What a study costs the state, the owner by its share and by what it pays beside (travel and such), and the teacher in own time."""

    state: int = 0
    owner: int = 0
    own: int = 0
    extra: int = 0

    def __add__(self, other: "Money") -> "Money":
        return Money(self.state + other.state, self.owner + other.owner, self.own + other.own, self.extra + other.extra)

    @property
    def ours(self) -> int:
        """All that the owner pays."""
        return self.owner + self.extra


@dataclass(frozen=True)
class Facts:
    """What the agreed criteria weigh; shares between nought and one. Unknown is none, and weighs as nought."""

    gap_at_school: Fraction | None = None  # of those who teach the subject at the school, how many lack credits for it
    teaches_without: bool = False
    gap_in_subject: Fraction = Fraction(0)  # how much of the requirement is missing
    refused_before: bool = False


@dataclass(frozen=True)
class Claim:
    """A case as the suggested order sees it. Of two with equal points the one with fewer credits goes first, then the one sent first, then by key."""

    key: str
    facts: Facts
    credits: Fraction = Fraction(0)
    sent: str = ""


@dataclass(frozen=True)
class Cuts:
    """After how many rows of the ranked list each line stands; none where it is not known."""

    state: int | None
    budget: int | None
    seats: int | None
