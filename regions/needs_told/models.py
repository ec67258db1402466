"""That a teacher needs what the search did not find."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from config.database import Key, Moment, PublicId, db


class ToldNeed(db.Model):
    """One need of one teacher, told once however often it is sent, and deleted when withdrawn. Which region it goes to follows the teacher."""

    __tablename__ = "needs_told"
    __table_args__ = (UniqueConstraint("person_id", "digest"),)

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    query: Mapped[str]  # subjects, levels and words, as they stand in the address of a search
    digest: Mapped[str]  # SHA-256 of the query, hexadecimal
    told_at: Mapped[Moment]
