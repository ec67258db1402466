"""What if: an imagined module in a subject, and what coverage would be with it."""

from flask import Blueprint, render_template, request
from marshmallow import fields, validate

from catalog.offers import words as offer_words
from catalog.publishing.fields import Credits, SemesterCode
from catalog.values import Band, Semester, Term
from config.clock import today
from config.errors import NotFound
from config.forms import Schema, blank_form, read_query
from config.languages import _, _l
from regions.coverage import matrix, words
from regions.coverage import queries as coverage
from regions.coverage.matrix import Asked, Judge
from regions.coverage.views import study_year
from regions.imagined import queries
from regions.imagined.rules import Imagined, with_it

pages = Blueprint("imagined", __name__)
FEWEST = 5  # teachers; a smaller count is not shown
USUAL = 15


class ImaginedSchema(Schema):
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
    year = study_year(today())
    semester = query["semester"] or Semester(year + 1, Term.AUTUMN)
    judge = Judge(Asked(year, query["level"]), today())
    imagined = Imagined(int((query["credits"] or USUAL) * 2), query["level"], semester.number, here.organisation_id if query["where"] == "here" else None)
    lines = _lines(judge, what, regions, imagined)
    form = blank_form(level=query["level"].value, credits=query["credits"] or USUAL, semester=semester.code, where=query["where"])
    return render_template("imagined/what_if.html", region=here, subject=what, lines=lines, form=form, words=words, fewest=FEWEST, path=request.path, invented=coverage.counts_invented(), **_choices(year))


def _lines(judge: Judge, subject, regions, imagined: Imagined) -> list[tuple]:
    """Region, its cell now, its cell with the module, and how many teachers it concerns; none below five, and where nothing changes."""
    now = judge.cells(subject, regions)
    judge.known = _with_module(judge, subject.id, imagined)
    then, people = judge.cells(subject, regions), queries.teachers(subject.id, imagined.band, today())
    return [_line(one, now[one.organisation_id], then[one.organisation_id], people.get(one.organisation_id, 0)) for one in regions if now]


def _line(region, before, after, teachers: int) -> tuple:
    changed = (before.status, before.halves) != (after.status, after.halves)
    return region, before, after, matrix.complete(after) and not matrix.complete(before), teachers if changed and teachers >= FEWEST else None


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
