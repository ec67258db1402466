"""Deputies, owners that work together, and what came of the sharing: the owner's pages, and the page where a teacher accepts the condition."""

from flask import Blueprint, flash, redirect, render_template, url_for

from accounts.guard import acting_as, current_actor
from accounts.models import Role
from config.clock import now, today
from config.errors import NotFound
from config.forms import Form, blank_form, read_form
from config.languages import _
from enrolment.applications import words as application_words
from enrolment.applications.models import Application
from enrolment.board import gathering, queries, words
from enrolment.board.models import OwnersTogether
from enrolment.board.schemas import DeputySchema, FollowUpSchema, OtherOwnerSchema
from enrolment.board.services import advising, cooperating
from enrolment.board.views import owners_only, the_round
from enrolment.rounds import queries as round_queries

pages = Blueprint("cooperation", __name__)


@pages.get("/owner/deputies")
@owners_only
def deputies():
    """Who steps in for the owner, and when."""
    return _deputies_page(blank_form(first=today().isoformat()))


def _deputies_page(form: Form) -> str:
    owner = current_actor().organisation_id
    colleagues = [(str(uuid), f"{name}, {where}") for uuid, name, where in queries.may_step_in(owner, today()) if uuid != current_actor().person_uuid]
    return render_template("board/deputies.html", deputies=queries.deputies(owner), colleagues=colleagues, form=form, on=today())


@pages.post("/owner/deputies")
@owners_only
def give_deputy():
    form = read_form(DeputySchema())
    said = form.values
    form.attempt(lambda: cooperating.give_deputy(said["person"], first=said["first"], last=said["last"], actor=current_actor(), at=now()))
    if not form.ok:
        return _deputies_page(form), 422
    flash(_("Your deputy is told."), "good")
    return redirect(url_for(".deputies"))


@pages.post("/owner/deputies/<uuid:deputy>/ending")
@owners_only
def end_deputy(deputy):
    cooperating.end_deputy(deputy, actor=current_actor(), at=now())
    flash(_("They no longer step in for you."), "good")
    return redirect(url_for(".deputies"))


@pages.get("/owner/together")
@owners_only
def together():
    """The owners one sees the lists of, and who asks for it."""
    return _together_page(blank_form())


def _together_page(form: Form) -> str:
    owner = current_actor().organisation_id
    others = [(str(uuid), name) for uuid, name, key in queries.owners() if key != owner]
    return render_template("board/together.html", agreements=queries.together(owner), owner=owner, others=others, form=form, rounds=round_queries.strands(now()))


@pages.post("/owner/together")
@owners_only
def ask_to_cooperate():
    form = read_form(OtherOwnerSchema())
    form.attempt(lambda: cooperating.ask_to_cooperate(form.values["other"], actor=current_actor(), at=now()))
    if not form.ok:
        return _together_page(form), 422
    flash(_("Asked. You see each other's lists when they have said yes."), "good")
    return redirect(url_for(".together"))


@pages.post("/owner/together/<uuid:agreement>/acceptance")
@owners_only
def accept_to_cooperate(agreement):
    cooperating.accept_to_cooperate(agreement, actor=current_actor(), at=now())
    flash(_("You now see each other's lists."), "good")
    return redirect(url_for(".together"))


@pages.post("/owner/together/<uuid:agreement>/ending")
@owners_only
def end_cooperation(agreement):
    cooperating.end_cooperation(agreement, actor=current_actor(), at=now())
    flash(_("Ended. Neither of you sees the other's lists any more."), "good")
    return redirect(url_for(".together"))


@pages.get("/owner/together/<uuid:agreement>/<code>/<strand>")
@owners_only
def others_list(agreement, code, strand):
    """Another owner's list, by agreement: what is applied for and how it is ranked, without names and private words."""
    kept = queries.own_together(current_actor(), agreement)
    if kept.accepted_at is None:
        raise NotFound(_("You have no such agreement."))
    board = gathering.board(_other(kept).organisation_id, *the_round(code, strand), on=today(), at=now())
    rows = [*board.ranked, *(row for row in board.rows if row.case.rank is None)]
    return render_template("board/others_list.html", board=board, rows=rows, other=_other(kept), words=words)


def _other(kept: OwnersTogether):
    return kept.other if kept.owner_id == current_actor().organisation_id else kept.owner


@pages.get("/owner/follow-ups")
@owners_only
def follow_ups():
    """What teachers have accepted to share, and what came of it: those whose study is over first."""
    return _follow_ups_page(blank_form(), None)


def _follow_ups_page(form: Form, which) -> str:
    asked = sorted(queries.sharing_of_owner(current_actor().organisation_id), key=lambda one: (not one.is_due, one.followed_up_on is not None))
    return render_template("board/follow_ups.html", asked=asked, form=form, which=which)


@pages.post("/owner/follow-ups/<uuid:answer>")
@owners_only
def follow_up(answer):
    form = read_form(FollowUpSchema())
    queries.owner_answer(current_actor(), answer)
    if not form.ok:
        return _follow_ups_page(form, answer), 422
    advising.follow_up(answer, words=form.values["words"], actor=current_actor(), at=now())
    flash(_("Noted with today's date."), "good")
    return redirect(url_for(".follow_ups"))


@pages.get("/me/conditions/<uuid:answer>")
@acting_as(Role.TEACHER)
def condition(answer):
    """The condition that the owner has laid before a teacher."""
    mine = queries.own_answer(current_actor(), answer)
    return render_template("board/condition.html", answer=mine, case=mine.application, title_of=gathering.title_of_choice, application_words=application_words)


def of_case(application: Application, **_known) -> str:
    """On the teacher's page of a case: the way to the condition that the owner has laid."""
    laid = queries.answers([application.id]).get(application.id)
    return render_template("board/condition_way.html", answer=laid, owner=application_words.owner_name(application)) if laid else ""


@pages.post("/me/conditions/<uuid:answer>/acceptance")
@acting_as(Role.TEACHER)
def accept_condition(answer):
    advising.accept_sharing(answer, actor=current_actor(), at=now())
    flash(_("You have accepted the condition."), "good")
    return redirect(url_for(".condition", answer=answer))
