"""What is asked for in a subject, and which contents are shared: the rows a teacher's credits are held against, as values.

Rows with days and sources, never constants of the program. Amounts are credits (ECTS), exact in halves.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from catalog.values import Band, Tag
from catalog.values import credits as exact

SIXTY = Decimal(60)  # a study in one subject: four modules of normally 15 (strategy 2012–2015, form of the studies)
THIRTY = Decimal(30)  # principal education
BARE_AFTER = "C"  # NTNU, credit reduction: a bare pass ranks between C and D, where no rule says otherwise. Both kinds of pass earn full credits.


@dataclass(frozen=True)
class OverlapSet:
    """Modules (or other studies, by their credit's key), and the credits that fall away for whoever holds them all.

    A set of fewer than two modules or of no credits says nothing. Raises ValueError for credits not in halves.
    """

    modules: frozenset[str]
    credits: Decimal
    source: str = ""

    def __post_init__(self):
        object.__setattr__(self, "modules", frozenset(self.modules))
        object.__setattr__(self, "credits", exact(self.credits))


@dataclass(frozen=True, kw_only=True)
class Lasting:
    """Holds from a day to a day, both included; none = open."""

    first: date | None = None
    last: date | None = None

    def holds(self, on: date | None) -> bool:
        """On a day; without one, whatever is handed in holds."""
        return on is None or (self.first or on) <= on <= (self.last or on)


@dataclass(frozen=True)
class Target(Lasting):
    """What a teacher should hold in a subject to teach it in a band: 60, 30 or 0 credits, with its legal source."""

    subject: str
    band: Band
    credits: Decimal
    source: str = ""

    def __post_init__(self):
        object.__setattr__(self, "credits", exact(self.credits))


@dataclass(frozen=True)
class Block(Lasting):
    """Content that must be among what counts: at least so many credits of it; 0 = it must be touched, whatever the amount.

    `band`: whose requirement it is part of; none = of the whole study.
    """

    tag: Tag
    credits: Decimal
    band: Band | None = None
    source: str = ""


@dataclass(frozen=True)
class Dispensation(Lasting):
    """What is asked of one teacher instead of the requirement, decided by the school owner: 0 = nothing. It gives no credits.

    `band`: the one it is for; none = every band.
    """

    credits: Decimal
    band: Band | None = None
    why: str = ""
    by: str = ""


@dataclass(frozen=True)
class Rule:
    """What a teacher's credits in one subject are held against: rows with days and sources, never constants of the program.

    `equivalents`: modules that are the same content under other names. `bare_after`: the letter a bare pass ranks after.
    """

    subject: str
    goal: Decimal = SIXTY
    targets: tuple[Target, ...] = ()
    blocks: tuple[Block, ...] = ()
    dispensations: tuple[Dispensation, ...] = ()
    overlap_sets: tuple[OverlapSet, ...] = ()
    equivalents: tuple[frozenset[str], ...] = ()
    bare_after: str = BARE_AFTER
