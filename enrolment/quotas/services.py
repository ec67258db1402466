"""Keeping seats for somebody, and letting them go: one function, one use case, one commit.

Seats of a source that is the national authority's are its to keep (those it has commissioned), all others the institution's own.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import update

from accounts import audit
from accounts.acting import Actor
from accounts.models import Role
from catalog.offers.models import Offering
from config.clock import day_of
from config.database import db
from config.errors import BadInput, NotAllowed, NotFound
from config.languages import _
from enrolment.allocation.values import QuotaKind
from enrolment.quotas import queries, rules
from enrolment.quotas.models import Quota
from enrolment.quotas.schemas import OPEN, OWNER
from enrolment.rounds import queries as rounds
from enrolment.rounds.models import SeatSource
from enrolment.seats import queries as seat_queries
from enrolment.seats.models import Enrolment


def add(offering: UUID, values: dict[str, Any], *, actor: Actor, at: datetime) -> Quota:
    """Keeps seats of a run. Raises NotFound, and BadInput for nobody of that name, seats that are not there, the same twice, a day that is past and
    a source of seats that is another's or does not hold."""
    run = seat_queries.locked_offering(queries.offering(actor, offering).id)
    rows = queries.of_offering(run.id)
    kind, value = _for_whom(values)
    if any((one.kind, one.value) == (kind, value) for one in rows):
        raise _wrong("kept_for", _("Seats are kept for these already. Change the number there."))
    seats = 0 if kind is QuotaKind.OPEN else _seats(values["seats"], run, rows, None)
    _require_ahead(values["release_on"], None, at)
    source = _source(values["source"], actor, day_of(at))
    position = max((one.position for one in rows), default=0) + 1
    made = Quota(
        uuid=uuid4(), offering_id=run.id, kind=kind, value=value, seats=seats, release_on=None if kind is QuotaKind.OPEN else values["release_on"],
        source=source, position=position,
    )  # fmt: skip
    db.session.add(made)
    _remember(made, "keep", actor, at)
    db.session.commit()
    return made


def _for_whom(values: dict[str, Any]) -> tuple[QuotaKind, str]:
    kind, _mark, code = values["kept_for"].partition(":")
    known = {QuotaKind.REGION: [one.code for one in queries.regions()], QuotaKind.SCHEME: [one.code for one in queries.schemes()]}
    if kind == OPEN and not code:
        return QuotaKind.OPEN, ""
    if kind == OWNER and not code:
        return QuotaKind.OWNER, _owner(values["owner"])
    if kind not in known or code not in known[QuotaKind(kind)]:
        raise _wrong("kept_for", _("Choose from the list."))
    return QuotaKind(kind), code


def _owner(name: str | None) -> str:
    if not name:
        raise _wrong("owner", _("Write which school owner."))
    found = queries.owners_called(name)
    if len(found) == 1:
        return found[0].key
    if not found:
        raise _wrong("owner", _("There is no school owner called “%(name)s”.", name=name))
    raise _wrong("owner", _("Several school owners are called that: %(names)s. Write the whole name.", names=", ".join(one.organisation.name for one in found)))


def _seats(wanted: int | None, run: Offering, rows: list[Quota], own: Quota | None) -> int:
    """Never more than the run has beside what is kept for others, never fewer than are held."""
    if wanted is None:
        raise _wrong("seats", _("Fill this in."))
    kept = sum(one.seats for one in rows if one is not own)
    most = rules.room_to_keep(seats=run.seats or 0, kept=kept, taken_open=_taken_openly(run, rows))
    used = queries.held([own.id]).get(own.id, 0) if own else 0
    if wanted < used:
        raise _wrong("seats", _("%(used)s of these seats are taken, so there cannot be fewer.", used=used))
    if wanted > most:
        raise _wrong("seats", _("The run has %(seats)s seats, of which at most %(most)s can be kept for these.", seats=run.seats or 0, most=most))
    return wanted


def _taken_openly(run: Offering, rows: list[Quota]) -> int:
    return run.seats_taken - sum(queries.held([one.id for one in rows]).values())


