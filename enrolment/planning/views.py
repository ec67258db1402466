"""The page that finds plans: the question stands in the address, and the answer is found anew each time."""

from dataclasses import dataclass
from decimal import Decimal

from flask import Blueprint, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from accounts.guard import acting_as, current_actor
from accounts.models import Role
from catalog.offers import sentences
from catalog.offers import words as offer_words
from catalog.values import Semester
from config.clock import today
from config.forms import Form, blank_form, read_form
from config.languages import _
from enrolment.planning import asking, facts, words
from enrolment.planning.asking import TERMS_AHEAD, Asked, Asking
from enrolment.planning.schemas import WITHIN, QuestionSchema
from enrolment.planning.solver import TooTangled
from enrolment.planning.values import DEFAULT_CAPACITY, Answer, Plan, Relaxed
from enrolment.progress import account, queries
from enrolment.progress import words as progress_words
from enrolment.progress.account import Account
from enrolment.progress.values import Credit, Kind, Progress

pages = Blueprint("planner", __name__)
UNSAID = {"goal": "60", "capacity": str(DEFAULT_CAPACITY), "within": "anywhere"}  # what is asked where the address does not say, shown in the form


@dataclass(frozen=True)
class Shown:
    """A plan with its progress: `progress` says of each credit what it counts, known by the run's key."""

    plan: Plan
    progress: Progress


@pages.get("/me/plan")
@acting_as(Role.TEACHER)
def plan():
    """The three best plans to the target, or what must give way."""
    mine = account.of(current_actor().person_id, today())
    subjects = {one.code: one for one in queries.subjects()}
    form = _form(mine, list(subjects.values()))
    if form.ok and request.args:
        _check(form, subjects, asking.first_term(mine.on))
    if not form.ok or not request.args:
        return _page(form, mine, subjects), 200 if form.ok else 422
    asked = asking.ask(mine, current_actor().person_id, _asked(form), subjects[form.values["subject"]].id)
    return _page(form, mine, subjects, asked, _answer(asked))


def _form(mine: Account, subjects: list) -> Form:
    if request.args:
        said = {name: value for name, value in request.args.items() if value.strip()}
        return read_form(QuestionSchema(), MultiDict(UNSAID | said))
    first = next(iter(mine.taught_or_held(subjects)), None)
    return blank_form(subject=first.code if first else None, **UNSAID)


def _check(form: Form, subjects: dict, first: int) -> None:
    if form.values["subject"] not in subjects:
        form.refuse("subject", _("Choose a subject of the list."))
    last = form.values["last"]
    if last and last not in terms(first):
        form.refuse("last", _("Choose a semester of the list."))


def terms(first: int) -> list[Semester]:
    """The terms one can plan until."""
    return [Semester.from_number(number) for number in range(first, first + 2 * TERMS_AHEAD)]


def _asked(form: Form) -> Asked:
    said = form.values
    last = said["last"].number if said["last"] else None
    return Asked(said["subject"], Decimal(said["goal"]), said["capacity"], said["days"], WITHIN[said["within"]], last, said["content"] == "asked")


def _answer(asked: Asking) -> Answer | None:
    """None where the question is too tangled to be answered to the end."""
    try:
        return asked.answer()
    except TooTangled:
        return None


def _page(form: Form, mine: Account, subjects: dict, asked: Asking | None = None, answer: Answer | None = None) -> str:
    found = [_shown(mine, asked, one) for one in answer.plans] if answer else []
    furthest = _shown(mine, asked, answer.furthest) if answer and answer.furthest else None
    return render_template(
        "planner/plan.html", form=form, subjects=[(one.code, one.name) for one in subjects.values()], asked=asked, answer=answer, found=found,
        furthest=furthest, terms=[(one.code, offer_words.semester(one)) for one in terms(asking.first_term(mine.on))], words=words,
        offer_words=offer_words, title_of=sentences.title_of, why=progress_words.explanation, stated=facts.are_days_stated,
        contents=[words.content(block) for block in asked.question.blocks] if asked else [], freely=url_for(".plan", **{**request.args.to_dict(), "content": "any"}),
        ways=[(_address(one), words.giving(one)) for one in answer.relaxed] if answer else [],
    )  # fmt: skip


def _address(relaxed: Relaxed) -> str:
    """The same question with what must give way changed."""
    return url_for(".plan", **{name: value for name, value in (request.args.to_dict() | words.changed(relaxed)).items() if value})


def _shown(mine: Account, asked: Asking, one: Plan) -> Shown:
    planned = tuple(_credit(asked, run) for run in one.runs)
    return Shown(one, mine.progress(asked.question.subject, planned, list(asked.question.overlap_sets)))


def _credit(asked: Asking, run) -> Credit:
    module = asked.modules[run.module]
    return Credit(
        key=run.key, subject=module.subject.code, credits=module.credits, kind=Kind.PLANNED, module=run.module, strand=module.strand,
        title=sentences.title_of(module), source=module.institution.short_name, contents=queries.contents(module),
    )  # fmt: skip
