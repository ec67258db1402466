"""A strategy period, and how far a volume may move under a rule. Study years, both included."""

from dataclasses import dataclass

from catalog.values import VolumeRule


@dataclass(frozen=True)
class Period:
    first: int
    last: int | None  # none = it goes on
    name: str
    source: str
    confirmed: bool

    def holds(self, study_year: int) -> bool:
        return self.first <= study_year <= (self.last or study_year)

    def years(self, until: int) -> range:
        """Its study years, of one that goes on those until a year."""
        return range(self.first, min(self.last or until, until) + 1)


@dataclass(frozen=True)
class Limit(Period):
    """The volume of a study year in per cent of the former period's must lie between `least` and `most`."""

    rule: VolumeRule
    least: int
    most: int
