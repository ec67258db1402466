"""Dispensations: decided by a school owner, ended by its day or by the owner, never deleted."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Person
from catalog.columns import Credits
from catalog.subjects.models import Subject
from catalog.values import Band
from config.database import Key, Moment, OneOf, PublicId, db
from enrolment.schools.models import SchoolOwner


class Dispensation(db.Model):
    """What is asked of a teacher in a subject instead of the requirement, from a day to a day, both included. Nought credits = nothing is asked."""

    __tablename__ = "dispensations"
    __table_args__ = (CheckConstraint("valid_to IS NULL OR valid_from <= valid_to", name="days_in_order"),)

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    subject_id: Mapped[int] = mapped_column(ForeignKey("subjects.id"))
    band: Mapped[Band | None] = mapped_column(OneOf(Band))  # none = every band
    credits: Mapped[Decimal] = mapped_column(Credits)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]  # none = until it is ended
    why: Mapped[str]
    source: Mapped[str | None]  # the paragraph or the case it rests on
    owner_id: Mapped[int] = mapped_column(ForeignKey("school_owners.organisation_id"), index=True)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    decided_at: Mapped[Moment]
    ended_at: Mapped[Moment | None]

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    subject: Mapped[Subject] = relationship()
    owner: Mapped[SchoolOwner] = relationship()

    def holds(self, on: date) -> bool:
        return self.ended_at is None and self.valid_from <= on <= (self.valid_to or on)
