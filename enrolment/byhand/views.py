"""The pages of plans by hand, and the button on the page of a module."""

from datetime import date
from decimal import Decimal

from flask import Blueprint, flash, redirect, render_template, url_for

from accounts.guard import acting_as, current_actor, has_role
from accounts.models import Role
from catalog.offers import words as offer_words
from catalog.offers.models import Module
from catalog.offers.sentences import inside
from catalog.values import Semester, Strand
from config.clock import now, today
from config.errors import NotFound
from config.forms import Form, blank_form, read_form
from config.languages import _
from enrolment.byhand import applying, board, queries, services, words
from enrolment.byhand.models import StudyPlan
from enrolment.byhand.schemas import AddSchema, CountSchema, MoveSchema, NameSchema, OwnSchema, PlanSchema
from enrolment.byhand.values import Bucket
from enrolment.planning import words as planner_words
from enrolment.planning.asking import TERMS_AHEAD, first_term
from enrolment.progress import account
from enrolment.progress import queries as progress_queries
from enrolment.progress import words as progress_words
from enrolment.seats import queries as seat_queries
from enrolment.seats import words as seat_words

pages = Blueprint("byhand", __name__)

SHOWN_AHEAD = 4  # terms that stand as columns even while they are empty


@pages.get("/me/plans")
@acting_as(Role.TEACHER)
def plans():
    """All of one's plans held against each other."""
    return _overview(blank_form(goal="60"))


def _overview(form: Form):
    mine = account.of(current_actor().person_id, today())
    boards = board.boards(queries.own_plans(current_actor()), mine, current_actor().person_id)
    subjects = [(one.code, one.name) for one in progress_queries.subjects()]
    return render_template("byhand/plans.html", boards=boards, form=form, subjects=subjects, planner_words=planner_words)


@pages.post("/me/plans")
@acting_as(Role.TEACHER)
def make():
    form = read_form(PlanSchema())
    if form.ok and queries.subject(form.values["subject"]) is None:
        form.refuse("subject", _("Choose a subject of the list."))
    if not form.ok:
        return _overview(form), 422
    said = form.values
    plan = services.make(
        name=said["name"], subject=said["subject"], goal=Decimal(said["goal"]), offerings=said["offering"], actor=current_actor(), at=now()
    )
    return _on_to(plan)


def _on_to(plan: StudyPlan):
    return redirect(url_for(".plan", plan=plan.uuid))


@pages.get("/me/plans/<uuid:plan>")
@acting_as(Role.TEACHER)
def plan(plan):
    """One plan: its terms as columns, its warnings with what mends them."""
    return _page(queries.own_plan(current_actor(), plan))


def _page(kept: StudyPlan, form: Form | None = None, own: Form | None = None) -> str:
    mine = account.of(current_actor().person_id, today())
    [shown] = board.boards([kept], mine, current_actor().person_id)
    return render_template(
        "byhand/plan.html", plan=kept, board=shown, columns=columns_of(shown, mine.on),
        targets=[(code, words.column(code)) for code in _targets(first_term(mine.on))], words=words, planner_words=planner_words, offer_words=offer_words,
        sentence=progress_words.sentence(shown.progress), inside=inside, form=form or blank_form(name=kept.name), own=own or blank_form(),
        applicable={code for code, _label in columns_of(shown, mine.on) if any(one.run for one in shown.column(code)) and code not in (Bucket.HELD, Bucket.LATER)},
    )  # fmt: skip


def columns_of(shown: board.Board, on: date) -> list[tuple[str, str]]:
    """The columns of a plan with their names: what one has, the terms, later."""
    first = first_term(on)
    terms = {one.study.term for one in shown.placed if one.study.term is not None} | set(range(first, first + SHOWN_AHEAD))
    codes = [Bucket.HELD.value, *(Semester.from_number(term).code for term in sorted(terms)), Bucket.LATER.value]
    return [(code, words.column(code)) for code in codes]


def _targets(first: int) -> list[str]:
    return [*(Semester.from_number(term).code for term in range(first, first + 2 * TERMS_AHEAD)), Bucket.LATER.value, Bucket.HELD.value]


@pages.post("/me/plans/modules/<uuid:module>")
@acting_as(Role.TEACHER)
def add_module(module):
    """From the page of a module, and from what can fill what is missing, to the plan of its subject changed last."""
    return _on_to(services.add_to_latest(module, actor=current_actor(), at=now()))


@pages.post("/me/plans/<uuid:plan>/studies")
@acting_as(Role.TEACHER)
def add(plan):
    kept, form = queries.own_plan(current_actor(), plan), read_form(AddSchema())
    if not form.ok:
        return _page(kept, form), 422
    return _on_to(services.add(plan, form.values["module"], actor=current_actor(), at=now()))


