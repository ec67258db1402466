"""Universities and university colleges, those of today and those that were."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Organisation
from catalog.named import Named
from config.database import db


class Institution(Named, db.Model):
    """Publishes studies. Shares the key of its organisation."""

    __tablename__ = "institutions"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)  # the short name as it stands in addresses: UiB, HiØ
    short_name: Mapped[str]
    dbh_code: Mapped[str | None] = mapped_column(unique=True)  # four characters, with leading nought
    type: Mapped[str]
    domain: Mapped[str | None]
    historic: Mapped[bool] = mapped_column(default=False)
    successor_code: Mapped[str | None]
    source: Mapped[str]
    confirmed: Mapped[bool] = mapped_column(default=True)

    organisation: Mapped[Organisation] = relationship()
