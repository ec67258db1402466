"""What a teacher has of a course: the panel of its page."""

from flask import render_template

from accounts.guard import current_actor, has_role
from accounts.models import Role
from catalog.offers.models import Course, Module
from catalog.offers.sentences import inside
from config.clock import today
from config.languages import number
from enrolment.progress import account, queries
from enrolment.progress.account import Account
from enrolment.progress.values import Credit, Kind


def course_for_me(course: Course, **_known) -> str:
    """The panel of a course page: which of its modules the teacher who reads it has, and what the rest would count for them."""
    if not has_role(Role.TEACHER) or not course.modules:
        return ""
    mine = account.of(current_actor().person_id, today())
    held = {credit.module: credit.kind for credit in mine.credits if credit.module}
    theirs = [(module, held.get(str(module.uuid))) for module in course.modules]
    before = mine.progress(course.subject.code) if course.subject else None
    rest = [module for module, kind in theirs if kind is None and module.credits is not None and module.subject_id == course.subject_id]
    adds = _gain(mine, rest, before) if before and rest else None
    return render_template(
        "progress/course_for_me.html", course=course, theirs=theirs, before=before, rest=rest, adds=adds, number=number, inside=inside,
        verified=Kind.VERIFIED, claimed=Kind.CLAIMED, running=Kind.RUNNING,
    )  # fmt: skip


def _gain(mine: Account, rest: list[Module], before):
    """How much of what is missing the rest of the modules would fill together, overlaps deducted."""
    planned = tuple(
        Credit(key=f"if-{one.uuid}", subject=one.subject.code, credits=one.credits, kind=Kind.PLANNED, module=str(one.uuid), strand=one.strand) for one in rest
    )
    modules = {credit.module for credit in (*mine.credits, *planned) if credit.module}
    return before.missing - mine.progress(before.subject, planned, queries.overlaps(modules)).missing
