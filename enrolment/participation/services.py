"""Confirming, countersigning, putting off, taking up again and interrupting: one function, one use case, one commit. Each leaves a step."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid4

from accounts import audit
from accounts.acting import Actor
from accounts.models import Role
from catalog.values import Semester
from config.clock import day_of
from config.database import db
from config.languages import _
from enrolment.applications import timeline
from enrolment.applications.models import ChoiceRun
from enrolment.applications.values import Track
from enrolment.participation import places, queries, rules, words
from enrolment.participation.errors import NotNow
from enrolment.participation.models import ParticipationStep
from enrolment.participation.places import Place
from enrolment.participation.values import Cause, Event
from enrolment.seats import queries as seat_queries
from enrolment.seats import services as seats
from enrolment.seats.lifecycle import Seat


def confirm(enrolment: UUID, semester: Semester, *, actor: Actor, at: datetime) -> None:
    """The teacher says that they take part in a semester. A second time changes nothing. Raises NotFound, NotNow."""
    place = _own_under_lock(enrolment, actor)
    if semester in place.part.confirmed:
        return
    if semester not in place.open_on(day_of(at)):
        raise NotNow(_("This semester cannot be confirmed today."))
    _write(place, Event.CONFIRM, semester, actor, at)
    db.session.commit()


def _own_under_lock(enrolment: UUID, actor: Actor) -> Place:
    actor.require(Role.TEACHER)
    [place] = _under_lock([queries.own_place(actor, enrolment)])
    return place


def _under_lock(runs: list[ChoiceRun]) -> list[Place]:
    queries.lock(run.enrolment_id for run in runs)
    return places.places(runs)


def _write(place: Place, event: Event, semester: Semester | None, actor: Actor, at: datetime, cause: Cause | None = None, why: str | None = None) -> None:
    """Raises NotNow where the step cannot follow those before it."""
    refused = rules.why_not(place.part, event, semester)
    if refused:
        raise NotNow(words.why_not(refused))
    step = ParticipationStep(uuid=uuid4(), enrolment_id=place.run.enrolment_id, event=event, semester=semester, at=at, by_person_id=actor.person_id, cause=cause, why=why)
    db.session.add(step)
    facts = {"semester": semester.code} if semester else {}
    facts |= {"cause": str(cause)} if cause else {}
    timeline.note(place.run.choice.application, Track.SEAT, str(event), by=actor, at=at, why=why, choice=place.run.choice.position, **facts)


def countersign(said: Iterable[tuple[UUID, Semester]], *, actor: Actor, at: datetime) -> int:
    """The owner vouches for what its teachers have confirmed. What is not theirs, or is vouched for already, is passed over. Returns how many."""
    wanted: defaultdict[UUID, set[Semester]] = defaultdict(set)
    for enrolment, semester in said:
        wanted[enrolment].add(semester)
    count = 0
    for place in _under_lock([run for run in queries.of_owner(actor) if run.enrolment.uuid in wanted]):
        for semester in sorted(wanted[place.run.enrolment.uuid]):
            if rules.why_not(place.part, Event.COUNTERSIGN, semester) is None:
                _write(place, Event.COUNTERSIGN, semester, actor, at)
                count += 1
    db.session.commit()
    return count


def defer(enrolment: UUID, cause: Cause, why: str | None, *, actor: Actor, at: datetime) -> None:
    """Puts the study off. The seat stays. Raises NotFound, NotNow."""
    place = _own_under_lock(enrolment, actor)
    _require_going(place)
    _write(place, Event.DEFER, None, actor, at, cause, why)
    _tell_owner(place, "participation-deferred", at)
    db.session.commit()


def resume(enrolment: UUID, *, actor: Actor, at: datetime) -> None:
    """Takes it up again. Raises NotFound, NotNow."""
    place = _own_under_lock(enrolment, actor)
    _require_going(place)
    _write(place, Event.RESUME, None, actor, at)
    db.session.commit()


def interrupt(enrolment: UUID, cause: Cause, why: str | None, *, actor: Actor, at: datetime) -> None:
    """Ends it with its cause. The seat was used, and is not given on. Raises NotFound, NotNow."""
    seat_queries.locked_offering(queries.own_place(actor, enrolment).offering_id)  # first, as whoever changes a seat does: they may be giving it up elsewhere
    place = _own_under_lock(enrolment, actor)
    _require_going(place)
    _write(place, Event.INTERRUPT, None, actor, at, cause, why)
    seats.take_step(place.run.enrolment, "interrupt", by=actor, at=at, why=why)
    _tell_owner(place, "participation-interrupted", at)
    db.session.commit()


def retract(enrolment: UUID, semester: Semester, why: str, *, actor: Actor, at: datetime) -> None:
    """The owner takes its word for a semester back: the teacher did not take part after all, and is told. Raises NotFound, NotNow."""
    [place] = _under_lock([queries.owners_place(actor, enrolment)])
    _write(place, Event.RETRACT, semester, actor, at, why=why)
    case = place.run.choice.application
    audit.tell(case.person_id, "participation-retracted", at=at, address="/me/participation", owner=actor.organisation_name, module=words.title(place), why=why)
    db.session.commit()


def restore(enrolment: UUID, semester: Semester, *, actor: Actor, at: datetime) -> None:
    """The teacher took part all the same, and is told, as they were told the opposite. Raises NotFound, NotNow."""
    [place] = _under_lock([queries.owners_place(actor, enrolment)])
    _write(place, Event.RESTORE, semester, actor, at)
    person = place.run.choice.application.person_id
    audit.tell(person, "participation-restored", at=at, address="/me/participation", owner=actor.organisation_name, module=words.title(place))
    db.session.commit()


def _require_going(place: Place) -> None:
    if place.run.enrolment.state is not Seat.PLACED:
        raise NotNow(words.why_not("ended"))


def _tell_owner(place: Place, kind: str, at: datetime) -> None:
    case = place.run.choice.application
    module = place.run.offering.module
    for person in queries.advisers(case.owner_id, day_of(at)):
        audit.tell(person, kind, at=at, address="/owner/participation", name=case.person.name, module=module.title or module.code or "")
