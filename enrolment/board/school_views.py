"""The head's pages: what the teachers of the school have applied for, the school's cover, and the head's word on each."""

from collections import defaultdict

from flask import Blueprint, flash, redirect, render_template, url_for

from accounts.guard import acting_as, current_actor
from accounts.models import Role
from catalog.offers import words as offer_words
from catalog.values import Strand
from config.clock import now, today
from config.errors import StaleEdit
from config.forms import Form, blank_form, read_form
from config.languages import _
from config.working_days import is_working_day
from enrolment.applications import groups
from enrolment.applications import queries as application_queries
from enrolment.applications import words as application_words
from enrolment.applications.lifecycle import Employer
from enrolment.applications.models import Application
from enrolment.applications.schemas import AskingSchema
from enrolment.applications.services import groups as group_services
from enrolment.applications.values import Party
from enrolment.board import cover, gathering, queries, words
from enrolment.board.cover import Away
from enrolment.board.schemas import RecommendSchema
from enrolment.board.services import advising
from enrolment.board.views import the_round
from enrolment.calendar import words as calendar_words
from enrolment.calendar.views import feeds_of_body
from enrolment.rounds.models import Cycle
from enrolment.rounds.values import Gate, Step

pages = Blueprint("school", __name__, url_prefix="/school")
heads_only = acting_as(Role.HEAD)
WORDS = {"words": words, "application_words": application_words, "offer_words": offer_words, "calendar_words": calendar_words}


@pages.get("")
@heads_only
def show():
    """What waits for the head's word, and what has had it."""
    cases = queries.cases_at_school(current_actor().organisation_id, now())
    waiting = [case for case in cases if case.employer is Employer.WITH_HEAD]
    rounds = application_queries.open_strands(now())
    return render_template(
        "board/school.html", rounds=rounds, application_words=application_words, waiting=waiting, said=[case for case in cases if case not in waiting], words=words, title_of=gathering.title_of_choice, Step=Step
    )


@pages.get("/together/<code>/<strand>")
@heads_only
def together(code, strand):
    """Whom the head has asked to apply together in a round, what they have answered, and the way to ask."""
    return _together_page(*the_round(code, strand), blank_form(least=2))


def _together_page(cycle: Cycle, strand: Strand, form: Form) -> str:
    school, by_institution = current_actor().organisation_id, defaultdict(list)
    for runs in group_services.studies(cycle, strand):
        by_institution[runs[0].module.institution.name].append((runs[0].uuid, application_words.study(runs)))
    return render_template(
        "board/school_together.html", cycle=cycle, strand=strand, form=form, groups=groups.asked_at_school(school, cycle.id, strand), studies=sorted(by_institution.items()),
        teachers=[(one.uuid, one.name) for one in groups.teachers(school)], modes=list(application_words.ASKED_TOGETHER.items()), words=application_words, offer_words=offer_words,
        open=cycle.dates_of(strand).is_open(Gate.APPLY, today()),
    )  # fmt: skip


@pages.post("/together/<code>/<strand>")
@heads_only
def ask(code, strand):
    (cycle, about), form = the_round(code, strand), read_form(AskingSchema())
    said = form.values
    form.attempt(lambda: group_services.ask(code, about, study=said["study"], mode=said["mode"], least=said["least"], colleagues=said["colleague"], actor=current_actor(), at=now()))
    if not form.ok:
        return _together_page(cycle, about, form), 422
    flash(_("They are asked. Each of them answers for themselves."), "good")
    return redirect(url_for(".together", code=code, strand=strand), 303)


@pages.get("/cover")
@heads_only
def show_cover():
    """Weeks × staff: who is away at which gathering, with the hours and kroner of a substitute."""
    return render_template("board/cover.html", **_cover(queries.away_from_school(current_actor().organisation_id, today())), **feeds_of_body())


def _cover(absences: list[Away]) -> dict:
    rate = queries.cover_rate(today())
    if rate is None:
        return {"weeks": [], "staff": [], "rate": None} | WORDS
    weeks = cover.weeks(absences, is_working_day, hours_a_day=rate.hours_a_day, oere_an_hour=rate.oere_an_hour, most=rate.most_away)
    return {"weeks": weeks, "staff": cover.staff(weeks), "rate": rate} | WORDS


@pages.get("/applications/<uuid:case>")
@heads_only
def show_case(case):
    return _case_page(queries.own_case_at_school(current_actor(), case, now()), None)


def _case_page(case: Application, form: Form | None) -> str:
    """The application beside the weeks in which the teacher would be away, with all the others who are."""
    absences = queries.away_from_school(current_actor().organisation_id, today())
    shown = _cover(absences)
    weeks = [one for one in shown["weeks"] if case.person_id in one.blocks]
    dates = case.cycle.dates_of(case.strand)
    return render_template(
        "board/school_case.html", case=case, form=form or blank_form(), failed=form, dates=dates, title_of=gathering.title_of_choice, last=dates.on(Step.HEAD),
        open=case.employer is Employer.WITH_HEAD and dates.is_open(Gate.RECOMMEND, today()),
        steps=words.told(case, Party.HEAD), **shown | {"weeks": weeks, "staff": cover.staff(weeks)},
    )  # fmt: skip


@pages.post("/applications/<uuid:case>/recommendation")
@heads_only
def recommend(case):
    found, form = queries.own_case_at_school(current_actor(), case, now()), read_form(RecommendSchema())
    if form.ok and form.values["answer"] == "no" and not form.values["words"]:
        form.refuse("words", _("Say why you advise against it: the teacher and the owner read it."))
    if not form.ok:
        return _case_page(found, form), 422
    said = form.values
    try:
        advising.recommend(case, version=said["version"], yes=said["answer"] == "yes", words=said["words"], actor=current_actor(), at=now())
    except StaleEdit as stale:
        form.refuse("_schema", stale.sentence)
        return _case_page(queries.own_case_at_school(current_actor(), case, now()), form), 409
    flash(_("Your word is passed on to the owner."), "good")
    return redirect(url_for(".show"))
