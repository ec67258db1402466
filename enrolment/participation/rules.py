"""What steps come to, which step may follow, and what the owner is paid. From the steps alone, so that it can always be worked out again."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from catalog.values import Semester, Term
from enrolment.participation.values import Event, Part, Step


def part(steps: Iterable[Step], until: datetime | None = None) -> Part:
    """What the steps come to, in their order; with a moment, those until then. A step that could not follow is passed over."""
    found = Part()
    for step in steps:
        if (until is None or step.at <= until) and why_not(found, step.event, step.semester) is None:
            found = _after(found, step)
    return found


def _after(before: Part, step: Step) -> Part:
    if step.event is Event.CONFIRM:
        return replace(before, confirmed=before.confirmed | {step.semester})
    if step.event is Event.COUNTERSIGN:
        return replace(before, countersigned=before.countersigned | {step.semester})
    if step.event is Event.RETRACT:
        return replace(before, retracted=before.retracted | {step.semester})
    if step.event is Event.RESTORE:
        return replace(before, retracted=before.retracted - {step.semester})
    if step.event is Event.INTERRUPT:
        return replace(before, interrupted=True, deferred=False)
    return replace(before, deferred=step.event is Event.DEFER)


def why_not(now: Part, event: Event, semester: Semester | None) -> str | None:
    """Why a step cannot follow: `ended`, `put-off`, `not-put-off`, `not-confirmed`, `not-vouched-for` or `said`; none where it can.

    What a teacher has confirmed may be countersigned also after they have left: they took part. What is countersigned may always be taken back.
    """
    if event is Event.RETRACT:
        return "said" if semester in now.retracted else None if semester in now.countersigned else "not-vouched-for"
    if event is Event.RESTORE:
        return None if semester in now.retracted else "said"
    if event is Event.COUNTERSIGN:
        return "said" if semester in now.countersigned else None if semester in now.confirmed else "not-confirmed"
    if now.interrupted:
        return "ended"
    if event is Event.RESUME:
        return None if now.deferred else "not-put-off"
    if now.deferred and event is not Event.INTERRUPT:
        return "put-off"
    return "said" if event is Event.CONFIRM and semester in now.confirmed else None


def begins(semester: Semester) -> date:
    """The first day on which taking part in a semester can be confirmed."""
    return date(semester.year, 8 if semester.term is Term.AUTUMN else 1, 1)


def semesters_of(first: Semester | None, many: int) -> list[Semester]:
    """Those that a study takes; none where its first is not stated."""
    return [first.plus(number) for number in range(many)] if first else []


def study_begins(starts_on: date | None, semester: Semester | None, otherwise: date) -> date:
    """The day whose rates hold for a study: its first, that of its semester where it states none, or `otherwise` where it states neither."""
    if semester is None:
        return otherwise
    return starts_on or begins(semester)


def semester_of(day: date) -> Semester:
    """The semester that a day falls in."""
    return Semester(day.year, Term.AUTUMN if day.month >= 8 else Term.SPRING)


def parts_of(oere: int, semesters: int) -> list[int]:
    """An amount over so many semesters, evenly; the last one has the øre that are left over."""
    each = oere // semesters
    return [each] * (semesters - 1) + [oere - each * (semesters - 1)]


def basis(now: Part, semesters: Sequence[Semester], oere: int) -> dict[Semester, int]:
    """What is paid of an amount for the whole study: the part of each semester that both have vouched for (DOMAIN 2.1: in arrears)."""
    amounts = dict(zip(semesters, parts_of(oere, len(semesters)), strict=True))
    return {semester: amount for semester, amount in amounts.items() if semester in now.payable}
