"""Allocation runs with their frozen inputs and results, who approved them, what each person is told, and decisions that move a queue."""

from datetime import date

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Person
from catalog.places.models import Dated
from catalog.values import Strand
from config.database import Key, Moment, OneOf, PublicId, db
from enrolment.applications.models import Application
from enrolment.awarding.lifecycle import Run
from enrolment.rounds.models import Cycle
from enrolment.schools.models import SchoolOwner
from enrolment.seats.models import Enrolment

_OUT = text("state IN ('being-told', 'published')")


class AllocationRun(db.Model):
    """One run: what went in, by which rules and seed, and what came out, kept as the very bytes (compressed) that `replay` gives again.

    At most one run of a round and strand is ever made known.
    """

    __tablename__ = "allocation_runs"
    __table_args__ = (Index("uq_allocation_runs_one_out", "cycle_id", "strand", unique=True, sqlite_where=_OUT, postgresql_where=_OUT),)

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycles.id"), index=True)
    strand: Mapped[Strand] = mapped_column(OneOf(Strand))
    rule_set: Mapped[str]
    seed: Mapped[str]
    on: Mapped[date] = mapped_column("judged_on")  # the day that the release of quotas is judged by
    frozen: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    digest: Mapped[str]  # SHA-256 of the frozen inputs and rules before they are compressed
    result: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    result_digest: Mapped[str]
    counts: Mapped[dict] = mapped_column(JSON)  # people, placed, first (choice), funded, breaches, envy, exceptions
    state: Mapped[Run] = mapped_column(OneOf(Run), default=Run.DRY)
    made_at: Mapped[Moment]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    publish_at: Mapped[Moment | None]
    published_at: Mapped[Moment | None]
    halted: Mapped[str | None]  # the offering that lacked room when it was to be made known
    made_up: Mapped[bool] = mapped_column(default=False)

    cycle: Mapped[Cycle] = relationship()
    made_by: Mapped[Person | None] = relationship()
    approvals: Mapped[list["Approval"]] = relationship(back_populates="run", cascade="all, delete-orphan", order_by="Approval.id")
    outcomes: Mapped[list["Outcome"]] = relationship(back_populates="run", cascade="all, delete-orphan", order_by="Outcome.id")


class Approval(db.Model):
    """That one person approves a run; nobody does twice."""

    __tablename__ = "allocation_approvals"
    __table_args__ = (UniqueConstraint("run_id", "person_id"),)

    id: Mapped[Key]
    run_id: Mapped[int] = mapped_column(ForeignKey("allocation_runs.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[Moment]

    run: Mapped[AllocationRun] = relationship(back_populates="approvals")
    person: Mapped[Person] = relationship()


class Outcome(db.Model):
    """What a run that is made known gives one applicant: its line of the result, and when the person was told."""

    __tablename__ = "allocation_outcomes"
    __table_args__ = (UniqueConstraint("run_id", "application_id"), Index("ix_allocation_outcomes_to_tell", "run_id", "told_at"))

    id: Mapped[Key]
    run_id: Mapped[int] = mapped_column(ForeignKey("allocation_runs.id", ondelete="CASCADE"))
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id", ondelete="CASCADE"), index=True)
    choice: Mapped[int | None]  # which of the applicant's choices, from one; none = no seat
    money: Mapped[bool]
    line: Mapped[dict] = mapped_column(JSON)
    told_at: Mapped[Moment | None]

    run: Mapped[AllocationRun] = relationship(back_populates="outcomes")
    application: Mapped[Application] = relationship()


class QueueDecision(db.Model):
    """That somebody's place in a queue was moved forward, so that those before them stand one place further back: by whom, when and why."""

    __tablename__ = "queue_decisions"

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolments.id", ondelete="CASCADE"), index=True)
    at: Mapped[Moment]
    by_person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    from_place: Mapped[int]
    to_place: Mapped[int]
    why: Mapped[str]

    enrolment: Mapped[Enrolment] = relationship()
    by: Mapped[Person | None] = relationship()


class OwnerTeachers(Dated, db.Model):
    """How many full posts of teachers an owner has, in hundredths: what shared money is split by."""

    __tablename__ = "owner_teachers"
    __table_args__ = (UniqueConstraint("owner_id", "valid_from"), CheckConstraint("hundredths >= 0", name="posts_not_negative"))

    id: Mapped[Key]
    owner_id: Mapped[int] = mapped_column(ForeignKey("school_owners.organisation_id"))
    hundredths: Mapped[int]

    owner: Mapped[SchoolOwner] = relationship()
