"""A version of the frames of a study year, and its frames."""

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalog.subjects.models import PriorityGroup
from catalog.values import Strand
from config.database import Key, OneOf, PublicId, db
from enrolment.rounds.models import Scheme
from regions.versions.models import Versioned


class FrameVersion(Versioned, db.Model):
    """What there is in a study year, as said somewhere (the state budget, a revised one). Of those released for a year the latest holds."""

    __tablename__ = "frame_versions"
    told_as = "frames"

    study_year: Mapped[int] = mapped_column(index=True)
    source: Mapped[str]

    frames: Mapped[list["Frame"]] = relationship(back_populates="version", cascade="all, delete-orphan", order_by="Frame.id")


class Frame(db.Model):
    """An amount for a strand, or for a part of it: a priority group, a scheme, or both. A frame that names less holds those that name more within it."""

    __tablename__ = "frames"
    __table_args__ = (UniqueConstraint("version_id", "strand", "group_id", "scheme_id"), CheckConstraint("oere >= 0", name="frames_from_nought"))

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    version_id: Mapped[int] = mapped_column(ForeignKey("frame_versions.id", ondelete="CASCADE"))
    strand: Mapped[Strand] = mapped_column(OneOf(Strand))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("priority_groups.id"))  # none = every group, and what stands in none
    scheme_id: Mapped[int | None] = mapped_column(ForeignKey("schemes.id"))  # none = every scheme
    oere: Mapped[int] = mapped_column(BigInteger)

    version: Mapped[FrameVersion] = relationship(back_populates="frames")
    group: Mapped[PriorityGroup | None] = relationship()
    scheme: Mapped[Scheme | None] = relationship()
