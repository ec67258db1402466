"""Saying when a study elsewhere is given, confirming, countersigning, putting off, taking up again and interrupting: one function, one use case, one commit. Each leaves a step."""

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
from config.errors import NotFound
from config.languages import _
from enrolment.applications import packages, timeline
from enrolment.applications.values import Track
from enrolment.participation import places, queries, rules, words
from enrolment.participation.errors import NotNow
from enrolment.participation.models import ParticipationStep
from enrolment.participation.places import Place
from enrolment.participation.studies import Study
from enrolment.participation.values import Cause, Event
from enrolment.seats import queries as seat_queries
from enrolment.seats import services as seats


def date_study(choice: UUID, semester: Semester, semesters: int, *, actor: Actor, at: datetime) -> None:
    """The teacher says when their study elsewhere is given, until something has been said of taking part in it. Raises BadInput, NotFound, NotNow."""
    place = _own_under_lock(choice, actor)
    if place.study.run:
        raise NotFound(_("You take part in no such study."))
    if not place.may_be_dated:
        raise NotNow(_("You have confirmed a semester already, so when the study is given stands as it is."))
    packages.require_of_year(place.study.case, semester)
    place.study.choice.semester, place.study.choice.semesters = semester, semesters
    timeline.note(place.study.case, Track.SEAT, "date study", by=actor, at=at, choice=place.study.choice.position, semester=semester.code)
    db.session.commit()


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
    [place] = _under_lock([queries.own_study(actor, enrolment)])
    return place


def _under_lock(studies: list[Study]) -> list[Place]:
    queries.lock(studies)
    return places.places(studies)


def _write(place: Place, event: Event, semester: Semester | None, actor: Actor, at: datetime, cause: Cause | None = None, why: str | None = None) -> None:
    """Raises NotNow where the step cannot follow those before it."""
    refused = rules.why_not(place.part, event, semester)
    if refused:
        raise NotNow(words.why_not(refused))
    seat, choice = place.study.key
    step = ParticipationStep(uuid=uuid4(), enrolment_id=seat, choice_id=choice, event=event, semester=semester, at=at, by_person_id=actor.person_id, cause=cause, why=why)
    db.session.add(step)
    facts = {"semester": semester.code} if semester else {}
    facts |= {"cause": str(cause)} if cause else {}
    timeline.note(place.study.case, Track.SEAT, str(event), by=actor, at=at, why=why, choice=place.study.choice.position, **facts)


def countersign(said: Iterable[tuple[UUID, Semester]], *, actor: Actor, at: datetime) -> int:
    """The owner vouches for what its teachers have confirmed. What is not theirs, or is vouched for already, is passed over. Returns how many."""
    wanted: defaultdict[UUID, set[Semester]] = defaultdict(set)
    for enrolment, semester in said:
        wanted[enrolment].add(semester)
    count = 0
    for place in _under_lock([one for one in queries.of_owner(actor) if one.uuid in wanted]):
        for semester in sorted(wanted[place.study.uuid]):
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
    run = queries.own_study(actor, enrolment).run
    if run:
        seat_queries.locked_offering(run.offering_id)  # first, as whoever changes a seat does: they may be giving it up in another window
    place = _own_under_lock(enrolment, actor)
    _require_going(place)
    _write(place, Event.INTERRUPT, None, actor, at, cause, why)
    if place.study.run:
        seats.take_step(place.study.run.enrolment, "interrupt", by=actor, at=at, why=why)
    _tell_owner(place, "participation-interrupted", at)
    db.session.commit()


def retract(enrolment: UUID, semester: Semester, why: str, *, actor: Actor, at: datetime) -> None:
    """The owner takes its word for a semester back: the teacher did not take part after all, and is told. Raises NotFound, NotNow."""
    [place] = _under_lock([queries.owners_study(actor, enrolment)])
    _write(place, Event.RETRACT, semester, actor, at, why=why)
    audit.tell(place.study.case.person_id, "participation-retracted", at=at, address="/me/participation", owner=actor.organisation_name, module=words.title(place), why=why)
    db.session.commit()


def restore(enrolment: UUID, semester: Semester, *, actor: Actor, at: datetime) -> None:
    """The teacher took part all the same, and is told, as they were told the opposite. Raises NotFound, NotNow."""
    [place] = _under_lock([queries.owners_study(actor, enrolment)])
    _write(place, Event.RESTORE, semester, actor, at)
    audit.tell(place.study.case.person_id, "participation-restored", at=at, address="/me/participation", owner=actor.organisation_name, module=words.title(place))
    db.session.commit()


def _require_going(place: Place) -> None:
    if not place.study.going:
        raise NotNow(words.why_not("ended"))


def _tell_owner(place: Place, kind: str, at: datetime) -> None:
    case = place.study.case
    for person in queries.advisers(case.owner_id, day_of(at)):
        audit.tell(person, kind, at=at, address="/owner/participation", name=case.person.name, module=place.study.title)
