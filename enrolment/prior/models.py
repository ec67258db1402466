"""Units that education was measured in, and the evidence of claims. The evidence itself lies in the instance folder, under names of chance."""

from decimal import Decimal

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalog.columns import Credits
from catalog.named import Named
from catalog.places.models import Dated
from config.database import Key, Moment, PublicId, db
from config.kept_files import KeptFiles
from enrolment.progress.models import PriorCredit

EVIDENCE = KeptFiles("evidence")


class CreditUnit(Named, Dated, db.Model):
    """A unit, and how many credits one of it is; none = each case is judged on its own."""

    __tablename__ = "credit_units"

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(unique=True)
    credits: Mapped[Decimal | None] = mapped_column(Credits)


class Evidence(db.Model):
    """A diploma or transcript (PDF) that belongs to a claim."""

    __tablename__ = "evidence"

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    claim_id: Mapped[int] = mapped_column(ForeignKey("prior_credits.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]  # as the teacher calls the file
    stored_as: Mapped[str] = mapped_column(unique=True)
    size: Mapped[int]  # bytes
    added_at: Mapped[Moment]

    claim: Mapped[PriorCredit] = relationship()
