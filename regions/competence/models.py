"""A competence plan, the owners that take part, its measures, and what the unions remark."""

from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Person
from catalog.subjects.models import Subject
from catalog.values import Band, Strand
from config.database import Key, Moment, OneOf, PublicId, db
from enrolment.schools.models import SchoolOwner
from regions.competence.lifecycle import PART_LIFE, PLAN_LIFE, Part, Plan


class Funding(StrEnum):
    """Who pays for a measure (strategy: state-funded measures are an integrated part of the owner's plan)."""

    STATE = "state"
    OWN = "own"


class Stance(StrEnum):
    AGREES = "agrees"
    REMARKS = "remarks"


class CompetencePlan(db.Model):
    """What one owner, or several together, plan for the staff's competence in a study year."""

    __tablename__ = "competence_plans"

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    study_year: Mapped[int]
    title: Mapped[str]
    state: Mapped[Plan] = mapped_column(OneOf(Plan))
    remarks_by: Mapped[date | None]  # included; set when it is sent to the unions
    made_at: Mapped[Moment]
    made_up: Mapped[bool] = mapped_column(default=False)

    parts: Mapped[list["PlanPart"]] = relationship(back_populates="plan", order_by="PlanPart.id", cascade="all, delete-orphan")
    measures: Mapped[list["Measure"]] = relationship(back_populates="plan", order_by="Measure.id", cascade="all, delete-orphan")
    remarks: Mapped[list["PlanRemark"]] = relationship(back_populates="plan", order_by="PlanRemark.id", cascade="all, delete-orphan")

    def take(self, event: str) -> None:
        """Moves along the lifecycle. Raises StepRefused."""
        self.state = PLAN_LIFE.after(self.state, event)

    def part_of(self, owner_id: int) -> "PlanPart | None":
        return next((part for part in self.parts if part.owner_id == owner_id), None)

    @property
    def taking_part(self) -> list["PlanPart"]:
        """The owners whose plan it is."""
        return [part for part in self.parts if part.state in (Part.JOINED, Part.ADOPTED)]

    @property
    def adopted(self) -> bool:
        """Politically, by every owner that takes part."""
        return all(part.state is Part.ADOPTED for part in self.taking_part)

    @property
    def adopted_by_some(self) -> bool:
        return any(part.state is Part.ADOPTED for part in self.parts)


class PlanPart(db.Model):
    """One owner in a plan. Each owner's own council adopts it, with its own date and case number."""

    __tablename__ = "competence_plan_owners"
    __table_args__ = (UniqueConstraint("plan_id", "owner_id"),)

    id: Mapped[Key]
    plan_id: Mapped[int] = mapped_column(ForeignKey("competence_plans.id", ondelete="CASCADE"))
    owner_id: Mapped[int] = mapped_column(ForeignKey("school_owners.organisation_id"), index=True)
    state: Mapped[Part] = mapped_column(OneOf(Part))
    adopted_on: Mapped[date | None]
    case_number: Mapped[str | None]

    plan: Mapped[CompetencePlan] = relationship(back_populates="parts")
    owner: Mapped[SchoolOwner] = relationship()

    def take(self, event: str) -> None:
        """Moves along the lifecycle. Raises StepRefused."""
        self.state = PART_LIFE.after(self.state, event)


class Measure(db.Model):
    """One thing an owner plans: for how many, in which strand, paid by whom; and how many completed it."""

    __tablename__ = "plan_measures"

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    plan_id: Mapped[int] = mapped_column(ForeignKey("competence_plans.id", ondelete="CASCADE"), index=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("school_owners.organisation_id"))
    strand: Mapped[Strand] = mapped_column(OneOf(Strand))
    funding: Mapped[Funding] = mapped_column(OneOf(Funding))
    title: Mapped[str]
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("subjects.id"))
    band: Mapped[Band | None] = mapped_column(OneOf(Band))
    participants: Mapped[int]
    completed: Mapped[int | None]  # none = not followed up yet
    came_of_it: Mapped[str | None]

    plan: Mapped[CompetencePlan] = relationship(back_populates="measures")
    owner: Mapped[SchoolOwner] = relationship()
    subject: Mapped[Subject | None] = relationship()


class PlanRemark(db.Model):
    """What the unions at one owner say of a plan; added to, never changed."""

    __tablename__ = "plan_remarks"

    id: Mapped[Key]
    plan_id: Mapped[int] = mapped_column(ForeignKey("competence_plans.id", ondelete="CASCADE"), index=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("school_owners.organisation_id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    stance: Mapped[Stance] = mapped_column(OneOf(Stance))
    text: Mapped[str | None]
    at: Mapped[Moment]

    plan: Mapped[CompetencePlan] = relationship(back_populates="remarks")
    person: Mapped[Person | None] = relationship()
    owner: Mapped[SchoolOwner] = relationship()
