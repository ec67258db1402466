"""A catalogue with one module more, that nobody offers. Pure."""

from collections.abc import Hashable
from dataclasses import dataclass

from catalog.values import Band
from regions.coverage.catalogue import Catalogue
from regions.coverage.facts import Module, Offering

IMAGINED = -1  # sorts with the keys of rows and is none of them


@dataclass(frozen=True)
class Imagined:
    """A module of so many halves for a band, with one run in a semester (its number): bound to a region, or online (none)."""

    halves: int
    band: Band
    semester: int
    region: Hashable | None = None


def with_it(catalogue: Catalogue, subject: Hashable, imagined: Imagined) -> Catalogue:
    """The same catalogue with the imagined module in a subject; it requires nothing and shares content with none."""
    shelf = catalogue.shelves.get(subject)
    module = Module(IMAGINED, imagined.halves, subject, frozenset({imagined.band}))
    places = frozenset() if imagined.region is None else frozenset({imagined.region})
    run = Offering(IMAGINED, IMAGINED, imagined.semester, places, 0 if imagined.region is None else None)
    modules, overlaps = (shelf.modules, shelf.overlaps) if shelf else ((), ())
    return catalogue.changed(subject, [*modules, module], [*_runs(shelf), run], overlaps)


def _runs(shelf) -> list[Offering]:
    """The runs on a shelf that anybody can get at, each once."""
    found = [run.offering for of_region in shelf.here.values() for runs in of_region.values() for run in runs] if shelf else []
    found += [run.offering for runs in shelf.away.values() for run in runs] if shelf else []
    return list({run.key: run for run in found}.values())
