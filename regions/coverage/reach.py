"""What a teacher living in a region can get at in a subject: the shelf's modules by their numbers there."""

from collections.abc import Hashable
from functools import cached_property
from itertools import chain

from regions.coverage.catalogue import Catalogue, Run, Serving
from regions.coverage.facts import Offering
from regions.coverage.ledger import mask_of
from regions.coverage.links import Links, links
from regions.coverage.ways import NEVER, Ways


def reach(catalogue: Catalogue, region: Hashable, subject: Hashable, days: int) -> "Reach":
    """Kept with the catalogue, since the bands of a subject share it. Raises KeyError for a subject without modules."""
    kept = catalogue.kept[subject]
    if (region, days) not in kept:
        kept[region, days] = Reach(links(catalogue, subject), region, days)
    return kept[region, days]


class Reach:
    """`first` and `place` as in `Ways`; that is only asked where a subject has prerequisites, or something must be tried out."""

    def __init__(self, links: Links, region: Hashable, days: int):
        self.links, self.region, self.days = links, region, days
        self.window, self.shelf = links.window, links.shelves[links.subject]
        self.here, self.away = self.shelf.here.get(region, {}), self.shelf.within(days, region)
        if self.shelf.linked:
            self.first, self.place = self.ways.first, self.ways.place
        else:
            self.place = [self.here[n][0].end if n in self.here else NEVER for n in range(len(self.shelf.modules))]
            self.first = [min(at, self.away[n][0].end) if n in self.away else at for n, at in enumerate(self.place)]

    @cached_property
    def ways(self) -> Ways:
        return Ways(self.links, self.region, self.days)

    def counted(self, counting: Serving, taken: list[int]) -> int:
        """The halves that some of the counting modules come to, overlap deducted."""
        halves, overlapped = self.shelf.halves, self.shelf.overlapped
        free = sum([halves[number] for number in taken if not overlapped[number]])
        tied = mask_of(number for number in taken if overlapped[number])
        return free + (self.links.ledger(self.links.subject, counting.mask).value(tied) if tied else 0)

    def gain(self, counting: Serving, taken: list[int], number: int) -> int:
        """What one more of them would count beside those taken."""
        if not self.shelf.overlapped[number]:
            return self.shelf.halves[number]
        return self.counted(counting, [*taken, number]) - self.counted(counting, taken)

    def run(self, number: int, in_place: bool) -> Run:
        """The earliest way to take a module that waits for none."""
        here, away = self.here.get(number, ()), () if in_place else self.away.get(number, ())
        return min(run for run in (here[:1], away[:1]) if run)[0]

    def offerings(self, number: int) -> list[Offering]:
        """The distinct offerings of a module within reach."""
        here, away = self.here.get(number), self.away.get(number)
        if here and away:
            return list({run.key: run.offering for run in chain(here, away)}.values())
        return [run.offering for run in here or away or ()]
