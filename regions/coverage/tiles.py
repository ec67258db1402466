"""The map of the regions: a tile for each county, where a tile map of the country has it, told as the table beside it tells its region."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from catalog.places.models import County, Region
from config.registers import rows
from regions.coverage.matrix import Matrix, complete

WIDE, HIGH, GAP = 112, 62, 4  # as templates/coverage/map.html draws them


@dataclass(frozen=True)
class Reached:
    """Of a region: in how many of the subjects judged there is a complete path."""

    region: Region
    complete: int
    judged: int

    @property
    def kind(self) -> str:
        """The tint that goes with it."""
        return "whole" if self.complete == self.judged else "partly" if self.complete else "none"


@dataclass(frozen=True)
class Tile:
    """A county at its place, in units of the picture, with its region; in two regions, the better of them and both named."""

    county: County
    x: int
    y: int
    best: Reached
    regions: tuple[Region, ...]


def reached(shown: Matrix) -> list[Reached]:
    """Each region of the matrix, in its order."""
    keys = [region.organisation_id for region in shown.regions]
    counts = [sum(complete(row.cells[key]) for row in shown.judged) for key in keys]
    return [Reached(region, count, len(shown.judged)) for region, count in zip(shown.regions, counts, strict=True)]


def tiles(found: Iterable[Reached], counties: Mapping[int, County], on: date) -> list[Tile]:
    """A tile for each county that has a place on the map and belongs to a region on a day."""
    of_county: dict[int, list[Reached]] = {}
    for each in found:
        for member in each.region.counties:
            if member.holds(on):
                of_county.setdefault(member.county_id, []).append(each)
    places = _places()
    return [_tile(counties[key], *places[counties[key].code], regions) for key, regions in of_county.items() if counties[key].code in places]


def _tile(county: County, column: int, row: int, found: list[Reached]) -> Tile:
    best = max(found, key=lambda each: each.complete)
    return Tile(county, column * (WIDE + GAP), row * (HIGH + GAP), best, tuple(each.region for each in found))


def size(shown: Iterable[Tile]) -> tuple[int, int]:
    """Width and height of the picture."""
    shown = list(shown)
    return max((tile.x for tile in shown), default=0) + WIDE, max((tile.y for tile in shown), default=0) + HIGH


@cache
def _places() -> dict[str, tuple[int, int]]:
    """Column and row of each county by its code: about where it lies."""
    return {row["county"]: (int(row["column"]), int(row["row"])) for row in rows(Path(__file__).with_name("tiles.csv"))}
