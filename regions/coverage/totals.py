"""What is on offer behind the matrix: in each cell, for each subject and region, and in all, each run counted once; and how that was a year before."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from regions.coverage.facts import Offering
from regions.coverage.matrix import Judge, Matrix, Row
from regions.coverage.volume import Volume, containing, serving, volume, within_reach


@dataclass(frozen=True, slots=True)
class Amount:
    """`open`: what can still be applied for in these years. `year` and `before`: what begins in the study year asked for, and in the one before,
    whether or not one can still apply for it."""

    open: Volume = Volume()
    year: Volume = Volume()
    before: Volume = Volume()

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(self.open + other.open, self.year + other.year, self.before + other.before)


@dataclass(frozen=True)
class Totals:
    """`cells` by subject and region. A sum over regions counts each distinct run once; subjects share no runs."""

    cells: dict[tuple[int, int], Amount]
    subjects: dict[int, Amount]
    regions: dict[int, Amount]
    all: Amount


def totals(shown: Matrix) -> Totals:
    told = {row.subject.id: _of_row(shown, row) for row in shown.judged}
    cells = {(subject, region): amount for subject, (amounts, _all) in told.items() for region, amount in amounts.items()}
    subjects = {subject: amount for subject, (_cells, amount) in told.items()}
    keys = [region.organisation_id for region in shown.regions]
    regions = {key: sum((amount for (_subject, region), amount in cells.items() if region == key), Amount()) for key in keys}
    return Totals(cells, subjects, regions, sum(subjects.values(), Amount()))


def _of_row(shown: Matrix, row: Row) -> tuple[dict[int, Amount], Amount]:
    """A subject's amounts by region and in all, kept beside its cells until the subject changes."""
    judge = shown.judge
    days = tuple((region, judge.most_days(region)) for region in row.cells)
    kept = judge.known.catalogue.kept[row.subject.id]
    key = (Amount, judge.band(row.subject), days, judge.asked.content)
    if key not in kept:
        kept[key] = _counted(judge, row, days)
    return kept[key]


def _counted(judge: Judge, row: Row, days: Iterable[tuple[int, int]]) -> tuple[dict[int, Amount], Amount]:
    year, before = (_begun(judge, row, judge.asked.study_year - back) for back in (0, 1))
    runs = {
        region: (_asked(judge, row.cells[region].offerings), within_reach(year, region, most), within_reach(before, region, most)) for region, most in days
    }
    everywhere = [[run for of_region in runs.values() for run in of_region[which]] for which in range(3)]
    return {region: _amount(judge, *found) for region, found in runs.items()}, _amount(judge, *everywhere)


def _begun(judge: Judge, row: Row, study_year: int) -> list[Offering]:
    """The subject's runs that begin in a study year and serve the band, with the content asked for."""
    begun = judge.known.held.get(row.subject.id, {}).get(study_year, [])
    return _asked(judge, serving(begun, judge.known.catalogue.home, judge.band(row.subject)))


def _asked(judge: Judge, runs: Iterable[Offering]) -> list[Offering]:
    return containing(runs, judge.known.catalogue.home, judge.asked.content)


def _amount(judge: Judge, *runs: Iterable[Hashable]) -> Amount:
    return Amount(*[volume(some, judge.known.catalogue.home) for some in runs])
