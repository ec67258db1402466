"""Every step of somebody's part in a study, each written once and never changed."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Person
from catalog.columns import SemesterNumber
from catalog.values import Semester
from config.database import Key, Moment, OneOf, PublicId, db
from enrolment.applications.models import Choice
from enrolment.participation.values import Cause, Event
from enrolment.seats.models import Enrolment

_SAID = text("event IN ('confirm', 'countersign')")


class ParticipationStep(db.Model):
    """What is said once for a semester is said: a second time is no second row. It belongs to a seat, or to a choice that is money for a study elsewhere."""

    __tablename__ = "participation_steps"
    __table_args__ = (
        CheckConstraint("(enrolment_id IS NULL) <> (choice_id IS NULL)", name="of_a_seat_or_a_choice"),
        Index("uq_participation_steps_said", "enrolment_id", "event", "semester", unique=True, sqlite_where=_SAID, postgresql_where=_SAID),
        Index("uq_participation_steps_said_elsewhere", "choice_id", "event", "semester", unique=True, sqlite_where=_SAID, postgresql_where=_SAID),
    )

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    enrolment_id: Mapped[int | None] = mapped_column(ForeignKey("enrolments.id", ondelete="CASCADE"), index=True)
    choice_id: Mapped[int | None] = mapped_column(ForeignKey("choices.id", ondelete="CASCADE"), index=True)
    event: Mapped[Event] = mapped_column(OneOf(Event))
    semester: Mapped[Semester | None] = mapped_column(SemesterNumber)  # none = from now on
    at: Mapped[Moment] = mapped_column(index=True)
    by_person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    cause: Mapped[Cause | None] = mapped_column(OneOf(Cause))
    why: Mapped[str | None]

    enrolment: Mapped[Enrolment | None] = relationship()
    choice: Mapped[Choice | None] = relationship()
    by: Mapped[Person | None] = relationship()

    @property
    def key(self) -> tuple[int | None, int | None]:
        return self.enrolment_id, self.choice_id
