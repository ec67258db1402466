"""The matrix as rows, in the words of the screen; and its figures, a row for each cell."""

from typing import Any

from catalog.offers import words as offer_words
from catalog.values import Semester, Term
from config.languages import _
from regions.coverage import words
from regions.coverage.matrix import Matrix, Row
from regions.coverage.saying import Says

NOTHING = "–"


def headers(shown: Matrix) -> list[str]:
    return [_("Subject"), *(region.name for region in shown.regions), _("All regions")]


def as_shown(says: Says) -> list[list[str]]:
    """What the screen shows: a row for each subject, and one for all of them."""
    last = [says.region(region.organisation_id) for region in says.shown.regions]
    return [*(_row(says, row) for row in says.shown.rows), [_("All subjects"), *last, says.all]]


def _row(says: Says, row: Row) -> list[str]:
    said = [_said(says, row, region.organisation_id) for region in says.shown.regions]
    return [row.subject.name, *said, says.subject(row) or NOTHING]


def _said(says: Says, row: Row, region: int) -> str:
    return f"{words.status(row.cells[region].status)}: {says.cell(row, region)}" if region in row.cells else NOTHING


def headers_of_figures(says: Says) -> list[str]:
    first = says.shown.asked.study_year
    year, before = (offer_words.study_year(first - back) for back in (0, 1))
    return [
        _("Region"), _("Subject"), _("Coverage"), _("Credits reached"), _("Target"), _("Institutions"), _("Runs"), _("Runs that do not state their seats"),
        _("Seats"), _("Full 60s"), _("Runs in %(year)s", year=year), _("Runs in %(year)s", year=before), _("Applicants in %(year)s", year=year),
        *(_("Planned in %(term)s", term=offer_words.semester(term)) for term in _terms(first)), _("Credits missing"), _("The missing step"),
    ]  # fmt: skip


def _terms(study_year: int) -> tuple[Semester, Semester]:
    return Semester(study_year, Term.AUTUMN), Semester(study_year + 1, Term.SPRING)


def figures(says: Says) -> list[list[Any]]:
    """Numbers as numbers, for reckoning on; people are empty where they may not be told."""
    return [_figures(says, row, region) for region in says.shown.regions for row in says.shown.judged]


def _figures(says: Says, row: Row, region) -> list[Any]:
    key = region.organisation_id
    each, amount, place = row.cells[key], says.totals.cells[row.subject.id, key], (row.subject.id, key)
    volume, planned = amount.open, says.demand.planned.get(place, {})
    known = [volume.seats, float(volume.sixties)] if volume.stated else [None, None]
    far = [each.halves / 2, each.target / 2, len(volume.institutions), volume.runs, volume.unstated]
    people = [says.demand.applicants.get(place), *(planned.get(term.number) for term in _terms(says.shown.asked.study_year))]
    missing = [each.missing.halves / 2, says.title(each)] if each.missing else [None, None]
    return [region.name, row.subject.name, words.status(each.status), *far, *known, amount.year.runs, amount.before.runs, *people, *missing]
