"""What a region asks institutions to offer, and what each of them answers."""

from datetime import date
from decimal import Decimal

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalog.columns import Credits, SemesterNumber
from catalog.institutions.models import Institution
from catalog.offers.models import Offering
from catalog.places.models import Region
from catalog.subjects.models import Subject
from catalog.values import Band, Semester
from config.database import Key, Moment, OneOf, PublicId, db
from regions.invitations.lifecycle import REPLY_LIFE, Reply


class Invitation(db.Model):
    """One request for an offer, answered until a day (included)."""

    __tablename__ = "invitations"

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    region_id: Mapped[int] = mapped_column(ForeignKey("regions.organisation_id"), index=True)
    subject_id: Mapped[int] = mapped_column(ForeignKey("subjects.id"), index=True)
    band: Mapped[Band] = mapped_column(OneOf(Band))
    credits: Mapped[Decimal] = mapped_column(Credits)
    semester: Mapped[Semester] = mapped_column(SemesterNumber)
    wanted: Mapped[str]  # what is missing, in the region's words
    answer_by: Mapped[date]
    made_at: Mapped[Moment]

    region: Mapped[Region] = relationship()
    subject: Mapped[Subject] = relationship()
    replies: Mapped[list["InvitationReply"]] = relationship(back_populates="invitation", order_by="InvitationReply.id")

    def open_on(self, on: date) -> bool:
        return on <= self.answer_by


class InvitationReply(db.Model):
    """What one institution is asked and answers; once it accepts, the draft run it leads to."""

    __tablename__ = "invitation_replies"
    __table_args__ = (UniqueConstraint("invitation_id", "institution_id"),)

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitations.id", ondelete="CASCADE"), index=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institutions.organisation_id"), index=True)
    state: Mapped[Reply] = mapped_column(OneOf(Reply), default=Reply.ASKED)
    reason: Mapped[str | None]  # why it declines, for the region to read
    answered_at: Mapped[Moment | None]
    offering_id: Mapped[int | None] = mapped_column(ForeignKey("offerings.id", ondelete="SET NULL"), index=True)

    invitation: Mapped[Invitation] = relationship(back_populates="replies")
    institution: Mapped[Institution] = relationship()
    offering: Mapped[Offering | None] = relationship()

    def take(self, event: str, at) -> None:
        self.state = REPLY_LIFE.after(self.state, event)
        self.answered_at = at
