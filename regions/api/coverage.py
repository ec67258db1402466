"""Coverage, open to everybody: can a teacher living in a region reach the target in a priority subject?"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from catalog.api.reading import in_this_version
from catalog.values import Semester
from config.api.blueprint import Blueprint
from config.api.caching import open_to_other_sites
from config.clock import today
from config.errors import BadInput
from config.languages import _
from regions.api import queries
from regions.api.schemas import Coverage, CoverageAsked
from regions.coverage import matrix
from regions.coverage.matrix import Asked, Matrix, Row
from regions.coverage.rules import Cell, Step
from regions.coverage.views import study_year

api = Blueprint("regions_api", __name__, tag="Coverage")
open_to_other_sites(api)


@api.get("/coverage")
@in_this_version
@api.arguments(CoverageAsked, location="query")
@api.response(200, Coverage)
def read_coverage(sent) -> dict[str, Any]:
    """Which priority subjects are covered in which regions

    For a study year and the three after it, from runs that are open or planned: whether a teacher living in the region can reach the
    target, by which path, and what is missing.
    """
    asked = Asked(sent["year"] or study_year(today()), sent["level"], sent["distance"] == "1")
    shown = matrix.matrix(asked, today())
    cells = {(row.subject.code, region.code): row.cells[region.organisation_id] for row, region in _wanted(shown, sent)}
    return {"year": asked.study_year, "level": asked.band, "distance": asked.distance, "rows": _rows(shown, cells, sent["subject"])}


def _wanted(shown: Matrix, sent: dict[str, Any]) -> list[tuple[Row, Any]]:
    """The rows with cells and the regions asked for. Raises BadInput for a region, or a subject, that is not in the matrix."""
    known = {"region": {region.code for region in shown.regions}, "subject": {row.subject.code for row in shown.rows}}
    wrong = {name: [_("There is no “%(code)s”.", code=sent[name])] for name, codes in known.items() if sent[name] is not None and sent[name] not in codes}
    if wrong:
        raise BadInput(_("What you sent is not well formed."), wrong)
    regions = [region for region in shown.regions if sent["region"] in (None, region.code)]
    return [(row, region) for row in shown.judged for region in regions if sent["subject"] in (None, row.subject.code)]


def _rows(shown: Matrix, cells: dict[tuple[str, str], Cell], subject: str | None) -> list[dict[str, Any]]:
    behind = Behind(cells.values())
    rows = (row for row in shown.rows if subject in (None, row.subject.code))
    return [vars(row) | {"cells": [behind.told(cell, region) for (code, region), cell in cells.items() if code == row.subject.code]} for row in rows]


class Behind:
    """The modules and runs behind some cells, read at once."""

    def __init__(self, cells: Iterable[Cell]):
        steps = [step for cell in cells for step in cell.path]
        blocked = {cell.missing.module for cell in cells if cell.missing and cell.missing.module}
        self._modules = queries.modules({step.module for step in steps} | blocked | {module for cell in cells for module in cell.modules})
        self._runs = queries.run_uuids({step.offering.key for step in steps})
        self._made_up = queries.made_up_runs()

    def told(self, cell: Cell, region: str) -> dict[str, Any]:
        stated = [run.seats for run in cell.offerings if run.seats is not None]
        return {
            "region": region, "status": cell.status, "reached": _credits(cell.halves), "proven": cell.proven,
            "institutions": len({self._modules[module].institution_id for module in cell.modules}), "seats": sum(stated) if stated else None,
            "content": {tag.value: content for tag, content in cell.content.items()}, "path": [self._step(step) for step in cell.path],
            "missing": self._missing(cell), "made_up": any(run.key in self._made_up for run in cell.offerings),
        }  # fmt: skip

    def _step(self, step: Step) -> dict[str, Any]:
        return {
            "module": self._modules[step.module], "offering": self._runs[step.offering.key], "semester": Semester.from_number(step.semester).code,
            "in_place": step.in_place, "counts": _credits(step.counts), "made_up": step.offering.key in self._made_up,
        }  # fmt: skip

    def _missing(self, cell: Cell) -> dict[str, Any] | None:
        if cell.missing is None:
            return None
        return {"credits": _credits(cell.missing.halves), "module": self._modules.get(cell.missing.module), "why": cell.missing.why}


def _credits(halves: int) -> Decimal:
    return Decimal(halves) / 2
