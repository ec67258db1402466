"""The pages of one's ranked choices: finding a study, packing its runs, ranking by number or a step up or down, removing."""

from collections.abc import Iterable
from itertools import groupby
from uuid import UUID

from flask import render_template, request

from accounts.guard import acting_as, current_actor
from accounts.models import Role
from catalog.offers import words as offer_words
from catalog.offers.models import Offering
from catalog.offers.sentences import title_of
from catalog.search.folding import fold
from config.clock import now
from config.errors import NotFound
from config.forms import Form, blank_form
from config.languages import _
from enrolment.applications import facts, groups, queries, words
from enrolment.applications.models import Application, Choice
from enrolment.applications.schemas import ChoiceSchema, ConfirmSchema, ElsewhereSchema, OrderSchema, PackageSchema, PositionSchema
from enrolment.applications.services import choices as services
from enrolment.applications.values import MOST_CHOICES
from enrolment.applications.views import pages
from enrolment.applications.views.asking import page_of, saved, usual_effects
from enrolment.progress.queries import teacher_of

MOST_FOUND = 20  # courses on a page; who wants another searches


def _own(case) -> Application:
    return queries.own_case(current_actor(), case)


@pages.get("/me/applications/<uuid:case>/choices")
@acting_as(Role.TEACHER)
def choices(case):
    """The choices in their order."""
    return _choices_page(_own(case), None)


def _choices_page(found: Application, form: Form | None) -> str:
    numbers = dict(zip(form.typed_list("choice"), form.typed_list("position"), strict=False)) if form else {}
    gone = {choice.id for choice in found.ranked_choices if facts.no_longer_given(choice)}
    group = groups.group_of(found)
    decider = group.founder.name if group and group.founder_id != found.person_id else ""
    room = len(found.ranked_choices) < MOST_CHOICES
    return render_template("applications/choices.html", case=found, form=form, numbers=numbers, gone=gone, room=room, most=MOST_CHOICES, open=facts.is_open(found, now()) and not decider, decider=decider, words=words)


@pages.post("/me/applications/<uuid:case>/choices/order")
@acting_as(Role.TEACHER)
def order(case):
    found = _own(case)

    def act(said: dict):
        numbers = dict(zip(said["choice"], said["position"], strict=False))
        return services.order(case, numbers, actor=current_actor(), at=now())

    return saved(found, OrderSchema(), act, lambda form: _choices_page(found, form), usual_effects(found), then=lambda _done: page_of(found, "choices"))


@pages.post("/me/applications/<uuid:case>/choices/<uuid:choice>/position")
@acting_as(Role.TEACHER)
def move(case, choice):
    found = _own(case)

    def act(said: dict):
        return services.move(case, choice, said["position"], actor=current_actor(), at=now())

    return saved(found, PositionSchema(), act, lambda form: _choices_page(found, form), usual_effects(found), then=lambda _done: page_of(found, "choices"))


@pages.post("/me/applications/<uuid:case>/choices/<uuid:choice>/removal")
@acting_as(Role.TEACHER)
def remove(case, choice):
    found = _own(case)
    return saved(
        found, ConfirmSchema(), lambda _said: services.remove(case, choice, actor=current_actor(), at=now()), lambda form: _choices_page(found, form),
        usual_effects(found), then=lambda _done: page_of(found, "choices"),
    )  # fmt: skip


@pages.get("/me/applications/<uuid:case>/choices/new")
@acting_as(Role.TEACHER)
def find(case):
    """The studies of the round, each course with its runs."""
    return _find_page(_own(case), None)


def _find_page(found: Application, form: Form | None) -> str:
    typed = request.args.get("q", "").strip()[:100]
    every = queries.runs_of_round(found.cycle, found.strand)
    courses = [(head, runs) for head, runs in _by_course(every) if _matches(runs, typed)]
    taught = _taught(found)
    courses.sort(key=lambda pair: not taught & {run.module.subject_id for run in pair[1]})
    return render_template(
        "applications/find.html", case=found, form=form, typed=typed, courses=courses[:MOST_FOUND], many=len(courses), none=not every, words=words,
        offer_words=offer_words, title_of=title_of,
    )  # fmt: skip


