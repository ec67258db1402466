"""Recording results: one function, one use case, one commit."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from accounts import audit
from accounts.acting import Actor
from catalog.offers.models import Offering
from config.database import db
from config.errors import BadInput
from config.languages import _
from enrolment.results import queries
from enrolment.results.values import Mark
from enrolment.seats.lifecycle import SEAT_LIFE, Seat
from enrolment.seats.models import Enrolment, EnrolmentStep, Result


def record_results(offering: UUID, marks: Mapping[UUID, Mark], *, actor: Actor, at: datetime) -> int:
    """Records the marks of participants, by enrolment; a mark that is already there is corrected, the same one is left.

    All or nothing. Returns how many were new or corrected. Raises NotFound for another institution's offering and BadInput for a
    participant it does not have.
    """
    run = queries.own_offering(actor, offering)
    known = {enrolment.uuid: enrolment for enrolment, _school in queries.participants(run.id)}
    strangers = set(marks) - set(known)
    if strangers:
        raise BadInput(_("There is a result for somebody who does not take part in this run."))
    recorded = sum(_record(known[uuid], mark, run, actor, at) for uuid, mark in marks.items())
    db.session.commit()
    return recorded


def _record(enrolment: Enrolment, mark: Mark, run: Offering, actor: Actor, at: datetime) -> bool:
    result = enrolment.result
    if result is not None and result.mark is mark:
        return False
    before = result.mark if result else None
    if result is None:
        result = enrolment.result = Result(mark=mark, recorded_at=at, recorded_by_id=actor.person_id)
        db.session.flush()
    result.mark, result.recorded_at, result.recorded_by_id = mark, at, actor.person_id
    if enrolment.state is Seat.PLACED:
        _complete(enrolment, actor, at)
    event = "correct" if before else "record"
    audit.record(
        "result", result.uuid, event, by=actor, at=at, organisation_id=actor.organisation_id, from_state=before, to_state=mark,
        facts={"enrolment": str(enrolment.uuid)},
    )  # fmt: skip
    title = run.module.title or run.module.code or ""
    audit.tell(enrolment.person_id, "result-recorded", at=at, address=f"/me/enrolments/{enrolment.uuid}", module=title)
    return True


def _complete(enrolment: Enrolment, actor: Actor, at: datetime) -> None:
    before, enrolment.state = enrolment.state, SEAT_LIFE.after(enrolment.state, "complete")
    step = EnrolmentStep(at=at, event="complete", from_state=before, to_state=enrolment.state, by_person_id=actor.person_id)
    enrolment.steps.append(step)
    audit.record("enrolment", enrolment.uuid, "complete", by=actor, at=at, from_state=before, to_state=enrolment.state)
