"""Recording results: one function, one use case, one commit."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from accounts import audit
from accounts.acting import Actor
from catalog.offers.models import Offering
from config.clock import day_of
from config.database import db
from config.errors import BadInput, Refusal
from config.languages import _
from config.languages import date as written
from enrolment.results import queries
from enrolment.results.values import Mark
from enrolment.seats import services as seats
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment, Result


class NotBegun(Refusal):
    """Nobody has done anything in the run yet that there could be a result of."""

    code = "not-begun"


def record_results(offering: UUID, marks: Mapping[UUID, Mark], *, actor: Actor, at: datetime, why: str | None = None) -> int:
    """Records the marks of participants, by enrolment; a mark that is already there is corrected, the same one is left.

    All or nothing. Returns how many were new or corrected. Raises NotFound for another institution's offering, NotBegun, and BadInput for a
    participant it does not have, and where something is corrected without saying why.
    """
    run = queries.own_offering(actor, offering)
    require_begun(run, at)
    known = {enrolment.uuid: enrolment for enrolment, _school in queries.participants(run.id)}
    strangers = set(marks) - set(known)
    if strangers:
        raise BadInput(_("There is a result for somebody who does not take part in this run."))
    if not why and any(known[uuid].result and known[uuid].result.mark is not mark for uuid, mark in marks.items()):
        raise BadInput(_("Say why a mark is corrected. The participants read it."), {"why": [_("Say why a mark is corrected. The participants read it.")]})
    recorded = sum(_record(known[uuid], mark, actor, at, why) for uuid, mark in marks.items())
    db.session.commit()
    return recorded


def require_begun(run: Offering, at: datetime) -> None:
    """Raises NotBegun before the run's first day. What was learnt before is recognised, and is no result of a run."""
    begins = queries.begins(run)
    if begins is not None and day_of(at) < begins:
        raise NotBegun(_("The run begins on %(day)s. Results can be recorded from then on.", day=written(begins)))


def _record(enrolment: Enrolment, mark: Mark, actor: Actor, at: datetime, why: str | None) -> bool:
    if enrolment.result is not None and enrolment.result.mark is mark:
        return False
    if enrolment.result is not None:
        correct(enrolment.result, mark, why, actor=actor, at=at)
        _tell(enrolment, "result-corrected", at, why)
        return True
    result = enrolment.result = Result(mark=mark, recorded_at=at, recorded_by_id=actor.person_id)
    db.session.flush()
    if enrolment.state is Seat.PLACED:
        seats.take_step(enrolment, "complete", by=actor, at=at)
    _remember(result, "record", None, None, actor, at)
    _tell(enrolment, "result-recorded", at)
    return True


def correct(result: Result, mark: Mark, why: str | None, *, actor: Actor, at: datetime) -> None:
    """Gives a result another mark in the caller's transaction, and remembers the one it had and why."""
    before, result.mark, result.recorded_at, result.recorded_by_id = result.mark, mark, at, actor.person_id
    _remember(result, "correct", before, why, actor, at)


def _remember(result: Result, event: str, before: Mark | None, why: str | None, actor: Actor, at: datetime) -> None:
    audit.record(
        "result", result.uuid, event, by=actor, at=at, organisation_id=actor.organisation_id, from_state=before, to_state=result.mark, why=why,
        facts={"enrolment": str(result.enrolment.uuid)},
    )  # fmt: skip


def _tell(enrolment: Enrolment, kind: str, at: datetime, why: str | None = None) -> None:
    title = enrolment.module.title or enrolment.module.code or ""
    audit.tell(enrolment.person_id, kind, at=at, address=f"/me/enrolments/{enrolment.uuid}", module=title, **({"why": why} if why else {}))
