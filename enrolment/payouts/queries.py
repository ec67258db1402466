"""Every select on batches and how they are coded."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from accounts.acting import Actor
from accounts.models import Role
from config.database import db
from config.errors import NotFound
from config.languages import _
from enrolment.money.models import MoneyEntry
from enrolment.payouts.lifecycle import Batch
from enrolment.payouts.models import AccountCoding, BatchEntry, BatchOwner, ExportColumn, MoneyBatch
from enrolment.schools.models import SchoolOwner


def batches() -> Sequence[Row]:
    """The latest first: (batch, owners, paid); of a closed one how many owners are in it and what they are paid together, in whole øre."""
    sums = select(BatchOwner.batch_id, func.count().label("owners"), func.sum(BatchOwner.paid_oere).label("paid")).group_by(BatchOwner.batch_id).subquery()
    wanted = select(MoneyBatch, sums.c.owners, sums.c.paid)
    return db.session.execute(wanted.outerjoin(sums, sums.c.batch_id == MoneyBatch.id).order_by(MoneyBatch.number.desc())).all()


def batch(number: int) -> MoneyBatch:
    """Raises NotFound."""
    owners = selectinload(MoneyBatch.owners).joinedload(BatchOwner.owner).joinedload(SchoolOwner.organisation)
    return _found(db.session.scalar(select(MoneyBatch).where(MoneyBatch.number == number).options(owners, joinedload(MoneyBatch.closed_by))))


def locked(number: int) -> MoneyBatch:
    """Under a lock, to be closed. Raises NotFound."""
    return _found(db.session.scalar(select(MoneyBatch).where(MoneyBatch.number == number).with_for_update()))


def _found(row: MoneyBatch | None) -> MoneyBatch:
    if row is None:
        raise NotFound(_("There is no such batch."))
    return row


def open_batch() -> MoneyBatch | None:
    return db.session.scalar(select(MoneyBatch).where(MoneyBatch.state == Batch.OPEN))


def last_number() -> int:
    return db.session.scalar(select(func.coalesce(func.max(MoneyBatch.number), 0)))


def waiting() -> list[MoneyEntry]:
    """The entries that are in no batch, in the order they were made."""
    owner = joinedload(MoneyEntry.owner).joinedload(SchoolOwner.organisation)
    return list(db.session.scalars(_waiting(MoneyEntry).options(owner, joinedload(MoneyEntry.scheme)).order_by(MoneyEntry.id)))


def _waiting(*what: Any) -> Select:
    return select(*what).where(~select(BatchEntry.id).where(BatchEntry.entry_id == MoneyEntry.id).exists())


def waiting_by_owner() -> Sequence[Row]:
    """`owner_id`, how many `entries` of the owner are in no batch, and their sum `oere`."""
    return db.session.execute(_waiting(MoneyEntry.owner_id, func.count().label("entries"), func.sum(MoneyEntry.oere).label("oere")).group_by(MoneyEntry.owner_id)).all()


def carried() -> dict[int, int]:
    """By owner, what it owes after its last batch; those who owe nothing are left out."""
    last = select(func.max(BatchOwner.id)).group_by(BatchOwner.owner_id)
    rows = select(BatchOwner.owner_id, BatchOwner.carried_oere).where(BatchOwner.id.in_(last), BatchOwner.carried_oere != 0)
    return dict(db.session.execute(rows).all())


def owners(keys: set[int]) -> dict[int, SchoolOwner]:
    wanted = select(SchoolOwner).where(SchoolOwner.organisation_id.in_(keys)).options(joinedload(SchoolOwner.organisation))
    return {one.organisation_id: one for one in db.session.scalars(wanted)}


def codings(on: date) -> list[AccountCoding]:
    return [one for one in db.session.scalars(select(AccountCoding).order_by(AccountCoding.id)) if one.holds(on)]


def every_coding() -> list[AccountCoding]:
    return list(db.session.scalars(select(AccountCoding).options(joinedload(AccountCoding.scheme)).order_by(AccountCoding.valid_from.desc(), AccountCoding.id)))


def columns(on: date) -> list[ExportColumn]:
    """Those of the file, in their order."""
    return [one for one in db.session.scalars(select(ExportColumn).order_by(ExportColumn.position, ExportColumn.id)) if one.holds(on)]


def owners_payouts(actor: Actor) -> list[BatchOwner]:
    """An owner's own, the latest first. Raises NotAllowed for another role."""
    actor.require(Role.OWNER)
    wanted = select(BatchOwner).join(BatchOwner.batch).where(BatchOwner.owner_id == actor.organisation_id).options(joinedload(BatchOwner.batch))
    return list(db.session.scalars(wanted.order_by(MoneyBatch.number.desc())))


def owners_waiting(actor: Actor) -> int:
    """The sum in øre of an owner's entries that are in no batch yet."""
    actor.require(Role.OWNER)
    return int(db.session.scalar(_waiting(func.sum(MoneyEntry.oere)).where(MoneyEntry.owner_id == actor.organisation_id)) or 0)
