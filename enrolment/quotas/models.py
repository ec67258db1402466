"""Seats of a run that are kept for somebody until a day."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalog.offers.models import Offering
from config.database import Key, OneOf, PublicId, db
from enrolment.allocation.values import QuotaKind


class Quota(db.Model):
    """Seats of a run kept for those of a region, an owner or a scheme, or open to all. `position` is its place in the precedence: a seat is
    taken in the first quota that admits its holder. From `release_on` on, what is unused may be taken by anybody; none = never.

    `value` is the code of the region or the scheme, or the key of the owner; empty for open seats, whose number is what the others leave.
    `source` is the code of where its seats come from.
    """

    __tablename__ = "quotas"
    __table_args__ = (
        UniqueConstraint("offering_id", "kind", "value"),
        CheckConstraint("seats >= 0", name="seats_not_negative"),
        CheckConstraint("(kind = 'open') = (value = '')", name="open_is_for_all"),
    )

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    offering_id: Mapped[int] = mapped_column(ForeignKey("offerings.id", ondelete="CASCADE"))
    kind: Mapped[QuotaKind] = mapped_column(OneOf(QuotaKind))
    value: Mapped[str] = mapped_column(default="")
    seats: Mapped[int] = mapped_column(default=0)
    release_on: Mapped[date | None]
    source: Mapped[str | None] = mapped_column(String(40))  # none = not stated
    position: Mapped[int]

    offering: Mapped[Offering] = relationship()

    def is_released(self, on: date) -> bool:
        return self.release_on is not None and self.release_on <= on
