"""Credits a teacher has from before: claimed by the teacher, verified or refused by the school owner."""

from datetime import date
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Person
from catalog.columns import Credits
from catalog.offers.models import Module
from catalog.subjects.models import Subject
from config.database import Key, Moment, OneOf, PublicId, db
from enrolment.progress.lifecycle import Claim


_COUNTS = text("source_key IS NOT NULL AND state IN ('claimed', 'verified')")


class PriorCredit(db.Model):
    """Earlier education in one subject, in credits."""

    __tablename__ = "prior_credits"
    __table_args__ = (Index("uq_prior_credits_brought_once", "person_id", "source_key", unique=True, sqlite_where=_COUNTS, postgresql_where=_COUNTS),)

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    subject_id: Mapped[int] = mapped_column(ForeignKey("subjects.id"))
    module_id: Mapped[int | None] = mapped_column(ForeignKey("modules.id"))  # when it is a module known here, for overlaps
    title: Mapped[str]
    institution: Mapped[str]
    credits: Mapped[Decimal] = mapped_column(Credits)
    claimed_credits: Mapped[Decimal | None] = mapped_column(Credits)  # what was claimed, where the owner has decided on another number
    unit: Mapped[str | None]  # in which it was measured, where that was not credits; a code of the register of units
    stated: Mapped[str | None]  # as it stands on the diploma: «10 vekttall»
    country: Mapped[str | None]  # where it was taken, if abroad
    finished_on: Mapped[date | None]
    state: Mapped[Claim] = mapped_column(OneOf(Claim), default=Claim.CLAIMED)
    claimed_at: Mapped[Moment]
    decided_at: Mapped[Moment | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("school_owners.organisation_id"), index=True)  # who decides
    why: Mapped[str | None]
    # Of what came by an ELMO file: the file, the issuer and its own code (by which the same result is known again), and whom it is about, if another name.
    elmo_file_id: Mapped[int | None] = mapped_column(ForeignKey("elmo_files.id", ondelete="SET NULL"), index=True)
    source_key: Mapped[str | None]
    elmo_about: Mapped[str | None]

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    subject: Mapped[Subject] = relationship()
    module: Mapped[Module | None] = relationship()
