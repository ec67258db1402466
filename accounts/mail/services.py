"""Choosing how to be told, and sending what waits: one function, one use case, one commit; no transaction is open while a mail server is spoken to."""

import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, time as clock_time, timedelta
from email.message import EmailMessage
from uuid import UUID, uuid4

from accounts.acting import Actor
from accounts.mail import office, queries, rules, words
from accounts.mail.lifecycle import How, Post
from accounts.mail.models import Letter, MailChoice
from accounts.mail.office import NotDelivered, PostOffice
from accounts.mail.topics import topic_of
from config.clock import HOME
from config.database import db
from config.languages import in_language
from config.settings import MailServer

DIGEST_AT = clock_time(7)  # at home
ROUND = 60  # seconds; what is left waits for the next round
SPOKEN_OTHERWISE = "nb"  # where a person has not chosen a language


@dataclass(frozen=True)
class Sending:
    """One e-mail in hand."""

    number: UUID
    mail: EmailMessage | None
    refused: NotDelivered | None = None


def choose(choices: Mapping[str, How], *, actor: Actor) -> None:
    """Keeps how a person wants to be told, by topic."""
    known = queries.choice_rows(actor.person_id)
    for topic, how in choices.items():
        row = known.get(topic) or MailChoice(person_id=actor.person_id, topic=topic)
        row.how = how
        db.session.add(row)
    db.session.commit()


def send_due(at: datetime, server: MailServer | None, site: str) -> int:
    """What the clock does: sorts what is new, and sends what is due for at most a minute. Returns how many letters moved.

    Safe on several nodes: a letter is taken in hand by a locked row and a commit before anything is sent.
    """
    moved = _take_back(at) + _sort(at, can_send=server is not None)
    if server is None:
        return moved
    with ExitStack() as closing:
        post, until = closing.enter_context(PostOffice(server)), time.monotonic() + ROUND
        while time.monotonic() < until and (sending := _take_in_hand(at, server, site)):
            failure = _delivered(post, sending)
            moved += _write_down(sending.number, failure, at)
            if failure and not failure.reached:
                break  # the server is away: asking again for the next one would only wait once more
    return moved


def _take_back(at: datetime) -> int:
    """Letters that a stopped tick had in hand go back; whether they went nobody knows, so they go again with the same Message-ID."""
    left = queries.left_behind(at)
    for letter in left:
        letter.take("take back")
        letter.held_until, letter.why = None, "stopped"
    db.session.commit()
    return len(left)


def _sort(at: datetime, *, can_send: bool) -> int:
    """Decides how each new letter goes, by what its person has chosen by now."""
    letters = queries.unsorted()
    chosen = queries.choices_of(letter.person_id for letter in letters) if letters else {}
    for letter in letters:
        topic = topic_of(letter.message.kind)
        letter.how = chosen.get((letter.person_id, topic.code), topic.usual)
        why = _kept_because(letter, can_send)
        if why:
            letter.take("keep in the app")
        letter.why, letter.due_at = why, None if why else _due(letter)
    db.session.commit()
    return len(letters)


def _kept_because(letter: Letter, can_send: bool) -> str | None:
    reasons = {
        "no-server": not can_send,
        "closed": letter.person.disabled_at is not None,
        "no-address": not letter.person.email,
        "chosen": letter.how is How.APP,
        "read": letter.message.read_at is not None,
    }
    return next((why for why, holds in reasons.items() if holds), None)


def _due(letter: Letter) -> datetime:
    return next_digest(letter.message.at) if letter.how is How.DAILY else letter.message.at


def next_digest(at: datetime) -> datetime:
    """The next seven in the morning at home after a moment."""
    day = at.astimezone(HOME)
    morning = datetime.combine(day.date(), DIGEST_AT, HOME)
    return morning if day < morning else datetime.combine(day.date() + timedelta(days=1), DIGEST_AT, HOME)


def _take_in_hand(at: datetime, server: MailServer, site: str) -> Sending | None:
    letters = queries.next_due(at)
    if not letters:
        db.session.rollback()
        return None
    number = letters[0].went_with or uuid4()
    for letter in letters:
        letter.take("take in hand")
        letter.went_with, letter.held_until, letter.tries = number, at + rules.HELD, letter.tries + 1
    sending = _composed(letters, number, at, server, site)
    db.session.commit()
    return sending


def _composed(letters: list[Letter], number: UUID, at: datetime, server: MailServer, site: str) -> Sending:
    person, messages = queries.with_messages(letters)
    with in_language(person.language or SPOKEN_OTHERWISE):
        text = words.of_one(messages[0], person, site) if letters[0].how is How.NOW else words.of_several(messages, person, site)
    try:
        mail = office.written(text, to=person.email or "", name=person.name, sender=server.sender, number=number, site=site, at=at)
    except NotDelivered as refused:
        return Sending(number, None, refused)
    return Sending(number, mail)


def _delivered(post: PostOffice, sending: Sending) -> NotDelivered | None:
    """What went wrong, or nothing."""
    if sending.mail is None:
        return sending.refused
    try:
        post.deliver(sending.mail)
    except NotDelivered as failure:
        return failure
    return None


def _write_down(number: UUID, failure: NotDelivered | None, at: datetime) -> int:
    """What became of an e-mail. One that went is sent even where another tick has meanwhile taken it back."""
    letters = queries.in_hand(number)
    for letter in letters:
        if failure is None:
            letter.take("send")
            letter.sent_at, letter.held_until, letter.why = at, None, None
        elif letter.state is Post.SENDING:
            _put_off(letter, failure, at)
    db.session.commit()
    return len(letters)


def _put_off(letter: Letter, failure: NotDelivered, at: datetime) -> None:
    again = None if failure.lasting else rules.next_try(letter.tries, at)
    letter.take("try later" if again else "give up")
    letter.why, letter.held_until, letter.due_at = failure.why, None, again or letter.due_at
