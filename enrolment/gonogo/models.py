"""From when a run is at risk, what was decided, and what somebody was offered instead."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Person
from catalog.offers.models import Offering
from catalog.places.models import Dated
from config.database import Key, Moment, db


class RiskRule(Dated, db.Model):
    """From how many days before its start a run that lacks participants is at risk."""

    __tablename__ = "risk_rules"

    id: Mapped[Key]
    days_before: Mapped[int]


class StartDecision(db.Model):
    """That an institution has decided that a run will be held, with so many participants as it had then."""

    __tablename__ = "start_decisions"

    id: Mapped[Key]
    offering_id: Mapped[int] = mapped_column(ForeignKey("offerings.id", ondelete="CASCADE"), unique=True)
    decided_at: Mapped[Moment]
    by_person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    taken: Mapped[int]

    offering: Mapped[Offering] = relationship()
    person: Mapped[Person | None] = relationship()


class Alternative(db.Model):
    """A run that somebody was told of when theirs was cancelled. No seat is kept there."""

    __tablename__ = "alternatives"
    __table_args__ = (UniqueConstraint("enrolment_id", "offering_id"),)

    id: Mapped[Key]
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolments.id", ondelete="CASCADE"))
    offering_id: Mapped[int] = mapped_column(ForeignKey("offerings.id", ondelete="CASCADE"), index=True)

    offering: Mapped[Offering] = relationship()
