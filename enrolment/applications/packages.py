"""Choices as they are added, changed and ranked within a case. In the caller's transaction."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import uuid4

from accounts.acting import Actor
from catalog.offers.models import Offering
from catalog.values import Semester
from config.database import db
from config.errors import BadInput
from config.languages import _
from enrolment.applications import changing, facts, rules, words
from enrolment.applications.errors import NoRoomForChoice
from enrolment.applications.models import Application, Choice, ChoiceRun
from enrolment.applications.values import MOST_CHOICES, MOST_RUNS, PackageFault, Task


def by_course(runs: Iterable[Offering]) -> list[list[Offering]]:
    """Runs as packages: those of one course together, one run of each module, at most as many as a package holds."""
    found: dict[tuple, dict[int, Offering]] = {}
    for run in runs:
        key = ("course", run.module.course_id) if run.module.course_id else ("module", run.module_id)
        found.setdefault(key, {}).setdefault(run.module_id, run)
    return [list(modules.values())[:MOST_RUNS] for modules in found.values()]


def add(case: Application, runs: Sequence[Offering], actor: Actor, at: datetime, **how) -> Choice:
    """Adds a package last; one that stands already stays where it is. Raises BadInput, NoRoomForChoice."""
    require_package(case, runs)
    same = next((one for one in case.ranked_choices if {run.offering_id for run in one.runs} == {run.id for run in runs}), None)
    if same:
        return same
    require_room(case)
    subject = next((run.module.subject for run in runs if run.module.subject), None)
    choice = Choice(uuid=uuid4(), position=len(case.ranked_choices) + 1, subject=subject, **({"scheme": only_scheme(case, subject, at)} | how))
    choice.runs = as_rows(runs)
    case.choices.append(choice)
    changing.changed(case, Task.CHOICES, actor, at)
    return choice


def require_package(case: Application, runs: Sequence[Offering]) -> None:
    fault = rules.package_fault(facts.package(runs), case.strand, case.cycle.study_year)
    if fault:
        sentence = words.package_fault(fault, case.cycle.study_year)
        raise BadInput(sentence, {"offering": [sentence]})


def require_room(case: Application) -> None:
    if len(case.ranked_choices) >= MOST_CHOICES:
        raise NoRoomForChoice(_("You have %(most)s choices already, which is the most there is room for. Remove one first.", most=MOST_CHOICES))


def require_of_year(case: Application, semester: Semester) -> None:
    """A study elsewhere begins in the study year of its round. Raises BadInput."""
    if semester.study_year != case.cycle.study_year:
        sentence = words.package_fault(PackageFault.OUTSIDE_YEAR, case.cycle.study_year)
        raise BadInput(sentence, {"semester": [sentence]})


def as_rows(runs: Sequence[Offering]) -> list[ChoiceRun]:
    return [ChoiceRun(offering=run, offering_id=run.id, position=place) for place, run in enumerate(runs, 1)]


def only_scheme(case: Application, subject, at: datetime):
    """The scheme, where there is but one that a choice could have."""
    possible = facts.schemes(case, subject.code if subject else "", at)
    return possible[0][0] if len(possible) == 1 else None


def rank(case: Application, order: Sequence[Choice]) -> None:
    """Numbers those that stand from one, without a gap; first all are taken out of the way, since no two may have one number."""
    for choice in case.choices:
        choice.position = None
    db.session.flush()
    for position, choice in enumerate(order, 1):
        choice.position = position
    db.session.flush()
