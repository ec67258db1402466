"""The matrix as rows, in the words of the screen; and its figures, a row for each cell."""

from typing import Any

from catalog.offers import words as offer_words
from config.languages import _
from regions.coverage import words
from regions.coverage.matrix import Matrix, Row
from regions.coverage.rules import Cell
from regions.coverage.totals import Amount, Totals

NOTHING = "–"


def headers(shown: Matrix) -> list[str]:
    return [_("Subject"), *(region.name for region in shown.regions), _("All regions")]


def as_shown(shown: Matrix, counted: Totals) -> list[list[str]]:
    """What the screen shows: a row for each subject, and one for all of them."""
    last = [words.total(counted.regions[region.organisation_id], shown.asked) for region in shown.regions]
    return [*(_row(shown, counted, row) for row in shown.rows), [_("All subjects"), *last, words.total(counted.all, shown.asked)]]


def _row(shown: Matrix, counted: Totals, row: Row) -> list[str]:
    keys = [region.organisation_id for region in shown.regions]
    said = [_said(row.cells.get(key), counted.cells.get((row.subject.id, key)), shown) for key in keys]
    amount = counted.subjects.get(row.subject.id)
    return [row.subject.name, *said, words.total(amount, shown.asked) if amount else NOTHING]


def _said(each: Cell | None, amount: Amount | None, shown: Matrix) -> str:
    return NOTHING if each is None else f"{words.status(each.status)}: {words.told(each, amount, shown.asked)}"


def headers_of_figures(shown: Matrix) -> list[str]:
    year, before = (offer_words.study_year(shown.asked.study_year - back) for back in (0, 1))
    return [
        _("Region"), _("Subject"), _("Coverage"), _("Credits reached"), _("Target"), _("Institutions"), _("Runs"), _("Runs that do not state their seats"),
        _("Seats"), _("Full 60s"), _("Runs in %(year)s", year=year), _("Runs in %(year)s", year=before),
    ]  # fmt: skip


def figures(shown: Matrix, counted: Totals) -> list[list[Any]]:
    """Numbers as numbers, for reckoning on."""
    cells = [(region, row, row.cells[region.organisation_id]) for region in shown.regions for row in shown.judged]
    return [_figures(region.name, row, each, counted.cells[row.subject.id, region.organisation_id]) for region, row, each in cells]


def _figures(region: str, row: Row, each: Cell, amount: Amount) -> list[Any]:
    volume = amount.open
    known = [volume.seats, float(volume.sixties)] if volume.stated else [None, None]
    far = [each.halves / 2, each.target / 2, len(volume.institutions), volume.runs, volume.unstated]
    return [region, row.subject.name, words.status(each.status), *far, *known, amount.year.runs, amount.before.runs]
