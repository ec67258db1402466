"""Columns of a plan by hand, the studies in it as facts, and what one is warned of. A term is the number of its semester."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from enrolment.progress.asked import OverlapSet
from enrolment.progress.values import Credit, CreditsNeeded


class Bucket(StrEnum):
    """Where a study stands: in a term, or in one of the two columns beside the terms."""

    TERM = "term"
    HELD = "held"
    LATER = "later"


@dataclass(frozen=True)
class Study:
    """One study. `term`: none in a bucket; `needs`: modules asked for before it; `offered`: terms it is known to be given in; `dates`: its gatherings.

    `subject`: what it counts in; `asks`: credits asked for before it, each with its subject's name."""

    key: str
    title: str
    credits: Decimal
    module: str | None = None
    term: int | None = None
    terms: int = 1
    held: bool = False
    needs: tuple[tuple[str, str], ...] = ()
    offered: tuple[int, ...] = ()
    dates: frozenset[date] = frozenset()
    own: bool = False  # a study of one's own, which no catalogue knows
    apart: frozenset[str] = frozenset()  # modules that cannot be taken in the same term
    instead: tuple[tuple[str, str], ...] = ()  # modules of the same content that can be taken instead
    subject: str | None = None
    asks: tuple[tuple[CreditsNeeded, str], ...] = ()

    @property
    def last(self) -> int | None:
        return None if self.term is None else self.term + self.terms - 1


@dataclass(frozen=True)
class Workload:
    """Credits a term: much, and too much."""

    soft: Decimal
    hard: Decimal


@dataclass(frozen=True)
class Mine:
    """What one has beside a plan. `ready`: by module, the first term that can build on it; `passed`: modules; `seats`: by module, the term one has a
    seat in; `credits`: each with the first term that can build on it; `load`: credits by term, and `busy`: days, that seats outside the plan take."""

    ready: Mapping[str, int] = field(default_factory=dict)
    passed: frozenset[str] = frozenset()
    seats: Mapping[str, int] = field(default_factory=dict)
    credits: tuple[tuple[int, Credit], ...] = ()
    load: Mapping[int, Decimal] = field(default_factory=dict)
    busy: frozenset[date] = frozenset()
    overlap_sets: tuple[OverlapSet, ...] = ()
    equivalents: tuple[frozenset[str], ...] = ()


class Problem(StrEnum):
    GONE = "gone"
    PASSED = "passed"
    SEAT = "seat"
    NOT_OFFERED = "not-offered"
    TOO_EARLY = "too-early"
    NEEDS = "needs"
    CREDITS = "credits"
    CLASH = "clash"
    SAME_TERM = "same-term"
    OVERLAP = "overlap"
    SAME = "same"
    MUCH = "much"
    TOO_MUCH = "too-much"


@dataclass(frozen=True)
class Warned:
    """What does not fit, and what mends it: `to` is the term the study can be moved to, none = «later»; `adds` the module to put before it.

    `about`: the title of what it does not fit with, or why. `days`: those of a clash. `credits`: the load of a term, or what is missing of the
    subject `subject`. `held`: it is to be put among what one has.
    `other`: a study that can be moved instead, to the term `other_to`. `instead`: the module that can take its place, and its title."""

    problem: Problem
    study: Study
    about: str = ""
    to: int | None = None
    adds: str | None = None
    days: tuple[date, ...] = ()
    credits: Decimal | None = None
    other: Study | None = None
    other_to: int | None = None
    instead: tuple[str, str] | None = None
    subject: str | None = None
    held: bool = False
