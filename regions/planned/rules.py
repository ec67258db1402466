"""Counting plans so that nobody can be told from a count, nor from what is left when the others are taken from the sum. Pure.

A count from 1 to 4 is hidden. Beside a sum that is shown, at least two counts are hidden or none, and what is hidden adds up to five or more;
as many more of the smallest, equal ones together, are hidden as that takes, and where it cannot be had, the sum.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

FEWEST = 5  # teachers (PRODUCT: demand is shown from five on)


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


def hide(counts: Mapping[str | None, int]) -> tuple[set[str | None], bool]:
    """Which counts are hidden, and whether their sum is."""
    hidden = {place for place, number in counts.items() if is_small(number)}
    while hidden and _given_away([counts[place] for place in hidden]):
        shown = {place: number for place, number in counts.items() if number and place not in hidden}
        if not shown:
            return hidden, True
        hidden |= {place for place, number in shown.items() if number == min(shown.values())}  # all of them: an order among equals would tell
    return hidden, is_small(sum(counts.values()))


def is_small(number: int) -> bool:
    return 0 < number < FEWEST


def _given_away(hidden: list[int]) -> bool:
    """One alone, a small sum, and counts that are all as small or as large as a hidden one may be: each can be told from the sum."""
    return len(hidden) < 2 or is_small(sum(hidden)) or set(hidden) in ({1}, {FEWEST - 1})
