"""A census, what each school answers, and who has been reminded. Numbers alone: nobody is named."""

from datetime import date

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalog.subjects.models import Subject
from catalog.values import Band
from config.database import Key, Moment, OneOf, PublicId, db
from enrolment.schools.models import School
from regions.census.lifecycle import ANSWER_LIFE, Answer


class Census(db.Model):
    """One survey of how many teach without the credits, before a strategy period (strategy, roles and duties: before each new period)."""

    __tablename__ = "censuses"

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    name: Mapped[str]
    period_first: Mapped[int]  # the study year that the strategy period after it begins with
    opens_on: Mapped[date]
    answer_by: Mapped[date]  # included
    reminders: Mapped[list] = mapped_column(JSON)  # days before the last one
    made_at: Mapped[Moment]
    made_up: Mapped[bool] = mapped_column(default=False)

    def open_on(self, day: date) -> bool:
        return self.opens_on <= day <= self.answer_by


class CensusAnswer(db.Model):
    """What a school answers, and whose school it was then."""

    __tablename__ = "census_answers"
    __table_args__ = (UniqueConstraint("census_id", "school_id"),)

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    census_id: Mapped[int] = mapped_column(ForeignKey("censuses.id", ondelete="CASCADE"))
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.organisation_id"), index=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("school_owners.organisation_id"), index=True)
    state: Mapped[Answer] = mapped_column(OneOf(Answer))
    changed_at: Mapped[Moment]
    sent_at: Mapped[Moment | None]

    census: Mapped[Census] = relationship()
    school: Mapped[School] = relationship()
    lines: Mapped[list["CensusLine"]] = relationship(back_populates="answer", cascade="all, delete-orphan")

    def take(self, event: str) -> None:
        """Moves along the lifecycle. Raises StepRefused."""
        self.state = ANSWER_LIFE.after(self.state, event)


class CensusLine(db.Model):
    """How many teach a subject in a band at the school, how many of them lack credits, and of how many it is not known."""

    __tablename__ = "census_lines"
    __table_args__ = (UniqueConstraint("answer_id", "subject_id", "band"),)

    id: Mapped[Key]
    answer_id: Mapped[int] = mapped_column(ForeignKey("census_answers.id", ondelete="CASCADE"))
    subject_id: Mapped[int] = mapped_column(ForeignKey("subjects.id"))
    band: Mapped[Band] = mapped_column(OneOf(Band))
    teachers: Mapped[int]
    without: Mapped[int]
    unknown: Mapped[int]

    answer: Mapped[CensusAnswer] = relationship(back_populates="lines")
    subject: Mapped[Subject] = relationship()


class CensusReminder(db.Model):
    """That those of an owner have been told that schools await an answer, so many days before the last one."""

    __tablename__ = "census_reminders"
    __table_args__ = (UniqueConstraint("census_id", "owner_id", "days"),)

    id: Mapped[Key]
    census_id: Mapped[int] = mapped_column(ForeignKey("censuses.id", ondelete="CASCADE"))
    owner_id: Mapped[int] = mapped_column(ForeignKey("school_owners.organisation_id"))
    days: Mapped[int]
    at: Mapped[Moment]
