"""What an institution lets its regions read, and what they remark."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalog.offers.models import Module
from catalog.places.models import Region
from config.database import Key, Moment, PublicId, db


class Reading(db.Model):
    """That a module may be read by the regions of its institution, before or after teachers see it."""

    __tablename__ = "readings"

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id", ondelete="CASCADE"), unique=True)
    asked: Mapped[str | None]  # what the institution wants to hear about
    opened_at: Mapped[Moment]
    closed_at: Mapped[Moment | None]  # none = regions can read it

    module: Mapped[Module] = relationship()
    remarks: Mapped[list["Remark"]] = relationship(back_populates="reading", cascade="all, delete-orphan", order_by="Remark.id")


class Remark(db.Model):
    """What a region says of one section of the module. It is settled once the institution has answered, with words or without."""

    __tablename__ = "reading_remarks"

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    reading_id: Mapped[int] = mapped_column(ForeignKey("readings.id", ondelete="CASCADE"), index=True)
    region_id: Mapped[int] = mapped_column(ForeignKey("regions.organisation_id"), index=True)
    section: Mapped[str]  # rules.PLACES
    text: Mapped[str]
    at: Mapped[Moment]
    answer: Mapped[str | None]
    settled_at: Mapped[Moment | None]

    reading: Mapped[Reading] = relationship(back_populates="remarks")
    region: Mapped[Region] = relationship()
