"""Reports that somebody keeps under a name."""

from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Membership
from config.database import Key, Moment, OneOf, PublicId, db
from regions.reporting.values import Asked, By, Every


class KeptReport(db.Model):
    """A definition that belongs to a hat: who loses the role loses the report with it. Years count from the current one, so that it stays of use."""

    __tablename__ = "kept_reports"
    __table_args__ = (UniqueConstraint("membership_id", "name"),)

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id", ondelete="CASCADE"))
    name: Mapped[str]
    by: Mapped[By] = mapped_column(OneOf(By))
    years: Mapped[int]  # how many study years, the current one the last
    subject: Mapped[str | None]  # its code
    every: Mapped[Every] = mapped_column(OneOf(Every))
    next_on: Mapped[date | None] = mapped_column(index=True)
    made_at: Mapped[Moment]

    membership: Mapped[Membership] = relationship()

    def asked(self, study_year: int) -> Asked:
        return Asked(self.by, study_year - self.years + 1, study_year, self.subject)
