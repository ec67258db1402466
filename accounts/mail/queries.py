"""Every select on letters and choices."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, func, select
from sqlalchemy.orm import contains_eager

from accounts.mail.lifecycle import How, Post
from accounts.mail.models import Letter, MailChoice
from accounts.models import Message, Person
from config.database import db

AT_A_TIME = 500


def unsorted() -> list[Letter]:
    """Letters of which it is not decided how they go, the oldest first; those another node sorts are left to it."""
    new = select(Letter).join(Letter.message).join(Letter.person).options(contains_eager(Letter.message), contains_eager(Letter.person))
    new = new.where(Letter.state == Post.WAITING, Letter.how.is_(None)).order_by(Letter.id).limit(AT_A_TIME)
    return list(db.session.scalars(new.with_for_update(of=Letter, skip_locked=True)))


def choices_of(people: Iterable[int]) -> dict[tuple[int, str], How]:
    """By person and topic."""
    rows = select(MailChoice.person_id, MailChoice.topic, MailChoice.how).where(MailChoice.person_id.in_(set(people)))
    return {(person, topic): how for person, topic, how in db.session.execute(rows)}


def choice_rows(person_id: int) -> dict[str, MailChoice]:
    return {row.topic: row for row in db.session.scalars(select(MailChoice).where(MailChoice.person_id == person_id))}


def next_due(at: datetime) -> list[Letter]:
    """The letter that has waited longest, locked; with it all others of the same person's daily mail. Empty where none is due and free."""
    due = select(Letter).where(Letter.state == Post.WAITING, Letter.due_at <= at).order_by(Letter.due_at, Letter.id)
    first = db.session.scalar(due.limit(1).with_for_update(skip_locked=True))
    if first is None or first.how is not How.DAILY:
        return [first] if first else []
    with_it = due.where(Letter.person_id == first.person_id, Letter.how == How.DAILY).limit(AT_A_TIME)
    return list(db.session.scalars(with_it.with_for_update(skip_locked=True)))


def in_hand(went_with: UUID) -> list[Letter]:
    """The letters of one e-mail, locked, to write down what became of it."""
    return list(db.session.scalars(select(Letter).where(Letter.went_with == went_with, Letter.state.in_((Post.SENDING, Post.WAITING))).with_for_update()))


def left_behind(at: datetime) -> list[Letter]:
    """Letters in the hand of a tick that was stopped."""
    held = select(Letter).where(Letter.state == Post.SENDING, Letter.held_until <= at)
    return list(db.session.scalars(held.with_for_update(skip_locked=True)))


def counts() -> dict[Post, int]:
    return dict(db.session.execute(select(Letter.state, func.count()).group_by(Letter.state)).all())


def log(*, state: Post | None, person: UUID | None, most: int = 200) -> list[Row]:
    """The latest letters: what sort, how, what became of it. Neither names nor addresses nor what was said."""
    columns = (Letter.uuid, Message.at, Message.kind, Letter.how, Letter.state, Letter.due_at, Letter.tries, Letter.sent_at, Letter.why)
    rows = select(*columns).join(Letter.message)
    if state:
        rows = rows.where(Letter.state == state)
    if person:
        rows = rows.join(Letter.person).where(Person.uuid == person)
    return list(db.session.execute(rows.order_by(Letter.id.desc()).limit(most)))


def with_messages(letters: list[Letter]) -> tuple[Person, list[Message]]:
    """Whom these letters are for, and what they say, the oldest first."""
    ids = [letter.message_id for letter in letters]
    messages = list(db.session.scalars(select(Message).where(Message.id.in_(ids)).order_by(Message.at, Message.id)))
    return db.session.get_one(Person, letters[0].person_id), messages

