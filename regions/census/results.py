"""The results of a census for those who may read them: a place's subjects, and what the place is made of, as a page and as a file."""

from flask import Blueprint, render_template
from marshmallow import fields, validate

from accounts.acting import Actor
from accounts.guard import acting_as, current_actor
from accounts.models import Role
from catalog.offers import words as offer_words
from catalog.values import Band
from config.clock import today
from config.csv_out import csv_answer
from config.errors import NotFound
from config.forms import Schema, read_query
from config.languages import _
from regions.census import queries, telling, words
from regions.census.models import Census
from regions.census.queries import Column
from regions.census.rules import Level
from regions.census.telling import Place
from regions.coverage.queries import counties_governed, region_of
from regions.reports.rules import FEWEST, Line

pages = Blueprint("census_results", __name__, url_prefix="/census")
READERS = acting_as(Role.AUTHORITY, Role.COORDINATOR, Role.GOVERNOR)


class ResultsSchema(Schema):
    """`of`: a level and a code, «county:11»."""

    of = fields.String(load_default=None, validate=validate.Length(max=60))
    subject = fields.String(load_default=None, validate=validate.Length(max=60))
    level = fields.Enum(Band, by_value=True, load_default=None)


@pages.get("/<uuid:census>/results")
@READERS
def results(census):
    """One place's subjects and levels; with one of them chosen, what the place is made of."""
    one, place, column, earlier = _asked(census)
    own = telling.of_place(one.id, place, today())
    past = telling.of_place(earlier.id, place, today()) if earlier else {}
    known = {"own": own, "past": past, "earlier": earlier, "column": column, "parts": _parts(one, earlier, place, column, own, past)}
    known |= {"subjects": queries.subjects(), "sent": queries.how_many_sent(one.id, today(), place.within), "roots": _roots(current_actor())}
    known["sent_before"] = queries.how_many_sent(earlier.id, today(), place.within) if earlier else None
    return render_template("census/results.html", census=one, place=place, way=_way(place), words=words, offer_words=offer_words, fewest=FEWEST, **known)


def _asked(census) -> tuple[Census, Place, Column | None, Census | None]:
    query, one = read_query(ResultsSchema()), queries.census(census)
    subject = next((key for key, row in queries.subjects().items() if row.code == query["subject"]), None)
    column = (subject, query["level"]) if subject and query["level"] else None
    return one, _place(query["of"]), column, queries.before(one)


def _place(said: str | None) -> Place:
    """The place that is asked for, or one's own. Raises NotFound for one that is not within what one may read."""
    roots = [place for _name, _code, place in _roots(current_actor())]
    if said is None:
        return roots[0]
    level, _colon, code = said.partition(":")
    key = queries.unit_called(Level(level), code) if level in list(Level) else None
    if key is None:
        raise NotFound(_("There is no such place in the census."))
    found = Place(Level(level), key, queries.chain_of(Level(level), key, today()))
    if not any(root.level is None or found.lies_in.get(root.level) == root.key for root in roots):
        raise NotFound(_("There is no such place in the census."))
    return found


def _roots(actor: Actor) -> list[tuple[str, str | None, Place]]:
    """What somebody may read, with the code that stands for it, all that lies within included: the whole country, one's region, or the counties one looks after."""
    if actor.role is Role.AUTHORITY:
        return [(_("The whole country"), None, Place())]
    if actor.role is Role.COORDINATOR:
        region = region_of(actor)
        return [(region.name, f"{Level.REGION}:{region.code}", _at(Level.REGION, region.organisation_id))]
    counties = counties_governed(actor, today())
    if not counties:
        raise NotFound(_("Your role belongs to no county."))
    return [(county.name, f"{Level.COUNTY}:{county.code}", _at(Level.COUNTY, county.id)) for county in counties]


def _at(level: Level, key: int) -> Place:
    return Place(level, key, queries.chain_of(level, key, today()))


def _parts(one: Census, earlier: Census | None, place: Place, column: Column | None, own: dict[Column, Line], past: dict[Column, Line]) -> list:
    """Of the chosen subject and level: (name, code, line, line before) of each thing the place is made of; those that are hidden last, by name."""
    if column is None or place.next_level is None:
        return []
    lines = telling.made_of(one.id, place, column, own.get(column), today())
    before = telling.made_of(earlier.id, place, column, past.get(column), today()) if earlier else {}
    names = queries.units(place.next_level, lines)
    told = [(names[key][1], names[key][0], line, before.get(key)) if key in names else (_("not stated"), None, line, before.get(key)) for key, line in lines.items()]
    return sorted(told, key=lambda row: (row[2].parts_hidden, 0 if row[2].parts_hidden else -row[2].counts.without, row[0]))


def _way(place: Place) -> list[tuple[str, str]]:
    """What the place lies in, from the largest that one may read down: (name, code)."""
    roots = _roots(current_actor())
    found = [(_("The whole country"), None)] if any(root.level is None for _name, _code, root in roots) else []
    for level, key in place.lies_in.items():
        inside = any(root.level is None or list(Level).index(level) >= list(Level).index(root.level) for _name, _code, root in roots)
        if inside and key is not None and (named := queries.units(level, [key]).get(key)):
            found.append((named[1], f"{level}:{named[0]}"))
    return found


@pages.get("/<uuid:census>/results.csv")
@READERS
def results_csv(census):
    """The table of the page; what may not be told is as on the page."""
    one, place, column, earlier = _asked(census)
    own = telling.of_place(one.id, place, today())
    past = telling.of_place(earlier.id, place, today()) if earlier else {}
    subjects = queries.subjects()
    headers = [_("Teachers"), _("Lack credits"), _("Share lacking"), _("Share in the census before")]
    if column:
        rows = [[name, *words.figures(line), words.earlier_share(before)] for name, _code, line, before in _parts(one, earlier, place, column, own, past)]
        return csv_answer(f"census-{subjects[column[0]].code}-{column[1]}.csv", [str(words.LEVELS.get(place.next_level, "")), *headers], rows)
    ordered = sorted(own.items(), key=lambda pair: (list(Band).index(pair[0][1]), subjects[pair[0][0]].position))
    rows = [[offer_words.subject_and_level(subjects[key[0]], key[1]), *words.figures(line), words.earlier_share(past.get(key))] for key, line in ordered]
    return csv_answer("census.csv", [_("Subject and level"), *headers], rows)
