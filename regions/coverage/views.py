"""The national matrix, a cell with its path, a region's own page, and the coordinator's."""

from datetime import date

from flask import Blueprint, render_template, request
from marshmallow import fields, validate

from accounts.guard import acting_as, current_actor
from accounts.models import Role
from catalog.offers import words as offer_words
from catalog.places.models import Region
from catalog.values import Band, Semester, Term
from config.clock import today
from config.csv_out import csv_answer
from config.errors import NotFound
from config.forms import Schema, read_query
from config.languages import _, _l
from regions.coverage import matrix, queries, words
from regions.coverage.matrix import Asked
from regions.coverage.rules import Cell

pages = Blueprint("coverage", __name__)
EARLIEST, YEARS_TO_CHOOSE = 2012, 4


class AskedSchema(Schema):
    year = fields.Integer(load_default=None, validate=validate.Range(EARLIEST, 2100, error=_l("Write a whole number between {min} and {max}.")))
    level = fields.Enum(Band, by_value=True, load_default=Band.PRIMARY)
    distance = fields.Boolean(load_default=True)


@pages.get("/coverage")
def national():
    """Every priority subject in every region."""
    shown = matrix.matrix(_asked(), today())
    return render_template("coverage/national.html", **_frame(shown), institutions=_institutions(shown))


@pages.get("/coverage.csv")
def national_csv():
    """The same as the screen, as a file."""
    shown = matrix.matrix(_asked(), today())
    institutions = _institutions(shown)
    rows = []
    for row in shown.rows:
        said = {key: _said(each, institutions[row.subject.id, key]) for key, each in row.cells.items()}
        rows.append([row.subject.name, *(said.get(region.organisation_id, "–") for region in shown.regions)])
    return csv_answer(f"coverage-{shown.asked.study_year}-{shown.asked.band}.csv", [_("Subject"), *(region.name for region in shown.regions)], rows)


def _said(each: Cell, institutions: int) -> str:
    return f"{words.status(each.status)}: {words.figures(each, institutions)}"


@pages.get("/coverage/<region>/<subject>")
def cell(region, subject):
    """One cell: the path, what is missing, and everything within reach."""
    found = next((one for one in queries.regions() if one.code == region), None)
    what = next((one for one, _group, _confirmed in queries.priority_subjects(today()) if one.code == subject), None)
    if found is None or what is None:
        raise NotFound(_("There is no such region or priority subject."))
    asked = _asked()
    judged, target = matrix.one_cell(asked, found, what, today())
    return render_template("coverage/cell.html", **_cell_frame(asked, judged), region=found, subject=what, target=target, **_choices(asked))


def _cell_frame(asked: Asked, judged: Cell | None) -> dict:
    known = {"asked": asked, "cell": judged, "words": words, "offer_words": offer_words, "semester": Semester.from_number}
    if judged is None:
        return known | {"modules": {}, "runs": {}}
    wanted = {*judged.modules, *(step.module for step in judged.path)}
    if judged.missing and judged.missing.module:
        wanted |= {judged.missing.module, judged.missing.towards}
    runs = queries.offerings({step.offering.key for step in judged.path})
    return known | {"modules": queries.named_modules(wanted), "runs": runs}


@pages.get("/region")
@acting_as(Role.COORDINATOR)
def own_region():
    """The coordinator's own region: what is missing first."""
    mine = queries.region_of(current_actor())
    return render_template("coverage/own_region.html", **_region_frame(mine, _asked()))


def region_coverage(region: Region, **_known) -> str:
    """The panel of a region's page: its cells, what is missing first."""
    return render_template("coverage/region_panel.html", **_region_frame(region, _standard()))


def _region_frame(region: Region, asked: Asked) -> dict:
    shown = matrix.matrix(asked, today())
    order = {kind: number for number, kind in enumerate(("none", "partly", "distance", "whole"))}
    rows = sorted(shown.judged, key=lambda row: order[words.kind(row.cells[region.organisation_id].status)])
    modules = {each.missing.module for row in rows if (each := row.cells[region.organisation_id]).missing and each.missing.module}
    return _frame(shown) | {"region": region, "ordered": rows, "modules": queries.named_modules(modules), "institutions": _institutions(shown)}


def _institutions(shown: matrix.Matrix) -> dict[tuple[int, int], int]:
    """By subject and region, how many institutions offer something within reach that counts."""
    cells = {(row.subject.id, key): each for row in shown.rows for key, each in row.cells.items()}
    names = queries.named_modules({module for each in cells.values() for module in each.modules})
    return {key: len({names[module].institution_id for module in each.modules}) for key, each in cells.items()}


def _asked() -> Asked:
    query = read_query(AskedSchema())
    return Asked(query["year"] or study_year(today()), query["level"], query["distance"])


def _standard() -> Asked:
    return Asked(study_year(today()), Band.PRIMARY)


def study_year(on: date) -> int:
    """The study year that a day lies in."""
    return Semester(on.year, Term.AUTUMN if on.month >= 8 else Term.SPRING).study_year


def _frame(shown: matrix.Matrix) -> dict:
    known = {"matrix": shown, "asked": shown.asked, "words": words, "offer_words": offer_words, "complete": matrix.complete}
    return known | _choices(shown.asked) | {"invented": queries.counts_invented()}


def _choices(asked: Asked) -> dict:
    """The toggles: each with its address and whether it is the one shown."""
    this_year = study_year(today())

    def address(**other) -> str:
        pairs = {"year": asked.study_year, "level": asked.band.value, "distance": int(asked.distance)} | other
        return f"{request.path}?" + "&".join(f"{name}={value}" for name, value in pairs.items())

    return {
        "levels": [(offer_words.band(band), address(level=band.value), band is asked.band) for band in Band],
        "years": [(offer_words.study_year(year), address(year=year), year == asked.study_year) for year in range(this_year, this_year + YEARS_TO_CHOOSE)],
        "ways": [(_("With distance"), address(distance=1), asked.distance), (_("Only in the region"), address(distance=0), not asked.distance)],
        "query": request.query_string.decode(errors="replace"),
    }
