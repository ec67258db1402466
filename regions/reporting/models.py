"""Reports that somebody keeps under a name."""

from datetime import date

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
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
    files: Mapped[list["ReportFile"]] = relationship(back_populates="report", cascade="all, delete-orphan", order_by="ReportFile.id.desc()")

    def asked(self, study_year: int) -> Asked:
        return Asked(self.by, study_year - self.years + 1, study_year, self.subject)


class ReportFile(db.Model):
    """What a kept report said on the day it was sent. `sheets`: title, headers and rows of each; figures alone, nobody is named."""

    __tablename__ = "report_files"

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    report_id: Mapped[int] = mapped_column(ForeignKey("kept_reports.id", ondelete="CASCADE"), index=True)
    made_at: Mapped[Moment]
    sheets: Mapped[list] = mapped_column(JSON)

    report: Mapped[KeptReport] = relationship(back_populates="files")
