"""What teachers plan, for institutions, regions and the nation; as a page and as a file."""

from flask import Blueprint, render_template, request

from accounts.guard import acting_as, has_role
from catalog.offers import words as offer_words
from catalog.places.models import Region
from catalog.subjects.models import Subject
from catalog.values import Semester
from config.clock import today
from config.csv_out import csv_answer
from regions.coverage.views import READ_PLANS
from regions.planned import queries, rules
from regions.reports.rules import FEWEST

pages = Blueprint("planned", __name__)
READERS = READ_PLANS


def _lines(subject: str | None = None) -> list[rules.Line]:
    return rules.lines(queries.counted(queries.first(today()), today(), subject))


@pages.get("/planned")
@acting_as(*READERS)
def planned():
    """How many teachers plan which subject, by region and term; of one subject where it is chosen."""
    lines, regions = _lines(), queries.regions()
    subjects = {one.code: one for one in queries.subjects(sorted({line.subject for line in lines}))}
    chosen = request.args.get("subject") if request.args.get("subject") in subjects else None
    shown = [line for code in subjects for line in lines if line.subject == code and chosen in (None, code)]
    return render_template(
        "planned/planned.html", lines=shown, subjects=subjects, choices=[(one.code, one.name) for one in subjects.values()], regions=[(one.code, one.name) for one in regions], chosen=chosen, fewest=FEWEST,
        term=_term, invented=queries.any_made_up(),
    )  # fmt: skip


def _term(number: int) -> str:
    return offer_words.semester(Semester.from_number(number))


@pages.get("/planned.csv")
@acting_as(*READERS)
def as_file():
    """The same as the page: what is hidden there is empty here."""
    regions = [one.code for one in queries.regions()]
    rows = [[line.subject, Semester.from_number(line.term).code, *(line.counts.get(code, 0) for code in regions), line.total] for line in _lines()]
    head = ["subject", "term", *regions, "all"]
    return csv_answer("planned.csv", head, [["" if value is None else value for value in row] for row in rows])


def planned_here(region: Region, subject: Subject, **_known) -> str:
    """The panel of a cell: how many teachers of the region plan its subject, by term, for those who may read it."""
    lines = [line for line in _lines(subject.code) if line.counts.get(region.code, 0) != 0] if has_role(*READERS) else []
    return render_template("planned/here.html", lines=lines, region=region, fewest=FEWEST, term=_term, invented=queries.any_made_up()) if lines else ""


def way_to_planned(**_known) -> str:
    """The link on the pages of who may read it."""
    return render_template("planned/link.html") if has_role(*READERS) else ""
