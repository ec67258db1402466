"""Courses, the modules they are built of, the runs of a module, and their gatherings."""

from datetime import date
from decimal import Decimal

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalog.columns import Credits, GradeMask, SemesterNumber
from catalog.institutions.models import Institution
from catalog.joint.lifecycle import Part
from catalog.offers.lifecycle import Publication, Run
from catalog.offers.readiness import CourseRules, ModuleRules, OfferingRules
from catalog.places.models import Municipality
from catalog.subjects.models import Subject
from catalog.values import Delivery, EnrolmentMode, Grades, Selection, Semester, Strand, Tag
from config.database import Key, Moment, OneOf, PublicId, db


class Sourced:
    """Where the facts of a row come from, and what of them was not understood and stays as it was written."""

    row_key: Mapped[str | None] = mapped_column(index=True)  # what an imported row is known by
    row_digest: Mapped[str | None]  # of what was last imported, to tell «same» from «changed»
    stated: Mapped[dict] = mapped_column(JSON, default=dict)  # column -> text, kept as written
    source_url: Mapped[str | None]
    evidence: Mapped[str | None]
    note: Mapped[str | None]
    made_up: Mapped[bool] = mapped_column(default=False)  # of the demonstration; marked wherever shown


class Course(CourseRules, Sourced, db.Model):
    """A study in one subject for one level, built of modules; a whole programme without known modules is a course too."""

    __tablename__ = "courses"
    __table_args__ = (UniqueConstraint("institution_id", "slug"),)

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institutions.organisation_id"), index=True)
    slug: Mapped[str]
    code: Mapped[str | None]
    title: Mapped[str]
    language: Mapped[str | None]  # of the text and the teaching: nb, nn, se, en, nts
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("subjects.id"), index=True)
    grades: Mapped[Grades] = mapped_column(GradeMask, default=Grades())
    strand: Mapped[Strand] = mapped_column(OneOf(Strand), default=Strand.FURTHER)
    credits: Mapped[Decimal | None] = mapped_column(Credits)  # as stated for the whole; the modules' sum is computed
    summary: Mapped[str | None]
    for_whom: Mapped[str | None]
    state: Mapped[Publication] = mapped_column(OneOf(Publication), default=Publication.DRAFT, index=True)
    version: Mapped[int] = mapped_column(default=1)
    published_at: Mapped[Moment | None]
    copied_from_id: Mapped[int | None] = mapped_column(ForeignKey("courses.id"), index=True)

    institution: Mapped[Institution] = relationship()
    subject: Mapped[Subject | None] = relationship()
    modules: Mapped[list["Module"]] = relationship(back_populates="course", order_by="Module.position, Module.id")

    __mapper_args__ = {"version_id_col": version}


