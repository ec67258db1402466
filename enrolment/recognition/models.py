"""What a teacher has asked to have recognised, and what became of it."""

from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Person
from catalog.columns import Credits
from catalog.offers.models import Module
from catalog.subjects.models import Subject
from config.database import Key, Moment, OneOf, PublicId, db
from enrolment.progress.models import PriorCredit
from enrolment.recognition.lifecycle import Recognised
from enrolment.schools.models import SchoolOwner
from enrolment.seats.models import Enrolment

_STANDING_SEAT = text("state IN ('asked', 'recognised') AND enrolment_id IS NOT NULL")
_STANDING_CLAIM = text("state IN ('asked', 'recognised') AND claim_id IS NOT NULL")


class Recognition(db.Model):
    """That credits from a seat or a claim count in a subject of another name. Decided once: one that stands is asked for by no other owner again."""

    __tablename__ = "recognitions"
    __table_args__ = (
        CheckConstraint("(enrolment_id IS NULL) <> (claim_id IS NULL)", name="of_one_thing"),
        Index("uq_recognitions_seat", "enrolment_id", "subject_id", unique=True, sqlite_where=_STANDING_SEAT, postgresql_where=_STANDING_SEAT),
        Index("uq_recognitions_claim", "claim_id", "subject_id", unique=True, sqlite_where=_STANDING_CLAIM, postgresql_where=_STANDING_CLAIM),
    )

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    enrolment_id: Mapped[int | None] = mapped_column(ForeignKey("enrolments.id", ondelete="CASCADE"))
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("prior_credits.id", ondelete="CASCADE"))
    subject_id: Mapped[int] = mapped_column(ForeignKey("subjects.id"))  # where it is to count
    state: Mapped[Recognised] = mapped_column(OneOf(Recognised), default=Recognised.ASKED)
    words: Mapped[str | None]  # the teacher's own
    asked_at: Mapped[Moment]
    owner_id: Mapped[int] = mapped_column(ForeignKey("school_owners.organisation_id"), index=True)  # who decides
    credits: Mapped[Decimal | None] = mapped_column(Credits)  # that count there; none until decided
    module_id: Mapped[int | None] = mapped_column(ForeignKey("modules.id", ondelete="SET NULL"))  # whose content it is held to be, so that overlap is seen
    why: Mapped[str | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    decided_at: Mapped[Moment | None]

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])
    enrolment: Mapped[Enrolment | None] = relationship()
    claim: Mapped[PriorCredit | None] = relationship()
    subject: Mapped[Subject] = relationship()
    owner: Mapped[SchoolOwner] = relationship()
    module: Mapped[Module | None] = relationship()

    @property
    def of(self) -> str:
        """The key of the credit it is about, as progress knows it."""
        return str((self.enrolment or self.claim).uuid)
