"""The staff of a school owner, what each of them teaches and with how many credits; and a file of it between preview and saving."""

from decimal import Decimal

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalog.columns import Credits
from catalog.subjects.models import Subject
from catalog.values import Band
from config.database import Key, Moment, OneOf, PublicId, db
from enrolment.schools.models import School
from enrolment.uploads.models import OwnersUpload


class StaffMember(db.Model):
    """Somebody who teaches for an owner, by the owner's own reference. Only the owner sees who it is; needs no account here."""

    __tablename__ = "staff"
    __table_args__ = (UniqueConstraint("owner_id", "reference"),)

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    owner_id: Mapped[int] = mapped_column(ForeignKey("school_owners.organisation_id"))
    reference: Mapped[str]  # staff number, Feide name or e-mail; never a national identity number
    name: Mapped[str]
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.organisation_id"), index=True)  # where they mainly work
    changed_at: Mapped[Moment]
    made_up: Mapped[bool] = mapped_column(default=False)

    school: Mapped[School] = relationship()
    teaching: Mapped[list["StaffTeaching"]] = relationship(back_populates="member", cascade="all, delete-orphan")


class StaffTeaching(db.Model):
    """That one of the staff teaches a subject in a band at a school, and how many relevant credits they hold in it."""

    __tablename__ = "staff_teaching"
    __table_args__ = (UniqueConstraint("staff_id", "school_id", "subject_id", "band"),)

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"))
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.organisation_id"), index=True)
    subject_id: Mapped[int] = mapped_column(ForeignKey("subjects.id"))
    band: Mapped[Band] = mapped_column(OneOf(Band))
    credits: Mapped[Decimal | None] = mapped_column(Credits)  # none = the owner has not said; nought = none

    member: Mapped[StaffMember] = relationship(back_populates="teaching")
    school: Mapped[School] = relationship()
    subject: Mapped[Subject] = relationship()


class StaffUpload(OwnersUpload, db.Model):
    """`rows`: values.Row as kept. `refused`: [where, name, why]."""

    __tablename__ = "staff_uploads"

    remarks: Mapped[list] = mapped_column(JSON)  # sentences