class Module(ModuleRules, Sourced, db.Model):
    """A unit with its own code and credits, unique within its institution; lives on when one run is cancelled."""

    __tablename__ = "modules"
    __table_args__ = (UniqueConstraint("institution_id", "slug"), UniqueConstraint("institution_id", "code"))

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institutions.organisation_id"), index=True)
    course_id: Mapped[int | None] = mapped_column(ForeignKey("courses.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    code: Mapped[str | None]  # none = code not stated
    slug: Mapped[str]  # the code, or made of the title; stands in the address
    title: Mapped[str | None]
    credits: Mapped[Decimal | None] = mapped_column(Credits)
    short_reason: Mapped[str | None]  # why it is under 15 credits (strategy: «normalt … minst 15 studiepoeng»)
    language: Mapped[str | None]
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("subjects.id"), index=True)
    grades: Mapped[Grades] = mapped_column(GradeMask, default=Grades())
    strand: Mapped[Strand] = mapped_column(OneOf(Strand), default=Strand.FURTHER)
    summary: Mapped[str | None]
    knowledge: Mapped[str | None]  # learning outcomes, in the three parts of the qualifications framework
    skills: Mapped[str | None]
    competence: Mapped[str | None]
    admission: Mapped[str | None]
    assessment_form: Mapped[str | None]
    selection: Mapped[Selection | None] = mapped_column(OneOf(Selection))
    must_teach: Mapped[bool | None]  # whether the participant must be teaching the subject meanwhile
    attendance: Mapped[int | None]  # per cent of the teaching one must be present at; 0 = none, none = not stated
    in_master: Mapped[bool | None]  # whether it can be part of a master's degree
    rotates_from: Mapped[Semester | None] = mapped_column(SemesterNumber)  # where several hold it in turn: the first one's first term
    state: Mapped[Publication] = mapped_column(OneOf(Publication), default=Publication.DRAFT, index=True)
    version: Mapped[int] = mapped_column(default=1)
    published_at: Mapped[Moment | None]
    copied_from_id: Mapped[int | None] = mapped_column(ForeignKey("modules.id"), index=True)

    institution: Mapped[Institution] = relationship()
    course: Mapped[Course | None] = relationship(back_populates="modules")
    subject: Mapped[Subject | None] = relationship()
    tags: Mapped[list["ContentTag"]] = relationship(back_populates="module", cascade="all, delete-orphan")
    bonus_points: Mapped[list["BonusPoint"]] = relationship(back_populates="module", cascade="all, delete-orphan", order_by="BonusPoint.id")
    partners: Mapped[list["Partner"]] = relationship(back_populates="module", cascade="all, delete-orphan", order_by="Partner.turn, Partner.id")
    prerequisites: Mapped[list["Prerequisite"]] = relationship(
        back_populates="module", cascade="all, delete-orphan", foreign_keys="Prerequisite.module_id"
    )
    apart: Mapped[list["TermClash"]] = relationship(
        back_populates="module", cascade="all, delete-orphan", foreign_keys="TermClash.module_id", order_by="TermClash.id"
    )
    overlaps: Mapped[list["OverlapSet"]] = relationship(secondary="overlap_set_modules", back_populates="modules", order_by="OverlapSet.id")
    offerings: Mapped[list["Offering"]] = relationship(back_populates="module", order_by="Offering.semester, Offering.id")

    __mapper_args__ = {"version_id_col": version}


class ContentTag(db.Model):
    """That a module contains something, with the sentence of the study plan that supports it."""

    __tablename__ = "content_tags"
    __table_args__ = (UniqueConstraint("module_id", "tag"),)

    id: Mapped[Key]
    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id", ondelete="CASCADE"), index=True)
    tag: Mapped[Tag] = mapped_column(OneOf(Tag))
    sentence: Mapped[str]
    address: Mapped[str | None]
    credits: Mapped[Decimal | None] = mapped_column(Credits)  # none = touched, amount not stated: covered, but counts nought

    module: Mapped[Module] = relationship(back_populates="tags")


class BonusPoint(db.Model):
    """What an applicant is given points for beside what is required, where applicants are ranked."""

    __tablename__ = "bonus_points"
    __table_args__ = (CheckConstraint("points > 0", name="points_positive"),)

    id: Mapped[Key]
    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id", ondelete="CASCADE"), index=True)
    reason: Mapped[str]
    points: Mapped[int]

    module: Mapped[Module] = relationship(back_populates="bonus_points")


class Partner(db.Model):
    """An institution's part in a module that several own, the lead's among them; none at all where one owns it alone."""

    __tablename__ = "module_partners"
    __table_args__ = (UniqueConstraint("module_id", "institution_id"), CheckConstraint("share IS NULL OR share >= 0", name="share_not_negative"))

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id", ondelete="CASCADE"), index=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institutions.organisation_id"), index=True)
    state: Mapped[Part] = mapped_column(OneOf(Part), default=Part.ASKED)
    share: Mapped[int | None]  # of the seats of every run, in parts of the sum of all
    place: Mapped[str | None]  # where it holds runs; none = it holds none
    turn: Mapped[int] = mapped_column(default=0)  # its place in the order in which they hold runs

    module: Mapped[Module] = relationship(back_populates="partners")
    institution: Mapped[Institution] = relationship()


class Prerequisite(db.Model):
    """What one must (or should) have before: a module, or credits in a subject."""

    __tablename__ = "prerequisites"
    __table_args__ = (
        CheckConstraint("(required_module_id IS NULL) != (subject_id IS NULL)", name="module_or_subject"),
        CheckConstraint("(subject_id IS NULL) = (credits IS NULL)", name="subject_with_credits"),
    )

    id: Mapped[Key]
    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id", ondelete="CASCADE"), index=True)
    required: Mapped[bool] = mapped_column(default=True)  # else recommended
    required_module_id: Mapped[int | None] = mapped_column(ForeignKey("modules.id"), index=True)
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("subjects.id"))
    credits: Mapped[Decimal | None] = mapped_column(Credits)

    module: Mapped[Module] = relationship(back_populates="prerequisites", foreign_keys=[module_id])
    required_module: Mapped[Module | None] = relationship(foreign_keys=[required_module_id])
    subject: Mapped[Subject | None] = relationship()


class TermClash(db.Model):
    """That two modules cannot be taken in the same semester, as the institution of the first states; it holds both ways."""

    __tablename__ = "term_clashes"
    __table_args__ = (UniqueConstraint("module_id", "other_id"), CheckConstraint("module_id != other_id", name="not_itself"))

    id: Mapped[Key]
    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id", ondelete="CASCADE"), index=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("modules.id", ondelete="CASCADE"), index=True)
    source: Mapped[str | None]

    module: Mapped[Module] = relationship(back_populates="apart", foreign_keys=[module_id])
    other: Mapped[Module] = relationship(foreign_keys=[other_id])


class OverlapSet(db.Model):
    """Modules that share content: taken together, so many credits are counted once less (studiepoengreduksjon)."""

    __tablename__ = "overlap_sets"

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    credits: Mapped[Decimal] = mapped_column(Credits)
    source: Mapped[str | None]

    modules: Mapped[list[Module]] = relationship(
        secondary="overlap_set_modules", back_populates="overlaps", order_by="Module.position, Module.id"
    )


