"""A version of the priorities and what it says of groups, subjects and regions."""

from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalog.places.models import Region
from catalog.subjects.models import PriorityGroup, Subject
from catalog.values import Band, VolumeRule
from config.database import Key, OneOf, PublicId, db
from regions.versions.models import Versioned


class PriorityVersion(Versioned, db.Model):
    __tablename__ = "priority_versions"
    told_as = "priorities"

    holds_from: Mapped[date]  # the first day the priorities hold
    parties: Mapped[str | None]  # who agreed, one a line
    note: Mapped[str | None]

    groups: Mapped[list["VersionGroup"]] = relationship(back_populates="version", order_by="VersionGroup.group_id", cascade="all, delete-orphan")
    subjects: Mapped[list["VersionSubject"]] = relationship(back_populates="version", order_by="VersionSubject.id", cascade="all, delete-orphan")
    commissions: Mapped[list["Commission"]] = relationship(back_populates="version", order_by="Commission.id", cascade="all, delete-orphan")


class VersionGroup(db.Model):
    """How the volume of a group may move, and how many seats a study year are aimed at."""

    __tablename__ = "priority_version_groups"
    __table_args__ = (UniqueConstraint("version_id", "group_id"),)

    id: Mapped[Key]
    version_id: Mapped[int] = mapped_column(ForeignKey("priority_versions.id", ondelete="CASCADE"))
    group_id: Mapped[int] = mapped_column(ForeignKey("priority_groups.id"))
    volume_rule: Mapped[VolumeRule] = mapped_column(OneOf(VolumeRule))
    seats: Mapped[int | None]  # none = no target

    version: Mapped[PriorityVersion] = relationship(back_populates="groups")
    group: Mapped[PriorityGroup] = relationship()


class VersionSubject(db.Model):
    """That a subject, or a target group, stands in a priority group."""

    __tablename__ = "priority_version_subjects"
    __table_args__ = (UniqueConstraint("version_id", "subject_id"),)

    id: Mapped[Key]
    version_id: Mapped[int] = mapped_column(ForeignKey("priority_versions.id", ondelete="CASCADE"))
    subject_id: Mapped[int] = mapped_column(ForeignKey("subjects.id"))
    group_id: Mapped[int] = mapped_column(ForeignKey("priority_groups.id"))

    version: Mapped[PriorityVersion] = relationship(back_populates="subjects")
    subject: Mapped[Subject] = relationship()


class Commission(db.Model):
    """Seats asked of a region in a subject, in a study year. `source` is the code of where they come from."""

    __tablename__ = "seat_commissions"
    __table_args__ = (UniqueConstraint("version_id", "region_id", "subject_id", "band", "study_year", "source"),)

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    version_id: Mapped[int] = mapped_column(ForeignKey("priority_versions.id", ondelete="CASCADE"))
    region_id: Mapped[int] = mapped_column(ForeignKey("regions.organisation_id"), index=True)
    subject_id: Mapped[int] = mapped_column(ForeignKey("subjects.id"))
    band: Mapped[Band] = mapped_column(OneOf(Band))
    study_year: Mapped[int]
    source: Mapped[str] = mapped_column(String(40))
    seats: Mapped[int]

    version: Mapped[PriorityVersion] = relationship(back_populates="commissions")
    region: Mapped[Region] = relationship()
    subject: Mapped[Subject] = relationship()