def _require_ahead(day: date | None, before: date | None, at: datetime) -> None:
    if day is not None and day != before and day <= day_of(at):
        raise _wrong("release_on", _("The day must lie ahead."))


def _source(code: str | None, actor: Actor, on: date) -> str | None:
    """Those whom the seats are to keep are told by where they come from, so the national authority always says it; where there is one to choose, that."""
    codes = [one.code for one in sources(actor, on)]
    if actor.role is Role.AUTHORITY and code is None:
        if not codes:
            raise _wrong("source", _("Nothing that commissioned seats could come from holds today."))
        if len(codes) > 1:
            raise _wrong("source", _("Choose from the list."))
        return codes[0]
    if code is not None and code not in codes:
        raise _wrong("source", _("Choose from the list."))
    return code


def sources(actor: Actor, on: date) -> list[SeatSource]:
    """Where seats may come from that this actor keeps: what holds and has been let out on a day, in order."""
    return [one for one in rounds.seat_sources() if one.is_offered(on) and one.by_authority == (actor.role is Role.AUTHORITY)]


def _wrong(field: str, sentence: str) -> BadInput:
    return BadInput(_("The seats cannot be kept like this."), {field: [sentence]})


def change(offering: UUID, quota: UUID, values: dict[str, Any], *, actor: Actor, at: datetime) -> Quota:
    """Another number of seats, another day of release. Raises NotFound, NotAllowed for seats that are another's to keep, BadInput."""
    run, rows, mine = _own(offering, quota, actor)
    if mine.kind is QuotaKind.OPEN:  # its number is what the others leave
        raise NotFound(_("There is no such quota."))
    _require_ahead(values["release_on"], mine.release_on, at)
    mine.seats, mine.release_on = _seats(values["seats"], run, rows, mine), values["release_on"]
    _remember(mine, "change", actor, at)
    db.session.commit()
    return mine


def _own(offering: UUID, quota: UUID, actor: Actor) -> tuple[Offering, list[Quota], Quota]:
    run = seat_queries.locked_offering(queries.offering(actor, offering).id)
    rows = queries.of_offering(run.id)
    mine = next((one for one in rows if one.uuid == quota), None)
    if mine is None:
        raise NotFound(_("There is no such quota."))
    if not is_own(mine, actor, authoritys()):
        raise NotAllowed(_("These seats are kept by somebody else."))
    return run, rows, mine


def authoritys() -> set[str]:
    """The sources, of all years, whose seats are the national authority's to keep."""
    return {one.code for one in rounds.seat_sources() if one.by_authority}


def is_own(quota: Quota, actor: Actor, of_authority: set[str]) -> bool:
    """Whether they are this actor's to keep; `of_authority` as in `authoritys`."""
    return (quota.source in of_authority) == (actor.role is Role.AUTHORITY)


def put_first(offering: UUID, quota: UUID, *, actor: Actor, at: datetime) -> Quota:
    """Seats are taken in it before all others. Raises NotFound, NotAllowed."""
    _run, rows, mine = _own(offering, quota, actor)
    for number, one in enumerate([mine, *(one for one in rows if one is not mine)], 1):
        one.position = number
    _remember(mine, "put first", actor, at)
    db.session.commit()
    return mine


def remove(offering: UUID, quota: UUID, *, actor: Actor, at: datetime) -> None:
    """Its seats are open to all; who holds one keeps it. Raises NotFound, NotAllowed."""
    _run, _rows, mine = _own(offering, quota, actor)
    db.session.execute(update(Enrolment).where(Enrolment.quota_id == mine.id).values(quota_id=None).execution_options(synchronize_session=False))
    _remember(mine, "remove", actor, at)
    db.session.delete(mine)
    db.session.commit()


def _remember(quota: Quota, event: str, actor: Actor, at: datetime) -> None:
    facts = {"kind": quota.kind.value, "value": quota.value, "seats": quota.seats, "release_on": quota.release_on.isoformat() if quota.release_on else None}
    audit.record("quota", quota.uuid, event, by=actor, at=at, organisation_id=actor.organisation_id, facts=facts)
