"""The authority's censuses, the answers of owners and heads, and the results for those who may read them."""

from collections.abc import Iterable
from enum import StrEnum

from flask import Blueprint, flash, redirect, render_template, url_for

from accounts.guard import acting_as, current_actor
from accounts.models import Role
from catalog.offers import words as offer_words
from catalog.publishing.fields import OneOf
from catalog.subjects.models import Subject
from catalog.values import Band
from config.clock import now, today
from config.forms import Form, Schema, blank_form, read_form
from config.languages import _, ngettext
from enrolment.schools.models import School
from enrolment.staff import reckoning
from regions.census import queries, rules, services, words
from regions.census.models import Census, CensusAnswer
from regions.census.rules import Figures
from regions.census.schemas import CensusSchema, DatesSchema, number
from regions.volume import register

pages = Blueprint("census", __name__, url_prefix="/census")
ANSWER = acting_as(Role.OWNER, Role.HEAD)


class Then(StrEnum):
    """What is done with a form: kept as it is for now, or sent."""

    SAVE = "save"
    SEND = "send"


PARTS = ("teachers", "without", "unknown")
Asked = list[tuple[Subject, Band]]


@pages.get("")
@acting_as(Role.AUTHORITY, Role.COORDINATOR, Role.GOVERNOR, Role.OWNER, Role.HEAD)
def listed():
    """Every census, the latest first; for those who answer, with what is left."""
    actor, censuses = current_actor(), queries.censuses()
    answers = actor.role in (Role.OWNER, Role.HEAD)
    mine = queries.schools(actor) if answers else []
    sent = queries.sent_by_census([school.organisation_id for school in mine]) if mine else {}
    return render_template("census/listed.html", censuses=censuses, mine=mine, sent=sent, answers=answers, words=words, on=today())


@pages.get("/new")
@acting_as(Role.AUTHORITY)
def new():
    return _new(blank_form(reminders="14, 3"))


@pages.post("")
@acting_as(Role.AUTHORITY)
def take():
    form = read_form(CensusSchema())
    form.attempt(lambda: services.take_census(form.values, [one.first for one in register.periods()], actor=current_actor(), at=now()))
    if not form.ok:
        return _new(form), 422
    flash(_("The census is made. School owners are told when it opens."), "good")
    return redirect(url_for(".listed"))


def _new(form: Form) -> str:
    return render_template("census/new.html", form=form, periods=[(one.first, one.name) for one in reversed(register.periods())])


@pages.get("/<uuid:census>/dates")
@acting_as(Role.AUTHORITY)
def dates(census):
    one = queries.census(census)
    return render_template("census/dates.html", census=one, form=blank_form(answer_by=one.answer_by, reminders=", ".join(map(str, one.reminders))))


@pages.post("/<uuid:census>/dates")
@acting_as(Role.AUTHORITY)
def set_dates(census):
    one, form = queries.census(census), read_form(DatesSchema())
    form.attempt(lambda: services.set_dates(census, form.values, actor=current_actor(), at=now()))
    if not form.ok:
        return render_template("census/dates.html", census=one, form=form), 422
    flash(_("The dates are saved."), "good")
    return redirect(url_for(".listed"))


@pages.get("/<uuid:census>/schools")
@acting_as(Role.OWNER)
def schools(census):
    """The owner's schools with where each answer stands, those to be answered first, and what the owner's own figures say."""
    one, mine = queries.census(census), queries.schools(current_actor())
    answers = queries.answers(one.id, [school.organisation_id for school in mine])
    ordered = sorted(mine, key=lambda school: ((answer := answers.get(school.organisation_id)) is not None and answer.sent_at is not None, answer is not None))
    earlier = queries.before(one)
    past = queries.answers(earlier.id, [school.organisation_id for school in mine]) if earlier else {}
    known = {"answers": answers, "own": _added(answers.values()), "past": _added(past.values()), "earlier": earlier, "subjects": queries.subjects()}
    left = sum(answer.sent_at is None for answer in answers.values())
    return render_template("census/schools.html", census=one, schools=ordered, unsent=left, words=words, offer_words=offer_words, Line=rules.whole, on=today(), **known)


def _added(answers: Iterable[CensusAnswer]) -> dict:
    """By subject and band, of the answers that are sent. The owner's own, so nothing is hidden."""
    found: dict = {}
    for line in (line for answer in answers if answer.sent_at for line in answer.lines):
        key = (line.subject_id, line.band)
        found[key] = found.get(key, Figures()) + Figures(line.teachers, line.without, line.unknown)
    return found


