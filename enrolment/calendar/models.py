"""Feeds: addresses that open one calendar each to whoever holds them."""

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Person
from config.database import Key, Moment, OneOf, PublicId, db
from enrolment.calendar.values import FeedKind

_OPEN = text("ended_at IS NULL AND organisation_id IS NULL")
_OPEN_FOR_A_BODY = text("ended_at IS NULL AND organisation_id IS NOT NULL")


class Feed(db.Model):
    """One calendar that a person subscribes to. Only the digest of its token is kept, so the table opens no calendar; ending it is at once.

    One open feed a person and kind, and a body where it is a body's."""

    __tablename__ = "feeds"
    __table_args__ = (
        Index("uq_feeds_open", "person_id", "kind", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("uq_feeds_open_of_body", "person_id", "kind", "organisation_id", unique=True, sqlite_where=_OPEN_FOR_A_BODY, postgresql_where=_OPEN_FOR_A_BODY),
    )

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))  # the school or owner it tells of; none = one's own
    kind: Mapped[FeedKind] = mapped_column(OneOf(FeedKind))
    token_digest: Mapped[str] = mapped_column(unique=True)  # SHA-256, hexadecimal
    made_at: Mapped[Moment]
    ended_at: Mapped[Moment | None]

    person: Mapped[Person] = relationship()
