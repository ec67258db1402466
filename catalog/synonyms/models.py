"""One other name for something, with validity and source."""

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from catalog.places.models import Dated
from config.database import Key, PublicId, db


class Synonym(Dated, db.Model):
    """Who asks for `asked` means `meant` too. The pair itself is never rewritten: one that is wrong is ended, and another added."""

    __tablename__ = "synonyms"
    __table_args__ = (UniqueConstraint("asked", "meant"),)

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    asked: Mapped[str]
    meant: Mapped[str]
    why: Mapped[str | None]
