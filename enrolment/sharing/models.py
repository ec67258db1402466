"""Consents: each given by the teacher, taken back by the teacher, and never deleted."""

from enum import StrEnum

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from config.database import Key, Moment, OneOf, PublicId, db
from enrolment.byhand.models import StudyPlan

_OPEN = text("ended_at IS NULL")
_OPEN_TO_HEAD = text("ended_at IS NULL AND token_digest IS NULL")


class Reader(StrEnum):
    """Who is shown progress: whoever heads the teacher's school, and whoever acts for its owner, on the day they look."""

    HEAD = "head"
    OWNER = "owner"


class ProgressShare(db.Model):
    """That one kind of reader sees a teacher's progress, credits and dispensations, until the teacher takes it back."""

    __tablename__ = "progress_shares"
    __table_args__ = (Index("uq_progress_shares_open", "person_id", "reader", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),)

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    reader: Mapped[Reader] = mapped_column(OneOf(Reader))
    given_at: Mapped[Moment]
    ended_at: Mapped[Moment | None]


class PlanShare(db.Model):
    """That a plan by hand is read: by whoever holds its address, of which only the digest is kept, or by the head of the teacher's school."""

    __tablename__ = "plan_shares"
    __table_args__ = (Index("uq_plan_shares_open", "plan_id", unique=True, sqlite_where=_OPEN_TO_HEAD, postgresql_where=_OPEN_TO_HEAD),)

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    plan_id: Mapped[int] = mapped_column(ForeignKey("study_plans.id", ondelete="CASCADE"), index=True)
    token_digest: Mapped[str | None] = mapped_column(unique=True)  # SHA-256, hexadecimal; none = shared with the head
    made_at: Mapped[Moment]
    ended_at: Mapped[Moment | None]

    plan: Mapped[StudyPlan] = relationship()

    @property
    def with_head(self) -> bool:
        return self.token_digest is None
