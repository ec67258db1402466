"""What a plan is asked for with, and what it is: modules, their runs, terms. A term is the number of its semester (year × 2 + term)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import IntEnum, StrEnum

from enrolment.progress.values import CreditsNeeded, ModuleNeeded, OverlapSet

DEFAULT_CAPACITY = Decimal(15)  # credits a term beside a full post; what most studies are laid out for


class Reach(IntEnum):
    """How far from home a run takes one. A question allows so much and everything nearer."""

    ONLINE = 0
    REGION = 1
    ANYWHERE = 2


@dataclass(frozen=True)
class Module:
    """A module that can be planned. `content`: of each tag the credits it covers, None where touched and the amount not stated."""

    key: str
    subject: str
    credits: Decimal
    needs: tuple[ModuleNeeded | CreditsNeeded, ...] = ()
    content: Mapping[str, Decimal | None] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Run:
    """One run of a module: its first term and how many it lasts, days away by term, the days of its gatherings, its fee in øre."""

    key: str
    module: str
    first: int
    terms: int = 1
    days: Mapping[int, int] = field(default_factory=dict, hash=False)
    dates: frozenset[date] = frozenset()
    fee: int = 0
    reach: Reach = Reach.ONLINE

    @property
    def last(self) -> int:
        return self.first + self.terms - 1

    @property
    def days_away(self) -> int:
        return sum(self.days.values())


@dataclass(frozen=True)
class Held:
    """Content one has, or has a seat for: known by its module, or by the credit itself. `ready`: the first term that can build on it."""

    key: str
    subject: str
    credits: Decimal
    ready: int = 0
    content: Mapping[str, Decimal | None] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Block:
    """Content the credits must cover: so many credits of a tag; None = the tag must be there, whatever the amount."""

    tag: str
    credits: Decimal | None = None


@dataclass(frozen=True)
class Question:
    """From what I hold to the goal in a subject.

    `capacity`: credits a term at most, `load`: those that seats already take, by term. `days_away`: days a term at most, None = as many as it
    takes. `busy`: days already taken by the gatherings of seats. `apart`: modules that cannot be taken in the same term. Runs outside first and last term, and past `within`, are left out.
    """

    subject: str
    goal: Decimal
    first: int
    last: int
    modules: tuple[Module, ...] = ()
    runs: tuple[Run, ...] = ()
    held: tuple[Held, ...] = ()
    overlap_sets: tuple[OverlapSet, ...] = ()
    blocks: tuple[Block, ...] = ()
    capacity: Decimal = DEFAULT_CAPACITY
    load: Mapping[int, Decimal] = field(default_factory=dict, hash=False)
    days_away: int | None = None
    within: Reach = Reach.ANYWHERE
    busy: frozenset[date] = frozenset()
    apart: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Plan:
    """Runs that reach the goal. `finish`: the last term (None where nothing is left to take), `cost` in øre, `credits` what is taken,
    `counted` what counts in the subject with all that is held."""

    runs: tuple[Run, ...]
    finish: int | None
    days: int
    cost: int
    credits: Decimal
    counted: Decimal

    @property
    def rank(self) -> tuple:
        """What is minimised, in this order: the finishing term, days away, cost; then, of equals, what asks for the least."""
        return self.finish or 0, self.days, self.cost, self.credits

    @property
    def modules(self) -> frozenset[str]:
        return frozenset(run.module for run in self.runs)


class Limit(StrEnum):
    """What of a question can give way."""

    CAPACITY = "capacity"
    DAYS = "days"
    REACH = "reach"
    LAST = "last"
    CONTENT = "content"


@dataclass(frozen=True)
class Relaxed:
    """What must give way, to which value (credits, days, a Reach, a term), and the plan that it gives."""

    limits: Mapping[Limit, Decimal | int | None]
    plan: Plan


@dataclass(frozen=True)
class Answer:
    """The best plans, at most three. Where there is none: what to relax, and the furthest one gets without."""

    plans: tuple[Plan, ...] = ()
    relaxed: tuple[Relaxed, ...] = ()
    furthest: Plan | None = None
