"""Batches with what they hold, and how they are coded in the accounts: dated rows."""

from datetime import date

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Person
from catalog.places.models import Dated
from catalog.values import Strand
from config.database import Key, Moment, OneOf, PublicId, db
from enrolment.money.models import MoneyEntry
from enrolment.payouts.lifecycle import BATCH_LIFE, Batch
from enrolment.payouts.values import Column
from enrolment.rounds.models import Scheme
from enrolment.schools.models import SchoolOwner

_OPEN = text("state = 'open'")


class MoneyBatch(db.Model):
    """One batch; at most one is open. Once closed it keeps the lines and columns of its file as they were, and changes no more; triggers see to that."""

    __tablename__ = "money_batches"
    __table_args__ = (Index("uq_money_batches_one_open", "state", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),)

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    number: Mapped[int] = mapped_column(unique=True)
    name: Mapped[str]
    voucher_on: Mapped[date]
    state: Mapped[Batch] = mapped_column(OneOf(Batch), default=Batch.OPEN)
    opened_at: Mapped[Moment]
    closed_at: Mapped[Moment | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    columns: Mapped[list | None] = mapped_column(JSON(none_as_null=True))  # [heading, what, fixed]
    lines: Mapped[list | None] = mapped_column(JSON(none_as_null=True), deferred=True)  # long, and read for the file alone
    digest: Mapped[str | None]  # SHA-256 of the file (CSV)
    made_up: Mapped[bool] = mapped_column(default=False)

    closed_by: Mapped[Person | None] = relationship()
    owners: Mapped[list["BatchOwner"]] = relationship(back_populates="batch", order_by="BatchOwner.id")

    def take(self, event: str) -> None:
        """Moves along the lifecycle. Raises StepRefused."""
        self.state = BATCH_LIFE.after(self.state, event)


class BatchEntry(db.Model):
    """That an entry of the ledger is in a batch: in one alone."""

    __tablename__ = "batch_entries"

    id: Mapped[Key]
    batch_id: Mapped[int] = mapped_column(ForeignKey("money_batches.id"), index=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("money_entries.id"), unique=True)

    batch: Mapped[MoneyBatch] = relationship()
    entry: Mapped[MoneyEntry] = relationship()


class BatchOwner(db.Model):
    """What an owner is paid of a closed batch, in whole øre, and what it still owes."""

    __tablename__ = "batch_owners"
    __table_args__ = (UniqueConstraint("batch_id", "owner_id"),)

    id: Mapped[Key]
    batch_id: Mapped[int] = mapped_column(ForeignKey("money_batches.id"))
    owner_id: Mapped[int] = mapped_column(ForeignKey("school_owners.organisation_id"), index=True)
    brought_oere: Mapped[int] = mapped_column(BigInteger)
    entries_oere: Mapped[int] = mapped_column(BigInteger)
    paid_oere: Mapped[int] = mapped_column(BigInteger)
    carried_oere: Mapped[int] = mapped_column(BigInteger)

    batch: Mapped[MoneyBatch] = relationship(back_populates="owners")
    owner: Mapped[SchoolOwner] = relationship()


class AccountCoding(Dated, db.Model):
    """How payments are coded: of a strand and scheme, or of every one where none is named; the row that names more goes before."""

    __tablename__ = "account_codings"

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(unique=True)
    strand: Mapped[Strand | None] = mapped_column(OneOf(Strand))
    scheme_id: Mapped[int | None] = mapped_column(ForeignKey("schemes.id"))
    account: Mapped[str]
    counter_account: Mapped[str]
    cost_centre: Mapped[str | None]
    project: Mapped[str | None]
    vat_code: Mapped[str | None]

    scheme: Mapped[Scheme | None] = relationship()


class ExportColumn(Dated, db.Model):
    """One column of the file: its heading as the accounting system wants it, and what stands in it."""

    __tablename__ = "export_columns"

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(unique=True)
    position: Mapped[int]
    heading: Mapped[str]
    what: Mapped[Column] = mapped_column(OneOf(Column))
    fixed: Mapped[str | None]
