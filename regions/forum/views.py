"""The forum of a region for its parties, the coordinator's work with it, and the county governor's county."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for

from accounts.guard import acting_as, current_actor
from accounts.models import Role
from catalog.offers import words as offer_words
from catalog.places.models import Region
from catalog.places.queries import counties_of
from catalog.subjects import queries as subject_queries
from catalog.subjects.models import Subject
from catalog.values import Band
from config.clock import now, today
from config.errors import NotFound
from config.forms import Form, blank_form, read_form
from config.languages import _
from regions.census import words as census_words
from regions.coverage.facts import study_year
from regions.coverage.queries import counties_governed, region_of
from regions.forum import queries, services, status, words
from regions.forum.lifecycle import Meeting
from regions.forum.models import ForumMeeting
from regions.forum.schemas import DecisionSchema, MeetingSchema, MinutesSchema, NoteSchema, PartySchema

pages = Blueprint("forum", __name__)
READERS = acting_as(Role.COORDINATOR, Role.OWNER, Role.EDITOR, Role.UNION, Role.GOVERNOR, Role.KS, Role.AUTHORITY)
coordinators_only = acting_as(Role.COORDINATOR)
NEAR = timedelta(days=14)  # how long before a meeting, or the day of a decision, it is told of as work
NAMES = {"words": words, "offer_words": offer_words, "Meeting": Meeting}


@pages.get("/forum")
@READERS
def listed():
    """One region's forum: its meetings, what is to be done, who belongs to it; of those who read several regions, the one that is chosen."""
    readable = queries.regions(current_actor(), today())
    if not readable and current_actor().role is Role.KS:
        return render_template("forum/none.html")
    if not readable:
        raise NotFound(_("Your role belongs to no region."))
    code = request.args.get("region", "")[:40]
    region = next((one for one in readable if one.code == code), None if code else readable[0])
    if region is None:
        raise NotFound(_("There is nothing like that in a forum of yours."))
    meetings = queries.meetings(region.organisation_id)
    todo = [one for meeting in meetings if meeting.state is Meeting.HELD for one in meeting.decisions if not one.done_on]
    notes = queries.notes(counties_of(region.organisation_id, today())) if current_actor().role in (Role.COORDINATOR, Role.AUTHORITY, Role.GOVERNOR) else []
    known = {"regions": readable, "region": region, "meetings": meetings, "todo": todo, "parties": queries.parties(region.organisation_id), "notes": notes}
    known |= {"status": status.of_region(region, today(), reads_census=current_actor().role in (Role.COORDINATOR, Role.AUTHORITY)), **_status_words()}
    return render_template("forum/listed.html", on=today(), **known, **NAMES)


def _status_words() -> dict:
    """What the part of a page about how far a region has come is written with."""
    return {"year": study_year(today()), "census_words": census_words, "subjects": {one.id: one for one in subject_queries.in_order()}}


@pages.get("/forum/meetings/new")
@coordinators_only
def new():
    return _new(blank_form())


def _new(form: Form) -> str:
    region = region_of(current_actor())
    return render_template("forum/new.html", form=form, region=region, parties=queries.parties(region.organisation_id))


@pages.post("/forum/meetings")
@coordinators_only
def call():
    form = read_form(MeetingSchema())
    if not form.ok:
        return _new(form), 422
    made = services.call(form.values, actor=current_actor(), at=now())
    flash(_("The parties are called to the meeting."), "good")
    return redirect(url_for(".show", meeting=made.uuid))


@pages.get("/forum/meetings/<uuid:meeting>")
@READERS
def show(meeting):
    found = queries.meeting(current_actor(), meeting, today())
    return render_template("forum/show.html", meeting=found, mine=_mine(found), on=today(), **NAMES)


def _mine(meeting: ForumMeeting) -> bool:
    """Whether it is the reader's to write."""
    return current_actor().role is Role.COORDINATOR and meeting.region_id == current_actor().organisation_id


@pages.get("/forum/meetings/<uuid:meeting>/minutes")
@coordinators_only
def minutes(meeting):
    found = queries.meeting(current_actor(), meeting, today())
    facts = {name: getattr(found, name) for name in ("title", "held_on", "place", "agenda", "minutes")}
    return _minutes(found, blank_form(**facts, present=[row.party.uuid for row in found.present]))


def _minutes(meeting: ForumMeeting, form: Form) -> str:
    parties = [(one.uuid, one.name, words.PARTIES[one.kind]) for one in queries.parties(meeting.region_id)]
    return render_template("forum/minutes.html", meeting=meeting, form=form, parties=parties)


@pages.post("/forum/meetings/<uuid:meeting>/minutes")
@coordinators_only
def write(meeting):
    found, form = queries.meeting(current_actor(), meeting, today()), read_form(MinutesSchema())
    if not form.ok:
        return _minutes(found, form), 422
    services.write(meeting, form.values, actor=current_actor(), at=now())
    flash(_("The minutes are saved. The parties see them when you publish."), "good")
    return redirect(url_for(".show", meeting=meeting))


@pages.get("/forum/meetings/<uuid:meeting>/decisions/new")
@coordinators_only
def new_decision(meeting):
    """Prefilled with the subject and level of a cell that one comes from."""
    known = {name: request.args.get(name, "")[:60] for name in ("subject", "level")}
    return _decision(queries.meeting(current_actor(), meeting, today()), blank_form(**known))


