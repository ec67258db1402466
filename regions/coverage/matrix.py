"""The matrix region × priority subject, put together and kept for as long as the catalogue and the day stay the same."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from flask import current_app

from catalog import version
from catalog.places.models import Region
from catalog.subjects.models import Subject, SubjectKind
from catalog.values import Band, Tag
from regions.coverage import queries
from regions.coverage.facts import Rule
from regions.coverage.loading import Known, load, renewed
from regions.coverage.rules import Cell, Status, better, cell

YEARS_AHEAD = 3
MOST_KEPT = 8  # study years and days
STANDARD_TARGET = Decimal(60)


@dataclass(frozen=True)
class Asked:
    """What a page asks: the first study year, the band, whether what is taken from afar counts, and of which content the runs are counted."""

    study_year: int
    band: Band
    distance: bool = True
    content: Tag | None = None  # none = whatever they contain


@dataclass(frozen=True)
class Row:
    """A subject with its cell in each region, by the region's key. No cells: the subject is not taught in the band."""

    subject: Subject
    group: int | None
    confirmed: bool
    target: Decimal | None
    cells: dict[int, Cell]


@dataclass(frozen=True)
class Matrix:
    asked: Asked
    regions: tuple[Region, ...]
    rows: tuple[Row, ...]
    judge: "Judge"

    @property
    def judged(self) -> list[Row]:
        return [row for row in self.rows if row.cells]

    def lacking(self, region: int | None = None) -> list[Row]:
        """Subjects without a complete path, in a region or in one at least."""
        return [row for row in self.judged if any(not complete(each) for key, each in row.cells.items() if region in (None, key))]


def complete(each: Cell) -> bool:
    return each.status in (Status.COMPLETE, Status.DISTANCE)


def matrix(asked: Asked, on: date) -> Matrix:
    """The whole matrix. What a change of the catalogue does not touch is not computed again within a day."""
    regions = tuple(queries.regions())
    judge = Judge(asked, on)
    rows = [
        Row(subject, group.number if group else None, confirmed, judge.target(subject), judge.cells(subject, regions))
        for subject, group, confirmed in queries.priority_subjects(on)
    ]
    return Matrix(asked, regions, tuple(rows), judge)


def one_cell(asked: Asked, region: Region, subject: Subject, on: date) -> Matrix:
    """The matrix of a single cell; its row has none where the subject is not taught in the band."""
    judge = Judge(asked, on)
    return Matrix(asked, (region,), (Row(subject, None, True, judge.target(subject), judge.cells(subject, [region])),), judge)


def best_of(asked: Asked, regions: Iterable[Region], subject: Subject, on: date) -> tuple[Region, Cell] | None:
    """Of the regions that somebody belongs to, the one whose cell is the better for them. None where the subject is not taught in the band."""
    by_key = {region.organisation_id: region for region in regions}
    cells = Judge(asked, on).cells(subject, by_key.values())
    if not cells:
        return None
    best = better(cells.values())
    return next((by_key[key], each) for key, each in cells.items() if each is best)


class Judge:
    """The rules that hold on a day, read once, and the catalogue they are put to."""

    def __init__(self, asked: Asked, on: date):
        self.asked, self.on = asked, on
        self.known = _known(version.current(), asked.study_year, on)
        self.required = {(row.subject_id, row.band): row.credits for row in queries.requirement_rows(on)}
        self.targets = {row.subject_id: row.credits for row in queries.study_target_rows(on)}
        self.days = {rule.region_id: rule.most_days for rule in queries.distance_rows(on)}

    def target(self, subject: Subject) -> Decimal | None:
        """60 credits, or what the data says: 30 for principals and for bands that require 30. None where the band is not taught."""
        if self.band(subject) and not subject.grades.meets(self.asked.band.grades):
            return None
        required = self.required.get((subject.id, self.asked.band))
        return self.targets.get(subject.id) or (required if required else None) or self.targets.get(None, STANDARD_TARGET)

    def band(self, subject: Subject) -> Band | None:
        """Principals are judged without a band: they teach none."""
        return None if subject.kind is SubjectKind.PRINCIPAL else self.asked.band

    def cells(self, subject: Subject, regions: Iterable[Region]) -> dict[int, Cell]:
        target = self.target(subject)
        if target is None:
            return {}
        return {
            region.organisation_id: cell(
                self.known.catalogue,
                region=region.organisation_id,
                subject=subject.id,
                band=self.band(subject),
                rule=Rule(target=int(target * 2), most_gathering_days=self.most_days(region.organisation_id)),
            )
            for region in regions
        }

    def most_days(self, region: int) -> int:
        """Gathering days a semester that a study from elsewhere may have; -1 leaves them all out."""
        return self.days.get(region, self.days.get(None, 0)) if self.asked.distance else -1


class Kept(NamedTuple):
    """What is known, and the number of the catalogue's version it is of."""

    number: int
    known: Known


def _known(number: int, study_year: int, on: date) -> Known:
    """The facts as they are now. Of what is kept in memory only the subjects are read anew that have changed since, where that is told."""
    mine = current_app.extensions.setdefault("coverage_catalogues", {})  # by study year and day
    kept = mine.get((study_year, on))
    if kept is None or kept.number != number:
        changed = version.changes(kept.number, number) if kept else None
        known = load(study_year, on) if changed is None else renewed(kept.known, changed, study_year, on)
        if len(mine) >= MOST_KEPT:
            mine.clear()
        kept = mine[(study_year, on)] = Kept(number, known)
    return kept.known
