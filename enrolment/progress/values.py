"""Credits, what they overlap with, what is asked for, and what it all comes to. Amounts are credits (ECTS), exact in halves."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from catalog.values import Strand, Tag
from catalog.values import credits as exact
from enrolment.progress.asked import BARE_AFTER, Block, Dispensation, OverlapSet, Target


@dataclass(frozen=True)
class Measured:
    """How earlier education was measured where it was taken: the unit's code, what stands on the diploma, and the country if abroad."""

    unit: str | None = None
    stated: str | None = None
    country: str | None = None


OWN_UNIT = Measured()


class Kind(StrEnum):
    """How sure a credit is. Only what is verified is something a teacher has."""

    VERIFIED = "verified"
    RUNNING = "running"
    PLANNED = "planned"
    CLAIMED = "claimed"


LETTERS = ("A", "B", "C", "D", "E")
FAILS = ("F", "fail")


def passes_best_first(bare_after: str = BARE_AFTER) -> tuple[str, ...]:
    """Letters and the bare pass, the best first. Raises ValueError where the letter that the pass ranks after is none."""
    place = LETTERS.index(bare_after) + 1
    return (*LETTERS[:place], "pass", *LETTERS[place:])


PASSES_BEST_FIRST = passes_best_first()


@dataclass(frozen=True)
class Credit:
    """Credits from one study in one subject. Raises ValueError for credits not in halves and for an unknown grade.

    `key` is the credit's own; `module` the UUID of the module it was earned in, None for other studies.
    `grade` is A to F, pass or fail; none on a verified credit means passed, grade not stated.
    Two credits of one module are two attempts at the same content.
    """

    key: str
    subject: str
    credits: Decimal
    kind: Kind
    module: str | None = None
    grade: str | None = None
    finished_on: date | None = None
    strand: Strand = Strand.FURTHER
    title: str = ""
    source: str = ""
    contents: tuple[tuple[Tag, Decimal | None], ...] = ()  # what it contains, and how much of it; none = touched, amount not stated

    def __post_init__(self):
        object.__setattr__(self, "credits", exact(self.credits))
        if self.grade not in (None, *PASSES_BEST_FIRST, *FAILS):
            raise ValueError(f"“{self.grade}” is not a grade from A to F, pass or fail.")

    @property
    def content(self) -> str:
        """What overlap sets and repeated attempts know it by: its module, or the credit itself where there is none."""
        return self.module or self.key

    @property
    def passed(self) -> bool:
        """Not failed: what is still running or planned has no grade, and may yet be passed."""
        return self.grade not in FAILS


@dataclass(frozen=True)
class ModuleNeeded:
    """A prerequisite: a module, by its UUID."""

    module: str


@dataclass(frozen=True)
class CreditsNeeded:
    """A prerequisite: credits in a subject, whichever they are."""

    subject: str
    credits: Decimal


@dataclass(frozen=True)
class Lacking:
    """A prerequisite not met; of credits, how many are missing."""

    needed: ModuleNeeded | CreditsNeeded
    missing: Decimal | None = None


class Reason(StrEnum):
    """Why a credit counts what it counts."""

    IN_FULL = "in-full"
    OVERLAP = "overlap"
    SAME_MODULE = "same-module"
    IN_SERVICE = "in-service"
    NOT_PASSED = "not-passed"


@dataclass(frozen=True)
class Because:
    """The other credits, by key, that already count the content; the overlap set that says so, none for the same module."""

    credits: tuple[str, ...]
    overlap: OverlapSet | None = None


@dataclass(frozen=True)
class Counted:
    """What one credit counts towards its subject, before the subject's cap, and why not all of it. `unused`: what of it goes past the cap."""

    credit: Credit
    counted: Decimal
    reason: Reason
    because: tuple[Because, ...] = ()
    unused: Decimal = Decimal(0)

    @property
    def awarded(self) -> Decimal:
        """What the institution gives for it, whatever of it counts."""
        return self.credit.credits

    @property
    def deducted(self) -> Decimal:
        return self.credit.credits - self.counted


@dataclass(frozen=True)
class Amounts:
    """Credits of each kind. Running is what it adds to the verified, planned what it adds to both, claimed what it would add
    to the verified alone once somebody has verified it."""

    verified: Decimal
    running: Decimal
    planned: Decimal
    claimed: Decimal


@dataclass(frozen=True)
class BlockMet:
    """How far a block is met: credits of the content that are verified, and with those to come; whether it is touched at all.

    Overlap is taken away in full, since nobody states what of the content it is.
    """

    block: Block
    verified: Decimal
    coming: Decimal
    touched: bool
    touched_later: bool

    @property
    def reached(self) -> bool:
        return self.touched and self.verified >= self.block.credits

    @property
    def missing(self) -> Decimal:
        return max(self.block.credits - self.coming, Decimal(0))

    @property
    def lacking(self) -> bool:
        """Whether something is to be done, beside what is running and planned."""
        return bool(self.missing) or not self.touched_later


@dataclass(frozen=True)
class Threshold:
    """A target's mark on the bar: reached by what is verified, its blocks too; missing after all that is running and planned."""

    target: Target
    reached: bool
    missing: Decimal
    blocks: tuple[BlockMet, ...] = ()
    dispensation: Dispensation | None = None

    @property
    def asked(self) -> Decimal:
        """The credits required, or what a dispensation asks for instead."""
        return min(self.target.credits, self.dispensation.credits) if self.dispensation else self.target.credits


@dataclass(frozen=True)
class Progress:
    """The way to the goal in one subject: verified, running, planned and missing together are exactly the goal.

    `within` is what counts up to the goal and `beyond` what goes past it, each credit counted in one of the two and once.
    `missing_if_verified` is what would be missing if every claim were verified.
    """

    subject: str
    goal: Decimal
    within: Amounts
    beyond: Amounts
    missing: Decimal
    missing_if_verified: Decimal
    counted: tuple[Counted, ...]
    thresholds: tuple[Threshold, ...]
    blocks: tuple[BlockMet, ...] = ()

    @property
    def short_of(self) -> dict[Tag, Decimal]:
        """By content, how many credits of it are missing after all to come: of the whole study, and of every requirement."""
        all_of_them = [*self.blocks, *(block for threshold in self.thresholds for block in threshold.blocks)]
        return {tag: amount for tag in Tag if (amount := max((one.missing for one in all_of_them if one.block.tag is tag), default=Decimal(0)))}

    @property
    def verified(self) -> Decimal:
        return self.within.verified

    @property
    def running(self) -> Decimal:
        return self.within.running

    @property
    def planned(self) -> Decimal:
        return self.within.planned

    @property
    def claimed(self) -> Decimal:
        return self.within.claimed

    @property
    def surplus(self) -> Decimal:
        """All that goes past the goal, claims left out."""
        return self.beyond.verified + self.beyond.running + self.beyond.planned

    @property
    def parts(self) -> dict[str, Decimal]:
        """The lengths of the bar, together the goal. Claimed is here only what the claims would fill of what is missing."""
        claimed = self.missing - self.missing_if_verified
        own = {"verified": self.verified, "claimed": claimed, "running": self.running, "planned": self.planned}
        return own | {"missing": self.missing_if_verified}