def _decision(meeting: ForumMeeting, form: Form) -> str:
    choices = {
        "kinds": list(words.DECISIONS.items()),
        "subjects": [(one.code, one.name) for one in subject_queries.in_order()],
        "levels": [(band.value, offer_words.band(band)) for band in Band],
        "parties": [(one.uuid, one.name) for one in queries.parties(meeting.region_id)],
    }
    return render_template("forum/decision.html", meeting=meeting, form=form, **choices)


@pages.post("/forum/meetings/<uuid:meeting>/decisions")
@coordinators_only
def decide(meeting):
    found, form = queries.meeting(current_actor(), meeting, today()), read_form(DecisionSchema())
    form.attempt(lambda: services.decide(meeting, form.values, actor=current_actor(), at=now()))
    if not form.ok:
        return _decision(found, form), 422
    flash(_("The decision is added."), "good")
    return redirect(url_for(".show", meeting=meeting))


@pages.post("/forum/decisions/<uuid:decision>/removal")
@coordinators_only
def remove_decision(decision):
    meeting = services.remove_decision(decision, actor=current_actor(), at=now())
    flash(_("The decision is removed."), "good")
    return redirect(url_for(".show", meeting=meeting.uuid))


@pages.post("/forum/decisions/<uuid:decision>/completion")
@coordinators_only
def complete(decision):
    one = services.complete(decision, actor=current_actor(), at=now())
    flash(_("The decision is marked as done.") if one.done_on else _("The decision is open again."), "good")
    return redirect(url_for(".show", meeting=one.meeting.uuid))


@pages.post("/forum/meetings/<uuid:meeting>/publication")
@coordinators_only
def publish(meeting):
    services.publish_minutes(meeting, actor=current_actor(), at=now())
    flash(_("The minutes are published, and the parties are told."), "good")
    return redirect(url_for(".show", meeting=meeting))


@pages.post("/forum/meetings/<uuid:meeting>/cancellation")
@coordinators_only
def call_off(meeting):
    services.call_off(meeting, actor=current_actor(), at=now())
    flash(_("The meeting is called off, and the parties are told."), "good")
    return redirect(url_for(".show", meeting=meeting))


@pages.get("/forum/parties")
@coordinators_only
def parties():
    return _parties(blank_form())


def _parties(form: Form) -> str:
    region = region_of(current_actor())
    bodies = queries.bodies(region, today())
    choices = {"kinds": list(words.PARTIES.items()), "bodies": [(words.PARTIES[kind], [(one.uuid, one.name) for one in known]) for kind, known in bodies.items() if known]}
    return render_template("forum/parties.html", region=region, parties=queries.parties(region.organisation_id), form=form, words=words, **choices)


@pages.post("/forum/parties")
@coordinators_only
def add_party():
    form = read_form(PartySchema())
    form.attempt(lambda: services.add_party(form.values, actor=current_actor(), at=now()))
    if not form.ok:
        return _parties(form), 422
    flash(_("The party is added to the forum."), "good")
    return redirect(url_for(".parties"))


@pages.post("/forum/parties/<uuid:party>/end")
@coordinators_only
def end_party(party):
    services.end_party(party, actor=current_actor(), at=now())
    flash(_("The party belongs to the forum no more. Earlier minutes stand."), "good")
    return redirect(url_for(".parties"))


@pages.get("/county")
@acting_as(Role.GOVERNOR)
def county():
    """What a county governor follows: coverage, needs, plans and what the forum decides, county by county, with the governor's own notes."""
    return _county(blank_form())


def _county(form: Form) -> str:
    counties = counties_governed(current_actor(), today())
    keys, year = [one.id for one in counties], study_year(today())
    regions, plans = queries.regions_of_counties(keys, today()), queries.plans_by_county(keys, year)
    known = {"statuses": {key: [status.of_county(region, key, plans.get(key, (0, 0)), today()) for region in regions.get(key, [])] for key in keys}}
    known |= {"notes": queries.notes(keys), "choices": [(one.code, one.name) for one in counties], "form": form, "offer_words": offer_words, **_status_words()}
    return render_template("forum/county.html", counties=counties, **known)


@pages.post("/county/notes")
@acting_as(Role.GOVERNOR)
def note():
    form = read_form(NoteSchema())
    form.attempt(lambda: services.note(form.values, actor=current_actor(), at=now()))
    if not form.ok:
        return _county(form), 422
    flash(_("The note is kept. The region's coordinator and the national authority read it."), "good")
    return redirect(url_for(".county"))


def decided(region: Region, subject: Subject, band: Band, **_known) -> str:
    """The panel of a cell: what the region's forum has decided of it."""
    decisions = queries.decided_of(region.organisation_id, subject.id, band)
    return render_template("forum/decided.html", decisions=decisions, on=today(), **NAMES) if decisions else ""


def region_work(region: Region, **_known) -> str:
    """The panel of the coordinator's page: minutes to write, the meeting that is near, and what was decided and is due."""
    on = today()
    near = queries.planned(region.organisation_id, on + NEAR)
    lines = [(words.meeting_awaits(one, on), url_for("forum.show", meeting=one.uuid), one.held_on if one.held_on > on else None) for one in near]
    many, first = queries.due(region.organisation_id, on + NEAR)
    if many:
        lines.append((words.decisions_await(many), url_for("forum.listed"), first))
    return "".join(render_template("components/work_line.html", says=says, address=address, by=by) for says, address, by in lines)


def way_to_forum(**_known) -> str:
    """The panel of the coordinator's page: the way to the forum."""
    return render_template("forum/region_link.html")
