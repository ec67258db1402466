"""The national authority's pages of the funding checks in which something was not known."""

from flask import flash, redirect, render_template, url_for

from accounts.guard import acting_as, current_actor
from accounts.models import Role
from config.clock import now
from config.errors import StaleEdit
from config.forms import Form, blank_form, read_form
from config.languages import _
from enrolment.applications import facts, reviews, words
from enrolment.applications.models import Application
from enrolment.applications.schemas import ReviewSchema
from enrolment.applications.services import reviewing
from enrolment.applications.values import Answer, Question
from enrolment.applications.views import pages
from enrolment.rounds import queries as rounds
from enrolment.rounds.models import Cycle


@pages.get("/national/rounds/<code>/funding")
@acting_as(Role.AUTHORITY)
def to_review(code):
    """Those of a round that wait."""
    cycle = rounds.cycle(code)
    return render_template("applications/to_review.html", cycle=cycle, cases=reviews.waiting(cycle.id), words=words, unsure=_unsure)


def _unsure(case: Application) -> list[str]:
    """What the teacher did not know."""
    return [words.question(one, case) for one in Question if case.funding.get(one) == Answer.UNSURE]


@pages.get("/national/applications/<uuid:case>/funding")
@acting_as(Role.AUTHORITY)
def to_settle(case):
    """One of them: what was answered, and the decision."""
    return _page(reviews.one(case), blank_form())


def _page(found: Application, form: Form) -> str:
    answers = [(words.question(one, found), words.ANSWERS[Answer(found.funding[one])]) for one in Question if one in found.funding]
    return render_template("applications/review.html", case=found, form=form, answers=answers, waits=reviews.waits(found), verdict=facts.verdict(found), words=words)


@pages.post("/national/applications/<uuid:case>/funding")
@acting_as(Role.AUTHORITY)
def settle(case):
    found, form = reviews.one(case), read_form(ReviewSchema())
    if not form.ok:
        return _page(found, form), 422
    said = form.values
    try:
        reviewing.review(case, yes=said["answer"] == "yes", why=said["why"], version=said["version"], actor=current_actor(), at=now())
    except StaleEdit as stale:
        form.refuse("_schema", stale.sentence)
        return _page(reviews.one(case), form), 409
    flash(_("It is settled, and %(name)s is told.", name=found.person.name), "good")
    return redirect(url_for(".to_review", code=found.cycle.code), 303)


def way_to_reviews(cycle: Cycle, **_known) -> str:
    """On the authority's page of a round: how many wait."""
    return render_template("applications/reviews_way.html", cycle=cycle, number=reviews.how_many(cycle.id))
