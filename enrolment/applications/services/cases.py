"""Beginning an application, filling it in, sending and withdrawing it. What is sent twice is done once."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy.exc import IntegrityError

from accounts import audit
from accounts.acting import Actor
from accounts.models import Role
from catalog.values import Strand
from config.clock import day_of
from config.database import db
from config.errors import BadInput, NotFound
from config.languages import _
from enrolment.applications import changing, facts, following, groups, packages, queries, rules, timeline
from enrolment.applications.errors import RoundClosed
from enrolment.applications.lifecycle import Case, Employer, Money
from enrolment.applications.models import Application
from enrolment.applications.values import REVIEWED, Answer, Question, Task, Track
from enrolment.progress import account
from enrolment.progress.queries import teacher_of
from enrolment.rounds import queries as rounds
from enrolment.rounds.models import Cycle
from enrolment.rounds.values import Gate, Step
from enrolment.schools.models import School


def start(*, actor: Actor, at: datetime, cycle: str | None = None, strand: Strand | None = None, runs: Iterable[UUID] = ()) -> Application:
    """The teacher's application in a round and strand, begun where there is none, with packages of the runs added: one choice for each course.

    Of runs alone, their round is found. Raises NotFound, and RoundClosed where the round is not open.
    """
    actor.require(Role.TEACHER)
    wanted = queries.runs_by(runs)
    found, about = _round(cycle, strand, wanted, at)
    if not found.dates_of(about).is_open(Gate.APPLY, day_of(at)):
        raise RoundClosed(_("This round is not open for applications today."))
    case = begun(found, about, actor)
    if wanted:
        following.require_own_choices(case)
    for package in packages.by_course(wanted):
        packages.add(case, package, actor, at)
    following.follow(case, actor, at)
    db.session.commit()
    return case


def _round(cycle: str | None, strand: Strand | None, runs: list, at: datetime) -> tuple[Cycle, Strand]:
    if cycle and strand:
        return rounds.cycle(cycle, at), strand
    found = queries.round_for(runs[0], at) if runs else None
    if found is None:
        raise NotFound(_("There is no such round, or nothing in it to apply for."))
    return found, runs[0].module.strand


def begun(cycle: Cycle, strand: Strand, actor: Actor) -> Application:
    """The teacher's application in a round and strand, new where there is none. Part of the caller's transaction."""
    known = queries.case_in(actor.person_id, cycle.id, strand)
    if known is None:
        school = _own_school(actor)
        known = Application(uuid=uuid4(), person_id=actor.person_id, cycle_id=cycle.id, strand=strand, school_id=school and school.organisation_id, owner_id=school and school.owner_id)
        try:
            with db.session.begin_nested():
                db.session.add(known)
        except IntegrityError:  # begun in another window this very moment
            known = queries.case_in(actor.person_id, cycle.id, strand)
    return queries.locked_case(actor, known.uuid)


def _own_school(actor: Actor) -> School | None:
    teacher = teacher_of(actor.person_id)
    return teacher.school if teacher and teacher.school and teacher.school.owner_id else None


def discard(case: UUID, *, actor: Actor, at: datetime) -> None:
    """Deletes a draft. Raises BadInput for what has been sent, which is withdrawn instead."""
    found = queries.locked_case(actor, case)
    if found.state is not Case.DRAFT:
        raise BadInput(_("Only a draft can be deleted. Withdraw what is sent."))
    following.part(found, actor, at)
    db.session.delete(found)
    db.session.commit()


def choose_employer(case: UUID, workplace: UUID, *, actor: Actor, at: datetime) -> Application:
    """The school one applies from, whose owner decides; or the owner alone. Raises BadInput, RoundClosed."""
    found = changing.opened(case, actor, at)
    school, owner = queries.employer(workplace)
    if owner is None:
        raise BadInput(_("Choose a school of the list."), {"workplace": [_("Choose a school of the list.")]})
    before = (found.school_id, found.owner_id)
    found.school, found.owner = school, owner
    found.school_id, found.owner_id = school and school.organisation_id, owner.organisation_id
    if before[1] != found.owner_id and groups.group_of(found):
        raise BadInput(_("Colleagues who apply together have one employer. Leave the group first."), {"workplace": [_("Colleagues who apply together have one employer. Leave the group first.")]})
    if before != (found.school_id, found.owner_id):
        found.rank = None  # the former owner's
        changing.changed(found, Task.SCHOOL, actor, at)
    db.session.commit()
    return found


def say_why(case: UUID, why: str | None, *, actor: Actor, at: datetime) -> Application:
    """The teacher's own words. Nobody is asked anew for them."""
    found = changing.opened(case, actor, at)
    if found.why != why:
        found.why = why
        if found.state is Case.SENT:
            timeline.note(found, Track.CASE, "change", by=actor, at=at, what=str(Task.TEACHING))
    db.session.commit()
    return found


