"""The outbox: one row for each message and person, and how each person wants to be told."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.mail.lifecycle import LETTER_LIFE, How, Post
from accounts.models import Message, Person
from config.database import Key, Moment, OneOf, PublicId, db


class Letter(db.Model):
    """One message to one person by e-mail, written in the same transaction as the message.

    How it goes is decided when the tick sorts it, by what the person has chosen by then.
    """

    __tablename__ = "letters"
    __table_args__ = (Index("ix_letters_due", "state", "due_at"),)

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    state: Mapped[Post] = mapped_column(OneOf(Post), default=Post.WAITING)
    how: Mapped[How | None] = mapped_column(OneOf(How))  # none = not sorted yet
    due_at: Mapped[Moment | None]
    tries: Mapped[int] = mapped_column(default=0)
    held_until: Mapped[Moment | None]  # by the tick that has it in hand
    sent_at: Mapped[Moment | None]
    went_with: Mapped[UUID | None] = mapped_column(Uuid)  # the e-mail it is in; the letters of a digest share it, and a new try has the same
    why: Mapped[str | None]  # a code of words.REASONS, or what the mail server answered, without addresses

    message: Mapped[Message] = relationship()
    person: Mapped[Person] = relationship()

    def take(self, event: str) -> None:
        """Moves along its life. Raises StepRefused."""
        self.state = LETTER_LIFE.after(self.state, event)


class MailChoice(db.Model):
    """How a person wants to be told of one topic; without a row, as is usual for the topic."""

    __tablename__ = "mail_choices"
    __table_args__ = (UniqueConstraint("person_id", "topic"),)

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    topic: Mapped[str]
    how: Mapped[How] = mapped_column(OneOf(How))
