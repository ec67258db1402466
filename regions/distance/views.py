"""The coordinator's page of what counts at a distance."""

from flask import Blueprint, flash, redirect, render_template, url_for

from accounts.guard import acting_as, current_actor
from accounts.models import Role
from config.clock import now, today
from config.forms import Form, Schema, blank_form, read_form
from config.languages import _
from regions.coverage.queries import region_of
from regions.distance import queries, services
from regions.distance.rules import hours
from regions.distance.schemas import Hours, most_days

pages = Blueprint("distance", __name__)
PREFIX = "hours-"


@pages.get("/region/distance")
@acting_as(Role.COORDINATOR)
def rule():
    region = region_of(current_actor())
    own, others = queries.rule(region.organisation_id, today())
    known, travel = own or others, queries.travel_times(region.organisation_id)
    typed = {f"{PREFIX}{county.code}": _written(travel[county.id].minutes) for county in queries.counties_elsewhere(region.organisation_id, today()) if county.id in travel}
    most = known.most_minutes if known else None
    return _page(blank_form(most_days=known.most_days if known else None, most_hours=None if most is None else _written(most), **typed))


def _written(minutes: int) -> str:
    return f"{hours(minutes):f}"


def _page(form: Form) -> str:
    region = region_of(current_actor())
    own, others = queries.rule(region.organisation_id, today())
    counties = queries.counties_elsewhere(region.organisation_id, today())
    return render_template("distance/rule.html", region=region, own=own, others=others, counties=counties, form=form, PREFIX=PREFIX)


@pages.post("/region/distance")
@acting_as(Role.COORDINATOR)
def decide():
    region = region_of(current_actor())
    counties = {f"{PREFIX}{county.code}": county.id for county in queries.counties_elsewhere(region.organisation_id, today())}
    boxes = {"most_days": most_days(), "most_hours": Hours(load_default=None)} | {name: Hours(load_default=None) for name in counties}
    form = read_form(Schema.from_dict(boxes)())
    if not form.ok:
        return _page(form), 422
    travel = {key: form.values[name] for name, key in counties.items()}
    services.decide(form.values["most_days"], form.values["most_hours"], travel, actor=current_actor(), at=now())
    flash(_("The rule is saved, and coverage goes by it at once."), "good")
    return redirect(url_for(".rule"))


def way_to_distance(**_known) -> str:
    """The panel of the coordinator's page: the way to the rule."""
    return render_template("distance/region_link.html")
