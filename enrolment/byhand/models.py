"""A teacher's plans by hand and the studies in their columns. Seen by nobody else."""

from decimal import Decimal

from sqlalchemy import JSON, CheckConstraint, ForeignKey, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Person
from catalog.columns import Credits, SemesterNumber
from catalog.offers.models import Module, Offering
from catalog.places.models import Dated
from catalog.subjects.models import Subject
from catalog.values import Semester
from config.database import Key, Moment, OneOf, PublicId, db
from enrolment.byhand.values import Bucket


class StudyPlan(db.Model):
    """One scenario of a teacher towards a goal in a subject."""

    __tablename__ = "study_plans"

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    subject_id: Mapped[int] = mapped_column(ForeignKey("subjects.id"), index=True)
    name: Mapped[str]
    goal: Mapped[Decimal] = mapped_column(Credits)
    before: Mapped[list | None] = mapped_column(JSON(none_as_null=True))  # the studies before the last change; none = nothing to undo
    changed_at: Mapped[Moment]
    counted_at: Mapped[Moment | None]  # since when the teacher lets it count, anonymously, in what teachers plan; none = it does not

    person: Mapped[Person] = relationship()
    subject: Mapped[Subject] = relationship()
    studies: Mapped[list["PlannedStudy"]] = relationship(back_populates="plan", cascade="all, delete-orphan", order_by="PlannedStudy.id")


class PlannedStudy(db.Model):
    """A module in a column, perhaps in one run of it. A module that is deleted leaves its title and credits here."""

    __tablename__ = "planned_studies"
    __table_args__ = (CheckConstraint("(bucket = 'term') = (semester IS NOT NULL)", name="term_has_semester"),)

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    plan_id: Mapped[int] = mapped_column(ForeignKey("study_plans.id", ondelete="CASCADE"), index=True)
    bucket: Mapped[Bucket] = mapped_column(OneOf(Bucket))
    semester: Mapped[Semester | None] = mapped_column(SemesterNumber)
    module_id: Mapped[int | None] = mapped_column(ForeignKey("modules.id", ondelete="SET NULL"), index=True)
    offering_id: Mapped[int | None] = mapped_column(ForeignKey("offerings.id", ondelete="SET NULL"), index=True)
    title: Mapped[str]
    credits: Mapped[Decimal] = mapped_column(Credits)
    own: Mapped[bool] = mapped_column(default=False, server_default=false())  # a placeholder: a study of one's own, which no catalogue knows

    plan: Mapped[StudyPlan] = relationship(back_populates="studies")
    module: Mapped[Module | None] = relationship()
    offering: Mapped[Offering | None] = relationship()

    @property
    def column(self) -> str:
        """Its column as it stands in forms: 2027v, held or later."""
        return self.semester.code if self.semester else self.bucket.value


class WorkloadRule(Dated, db.Model):
    """Credits a term beside a full post: past `soft` one is told that it is much, past `hard` that it is more than a full-time study."""

    __tablename__ = "workload_rules"

    id: Mapped[Key]
    soft: Mapped[Decimal] = mapped_column(Credits)
    hard: Mapped[Decimal] = mapped_column(Credits)
