"""Counting plans so that nobody can be told from a count, nor from what is left when the others are taken from the sum (regions/reports/rules.py). Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from regions.reports.rules import hide


@dataclass(frozen=True)
class Line:
    """One subject in one term. `counts`: by region (none = not known), None where hidden. `total`: of all regions, a teacher in two counted in both."""

    subject: str
    term: int
    counts: Mapping[str | None, int | None]
    total: int | None

    @property
    def says_nothing(self) -> bool:
        return self.total is None and not any(self.counts.values())


def lines(counted: Iterable[tuple[str, int, str | None, int]]) -> list[Line]:
    """From how many teachers plan a subject (its code) in a term in a region; by subject, then term. What says nothing is left out."""
    found: dict[tuple[str, int], dict[str | None, int]] = {}
    for subject, term, region, teachers in counted:
        found.setdefault((subject, term), {})[region] = teachers
    told = [_line(subject, term, counts) for (subject, term), counts in sorted(found.items())]
    return [line for line in told if not line.says_nothing]


def _line(subject: str, term: int, counts: Mapping[str | None, int]) -> Line:
    hidden, whole = hide(counts)
    return Line(subject, term, {place: None if place in hidden else number for place, number in counts.items()}, None if whole else sum(counts.values()))
