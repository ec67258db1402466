"""The forum of a region: its parties, its meetings with their minutes, what is decided of which cell, and the county governor's notes."""

from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Organisation, Person
from catalog.places.models import County, Region
from catalog.subjects.models import Subject
from catalog.values import Band
from config.database import Key, Moment, OneOf, PublicId, db
from regions.forum.lifecycle import MEETING_LIFE, Meeting


class PartyKind(StrEnum):
    """Who meets (strategy, roles and duties: co-operation of three parties, with KS beside the owners)."""

    OWNER = "owner"
    INSTITUTION = "institution"
    UNION = "union"
    KS = "ks"
    GOVERNOR = "governor"
    OTHER = "other"


class DecisionKind(StrEnum):
    PRIORITY = "priority"  # what the region agrees to put first
    LABOUR = "division-of-labour"  # who offers or does what
    OTHER = "other"


class ForumParty(db.Model):
    """A body that belongs to a region's forum. `organisation`: where it is known here, so that its people are told; a union's is the owner it faces."""

    __tablename__ = "forum_parties"

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    region_id: Mapped[int] = mapped_column(ForeignKey("regions.organisation_id"), index=True)
    kind: Mapped[PartyKind] = mapped_column(OneOf(PartyKind))
    name: Mapped[str]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    ended_on: Mapped[date | None]

    organisation: Mapped[Organisation | None] = relationship()


class ForumMeeting(db.Model):
    __tablename__ = "forum_meetings"

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    region_id: Mapped[int] = mapped_column(ForeignKey("regions.organisation_id"), index=True)
    title: Mapped[str]
    held_on: Mapped[date]
    place: Mapped[str | None]
    agenda: Mapped[str | None]
    minutes: Mapped[str | None]
    state: Mapped[Meeting] = mapped_column(OneOf(Meeting))
    made_at: Mapped[Moment]
    published_at: Mapped[Moment | None]
    made_up: Mapped[bool] = mapped_column(default=False)

    region: Mapped[Region] = relationship()
    decisions: Mapped[list["ForumDecision"]] = relationship(back_populates="meeting", order_by="ForumDecision.id", cascade="all, delete-orphan")
    present: Mapped[list["ForumPresence"]] = relationship(cascade="all, delete-orphan", order_by="ForumPresence.id")

    def take(self, event: str) -> None:
        """Moves along the lifecycle. Raises StepRefused."""
        self.state = MEETING_LIFE.after(self.state, event)


class ForumPresence(db.Model):
    """That a party was at a meeting."""

    __tablename__ = "forum_presences"
    __table_args__ = (UniqueConstraint("meeting_id", "party_id"),)

    id: Mapped[Key]
    meeting_id: Mapped[int] = mapped_column(ForeignKey("forum_meetings.id", ondelete="CASCADE"))
    party_id: Mapped[int] = mapped_column(ForeignKey("forum_parties.id"))

    party: Mapped[ForumParty] = relationship()


class ForumDecision(db.Model):
    """What a meeting decided: of a subject and a level, or of something else; who does it, and by when."""

    __tablename__ = "forum_decisions"

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    meeting_id: Mapped[int] = mapped_column(ForeignKey("forum_meetings.id", ondelete="CASCADE"), index=True)
    kind: Mapped[DecisionKind] = mapped_column(OneOf(DecisionKind))
    text: Mapped[str]
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("subjects.id"), index=True)
    band: Mapped[Band | None] = mapped_column(OneOf(Band))
    party_id: Mapped[int | None] = mapped_column(ForeignKey("forum_parties.id"))
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]

    meeting: Mapped[ForumMeeting] = relationship(back_populates="decisions")
    subject: Mapped[Subject | None] = relationship()
    party: Mapped[ForumParty | None] = relationship()


class GovernorNote(db.Model):
    """What a county governor notes of a county it looks after; added to, never changed. Read by the region's coordinator and the authority."""

    __tablename__ = "governor_notes"

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    county_id: Mapped[int] = mapped_column(ForeignKey("counties.id"), index=True)
    governor_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    text: Mapped[str]
    at: Mapped[Moment]
    made_up: Mapped[bool] = mapped_column(default=False)

    county: Mapped[County] = relationship()
    governor: Mapped[Organisation] = relationship()
    person: Mapped[Person | None] = relationship()
