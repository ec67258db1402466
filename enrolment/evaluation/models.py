"""Questions, sums of answers, and who has answered. Nothing leads from one to the other: an answer is added to the sums and kept nowhere."""

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from catalog.named import Named
from catalog.places.models import Dated
from config.database import Key, db


class Question(Named, Dated, db.Model):
    """A statement that is agreed with from 1 to 5."""

    __tablename__ = "evaluation_questions"

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(unique=True)
    position: Mapped[int]


class Tally(db.Model):
    """How many have chosen one value at one question of one run: so far, and as it is shown."""

    __tablename__ = "evaluation_tallies"
    __table_args__ = (CheckConstraint("shown >= 0 AND shown <= number", name="shown_within"),)

    offering_id: Mapped[int] = mapped_column(ForeignKey("offerings.id", ondelete="CASCADE"), primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("evaluation_questions.id"), primary_key=True)
    value: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(default=0)
    shown: Mapped[int] = mapped_column(default=0)


class Turnout(db.Model):
    """How many have answered of one run, and how many of them are in what is shown."""

    __tablename__ = "evaluation_turnouts"

    offering_id: Mapped[int] = mapped_column(ForeignKey("offerings.id", ondelete="CASCADE"), primary_key=True)
    answers: Mapped[int] = mapped_column(default=0)
    shown: Mapped[int] = mapped_column(default=0)


class Answered(db.Model):
    """That the holder of an enrolment has answered, so that they do it once. Not when, and not what."""

    __tablename__ = "evaluations_answered"

    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolments.id", ondelete="CASCADE"), primary_key=True)
