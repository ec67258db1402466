"""Schools, school owners, and teachers with what they teach."""

from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Organisation, Person
from catalog.columns import GradeMask
from catalog.places.models import County, Municipality
from catalog.subjects.models import Subject
from catalog.values import Band, Grades
from config.database import Key, OneOf, db


class OwnerKind(StrEnum):
    MUNICIPALITY = "municipality"
    COUNTY = "county"
    PRIVATE = "private"


class SchoolOwner(db.Model):
    """Employs the teachers of its schools, approves, ranks and pays. Shares the key of its organisation."""

    __tablename__ = "school_owners"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)  # municipality:1103, county:11, private:<organisation number of the school>
    kind: Mapped[OwnerKind] = mapped_column(OneOf(OwnerKind))
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipalities.id"))
    county_id: Mapped[int | None] = mapped_column(ForeignKey("counties.id"))
    source: Mapped[str]
    inferred: Mapped[bool] = mapped_column(default=True)  # from the school's number and ownership, not from a register of owners

    organisation: Mapped[Organisation] = relationship()
    municipality: Mapped[Municipality | None] = relationship()
    county: Mapped[County | None] = relationship()


class School(db.Model):
    """A school of the national register. Shares the key of its organisation, which has its number and name."""

    __tablename__ = "schools"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipalities.id"), index=True)  # none on Svalbard
    municipality_code: Mapped[str]
    grades: Mapped[Grades] = mapped_column(GradeMask)
    private: Mapped[bool]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("school_owners.organisation_id"), index=True)
    source: Mapped[str]

    organisation: Mapped[Organisation] = relationship()
    municipality: Mapped[Municipality | None] = relationship()
    owner: Mapped[SchoolOwner | None] = relationship()


class Basis(StrEnum):
    """What decides a teacher's region: the county of the school, or of the home by choice."""

    SCHOOL = "school"
    HOME = "home"


class Teacher(db.Model):
    __tablename__ = "teachers"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.organisation_id"), index=True)
    home_id: Mapped[int | None] = mapped_column(ForeignKey("municipalities.id"))
    basis: Mapped[Basis] = mapped_column(OneOf(Basis), default=Basis.SCHOOL)

    person: Mapped[Person] = relationship()
    school: Mapped[School | None] = relationship()
    home: Mapped[Municipality | None] = relationship()
    teaching: Mapped[list["Teaching"]] = relationship(back_populates="teacher", cascade="all, delete-orphan")

    @property
    def county_id(self) -> int | None:
        """The county that decides their regions: the school's, or the home's where that was chosen."""
        place = self.home if self.basis is Basis.HOME else self.school and self.school.municipality
        return place.county_id if place else None


class Teaching(db.Model):
    """That a teacher teaches a subject in a band."""

    __tablename__ = "teaching"
    __table_args__ = (UniqueConstraint("person_id", "subject_id", "band"),)

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("teachers.person_id", ondelete="CASCADE"), index=True)
    subject_id: Mapped[int] = mapped_column(ForeignKey("subjects.id"))
    band: Mapped[Band] = mapped_column(OneOf(Band))

    teacher: Mapped[Teacher] = relationship(back_populates="teaching")
    subject: Mapped[Subject] = relationship()
