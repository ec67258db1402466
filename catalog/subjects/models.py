"""Subjects and areas, the credits a teacher must hold in them, and the strategy's priority groups."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalog.columns import Credits, GradeMask
from catalog.named import Named
from catalog.places.models import Dated
from catalog.values import Band, Grades, Tag, VolumeRule
from config.database import Key, OneOf, db


class SubjectKind(StrEnum):
    SCHOOL = "school-subject"
    AREA = "area"
    TARGET_GROUP = "target-group"  # crosses subjects; never a row of the coverage matrix
    IN_SERVICE = "in-service"
    PRINCIPAL = "principal"


class Subject(Named, db.Model):
    __tablename__ = "subjects"

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[SubjectKind] = mapped_column(OneOf(SubjectKind))
    grep_code: Mapped[str | None]
    grades: Mapped[Grades] = mapped_column(GradeMask)
    position: Mapped[int]
    source: Mapped[str]
    note: Mapped[str | None]

    requirements: Mapped[list["Requirement"]] = relationship(back_populates="subject")
    priorities: Mapped[list["SubjectPriority"]] = relationship(back_populates="subject")


class Requirement(Dated, db.Model):
    """The credits a teacher should hold in a subject in a band. Nought is an explicit «no requirement»."""

    __tablename__ = "requirements"
    __table_args__ = (UniqueConstraint("subject_id", "band", "valid_from"),)

    id: Mapped[Key]
    subject_id: Mapped[int] = mapped_column(ForeignKey("subjects.id"), index=True)
    band: Mapped[Band] = mapped_column(OneOf(Band))
    credits: Mapped[Decimal] = mapped_column(Credits)

    subject: Mapped[Subject] = relationship(back_populates="requirements")


class ContentBlock(Dated, db.Model):
    """Content that must be among the credits: at least so many of it; nought = it must be touched, whatever the amount."""

    __tablename__ = "content_blocks"
    __table_args__ = (UniqueConstraint("subject_id", "band", "tag", "valid_from"),)

    id: Mapped[Key]
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("subjects.id"), index=True)  # none = every subject
    band: Mapped[Band | None] = mapped_column(OneOf(Band))  # whose requirement it is part of; none = of the whole study
    tag: Mapped[Tag] = mapped_column(OneOf(Tag))
    credits: Mapped[Decimal] = mapped_column(Credits)

    subject: Mapped[Subject | None] = relationship()


class PriorityGroup(Dated, Named, db.Model):
    """One of the strategy's six groups, and how its volume may move by the strategy itself; a later decision stands in `rules`."""

    __tablename__ = "priority_groups"

    id: Mapped[Key]
    number: Mapped[int] = mapped_column(unique=True)
    volume_rule: Mapped[VolumeRule] = mapped_column(OneOf(VolumeRule))
    quotation: Mapped[str]  # the strategy's own words, in Norwegian

    subjects: Mapped[list["SubjectPriority"]] = relationship(back_populates="group")
    rules: Mapped[list["GroupRule"]] = relationship(lazy="selectin", order_by="GroupRule.id")

    def rule_on(self, day: date) -> VolumeRule:
        """The rule that holds on a day: of several that were decided, the last."""
        decided = [one.volume_rule for one in self.rules if one.holds(day)]
        return decided[-1] if decided else self.volume_rule


class GroupRule(Dated, db.Model):
    """How the volume of a group may move, for a time, as it was decided."""

    __tablename__ = "priority_group_rules"
    __table_args__ = (UniqueConstraint("group_id", "valid_from"),)

    id: Mapped[Key]
    group_id: Mapped[int] = mapped_column(ForeignKey("priority_groups.id"))
    volume_rule: Mapped[VolumeRule] = mapped_column(OneOf(VolumeRule))

class SubjectPriority(Dated, db.Model):
    """That a subject is a priority, for a time."""

    __tablename__ = "subject_priorities"
    __table_args__ = (UniqueConstraint("subject_id", "group_id", "valid_from"),)

    id: Mapped[Key]
    subject_id: Mapped[int] = mapped_column(ForeignKey("subjects.id"), index=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("priority_groups.id"), index=True)

    subject: Mapped[Subject] = relationship(back_populates="priorities")
    group: Mapped[PriorityGroup] = relationship(back_populates="subjects")


class StudyTarget(Dated, db.Model):
    """How many credits a complete path gives: 60, and 30 for principals (strategy, form and content of the studies)."""

    __tablename__ = "study_targets"

    id: Mapped[Key]
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("subjects.id"))  # none = every subject without its own
    credits: Mapped[Decimal] = mapped_column(Credits)
    bare_after: Mapped[str] = mapped_column(default="C", server_default="C")  # the letter a bare pass ranks after, where credits are reduced
