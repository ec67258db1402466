"""What a teacher living in a region can get at in a subject, and how early each module can be finished."""

from collections.abc import Hashable
from functools import cached_property
from itertools import chain

from regions.coverage.catalogue import Catalogue, Run
from regions.coverage.facts import Offering
from regions.coverage.ways import NEVER, Ways


def reach(catalogue: Catalogue, region: Hashable, subject: Hashable, days: int) -> "Reach":
    """Kept with the catalogue, since the bands of a subject share it. Raises KeyError for a subject without modules."""
    kept = catalogue.reaches[subject]
    if (region, days) not in kept:
        kept[region, days] = Reach(catalogue, region, subject, days)
    return kept[region, days]


class Reach:
    """The shelf's modules by their numbers there.

    `first[n]` is the earliest semester at whose end a module can be finished when everything is taken as early as
    possible, `place[n]` the same with a run at its place in the region; NEVER where there is none.
    """

    def __init__(self, catalogue: Catalogue, region: Hashable, subject: Hashable, days: int):
        self.catalogue, self.subject, self.region, self.days = catalogue, subject, region, days
        self.window, self.shelf = catalogue.window, catalogue.shelves[subject]
        self.here, self.away = self.shelf.here.get(region, {}), self.shelf.within(days)
        self.place = [self.here[n][0].end if n in self.here else NEVER for n in range(len(self.shelf.modules))]
        self.first = [min(at, self.away[n][0].end) if n in self.away else at for n, at in enumerate(self.place)]
        if self.shelf.linked:
            self.first, self.place = self.ways.soonest

    @cached_property
    def ways(self) -> Ways:
        """The same with prerequisites, for what must be tried out."""
        return Ways(self.catalogue, self.region, self.subject, self.days)

    def run(self, number: int, in_place: bool) -> Run:
        """The earliest way to take a module that waits for none."""
        here, away = self.here.get(number, ()), () if in_place else self.away.get(number, ())
        return min(run for run in (here[:1], away[:1]) if run)[0]

    def offerings(self, number: int) -> list[Offering]:
        """The distinct offerings of a module within reach."""
        here, away = self.here.get(number, ()), self.away.get(number, ())
        return list({run.key: run.offering for run in chain(here, away)}.values())
