"""The region's statement of state money, as a page and as a file."""

from dataclasses import dataclass

from flask import Blueprint, render_template

from accounts.guard import acting_as, current_actor
from accounts.models import Role
from catalog.offers import words as offer_words
from catalog.places.models import Region
from catalog.places.queries import counties_of
from catalog.values import Semester, Term
from config.csv_out import csv_answer
from config.errors import NotFound
from config.languages import _
from enrolment.money import awards
from enrolment.money.values import kr
from enrolment.participation.rules import begins
from regions.coverage.queries import region_of
from regions.granted import queries, rules
from regions.granted.rules import Told
from regions.reports.rules import FEWEST

pages = Blueprint("granted", __name__)
coordinator_only = acting_as(Role.COORDINATOR)


@dataclass(frozen=True)
class Statement:
    region: Region
    lines: list[Told]
    together: Told


@pages.get("/region/money")
@coordinator_only
def years():
    """The study years with state money."""
    return render_template("granted/years.html", region=region_of(current_actor()), years=queries.years(), offer_words=offer_words)


@pages.get("/region/money/<int(max=9999):year>")
@coordinator_only
def of_region(year):
    """Sums by owner; what could tell of single persons is hidden."""
    return render_template("granted/statement.html", said=_said(year), year=year, fewest=FEWEST, invented=queries.any_made_up(year), offer_words=offer_words)


def _said(year: int) -> Statement:
    region = region_of(current_actor())
    if year not in queries.years():
        raise NotFound(_("There is no statement of this study year."))
    inside = counties_of(region.organisation_id, begins(Semester(year, Term.AUTUMN)))
    sums = rules.by_owner(awards.of_counties(year, inside), queries.moved(year, inside))
    names = queries.names(sums)
    lines, together = rules.told({names[owner]: one for owner, one in sums.items()})
    return Statement(region, lines, together)


@pages.get("/region/money/<int(max=9999):year>.csv")
@coordinator_only
def as_csv(year):
    """The table of the page; what may not be shown is empty."""
    said = _said(year)
    headers = [_("School owner"), _("Teachers"), _("Bound"), _("Confirmed"), _("For payment"), _("Claimed back")]
    rows = [[name, line.people, *(None if one is None else kr(one) for one in (line.bound, line.confirmed, line.paid, line.back))] for line, name in _named(said)]
    return csv_answer(f"region-{said.region.code}-{year}.csv", headers, rows)


def _named(said: Statement) -> list[tuple[Told, str]]:
    return [(line, line.name) for line in said.lines] + [(said.together, _("Together"))]


def way_to_money(**_known) -> str:
    """The panel of the coordinator's page: the way to the statement."""
    return render_template("granted/link.html")
