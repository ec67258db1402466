"""The changes of a run that those who take part were told of, and for how long one may leave for one."""

from datetime import date

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from catalog.places.models import Dated
from config.database import Key, Moment, PublicId, db


class FreeWithdrawalRule(Dated, db.Model):
    """For how many days after a change whoever had planned by what the run said before may withdraw without consequence."""

    __tablename__ = "free_withdrawal_rules"

    id: Mapped[Key]
    days: Mapped[int]


class RunChange(db.Model):
    """One change of date, place or credits while people had a seat or waited for one. It opens free withdrawal until the end of a day."""

    __tablename__ = "run_changes"

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    offering_id: Mapped[int] = mapped_column(ForeignKey("offerings.id", ondelete="CASCADE"), index=True)
    at: Mapped[Moment]
    kind: Mapped[str]  # what was edited: offering, or module (credits)
    changes: Mapped[dict] = mapped_column(JSON)  # field -> [what it said, what it says], as catalog.publishing.content.plain writes them
    free_until: Mapped[date]  # the last day to withdraw without consequence, until the midnight that ends it at home