def _by_course(runs: Iterable[Offering]) -> list[tuple[str, list[Offering]]]:
    groups = groupby(runs, key=lambda run: (run.module.course_id, None if run.module.course_id else run.module_id))
    packed = [list(group) for _key, group in groups]
    return [(group[0].module.course.title if group[0].module.course else title_of(group[0].module), group) for group in packed]


def _matches(runs: list[Offering], typed: str) -> bool:
    said = " ".join(
        part or "" for run in runs for part in (run.module.title, run.module.code, run.module.course and run.module.course.title, run.module.institution.name, run.module.institution.short_name, run.module.subject and run.module.subject.name, run.place)
    )  # fmt: skip
    folded = fold(said)
    return all(word in folded for word in fold(typed).split())


def _taught(found: Application) -> set[int]:
    """The subjects one teaches, whose studies stand first."""
    teacher = teacher_of(found.person_id)
    return {row.subject_id for row in teacher.teaching} if teacher else set()


@pages.post("/me/applications/<uuid:case>/choices")
@acting_as(Role.TEACHER)
def add(case):
    found = _own(case)

    def act(said: dict):
        return services.add_package(case, said["offering"], actor=current_actor(), at=now())

    return saved(found, PackageSchema(), act, lambda form: _find_page(found, form), usual_effects(found), then=lambda made: page_of(found, "choice", choice=made.uuid))


@pages.get("/me/applications/<uuid:case>/choices/elsewhere")
@acting_as(Role.TEACHER)
def elsewhere(case):
    """A study that is not given here."""
    return _elsewhere_page(_own(case), blank_form(semesters=1))


def _elsewhere_page(found: Application, form: Form) -> str:
    schemes = [(one.code, one.name, words.scheme_says(one, rate)) for one, rate in facts.schemes(found, form.typed("subject"), now())]
    subjects = [(one.code, one.name) for one in queries.subjects()]
    return render_template("applications/elsewhere.html", case=found, form=form, schemes=schemes, subjects=subjects, semesters=words.semesters_of_year(found), words=words)


@pages.post("/me/applications/<uuid:case>/choices/elsewhere")
@acting_as(Role.TEACHER)
def add_elsewhere(case):
    found = _own(case)

    def act(said: dict):
        return services.add_elsewhere(case, **said, actor=current_actor(), at=now())

    return saved(found, ElsewhereSchema(), act, lambda form: _elsewhere_page(found, form), usual_effects(found), then=lambda _made: page_of(found, "choices"))


@pages.get("/me/applications/<uuid:case>/choices/<uuid:choice>")
@acting_as(Role.TEACHER)
def choice(case, choice):
    """One choice: which runs of the course, how it is paid, and whether a part of it will do."""
    found, mine = _own_choice(case, choice)
    known = {"offering": [run.offering.uuid for run in mine.runs], "scheme": mine.scheme.code if mine.scheme else None, "also_part": "yes" if mine.also_part else None}
    return _choice_page(found, mine, blank_form(**known))


def _own_choice(case: UUID, choice: UUID) -> tuple[Application, Choice]:
    found = _own(case)
    mine = next((one for one in found.ranked_choices if one.uuid == choice), None)
    if mine is None:
        raise NotFound(_("There is no such choice in your application."))
    return found, mine


def _choice_page(found: Application, mine: Choice, form: Form) -> str:
    subject = mine.subject.code if mine.subject else ""
    schemes = [(one.code, one.name, words.scheme_says(one, rate)) for one, rate in facts.schemes(found, subject, now())]
    return render_template("applications/choice.html", case=found, choice=mine, form=form, runs=_to_pack(found, mine), schemes=schemes, words=words, offer_words=offer_words, title_of=title_of)


def _to_pack(found: Application, mine: Choice) -> list[Offering]:
    """The runs of the course that can be chosen in the round; of a study elsewhere there are none."""
    return queries.runs_beside(mine.runs[0].offering, found.cycle, found.strand) if mine.runs else []


@pages.post("/me/applications/<uuid:case>/choices/<uuid:choice>")
@acting_as(Role.TEACHER)
def change(case, choice):
    found, mine = _own_choice(case, choice)

    def act(said: dict):
        return services.change(case, choice, runs=said["offering"], scheme=said["scheme"], also_part=said["also_part"], actor=current_actor(), at=now())

    return saved(found, ChoiceSchema(), act, lambda form: _choice_page(found, mine, form), usual_effects(found), then=lambda _made: page_of(found, "choices"))
