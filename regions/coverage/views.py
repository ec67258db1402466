"""The national matrix, a cell with its path, a region's own page, and the coordinator's."""

from datetime import date
from urllib.parse import urlencode

from flask import Blueprint, render_template, request
from marshmallow import fields, validate

from accounts.guard import acting_as, current_actor, has_role
from accounts.models import Role
from catalog.offers import words as offer_words
from catalog.places.models import Region
from catalog.subjects.models import Subject
from catalog.values import Band, Semester, Tag
from config.clock import today
from config.csv_out import csv_answer
from config.errors import NotFound
from config.forms import Schema, read_query
from config.languages import _, _l
from config.workbook_out import workbook_answer
from enrolment.progress import queries as progress
from regions.coverage import amounts, matrix, queries, sheet, tiles, words
from regions.coverage.facts import study_year
from regions.coverage.matrix import Asked
from regions.coverage.rules import Cell
from regions.coverage.saying import Says
from regions.coverage.totals import totals

pages = Blueprint("coverage", __name__)
EARLIEST, YEARS_TO_CHOOSE = 2012, 4
READ_PLANS = (Role.EDITOR, Role.COORDINATOR, Role.AUTHORITY)  # who may read what teachers plan


class AskedSchema(Schema):
    year = fields.Integer(load_default=None, validate=validate.Range(EARLIEST, 2100, error=_l("Write a whole number between {min} and {max}.")))
    level = fields.Enum(Band, by_value=True, load_default=Band.PRIMARY)
    distance = fields.Boolean(load_default=True)
    content = fields.Enum(Tag, by_value=True, load_default=None, validate=validate.OneOf(words.CONTENTS, error=_l("Choose one of those shown.")))


@pages.get("/coverage")
def national():
    """Every priority subject in every region."""
    shown = matrix.matrix(_asked(), today())
    reached = tiles.reached(shown)
    drawn = tiles.tiles(reached, queries.counties(), date(shown.asked.study_year, 8, 1))
    return render_template("coverage/national.html", **_frame(shown), reached=reached, tiles=drawn, size=tiles.size(drawn))


@pages.get("/coverage.csv")
def national_csv():
    """The same as the screen, as a file."""
    shown = matrix.matrix(_asked(), today())
    return csv_answer(f"{_file_name(shown.asked)}.csv", sheet.headers(shown), sheet.as_shown(_says(shown)))


@pages.get("/coverage.xlsx")
def national_workbook():
    """The same as a workbook, with the figures of each cell on a sheet of their own."""
    shown = matrix.matrix(_asked(), today())
    says = _says(shown)
    seen = (_("Coverage"), sheet.headers(shown), sheet.as_shown(says))
    figures = (_("Figures"), sheet.headers_of_figures(says), sheet.figures(says))
    return workbook_answer(f"{_file_name(shown.asked)}.xlsx", seen, figures)


def _says(shown: matrix.Matrix) -> Says:
    return Says(shown, today(), with_plans=has_role(*READ_PLANS))


def _file_name(asked: Asked) -> str:
    return f"coverage-{asked.study_year}-{asked.band}"


@pages.get("/coverage/<region>/<subject>")
def cell(region, subject):
    """One cell: the path, what is missing, and everything within reach."""
    found = next((one for one in queries.regions() if one.code == region), None)
    what = next((one for one, _group, _confirmed in queries.priority_subjects(today()) if one.code == subject), None)
    if found is None or what is None:
        raise NotFound(_("There is no such region or priority subject."))
    asked = _asked()
    shown = matrix.one_cell(asked, found, what, today())
    judged = shown.rows[0].cells.get(found.organisation_id)
    amount = totals(shown).all if judged else None
    wanted = words.demand(_says(shown).demand, what.id, found.organisation_id) if judged else ""
    known = {"amount": amount, "wanted": wanted, "region": found, "subject": what, "mine": _better_of_mine(asked, found, what)}
    return render_template("coverage/cell.html", **_cell_frame(asked, judged), **known, **_choices(asked))


def _better_of_mine(asked: Asked, shown: Region, subject: Subject) -> tuple[list[Region], Region, Cell] | None:
    """For a teacher who belongs to several regions, of which one is shown: all of them, and the one whose cell is the better."""
    if not has_role(Role.TEACHER):
        return None
    codes, _counties = progress.own_regions(progress.teacher_of(current_actor().person_id), today())
    own = [one for one in queries.regions() if one.code in codes]
    if len(own) < 2 or shown.code not in codes:
        return None
    best = matrix.best_of(asked, own, subject, today())
    return (own, *best) if best else None


def _cell_frame(asked: Asked, judged: Cell | None) -> dict:
    known = {"asked": asked, "cell": judged, "words": words, "amounts": amounts, "offer_words": offer_words, "semester": Semester.from_number}
    if judged is None:
        return known | {"modules": {}, "runs": {}}
    wanted = {*judged.modules, *(step.module for step in judged.path)}
    if judged.missing and judged.missing.module:
        wanted |= {judged.missing.module, judged.missing.towards}
    runs = queries.offerings({step.offering.key for step in judged.path})
    asked_for = queries.asked_for({run.key for run in judged.offerings})
    return known | {"modules": queries.named_modules(wanted), "runs": runs, "asked_for": asked_for}


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
    return _frame(shown) | {"region": region, "ordered": rows}


def _asked() -> Asked:
    query = read_query(AskedSchema())
    return Asked(query["year"] or study_year(today()), query["level"], query["distance"], query["content"])


def _standard() -> Asked:
    return Asked(study_year(today()), Band.PRIMARY)


def _frame(shown: matrix.Matrix) -> dict:
    says = _says(shown)
    known = {"matrix": shown, "asked": shown.asked, "words": words, "amounts": amounts, "offer_words": offer_words, "says": says, "totals": says.totals}
    return known | _choices(shown.asked) | {"invented": queries.counts_invented()}


def _choices(asked: Asked) -> dict:
    """The toggles: each with its address and whether it is the one shown."""
    this_year = study_year(today())

    def address(**other) -> str:
        pairs = {"year": asked.study_year, "level": asked.band.value, "distance": int(asked.distance), "content": asked.content} | other
        return f"{request.path}?" + urlencode({name: value for name, value in pairs.items() if value is not None})

    return {
        "levels": [(offer_words.band(band), address(level=band.value), band is asked.band) for band in Band],
        "years": [(offer_words.study_year(year), address(year=year), year == asked.study_year) for year in range(this_year, this_year + YEARS_TO_CHOOSE)],
        "ways": [(_("With distance"), address(distance=1), asked.distance), (_("Only in the region"), address(distance=0), not asked.distance)],
        "contents": [
            (_("All content"), address(content=None), asked.content is None),
            *((offer_words.tag(tag), address(content=tag.value), asked.content is tag) for tag in words.CONTENTS),
        ],
    }
