"""What if: an imagined module in a subject, and what coverage would be with it."""

from dataclasses import dataclass

from flask import Blueprint, render_template, request
from marshmallow import fields, validate

from accounts.guard import current_actor, has_role
from accounts.models import Role
from catalog.offers import words as offer_words
from catalog.places.models import Region
from catalog.publishing.fields import Credits, SemesterCode
from catalog.values import Band, Semester, Term
from config.clock import today
from config.errors import NotFound
from config.forms import Schema, blank_form, read_query
from config.languages import _, _l
from regions.coverage import matrix, words
from regions.coverage import queries as coverage
from regions.coverage.matrix import Asked, Judge
from regions.coverage.rules import Cell
from regions.coverage.views import EARLIEST
from regions.coverage.facts import study_year
from regions.imagined import queries
from regions.imagined.rules import Imagined, with_it

pages = Blueprint("imagined", __name__)
FEWEST = 5  # teachers; a smaller count is not shown
USUAL = 15


@dataclass(frozen=True)
class Line:
    """A region's cell now and with the module, whether it becomes complete, how many teachers there it concerns (none below five, and where nothing changes), and
    how many of them the census tells that lack credits (none where it is not told, or not for the reader)."""

    region: Region
    before: Cell
    after: Cell
    gains: bool
    teachers: int | None
    lacking: int | None


class ImaginedSchema(Schema):
    year = fields.Integer(load_default=None, validate=validate.Range(EARLIEST, 2100, error=_l("Write a whole number between {min} and {max}.")))
    distance = fields.Boolean(load_default=True)
    level = fields.Enum(Band, by_value=True, load_default=Band.PRIMARY)
    credits = Credits(load_default=USUAL)
    semester = SemesterCode()
    where = fields.String(load_default="here", validate=validate.OneOf(("here", "online"), error=_l("Choose one of those shown.")))


@pages.get("/coverage/<region>/<subject>/what-if")
def what_if(region, subject):
    """Each region's cell now, and with the module."""
    regions = coverage.regions()
    here = next((one for one in regions if one.code == region), None)
    what = next((one for one, _group, _confirmed in coverage.priority_subjects(today()) if one.code == subject), None)
    if here is None or what is None:
        raise NotFound(_("There is no such region or priority subject."))
    query = read_query(ImaginedSchema())
    year = query["year"] or study_year(today())
    semester = query["semester"] or Semester(year + 1, Term.AUTUMN)
    judge = Judge(Asked(year, query["level"], query["distance"]), today())
    imagined = Imagined(int((query["credits"] or USUAL) * 2), query["level"], semester.number, here.organisation_id if query["where"] == "here" else None)
    lines = _lines(judge, what, regions, imagined)
    form = blank_form(level=query["level"].value, credits=query["credits"] or USUAL, semester=semester.code, where=query["where"])
    known = {"asked": judge.asked, "with_census": bool(_read_census(regions)), "years": words.study_years(year), "invented": coverage.counts_invented()}
    return render_template("imagined/what_if.html", region=here, subject=what, lines=lines, form=form, words=words, fewest=FEWEST, path=request.path, **known, **_choices(year))


def _lines(judge: Judge, subject, regions, imagined: Imagined) -> list[Line]:
    now = judge.cells(subject, regions)
    judge.known = _with_module(judge, subject.id, imagined)
    then, people = judge.cells(subject, regions), queries.teachers(subject.id, imagined.band, today())
    lacking = queries.lacking(subject.id, imagined.band, [one.organisation_id for one in _read_census(regions)], today())
    keys = [(one, one.organisation_id) for one in regions if now]
    return [_line(one, now[key], then[key], people.get(key, 0), lacking.get(key)) for one, key in keys]


def _read_census(regions: list[Region]) -> list[Region]:
    """The regions whose results of a census the reader may see (`regions.census.results`)."""
    if has_role(Role.AUTHORITY):
        return list(regions)
    return [one for one in regions if has_role(Role.COORDINATOR) and one.organisation_id == current_actor().organisation_id]


def _line(region: Region, before: Cell, after: Cell, teachers: int, lacking: int | None) -> Line:
    changed = (before.status, before.halves) != (after.status, after.halves)
    gains = matrix.complete(after) and not matrix.complete(before)
    return Line(region, before, after, gains, teachers if changed and teachers >= FEWEST else None, lacking if changed else None)


def _with_module(judge: Judge, subject: int, imagined: Imagined):
    """What the judge knows, with the module in it; what is kept for others is not touched."""
    return judge.known._replace(catalogue=with_it(judge.known.catalogue, subject, imagined))


def _choices(year: int) -> dict:
    semesters = [Semester.from_number(Semester(year, Term.AUTUMN).number + ahead) for ahead in range(1, 8)]
    return {
        "levels": [(band.value, offer_words.band(band)) for band in Band],
        "semesters": [(one.code, offer_words.semester(one)) for one in semesters],
        "places": [("here", _("In the region")), ("online", _("Online"))],
    }
