"""Results: pass, fail or a grade, of one participant in one run."""

from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from config.database import Key, Moment, OneOf, PublicId, db
from enrolment.seats.models import Enrolment


class Mark(StrEnum):
    """Letters A–F (E is the lowest pass, F is a fail), or pass and fail without a letter."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"
    PASS = "pass"
    FAIL = "fail"

    @property
    def passed(self) -> bool:
        return self not in (Mark.F, Mark.FAIL)


class Result(db.Model):
    __tablename__ = "results"

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolments.id", ondelete="CASCADE"), unique=True)
    mark: Mapped[Mark] = mapped_column(OneOf(Mark))
    recorded_at: Mapped[Moment]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))

    enrolment: Mapped[Enrolment] = relationship(back_populates="result")