class OverlapSetModule(db.Model):
    __tablename__ = "overlap_set_modules"

    overlap_set_id: Mapped[int] = mapped_column(ForeignKey("overlap_sets.id", ondelete="CASCADE"), primary_key=True)
    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id", ondelete="CASCADE"), primary_key=True, index=True)


class Offering(OfferingRules, Sourced, db.Model):
    """One run of a module. `seats_taken`, `waiting` and `next_ticket` are written by enrolment alone, in the same
    statement that decides the last seat."""

    __tablename__ = "offerings"
    __table_args__ = (
        CheckConstraint("seats IS NULL OR seats_taken <= seats", name="never_oversold"),
        CheckConstraint("seats_taken >= 0 AND waiting >= 0", name="counts_not_negative"),
    )

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id"), index=True)
    semester: Mapped[Semester | None] = mapped_column(SemesterNumber, index=True)  # the first one; none = not stated
    semesters: Mapped[int] = mapped_column(default=1)
    group_name: Mapped[str | None]  # tells parallel runs of one semester apart, each with its own seats and gatherings
    state: Mapped[Run] = mapped_column(OneOf(Run), default=Run.DRAFT, index=True)
    mode: Mapped[EnrolmentMode] = mapped_column(OneOf(EnrolmentMode), default=EnrolmentMode.ELSEWHERE)
    delivery: Mapped[Delivery | None] = mapped_column(OneOf(Delivery))
    part_time: Mapped[bool | None]
    place: Mapped[str | None]  # as written; the gatherings have their own
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipalities.id"))  # where it is bound to, when known
    gatherings_text: Mapped[str | None]  # as the institution writes it
    gathering_days: Mapped[int | None]  # a semester, as stated where the dates are not; none = not stated
    language: Mapped[str | None]
    fee_text: Mapped[str | None]
    fee_oere: Mapped[int | None]  # whole øre
    seats: Mapped[int | None]  # none = not stated
    minimum: Mapped[int | None]  # fewer than this, and it may not start
    opens_on: Mapped[date | None]  # first day one may enrol
    apply_by: Mapped[date | None]  # last day, until the midnight that ends it at home
    queue_closes_on: Mapped[date | None]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    cancelled_reason: Mapped[str | None]
    told_over: Mapped[bool] = mapped_column(default=False)  # its source says that it is over, where no date does
    version: Mapped[int] = mapped_column(default=1)
    published_at: Mapped[Moment | None]
    # The run of an earlier year that it was rolled over from; a run is rolled over once.
    copied_from_id: Mapped[int | None] = mapped_column(ForeignKey("offerings.id"), index=True, unique=True)

    seats_taken: Mapped[int] = mapped_column(default=0)
    waiting: Mapped[int] = mapped_column(default=0)
    next_ticket: Mapped[int] = mapped_column(default=1)

    module: Mapped[Module] = relationship(back_populates="offerings")
    municipality: Mapped[Municipality | None] = relationship()
    gatherings: Mapped[list["Gathering"]] = relationship(
        back_populates="offering", cascade="all, delete-orphan", order_by="Gathering.starts_on, Gathering.iso_week, Gathering.id"
    )

    __mapper_args__ = {"version_id_col": version}


class Gathering(db.Model):
    """One meeting of an offering: dated, or in a week when that is all that is said."""

    __tablename__ = "gatherings"
    __table_args__ = (CheckConstraint("starts_on IS NULL OR ends_on >= starts_on", name="ends_after_it_starts"),)

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    offering_id: Mapped[int] = mapped_column(ForeignKey("offerings.id", ondelete="CASCADE"), index=True)
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    iso_year: Mapped[int | None]
    iso_week: Mapped[int | None]
    online: Mapped[bool] = mapped_column(default=False)
    place: Mapped[str | None]
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipalities.id"))
    sequence: Mapped[int] = mapped_column(default=0, server_default="0")  # how often calendars must be told anew (catalog/offers/revisions.py)

    offering: Mapped[Offering] = relationship(back_populates="gatherings")
    municipality: Mapped[Municipality | None] = relationship()

    @property
    def days(self) -> int | None:
        """How many days it takes; none where only a week is known."""
        return (self.ends_on - self.starts_on).days + 1 if self.starts_on else None


class CatalogVersion(db.Model):
    """One row: a number that every change of the catalogue raises in its own transaction, so that what is kept can be told stale."""

    __tablename__ = "catalog_version"

    id: Mapped[Key]
    number: Mapped[int]


class CatalogChange(db.Model):
    """What a number of the catalogue's version changed: a module with all that is its own, or a course; neither = anything at all.
    Kept for the latest numbers, so that what is kept in memory need not be made anew for every publication."""

    __tablename__ = "catalog_changes"

    id: Mapped[Key]
    number: Mapped[int] = mapped_column(index=True)
    module_id: Mapped[int | None]  # no key of either: what it names may be gone
    course_id: Mapped[int | None]
