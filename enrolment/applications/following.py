"""Colleagues who apply together have the same choices: what the founder changes is copied to all. In the caller's transaction."""

from datetime import datetime
from uuid import uuid4

from accounts.acting import Actor
from config.database import db
from config.errors import Refusal
from config.languages import _
from enrolment.applications import changing, groups, packages, timeline
from enrolment.applications.lifecycle import FELLOW_LIFE, Case, Employer, Fellow
from enrolment.applications.models import Application, Choice, ChoiceRun
from enrolment.applications.values import Task, Track


class FounderDecides(Refusal):
    code = "founder-decides"


def require_own_choices(case: Application) -> None:
    """Raises FounderDecides for a member of a group that somebody else founded."""
    group = groups.group_of(case)
    if group and group.founder_id != case.person_id:
        raise FounderDecides(_("You apply together with colleagues, and %(name)s changes the choices for all of you. Leave the group to choose by yourself.", name=group.founder.name))


def follow(case: Application, actor: Actor, at: datetime) -> None:
    """Copies the founder's choices to everybody who has joined."""
    db.session.flush()
    group = groups.group_of(case)
    if group and group.founder_id == case.person_id:
        for other in groups.fellow_cases(group)[1:]:
            copy_choices(case, other, actor, at)


def copy_choices(source: Application, target: Application, actor: Actor, at: datetime) -> None:
    """Gives one case the choices of another. Of what has been sent the former ones stay, without a number; what the employer has refused stays as it is."""
    if target.employer in (Employer.REFUSED, Employer.UNANSWERED) or alike(source, target):
        return
    packages.rank(target, [])
    if target.sent_at is None:
        target.choices.clear()
        db.session.flush()
    target.choices.extend(_copy(one) for one in source.ranked_choices)
    db.session.flush()
    if target.state is Case.SENT:
        changing.changed(target, Task.CHOICES, actor, at)


def alike(one: Application, other: Application) -> bool:
    """Whether two cases ask for the same, in the same order and paid alike."""
    return [_asked(choice) for choice in _ordered(one)] == [_asked(choice) for choice in _ordered(other)]


def _ordered(case: Application) -> list[Choice]:
    return sorted(case.ranked_choices, key=lambda one: one.position)


def _asked(choice: Choice) -> tuple:
    return [run.offering_id for run in choice.runs], choice.scheme_id, choice.also_part, choice.institution, choice.title, choice.semester, choice.semesters


def _copy(choice: Choice) -> Choice:
    return Choice(
        uuid=uuid4(), position=choice.position, scheme_id=choice.scheme_id, scheme=choice.scheme, also_part=choice.also_part, subject_id=choice.subject_id, subject=choice.subject,
        institution=choice.institution, title=choice.title, credits=choice.credits, link=choice.link,
        semester=choice.semester, semesters=choice.semesters,
        runs=[ChoiceRun(offering_id=run.offering_id, offering=run.offering, position=run.position) for run in choice.runs],
    )  # fmt: skip


def part(case: Application, actor: Actor, at: datetime) -> None:
    """Takes a case out of its group. Where the founder leaves, the next who has joined takes over; the last one ends it."""
    group = groups.group_of(case)
    if group is None:
        return
    groups.lock(group)
    mine = next(one for one in group.fellows if one.application_id == case.id)
    mine.state, mine.answered_at = FELLOW_LIFE.after(mine.state, "leave"), at
    timeline.note(case, Track.CASE, "leave group", by=actor, at=at)
    left = [one.person_id for one in group.fellows if one.state is Fellow.JOINED]
    if not left:
        db.session.delete(group)
    elif group.founder_id not in left:
        group.founder_id = left[0]
    db.session.flush()
