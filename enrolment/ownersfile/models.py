"""A file that an owner has sent, between its preview and its saving."""

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from config.database import Key, Moment, PublicId, db


class ClaimsUpload(db.Model):
    """As it was understood, until it is saved or a day has passed."""

    __tablename__ = "claims_uploads"

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    owner_id: Mapped[int] = mapped_column(ForeignKey("school_owners.organisation_id"), index=True)
    name: Mapped[str]
    at: Mapped[Moment]
    rows: Mapped[list] = mapped_column(JSON)  # values.Row as kept
    refused: Mapped[list] = mapped_column(JSON)  # [line, name, why]
