"""What a teacher shares, and what heads, owners and holders of an address read of it."""

from flask import Blueprint, Flask, Response, flash, redirect, render_template, url_for
from marshmallow import fields

from accounts.guard import acting_as, current_actor, has_role
from accounts.models import Role
from catalog import panels
from catalog.offers import words as offer_words
from catalog.offers.sentences import inside
from config import menu
from config.clock import now, today
from config.forms import Schema, read_form
from config.http import NOT_INDEXED
from config.languages import _, _l
from enrolment.byhand import board as boards
from enrolment.byhand import queries as plans
from enrolment.byhand import words as plan_words
from enrolment.byhand.models import StudyPlan
from enrolment.byhand.views import columns_of
from enrolment.planning import words as planner_words
from enrolment.progress import account, words
from enrolment.progress import queries as progress_queries
from enrolment.progress.account import Account
from enrolment.sharing import queries, services
from enrolment.sharing.models import Reader

pages = Blueprint("sharing", __name__)
readers_only = acting_as(Role.HEAD, Role.OWNER)


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
    panels.register(app, "plan_shared", of_plan)
    menu.add(app, _l("Shared with me"), "sharing.teachers", order=24, shown=lambda: has_role(Role.HEAD, Role.OWNER))


class SharingSchema(Schema):
    reader = fields.List(fields.Enum(Reader, by_value=True), load_default=list)


@pages.get("/me/sharing")
@acting_as(Role.TEACHER)
def mine():
    """Who sees my progress."""
    teacher = progress_queries.teacher_of(current_actor().person_id)
    owner = progress_queries.owner_of(current_actor().person_id)
    return render_template("sharing/mine.html", shares=queries.own_shares(current_actor()), school=teacher.school if teacher else None, owner=owner)


@pages.post("/me/sharing")
@acting_as(Role.TEACHER)
def share():
    form = read_form(SharingSchema())
    if not form.ok:
        flash(_("Choose from the list."), "stop")
        return redirect(url_for(".mine"))
    services.share_progress(form.values["reader"], actor=current_actor(), at=now())
    flash(_("Saved. Nobody else sees your progress."), "good")
    return redirect(url_for(".mine"))


@pages.get("/shared")
@readers_only
def teachers():
    """Who shares something with the one who reads."""
    return render_template("sharing/teachers.html", teachers=queries.teachers(current_actor()))


@pages.get("/shared/<uuid:person>")
@readers_only
def teacher(person):
    """What one teacher shares: progress with every credit, and plans."""
    who, school, progress = queries.teacher(current_actor(), person)
    theirs = account.of(who.id, today()) if progress else None
    return render_template(
        "sharing/teacher.html", who=who, school=school, theirs=theirs, cards=_cards(theirs), plans=queries.plans_with_head(current_actor(), who),
        words=words, offer_words=offer_words, inside=inside,
    )  # fmt: skip


def _cards(theirs: Account | None) -> list:
    return [(subject, theirs.progress(subject.code)) for subject in theirs.taught_or_held(progress_queries.subjects())] if theirs else []


@pages.get("/shared/plans/<uuid:plan>")
@acting_as(Role.HEAD)
def plan(plan):
    """A plan that a teacher shares with the head."""
    kept = queries.plan_with_head(current_actor(), plan)
    return _plan(kept, back=url_for(".teacher", person=kept.person.uuid))


def _plan(kept: StudyPlan, back: str | None = None) -> str:
    [shown] = boards.boards([kept], account.of(kept.person_id, today()), kept.person_id)
    return render_template(
        "sharing/plan.html", plan=kept, board=shown, columns=columns_of(shown, today()), back=back, words=plan_words, planner_words=planner_words,
        offer_words=offer_words,
    )  # fmt: skip


@pages.get("/shared-plans/<token>")
def by_address(token):
    """A plan, to whoever holds its address. It does not say whose it is."""
    return Response(_plan(queries.shared_plan(services.opened_by(token))), headers=NOT_INDEXED)


@pages.post("/me/plans/<uuid:plan>/sharing/head")
@acting_as(Role.TEACHER)
def share_with_head(plan):
    services.share_with_head(plan, actor=current_actor(), at=now())
    flash(_("The head of your school can read the plan."), "good")
    return redirect(url_for("byhand.plan", plan=plan))


@pages.post("/me/plans/<uuid:plan>/sharing/address")
@acting_as(Role.TEACHER)
def open_address(plan):
    """Makes an address and shows it, this once: only its digest is kept."""
    address = url_for(".by_address", token=services.open_address(plan, actor=current_actor(), at=now()), _external=True)
    return render_template("sharing/address.html", address=address, plan=plans.own_plan(current_actor(), plan))


@pages.post("/me/plans/sharing/<uuid:share>/ending")
@acting_as(Role.TEACHER)
def end(share):
    ended = services.end(share, actor=current_actor(), at=now())
    flash(_("The plan is not read that way any more."), "good")
    return redirect(url_for("byhand.plan", plan=ended.plan.uuid))


def of_plan(plan: StudyPlan, **_known) -> str:
    """On the page of a plan: who reads it, and how to share it."""
    return render_template("sharing/of_plan.html", plan=plan, shares=queries.shares_of_plan(plan))
