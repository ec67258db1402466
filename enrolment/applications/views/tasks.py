"""The parts of an application, each on a page of its own: the school, what one teaches, the money, and the talk with the head."""

from flask import render_template, request

from accounts import queries as account_queries
from accounts.guard import acting_as, current_actor
from accounts.models import Role
from catalog.offers import words as offer_words
from config.clock import now, today
from config.forms import Form, blank_form
from enrolment.applications import facts, queries, rules, told, words
from enrolment.applications.models import Application
from enrolment.applications.schemas import EmployerSchema, FundingSchema, PeopleSchema, TalkedSchema, WhySchema
from enrolment.applications.services import cases as services
from enrolment.applications.values import Answer, Question
from enrolment.applications.views import pages
from enrolment.applications.views.asking import page_of, saved, usual_effects
from enrolment.progress import account
from enrolment.progress import queries as progress_queries
from enrolment.progress import words as progress_words


def _own(case) -> Application:
    return queries.own_case(current_actor(), case)


@pages.get("/me/applications/<uuid:case>/school")
@acting_as(Role.TEACHER)
def school(case):
    """One box that finds a school by its name, its municipality or its organisation number."""
    return _school_page(_own(case), None)


def _school_page(found: Application, form: Form | None) -> str:
    typed = request.args.get("q", "").strip()[:100]
    hits, many = queries.workplaces(typed)
    return render_template("applications/school.html", case=found, form=form, typed=typed, hits=hits, many=many, words=words)


@pages.post("/me/applications/<uuid:case>/school")
@acting_as(Role.TEACHER)
def choose_school(case):
    found = _own(case)

    def act(said: dict):
        return services.choose_employer(case, said["workplace"], actor=current_actor(), at=now())

    def effects(form: Form) -> list[str]:
        _school, owner = queries.employer(form.values["workplace"])
        return told.effects(found, owner.organisation.name if owner else "")

    return saved(found, EmployerSchema(), act, lambda form: _school_page(found, form), effects)


@pages.get("/me/applications/<uuid:case>/teaching")
@acting_as(Role.TEACHER)
def teaching(case):
    """What is known of what one teaches and holds, and room for one's own words."""
    found = _own(case)
    return _teaching_page(found, blank_form(why=found.why))


def _teaching_page(found: Application, form: Form) -> str:
    mine = account.of(found.person_id, today())
    cards = [(subject, mine.progress(subject.code)) for subject in mine.taught_or_held(progress_queries.subjects())]
    return render_template("applications/teaching.html", case=found, form=form, mine=mine, cards=cards, words=words, progress_words=progress_words, offer_words=offer_words)


@pages.post("/me/applications/<uuid:case>/teaching")
@acting_as(Role.TEACHER)
def say_why(case):
    found = _own(case)
    return saved(found, WhySchema(), lambda said: services.say_why(case, said["why"], actor=current_actor(), at=now()), lambda form: _teaching_page(found, form))


@pages.get("/me/applications/<uuid:case>/funding")
@acting_as(Role.TEACHER)
def funding(case):
    """The funding check: what is not known is asked, and the outcome is told with its reason."""
    found = _own(case)
    return _funding_page(found, blank_form(**found.funding or {}))


def _funding_page(found: Application, form: Form) -> str:
    asked = rules.questions(found.strand, private=bool(found.school and found.school.private))
    return render_template("applications/funding.html", case=found, form=form, asked=asked, verdict=facts.verdict(found), Answer=Answer, words=words)


@pages.post("/me/applications/<uuid:case>/funding")
@acting_as(Role.TEACHER)
def answer_funding(case):
    found = _own(case)

    def act(said: dict):
        answers = {question: said[question] for question in Question if question in said}
        return services.answer_funding(case, answers, actor=current_actor(), at=now())

    return saved(found, FundingSchema(), act, lambda form: _funding_page(found, form), usual_effects(found), then=_told_at_once)


def _told_at_once(found: Application):
    """Back to the same page, where the outcome now stands."""
    return page_of(found, "funding")


@pages.get("/me/applications/<uuid:case>/head")
@acting_as(Role.TEACHER)
def head(case):
    """That one has talked with one's head."""
    found = _own(case)
    return _head_page(found, blank_form(talked="yes" if found.talked_on else None, talked_on=found.talked_on or today()))


def _head_page(found: Application, form: Form) -> str:
    return render_template("applications/head.html", case=found, form=form, heads=account_queries.people_with(Role.HEAD, found.school_id, today()), words=words)


@pages.post("/me/applications/<uuid:case>/head")
@acting_as(Role.TEACHER)
def say_talked(case):
    found = _own(case)
    return saved(
        found, TalkedSchema(), lambda said: services.say_talked(case, said["talked_on"], actor=current_actor(), at=now()), lambda form: _head_page(found, form)
    )


@pages.get("/me/applications/<uuid:case>/people")
@acting_as(Role.TEACHER)
def people(case):
    """Who takes part in in-service training: oneself, with colleagues, or the whole school."""
    found = _own(case)
    return _people_page(found, blank_form(form="school" if found.people else "alone", people=found.people))


def _people_page(found: Application, form: Form) -> str:
    return render_template("applications/people.html", case=found, form=form, words=words)


@pages.post("/me/applications/<uuid:case>/people")
@acting_as(Role.TEACHER)
def say_people(case):
    found = _own(case)

    def act(said: dict):
        return services.say_people(case, said["people"] if said["form"] == "school" else None, actor=current_actor(), at=now())

    return saved(found, PeopleSchema(), act, lambda form: _people_page(found, form), usual_effects(found))
