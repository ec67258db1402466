"""Each priority group's volume rule, and how it is met."""

from urllib.parse import urlencode

from flask import Blueprint, render_template, request
from marshmallow import fields, validate

from catalog.offers import words as offer_words
from catalog.places.models import Region
from catalog.values import Band
from config.clock import today
from config.errors import NotFound
from config.forms import Schema, read_query
from config.languages import _, _l
from regions.coverage import queries as coverage
from regions.coverage.matrix import Asked, Judge
from regions.coverage.views import YEARS_TO_CHOOSE, study_year
from regions.priorities import queries as priorities
from regions.volume import queries, words
from regions.volume.reckoning import Reckoning

pages = Blueprint("volume", __name__)


class VolumeSchema(Schema):
    year = fields.Integer(load_default=None, validate=validate.Range(2012, 2100, error=_l("Write a whole number between {min} and {max}.")))
    region = fields.String(load_default=None, validate=validate.Length(max=40))


@pages.get("/coverage/volume")
def volume():
    """The six groups of the strategy, each judged by its own rule against the former period."""
    query = read_query(VolumeSchema())
    year, regions = query["year"] or study_year(today()), coverage.regions()
    region = _region(regions, query["region"])
    reckoning = Reckoning(Judge(Asked(year, Band.PRIMARY), today()), region.organisation_id if region else None)
    judged = reckoning.groups(queries.groups(today()))
    left = {key for one in judged if one.facts.needs for key in one.facts.needs.left}
    known = {"reckoning": reckoning, "judged": judged, "lacking": queries.subjects(left), "region": region, "words": words, "invented": coverage.counts_invented()}
    known |= {"targets": {} if region else priorities.targets(today()), "year": year}
    return render_template("volume/volume.html", **known, **_choices(regions, region, year))


def _region(regions: list[Region], code: str | None) -> Region | None:
    if not code:
        return None
    found = next((one for one in regions if one.code == code), None)
    if found is None:
        raise NotFound(_("There is no such region or priority subject."))
    return found


def _choices(regions: list[Region], region: Region | None, year: int) -> dict:
    def address(of: Region | None, at: int) -> str:
        return f"{request.path}?" + urlencode({"year": at} | ({"region": of.code} if of else {}))

    this_year = study_year(today())
    return {
        "regions": [(_("All regions"), address(None, year), region is None), *((one.name, address(one, year), one is region) for one in regions)],
        "years": [(offer_words.study_year(at), address(region, at), at == year) for at in range(this_year, this_year + YEARS_TO_CHOOSE)],
    }