@pages.post("/<uuid:census>/schools/begun")
@acting_as(Role.OWNER)
def fill_in(census):
    begun = services.fill_in(census, actor=current_actor(), at=now())
    flash(ngettext("The answer of %(num)d school is filled in from the staff register.", "The answers of %(num)d schools are filled in from the staff register.", begun), "good")
    return redirect(url_for(".schools", census=census))


@pages.post("/<uuid:census>/schools/sent")
@acting_as(Role.OWNER)
def send_all(census):
    sent = services.send_all(census, actor=current_actor(), at=now())
    if sent:
        flash(ngettext("The answer of %(num)d school is sent.", "The answers of %(num)d schools are sent.", sent), "good")
    else:
        flash(_("No school has an answer that is begun and not sent."), "info")
    return redirect(url_for(".schools", census=census))


@pages.get("/<uuid:census>/schools/<uuid:school>")
@ANSWER
def form(census, school):
    place, one = queries.own_school(current_actor(), school), queries.census(census)
    given = queries.answers(one.id, [place.organisation_id]).get(place.organisation_id)
    told = _told(given) if given else reckoning.of_school(place.owner_id, place.organisation_id, today())
    typed = {_box(subject, band, part): getattr(told[subject.id, band], part) for subject, band in _asked(one, place) if (subject.id, band) in told for part in PARTS}
    return _form(one, place, given, blank_form(**typed))


def _told(given: CensusAnswer) -> dict:
    return {(line.subject_id, line.band): line for line in given.lines}


def _asked(one: Census, place: School) -> Asked:
    """What a school is asked: each subject with a requirement in the bands that it has; in every band where its grades are not known."""
    bands = place.grades.bands or list(Band)
    return [(subject, band) for subject, band in queries.required(one.opens_on) if band in bands]


def _box(subject: Subject, band: Band, part: str) -> str:
    return f"{subject.code}-{band}-{part}"


def _form(one: Census, place: School, given: CensusAnswer | None, sent: Form) -> str:
    earlier = queries.before(one)
    past = queries.answers(earlier.id, [place.organisation_id]).get(place.organisation_id) if earlier else None
    asked = _asked(one, place)
    known = {"given": given, "asked": asked, "past": _told(past) if past and past.sent_at else {}, "box": _box, "offer_words": offer_words, "words": words}
    return render_template("census/form.html", census=one, school=place, form=sent, open=one.open_on(today()), **known)


@pages.post("/<uuid:census>/schools/<uuid:school>/answer")
@ANSWER
def answer(census, school):
    place, one = queries.own_school(current_actor(), school), queries.census(census)
    asked = _asked(one, place)
    boxes = {_box(subject, band, part): number() for subject, band in asked for part in PARTS}
    sent = read_form(Schema.from_dict(boxes | {"then": OneOf(Then)})())
    told = {(subject.id, band): Figures(*(sent.values.get(_box(subject, band, part)) or 0 for part in PARTS)) for subject, band in asked}
    for subject, band in asked:
        if sent.ok and not rules.fits(*(getattr(told[subject.id, band], part) for part in PARTS)):
            sent.refuse(_box(subject, band, "without"), _("More lack credits, or are not known, than teach the subject."))
    if not sent.ok:
        return _form(one, place, queries.answers(one.id, [place.organisation_id]).get(place.organisation_id), sent), 422
    send = sent.values["then"] is Then.SEND
    services.answer(census, school, told, send=send, actor=current_actor(), at=now())
    flash(_("The answer is sent. It can be corrected until the last day.") if send else _("The answer is saved."), "good")
    return redirect(url_for(".schools", census=census) if current_actor().role is Role.OWNER else url_for(".form", census=census, school=school))


def owner_work() -> str:
    """On the owner's own page: the schools that have not answered a census that is open."""
    mine = [one.organisation_id for one in queries.schools(current_actor())]
    sent = queries.sent_by_census(mine)
    left = {one: len(mine) - sent.get(one.id, 0) for one in queries.censuses() if one.open_on(today())}
    lines = [_awaited(one, many) for one, many in left.items() if many]
    return "".join(lines)


def _awaited(one: Census, left: int) -> str:
    says = ngettext("%(num)d school to answer for in %(census)s", "%(num)d schools to answer for in %(census)s", left, census=one.name)
    return render_template("components/work_line.html", says=says, address=url_for("census.schools", census=one.uuid), by=one.answer_by)
