"""Statements and their lines, with the facts as they were when the statement was made."""

from datetime import date
from decimal import Decimal

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Person
from catalog.columns import Credits
from config.database import Key, Moment, OneOf, PublicId, db
from enrolment.progress.lifecycle import Claim
from enrolment.progress.models import PriorCredit
from enrolment.results.values import Mark
from enrolment.seats.models import Result
from enrolment.statements.rules import standing
from enrolment.statements.values import Known, Said, Standing, Voucher


class Statement(db.Model):
    """What a teacher shares of their credits. Whoever has its address can check it; only the digest of the token in it is kept."""

    __tablename__ = "statements"

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    holder: Mapped[str]  # the name as it was
    purpose: Mapped[str | None]  # for the holder's own eyes: whom it is for
    with_marks: Mapped[bool]
    token_digest: Mapped[str] = mapped_column(unique=True)  # SHA-256, hexadecimal
    made_at: Mapped[Moment]
    revoked_at: Mapped[Moment | None]

    person: Mapped[Person] = relationship()
    lines: Mapped[list["StatementLine"]] = relationship(back_populates="statement", cascade="all, delete-orphan", order_by="StatementLine.id")

    @property
    def standing_lines(self) -> list["StatementLine"]:
        return [line for line in self.lines if line.standing is Standing.STANDS]

    @property
    def changed(self) -> bool:
        """Whether anything in it no longer stands."""
        return len(self.standing_lines) < len(self.lines)


class StatementLine(db.Model):
    """One study as the statement tells of it, and the row it was taken from, by which it is known whether it still stands."""

    __tablename__ = "statement_lines"

    id: Mapped[Key]
    statement_id: Mapped[int] = mapped_column(ForeignKey("statements.id", ondelete="CASCADE"), index=True)
    voucher: Mapped[Voucher] = mapped_column(OneOf(Voucher))
    result_id: Mapped[int | None] = mapped_column(ForeignKey("results.id", ondelete="SET NULL"), index=True)
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("prior_credits.id", ondelete="SET NULL"), index=True)
    title: Mapped[str]
    code: Mapped[str | None]
    institution: Mapped[str]
    institution_number: Mapped[str | None]
    vouched_by: Mapped[str]  # the name of the institution or of the school owner
    credits: Mapped[Decimal] = mapped_column(Credits)
    mark: Mapped[Mark | None] = mapped_column(OneOf(Mark))  # none = the holder shows none, or there is none
    finished_on: Mapped[date | None]
    made_up: Mapped[bool] = mapped_column(default=False)

    statement: Mapped[Statement] = relationship(back_populates="lines")
    result: Mapped[Result | None] = relationship()
    claim: Mapped[PriorCredit | None] = relationship()

    @property
    def standing(self) -> Standing:
        return standing(Said(self.credits, self.mark), self._known())

    def _known(self) -> Known | None:
        if self.result:
            return Known(self.result.enrolment.module.credits, self.result.mark)
        return Known(self.claim.credits, vouched_for=self.claim.state is Claim.VERIFIED) if self.claim else None