def answer_funding(case: UUID, answers: Mapping[Question, Answer], *, actor: Actor, at: datetime) -> Application:
    """The answers of the funding check; those to questions that are not asked are left out."""
    found = changing.opened(case, actor, at)
    asked = rules.questions(found.strand, private=bool(found.school and found.school.private))
    kept = {str(question): str(answers[question]) for question in asked if question in answers}
    if kept != {name: answer for name, answer in found.funding.items() if name != REVIEWED}:
        found.funding = kept
        changing.changed(found, Task.FUNDING, actor, at)
    found.funding_reason = str(facts.verdict(found).reason)
    db.session.commit()
    return found


def say_people(case: UUID, people: int | None, *, actor: Actor, at: datetime) -> Application:
    """Who takes part in in-service training: the teacher alone, or the school with so many. Raises BadInput for another strand."""
    found = changing.opened(case, actor, at)
    if found.strand is not Strand.IN_SERVICE:
        raise BadInput(_("Only in-service training is taken by a whole school."))
    if found.people != people:
        found.people = people
        changing.changed(found, Task.PEOPLE, actor, at)
    db.session.commit()
    return found


def say_talked(case: UUID, on: date, *, actor: Actor, at: datetime) -> Application:
    """That the teacher has talked with the head, and when. Raises BadInput for a day to come."""
    found = changing.opened(case, actor, at)
    if on > day_of(at):
        raise BadInput(_("The day has not come yet."), {"talked_on": [_("The day has not come yet.")]})
    found.talked_on = on
    db.session.commit()
    return found


def send(case: UUID, *, actor: Actor, at: datetime) -> Application:
    """Sends it to the head, with a receipt. What is sent already stays as it is. Raises NotComplete, RoundClosed."""
    if queries.own_case(actor, case).state is Case.SENT:
        return queries.own_case(actor, case)
    found = changing.opened(case, actor, at)
    if found.state is Case.SENT:
        return found
    changing.require_complete(found)
    found.said, found.sent_at = said(found, at), at
    timeline.take(found, Track.CASE, "send", by=actor, at=at)
    changing.ask_employer(found, actor, at)
    changing.judge(found, actor, at)
    last = facts.dates(found).on(Step.APPLY)
    audit.tell(found.person_id, "application-sent", at=at, address=f"/me/applications/{found.uuid}", round=found.cycle.name_nb, until=last.isoformat())
    db.session.commit()
    return found


def said(case: Application, at: datetime) -> dict:
    """What the teacher teaches and holds on the day, as it can be read later."""
    mine = account.of(case.person_id, day_of(at))
    taught = sorted(f"{row.subject.code}:{row.band}" for row in mine.teacher.teaching) if mine.teacher else []
    held = {code: str(mine.progress(code).verified) for code in sorted({credit.subject for credit in mine.credits if credit.subject})}
    return {"teaches": taught, "holds": held}


def withdraw(case: UUID, *, actor: Actor, at: datetime) -> Application:
    """Takes it back; it can be sent again until the same date. Raises RoundClosed, StepRefused."""
    found = changing.opened(case, actor, at)
    if found.state is Case.WITHDRAWN:
        return found
    timeline.take(found, Track.CASE, "withdraw", by=actor, at=at)
    if found.employer is not Employer.NOT_SENT:
        timeline.take(found, Track.EMPLOYER, "withdraw", by=actor, at=at)
    if found.money in (Money.ELIGIBLE, Money.NOT_ELIGIBLE):
        timeline.take(found, Track.MONEY, "ask anew", by=actor, at=at)
    changing.forget_answers(found)
    following.part(found, actor, at)
    db.session.commit()
    return found
