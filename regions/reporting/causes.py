"""Why studies were interrupted, as it may be told. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from enrolment.participation.values import Cause
from regions.reporting.values import Line
from regions.reports.rules import hide

CAUSES = (*Cause, None)
"""None = not stated."""
Row = tuple[Cause | None, list[int | None]]


def told(counted: Iterable[tuple[int, Cause | None, int]], *, exact: bool) -> tuple[list[int], list[Row]]:
    """From how many a study year and a cause have: the years, and by cause how many in each, none where it is hidden. A cause that nobody has is left out."""
    by_year: dict[int, dict[Cause | None, int]] = {}
    for year, cause, number in counted:
        by_year.setdefault(year, dict.fromkeys(CAUSES, 0))[cause] += number
    years = sorted(by_year)
    shown = {year: by_year[year] if exact else beside_their_sum(by_year[year]) for year in years}
    rows = [(cause, [shown[year][cause] for year in years]) for cause in CAUSES]
    return years, [row for row in rows if any(number != 0 for number in row[1])]


@dataclass(frozen=True)
class ByLine:
    """Of each line in which somebody interrupted, how many for each cause that anybody has."""

    causes: tuple[Cause | None, ...]
    lines: list[tuple[Line, list[int]]]


def by_line(counted: Iterable[tuple[str | None, Cause | None, int]], lines: Iterable[Line]) -> ByLine:
    """Exact, for those who may see it. The lines in their order."""
    found = {(key, cause): number for key, cause, number in counted}
    causes = tuple(cause for cause in CAUSES if any(cause is one for _key, one in found))
    told = [(line, [found.get((line.key, cause), 0) for cause in causes]) for line in lines]
    return ByLine(causes, [(line, numbers) for line, numbers in told if any(numbers)])


def beside_their_sum(counts: Mapping[Cause | None, int]) -> dict[Cause | None, int | None]:
    """Each count, or none where it is hidden. Their sum is known to those who read them, so where only noughts are left to show, they are hidden too."""
    hidden, _sum_too = hide(counts)
    if not any(number for cause, number in counts.items() if cause not in hidden):
        return dict.fromkeys(counts)
    return {cause: None if cause in hidden else number for cause, number in counts.items()}