@pages.post("/me/plans/<uuid:plan>/placeholders")
@acting_as(Role.TEACHER)
def add_own(plan):
    kept, form = queries.own_plan(current_actor(), plan), read_form(OwnSchema())
    if not form.ok:
        return _page(kept, own=form), 422
    return _on_to(services.add_own(plan, **form.values, actor=current_actor(), at=now()))


@pages.post("/me/plans/<uuid:plan>/studies/<uuid:study>/replacement")
@acting_as(Role.TEACHER)
def replace(plan, study):
    kept, form = queries.own_plan(current_actor(), plan), read_form(AddSchema())
    if not form.ok:
        return _page(kept, form), 422
    return _on_to(services.replace(plan, study, form.values["module"], actor=current_actor(), at=now()))


@pages.get("/me/plans/<uuid:plan>/columns/<column>/application")
@acting_as(Role.TEACHER)
def column(plan, column):
    """What applying for a term of a plan means for each of its studies."""
    kept, asked = _asked(plan, column)
    return _application(kept, column, asked)


def _asked(plan, column: str) -> tuple[StudyPlan, list[applying.Asked]]:
    """Raises NotFound for another's plan, and for a column without studies."""
    kept, mine = queries.own_plan(current_actor(), plan), account.of(current_actor().person_id, today())
    [shown] = board.boards([kept], mine, current_actor().person_id)
    studies = shown.column(column)
    if not studies or column in (Bucket.HELD, Bucket.LATER):
        raise NotFound(_("There is nothing to apply for here."))
    return kept, applying.column(studies, current_actor(), mine.on)


def _application(kept: StudyPlan, column: str, asked: list[applying.Asked]) -> str:
    lines = seat_queries.places_in_line([one.mine for one in asked if one.mine])
    return render_template(
        "byhand/application.html", plan=kept, column=column, label=words.inside(column), asked=asked, lines=lines, words=words, offer_words=offer_words,
        seat_words=seat_words,
    )  # fmt: skip


@pages.post("/me/plans/<uuid:plan>/columns/<column>/application")
@acting_as(Role.TEACHER)
def apply(plan, column):
    """Enrols in all of a term that is open, and says of each what came of it."""
    kept, asked = _asked(plan, column)
    return _application(kept, column, applying.ask(asked, actor=current_actor(), at=now()))


@pages.post("/me/plans/<uuid:plan>/studies/<uuid:study>/column")
@acting_as(Role.TEACHER)
def move(plan, study):
    kept, form = queries.own_plan(current_actor(), plan), read_form(MoveSchema())
    if not form.ok:
        return _page(kept, form), 422
    return _on_to(services.move(plan, study, form.values["column"], actor=current_actor(), at=now()))


@pages.post("/me/plans/<uuid:plan>/studies/<uuid:study>/removal")
@acting_as(Role.TEACHER)
def remove(plan, study):
    return _on_to(services.remove(plan, study, actor=current_actor(), at=now()))


@pages.post("/me/plans/<uuid:plan>/restoration")
@acting_as(Role.TEACHER)
def undo(plan):
    return _on_to(services.undo(plan, actor=current_actor(), at=now()))


@pages.post("/me/plans/<uuid:plan>/name")
@acting_as(Role.TEACHER)
def rename(plan):
    kept, form = queries.own_plan(current_actor(), plan), read_form(NameSchema())
    if not form.ok:
        return _page(kept, form), 422
    return _on_to(services.rename(plan, form.values["name"], actor=current_actor()))


@pages.post("/me/plans/<uuid:plan>/counting")
@acting_as(Role.TEACHER)
def let_count(plan):
    kept, form = queries.own_plan(current_actor(), plan), read_form(CountSchema())
    if not form.ok:
        return _page(kept, form), 422
    services.let_count(plan, form.values["counts"], actor=current_actor(), at=now())
    flash(_("The plan counts in what teachers plan. Nobody sees that it is yours.") if form.values["counts"] else _("The plan does not count any more."), "good")
    return _on_to(kept)


@pages.post("/me/plans/<uuid:plan>/copies")
@acting_as(Role.TEACHER)
def copy(plan):
    return _on_to(services.copy(plan, actor=current_actor(), at=now()))


@pages.post("/me/plans/<uuid:plan>/deletion")
@acting_as(Role.TEACHER)
def delete(plan):
    services.delete(plan, actor=current_actor())
    flash(_("The plan is deleted."), "good")
    return redirect(url_for(".plans"))


def add_button(module: Module, **_known) -> str:
    """On the page of a module, for a teacher, where it can be planned."""
    plannable = module.credits and module.subject_id and module.strand is not Strand.IN_SERVICE
    return render_template("byhand/add.html", module=module) if plannable and has_role(Role.TEACHER) else ""
