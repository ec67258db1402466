"""What the table of each kind of file holds."""

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from config.database import Key, Moment, PublicId


class OwnersUpload:
    """A file of an owner's. `rows` and `refused`: as its kind writes them down."""

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    owner_id: Mapped[int] = mapped_column(ForeignKey("school_owners.organisation_id"), index=True)
    name: Mapped[str]
    at: Mapped[Moment]
    rows: Mapped[list] = mapped_column(JSON)
    refused: Mapped[list] = mapped_column(JSON)
