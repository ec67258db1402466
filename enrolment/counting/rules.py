"""What a study means for one teacher, from facts alone. Pure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from catalog.offers.rules import FEWEST, LastYear
from catalog.values import Band
from enrolment.progress.values import Lacking, Progress

DAYS_BEFORE = 28  # from when a run that lacks participants is told of, where no rule says otherwise


@dataclass(frozen=True)
class Adds:
    """So many of the credits one lacks: for a band where something is required there, else for the whole study (none)."""

    credits: Decimal
    missing: Decimal
    band: Band | None


@dataclass(frozen=True)
class Busy:
    """Days of one of my own studies, both included."""

    first: date
    last: date
    study: str


@dataclass(frozen=True)
class Demand:
    """How it went the last time: who applied, for how many seats (none = not stated), and which number in line was the last to get one."""

    applicants: int
    seats: int | None
    last: int | None


def last_year(applied: int, seats: int) -> LastYear:
    """How many applied a year before, for all to see: fewer than so many are not counted."""
    return LastYear(applied if applied >= FEWEST else None, seats)


def adds(before: Progress, after: Progress, bands: Collection[Band]) -> Adds | None:
    """What a module adds to the nearest requirement that is not met, first among those of its own bands; else to the goal. None where nothing is missing."""
    pairs = [(was, then) for was, then in zip(before.thresholds, after.thresholds, strict=True) if was.missing]
    for was, then in sorted(pairs, key=lambda pair: (pair[0].target.band not in bands, pair[0].target.credits)):
        return Adds(was.missing - then.missing, was.missing, was.target.band)
    return Adds(before.missing - after.missing, before.missing, None) if before.missing else None


def clash(days: Iterable[tuple[date, date]], mine: Iterable[Busy]) -> tuple[date, str] | None:
    """The first day that is taken already, and by which of my studies."""
    mine = list(mine)
    common = [(max(first, one.first), one.study) for first, last in days for one in mine if first <= one.last and one.first <= last]
    return min(common, default=None)


def may_not_start(*, taken: int, minimum: int | None, starts_on: date | None, on: date, days_before: int = DAYS_BEFORE) -> bool:
    """Whether a run lacks participants so close before it starts that it is at risk."""
    return bool(minimum) and taken < minimum and starts_on is not None and on <= starts_on <= on + timedelta(days=days_before)


def met(lacking: Sequence[Lacking], must_teach: bool | None, teaches: bool) -> bool:
    return not lacking and (teaches or not must_teach)
