"""How much is on offer: runs, seats, and seats as full 60s. Pure, and exact: a run is counted once however often it is named."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from catalog.values import Band, Tag
from regions.coverage.facts import Module, Offering

Held = dict[int, list[Offering]]  # a subject's runs by the study year they begin in
HALVES_OF_SIXTY = 120


@dataclass(frozen=True, slots=True)
class Volume:
    """`runs`, of which `unstated` do not say how many seats they have; `seats` of the others; `seat_halves`: seats × credits, in halves."""

    runs: int = 0
    unstated: int = 0
    seats: int = 0
    seat_halves: int = 0
    institutions: frozenset[Hashable] = frozenset()

    def __add__(self, other: "Volume") -> "Volume":
        """Of runs that are not the same."""
        return Volume(
            self.runs + other.runs,
            self.unstated + other.unstated,
            self.seats + other.seats,
            self.seat_halves + other.seat_halves,
            self.institutions | other.institutions,
        )

    @property
    def stated(self) -> bool:
        """Whether any run says how many seats it has."""
        return self.runs > self.unstated

    @property
    def sixties(self) -> Decimal:
        """Whole-60 equivalents, seats × credits / 60, to a tenth."""
        return (Decimal(self.seat_halves) / HALVES_OF_SIXTY).quantize(Decimal("0.1"), ROUND_HALF_UP)


def volume(offerings: Iterable[Offering], modules: Mapping[Hashable, Module]) -> Volume:
    """Of the distinct offerings; `modules`: those they are runs of, by key."""
    runs = {run.key: run for run in offerings}.values()
    stated = [run for run in runs if run.seats is not None]
    return Volume(
        len(runs),
        len(runs) - len(stated),
        sum([run.seats for run in stated]),
        sum([run.seats * modules[run.module].halves for run in stated]),
        frozenset(modules[run.module].institution for run in runs),
    )


def containing(offerings: Iterable[Offering], modules: Mapping[Hashable, Module], tag: Tag | None) -> list[Offering]:
    """Those whose institution says that the module contains something; None = all."""
    if tag is None:
        return list(offerings)
    return [run for run in offerings if any(named == tag for named, _credits in modules[run.module].tags)]


def within_reach(offerings: Iterable[Offering], region: Hashable, most_days: int) -> list[Offering]:
    """Those bound to a place in the region, and those that can be taken from elsewhere with so many gathering days (-1 = none of them), not too far away."""
    return [run for run in offerings if region in run.places or _taken_from(run, region, most_days)]


def _taken_from(run: Offering, region: Hashable, most_days: int) -> bool:
    return run.gathering_days is not None and run.gathering_days <= most_days and region not in run.too_far


def serving(offerings: Iterable[Offering], modules: Mapping[Hashable, Module], band: Band | None) -> list[Offering]:
    """Those of modules that serve a band; None = all."""
    return [run for run in offerings if band is None or band in modules[run.module].bands]
