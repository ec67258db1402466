"""What an owner adds to the cases of a round: its list with budget and locks, remarks, extra costs, deputies, co-operation and conditions."""

from datetime import date
from decimal import Decimal

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Membership, Person
from catalog.columns import Credits
from catalog.places.models import Dated
from catalog.values import Strand
from config.database import Key, Moment, OneOf, PublicId, db
from enrolment.applications.models import Application
from enrolment.board.values import ExtraKind
from enrolment.rounds.models import Cycle
from enrolment.schools.models import SchoolOwner
from enrolment.seats.lifecycle import Seat

_OPEN = text("unlocked_at IS NULL")
_STANDS = text("ended_at IS NULL")


class OwnerList(db.Model):
    """One owner's list in a round and strand. `version` moves with every ranking, so that two windows cannot rank past each other."""

    __tablename__ = "owner_lists"
    __table_args__ = (UniqueConstraint("owner_id", "cycle_id", "strand"), CheckConstraint("budget_oere >= 0", name="budget_from_nought"))

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    owner_id: Mapped[int] = mapped_column(ForeignKey("school_owners.organisation_id"))
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycles.id"), index=True)
    strand: Mapped[Strand] = mapped_column(OneOf(Strand))
    version: Mapped[int] = mapped_column(default=1)
    ranked_at: Mapped[Moment | None]

    budget_oere: Mapped[int | None] = mapped_column(BigInteger)  # what the owner itself will spend in the round; none = not said
    work_year_oere: Mapped[int | None]  # what a full post costs this owner; none = the common figure
    state_places: Mapped[int | None]  # how many the owner expects the state to fund; none = as in the last round that was answered
    budget_at: Mapped[Moment | None]

    sharing: Mapped[str | None]  # the condition of sharing what is learnt that whoever is approved is asked to accept
    sharing_how: Mapped[str | None]  # where and when the owner makes room for it

    reminded_at: Mapped[Moment | None]
    deputies_told_at: Mapped[Moment | None]

    owner: Mapped[SchoolOwner] = relationship()
    cycle: Mapped[Cycle] = relationship()
    locks: Mapped[list["ListLock"]] = relationship(back_populates="of", order_by="ListLock.id")

    __mapper_args__ = {"version_id_col": version}

    @property
    def lock(self) -> "ListLock | None":
        """The one that holds; none while the list is open."""
        return next((one for one in self.locks if one.unlocked_at is None), None)

    @property
    def reopened(self) -> bool:
        """Whether it was locked, and two people have opened it again."""
        return bool(self.locks) and self.lock is None


class ListLock(db.Model):
    """A list as it stood when it was locked: its rows and their digest never change. Opening it again takes two people: one asks, another says yes."""

    __tablename__ = "list_locks"
    __table_args__ = (Index("uq_list_locks_open", "list_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),)

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    list_id: Mapped[int] = mapped_column(ForeignKey("owner_lists.id"), index=True)
    locked_at: Mapped[Moment]
    locked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    rows: Mapped[list] = mapped_column(JSON)
    digest: Mapped[str]  # SHA-256 of the rows in canonical JSON, hexadecimal
    unlock_asked_at: Mapped[Moment | None]
    unlock_asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    unlock_why: Mapped[str | None]
    unlocked_at: Mapped[Moment | None]
    unlocked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))

    of: Mapped[OwnerList] = relationship(back_populates="locks")
    locked_by: Mapped[Person | None] = relationship(foreign_keys=[locked_by_id])
    unlock_asked_by: Mapped[Person | None] = relationship(foreign_keys=[unlock_asked_by_id])
    unlocked_by: Mapped[Person | None] = relationship(foreign_keys=[unlocked_by_id])


class ExtraCost(db.Model):
    """What an owner expects a study to cost beside the release, typed by the owner and dated."""

    __tablename__ = "extra_costs"
    __table_args__ = (UniqueConstraint("application_id", "kind"), CheckConstraint("oere >= 0", name="costs_from_nought"))

    id: Mapped[Key]
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id", ondelete="CASCADE"))
    kind: Mapped[ExtraKind] = mapped_column(OneOf(ExtraKind))
    oere: Mapped[int]
    noted_on: Mapped[date]

    application: Mapped[Application] = relationship()


class ListRemark(db.Model):
    """What a union representative says of an owner's list, or of one case on it."""

    __tablename__ = "list_remarks"

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    owner_id: Mapped[int] = mapped_column(ForeignKey("school_owners.organisation_id"), index=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycles.id"))
    strand: Mapped[Strand] = mapped_column(OneOf(Strand))
    application_id: Mapped[int | None] = mapped_column(ForeignKey("applications.id", ondelete="CASCADE"), index=True)  # none = of the list as a whole
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    at: Mapped[Moment]
    words: Mapped[str]

    person: Mapped[Person | None] = relationship()
    application: Mapped[Application | None] = relationship()


class OwnersTogether(db.Model):
    """That two owners have agreed to see each other's lists. It begins when the other accepts, and either may end it."""

    __tablename__ = "owners_together"
    __table_args__ = (Index("uq_owners_together", "owner_id", "other_id", unique=True, sqlite_where=_STANDS, postgresql_where=_STANDS),)

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    owner_id: Mapped[int] = mapped_column(ForeignKey("school_owners.organisation_id"))
    other_id: Mapped[int] = mapped_column(ForeignKey("school_owners.organisation_id"), index=True)
    asked_at: Mapped[Moment]
    accepted_at: Mapped[Moment | None]
    ended_at: Mapped[Moment | None]

    owner: Mapped[SchoolOwner] = relationship(foreign_keys=[owner_id])
    other: Mapped[SchoolOwner] = relationship(foreign_keys=[other_id])


class Deputy(db.Model):
    """That an owner's hat was given somebody to step in with: its dates stand on the hat itself."""

    __tablename__ = "deputies"

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    owner_id: Mapped[int] = mapped_column(ForeignKey("school_owners.organisation_id"), index=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id", ondelete="CASCADE"), unique=True)
    given_at: Mapped[Moment]
    given_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))

    hat: Mapped[Membership] = relationship()


class SharingAnswer(db.Model):
    """The condition of sharing that a teacher was asked to accept, as it stood then, and what came of it after the study."""

    __tablename__ = "sharing_answers"

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id", ondelete="CASCADE"), unique=True)
    words: Mapped[str]
    how: Mapped[str | None]
    asked_at: Mapped[Moment]
    accepted_at: Mapped[Moment | None]
    followed_up_on: Mapped[date | None]
    followed_up_words: Mapped[str | None]

    application: Mapped[Application] = relationship()

    @property
    def is_over(self) -> bool:
        """Whether what the teacher took of the case is finished, whatever became of the choices they did not take; of a study elsewhere it is never known."""
        states = {run.enrolment.state for choice in self.application.choices for run in choice.runs if run.enrolment}
        return Seat.COMPLETED in states and not states & {Seat.OFFERED, Seat.PLACED}

    @property
    def is_due(self) -> bool:
        """Whether the study is over, and what was accepted has not been followed up."""
        return self.accepted_at is not None and self.followed_up_on is None and self.is_over


class CoverRate(Dated, db.Model):
    """What a day's cover comes to, and how many of one subject's teachers may be away from a school at once before it is said to be many."""

    __tablename__ = "cover_rates"

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(unique=True)
    hours_a_day: Mapped[Decimal] = mapped_column(Credits)  # in halves, as credits are kept
    oere_an_hour: Mapped[int]
    most_away: Mapped[int]
