"""What a census tells of a place: its own figures, and those of what it is made of, with what may not be told hidden level by level."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from regions.census import queries, rules
from regions.census.queries import Column
from regions.census.rules import LEVELS, Figures, Level
from regions.reports.rules import Line

Chain = Mapping[Level, int | None]


@dataclass(frozen=True)
class Place:
    """A region, county, owner or school; without a level the whole country. `lies_in`: what it lies in, by level, itself included."""

    level: Level | None = None
    key: int | None = None
    lies_in: Chain = field(default_factory=dict)

    @property
    def next_level(self) -> Level | None:
        """What it is made of."""
        at = -1 if self.level is None else LEVELS.index(self.level)
        return LEVELS[at + 1] if at + 1 < len(LEVELS) else None

    @property
    def within(self) -> tuple[Level, int | None] | None:
        return None if self.level is None else (self.level, self.key)


def of_place(census_id: int, place: Place, on: date) -> dict[Column, Line]:
    """By subject and band. One reading for each level down to the place."""
    steps = LEVELS[: 0 if place.level is None else LEVELS.index(place.level) + 1]
    found = {column: rules.whole(_sum(units)) for column, units in queries.figures(census_id, Level.REGION, on).items()}
    within = None
    for level in steps:
        below = queries.figures(census_id, level, on, within)
        found = {column: line for column, units in below.items() if column in found and (line := _line_of(found[column], units, place.lies_in[level]))}
        within = (level, place.lies_in[level])
    return found


def _sum(units: Mapping[int | None, Figures]) -> Figures:
    return sum(units.values(), Figures())


def _line_of(above: Line, units: Mapping[int | None, Figures], key: int | None) -> Line | None:
    return dict(zip(units, rules.under(above, [Line("", figures) for figures in units.values()]), strict=True)).get(key)


def made_of(census_id: int, place: Place, column: Column, above: Line | None, on: date) -> dict[int | None, Line]:
    """Of one subject and band: what each thing that a place is made of has. `above`: the place's own line, as `of_place` tells it."""
    if place.next_level is None or above is None:
        return {}
    units = queries.figures(census_id, place.next_level, on, place.within, column).get(column, {})
    return dict(zip(units, rules.under(above, [Line("", figures) for figures in units.values()]), strict=True))
