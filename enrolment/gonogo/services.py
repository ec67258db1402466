"""Deciding that a run will be held, cancelling it, and joining it with another: one function, one use case, one commit."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from accounts.acting import Actor
from catalog.offers.lifecycle import Run
from catalog.offers.models import Offering
from catalog.publishing import queries as publishing
from catalog.publishing.permissions import institution_of
from catalog.publishing.services.editing import note
from catalog.publishing.services.offerings import cancel_held
from config.clock import day_of
from config.database import db
from config.errors import Refusal, StaleEdit
from config.languages import _
from enrolment.gonogo import consequences, queries, rules
from enrolment.gonogo.consequences import Concerned
from enrolment.gonogo.models import Alternative, StartDecision
from enrolment.gonogo.values import Changed, Seen
from enrolment.seats import services as seats


class NotHeldSoon(Refusal):
    """The run is not one that can be decided on."""

    code = "not-published"


class NoRoom(Refusal):
    code = "no-room"


class ChangedMeanwhile(StaleEdit):
    """What the editor looked at is no longer so. `changed` says what."""

    def __init__(self, changed: Changed):
        super().__init__(_("This has changed since you looked at it. Nothing has been done."))
        self.changed = changed


def decide_to_start(offering: UUID, *, actor: Actor, at: datetime) -> StartDecision:
    """Records that a run will be held. Deciding twice is one decision. Raises NotFound and NotHeldSoon."""
    run = publishing.lock_offering(institution_of(actor), offering)
    known = queries.decisions([run]).get(run.id)
    if known:
        return known
    if run.state is not Run.PUBLISHED:
        raise NotHeldSoon(_("Only a published run can be decided on."))
    decision = StartDecision(offering_id=run.id, decided_at=at, by_person_id=actor.person_id, taken=run.seats_taken)
    db.session.add(decision)
    note(run, "decide-to-start", actor=actor, at=at, facts={"taken": run.seats_taken, "minimum": run.minimum})
    db.session.commit()
    return decision


def cancel(offering: UUID, reason: str, seen: Seen, chosen: Mapping[UUID, Sequence[UUID]], *, actor: Actor, at: datetime) -> bool:
    """Cancels a run; everybody in it is let go with one message, which names what was chosen for them (runs by enrolment).

    Returns whether it did: a run that is cancelled already is left as it is. Raises NotFound, StepRefused, and ChangedMeanwhile where somebody has
    come or left since the editor looked, or a run can no longer be offered.
    """
    run = publishing.lock_offering(institution_of(actor), offering)
    if run.state is Run.CANCELLED:
        return False
    people = consequences.of_cancelling(run, day_of(at))
    _refuse_stale(seen, consequences.seen(people))
    told = {one.uuid: _offer(one, chosen.get(one.uuid, ())) for one in people}
    cancel_held(run, reason, actor=actor, at=at, instead=told)
    db.session.commit()
    return True


def _refuse_stale(seen: Seen, now: Seen) -> None:
    changed = rules.changes(seen, now)
    if changed:
        db.session.rollback()
        raise ChangedMeanwhile(changed)


def _offer(one: Concerned, chosen: Sequence[UUID]) -> str:
    """Keeps what somebody is offered and returns it for the message: a line each of module, semester and institution. Only what they can get at."""
    runs = [option.run for option in one.options if option.run.uuid in chosen]
    db.session.add_all(Alternative(enrolment_id=one.enrolment.id, offering_id=run.id) for run in runs)
    return "\n".join("\t".join((run.module.name, run.semester.code if run.semester else "", run.module.institution.short_name)) for run in runs)


def join(source: UUID, target: UUID, reason: str, seen: Seen, *, actor: Actor, at: datetime) -> int | None:
    """Moves everybody from one run into another of the same module, and cancels the first. Each gets one message.

    Returns how many were moved; none where the first is cancelled already. Raises NotFound, NoRoom where there are not seats for all of them, and
    ChangedMeanwhile where somebody has come or left since the editor looked.
    """
    mine = institution_of(actor)
    first, other = _locked(mine, source, target)
    if first.state is Run.CANCELLED:
        return None
    _require_joinable(first, other)
    _refuse_stale(seen, consequences.seen([one for one, _reach in consequences.of_joining(first, other, day_of(at))]))
    moved = seats.move_all(first, other, by=actor, at=at, why=reason)
    if moved is None:
        db.session.rollback()
        raise NoRoom(_("The other run does not have seats for all of them. Nothing has been done."))
    note(other, "join", actor=actor, at=at, why=reason, facts={"from": str(first.uuid), "moved": moved})
    cancel_held(first, reason, actor=actor, at=at)
    db.session.commit()
    return moved


def _locked(institution_id: int, source: UUID, target: UUID) -> tuple[Offering, Offering]:
    """Both runs, held in the order in which everybody holds several."""
    runs = publishing.lock_offerings(institution_id, [source, target])
    return runs[source], runs[target]


def _require_joinable(first: Offering, other: Offering) -> None:
    if first.id == other.id or first.module_id != other.module_id or first.semester != other.semester:
        raise Refusal(_("Only two runs of the same module in the same semester can be joined."))
    if first.state is not Run.PUBLISHED or other.state is not Run.PUBLISHED:
        raise NotHeldSoon(_("Only a published run can be decided on."))
