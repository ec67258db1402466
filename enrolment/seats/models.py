"""Enrolments, every step of their lives, and what came of them."""

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Person
from catalog.offers.models import Module, Offering
from config.database import Key, Moment, OneOf, PublicId, db
from enrolment.quotas import models as quotas  # noqa: F401  (the table of the key)
from enrolment.results.values import Mark
from enrolment.seats.lifecycle import Seat

_ACTIVE = text("state IN ('waiting', 'offered', 'placed')")
_HELD = text("state IN ('offered', 'placed')")
_MADE_UP = {"sqlite_where": text("made_up = 1"), "postgresql_where": text("made_up")}  # as each of them asks, else it is not used


class Enrolment(db.Model):
    """One teacher's seat, or place in the queue, in one offering. The queue's order is that of the tickets, which are
    taken under the lock of the offering."""

    __tablename__ = "enrolments"
    __table_args__ = (
        Index("uq_enrolments_one_active", "person_id", "offering_id", unique=True, sqlite_where=_ACTIVE, postgresql_where=_ACTIVE),
        Index("uq_enrolments_one_held", "person_id", "module_id", unique=True, sqlite_where=_HELD, postgresql_where=_HELD),
        Index("ix_enrolments_queue", "offering_id", "state", "ticket"),
        Index("ix_enrolments_reply", "state", "reply_by"),
        Index("ix_enrolments_made_up", "id", **_MADE_UP),
    )

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    offering_id: Mapped[int] = mapped_column(ForeignKey("offerings.id"))
    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id"), index=True)
    state: Mapped[Seat] = mapped_column(OneOf(Seat))
    ticket: Mapped[int]
    entered_at: Mapped[Moment]
    offered_at: Mapped[Moment | None]
    reply_by: Mapped[Moment | None]  # the midnight that ends the last day for an answer
    quota_id: Mapped[int | None] = mapped_column(ForeignKey("quotas.id"), index=True)  # whose seat it is; none = an open one
    made_up: Mapped[bool] = mapped_column(default=False)

    person: Mapped[Person] = relationship()
    offering: Mapped[Offering] = relationship()
    module: Mapped[Module] = relationship()
    steps: Mapped[list["EnrolmentStep"]] = relationship(back_populates="enrolment", order_by="EnrolmentStep.id")
    result: Mapped["Result | None"] = relationship(back_populates="enrolment", uselist=False)


class EnrolmentStep(db.Model):
    """One step: what, when, by whom (none = Seksti, when a date passed), from which state to which, and why."""

    __tablename__ = "enrolment_steps"

    id: Mapped[Key]
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolments.id", ondelete="CASCADE"), index=True)
    at: Mapped[Moment] = mapped_column(index=True)
    event: Mapped[str]
    from_state: Mapped[Seat | None] = mapped_column(OneOf(Seat))
    to_state: Mapped[Seat] = mapped_column(OneOf(Seat))
    by_person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    why: Mapped[str | None]
    # The change of the run for which somebody could leave without consequence, and did; none = not such a step.
    free_by_id: Mapped[int | None] = mapped_column(ForeignKey("run_changes.id"), index=True)

    enrolment: Mapped[Enrolment] = relationship(back_populates="steps")


class Result(db.Model):
    """What the institution recorded for one participant: a letter A–F, or pass or fail."""

    __tablename__ = "results"

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolments.id", ondelete="CASCADE"), unique=True)
    mark: Mapped[Mark] = mapped_column(OneOf(Mark))
    recorded_at: Mapped[Moment]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))

    enrolment: Mapped[Enrolment] = relationship(back_populates="result")
