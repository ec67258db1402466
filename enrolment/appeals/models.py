"""Appeals, and within how many days one can be sent."""

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalog.places.models import Dated
from config.database import Key, Moment, OneOf, PublicId, db
from enrolment.appeals.lifecycle import AppealState
from enrolment.results.values import Mark
from enrolment.seats.models import Result

_NOT_WITHDRAWN = text("state != 'withdrawn'")


class AppealRule(Dated, db.Model):
    """Within how many days of its recording a mark can be appealed, the last of them included."""

    __tablename__ = "appeal_rules"

    id: Mapped[Key]
    days: Mapped[int]


class Appeal(db.Model):
    """That a participant asks for a mark to be judged anew. A result is appealed once: what comes of it is final."""

    __tablename__ = "appeals"
    __table_args__ = (Index("uq_appeals_one", "result_id", unique=True, sqlite_where=_NOT_WITHDRAWN, postgresql_where=_NOT_WITHDRAWN),)

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    result_id: Mapped[int] = mapped_column(ForeignKey("results.id", ondelete="CASCADE"), index=True)
    state: Mapped[AppealState] = mapped_column(OneOf(AppealState), default=AppealState.SENT)
    mark: Mapped[Mark] = mapped_column(OneOf(Mark))  # the one appealed against
    reason: Mapped[str]
    sent_at: Mapped[Moment]
    answered_at: Mapped[Moment | None]
    answer: Mapped[str | None]

    result: Mapped[Result] = relationship()
