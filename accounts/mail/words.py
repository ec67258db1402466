"""What stands in an e-mail, and what the log says of it; in the language that is spoken at the time."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts import wording
from accounts.mail.lifecycle import How, Post
from accounts.models import Message, Person
from config.languages import _, ngettext

LONGEST_SUBJECT = 120


@dataclass(frozen=True)
class Text:
    subject: str
    body: str


def of_one(message: Message, person: Person, site: str) -> Text:
    """One message: its sentence, the page it is about, and how to get fewer of these. `site` is where links begin."""
    said = wording.sentence_of(message)
    return Text(_short(said), _letter(person, [_with_link(message, said, site)], site))


def of_several(messages: Sequence[Message], person: Person, site: str) -> Text:
    """The daily mail: every message of the day, the oldest first."""
    subject = ngettext("Seksti: %(num)d message since yesterday", "Seksti: %(num)d messages since yesterday", len(messages))
    return Text(subject, _letter(person, [_with_link(message, wording.sentence_of(message), site) for message in messages], site))


def _short(said: str) -> str:
    line = " ".join(said.split())
    return line if len(line) <= LONGEST_SUBJECT else line[: LONGEST_SUBJECT - 1].rstrip() + "…"


def _with_link(message: Message, said: str, site: str) -> str:
    return f"{said}\n{site}{message.address}" if message.address else said


def _letter(person: Person, parts: list[str], site: str) -> str:
    greeting = _("Hello %(name)s,", name=person.name) if person.name else _("Hello,")
    choose = _("This is sent automatically and cannot be answered. Choose what comes by e-mail:")
    return "\n\n".join([greeting, *parts, f"-- \n{choose}\n{site}/me/mail"]) + "\n"


def how(value: How | None) -> str:
    return {How.NOW: _("At once"), How.DAILY: _("Once a day"), How.APP: _("Only here"), None: _("Not decided yet")}[value]


def state(value: Post) -> tuple[str, str]:
    """A word or two, and the kind of tag."""
    return {
        Post.WAITING: (_("In the outbox"), "wait"),
        Post.SENDING: (_("Being sent"), "wait"),
        Post.SENT: (_("Sent"), "good"),
        Post.GIVEN_UP: (_("Given up"), "stop"),
        Post.KEPT: (_("Only in the app"), "plain"),
    }[value]


def reason(code: str | None) -> str:
    """Why a letter stays in the app or had to wait; what is no code is the mail server's own answer."""
    known = {
        "no-server": _("No mail server is set up here."),
        "no-address": _("No e-mail address is known."),
        "bad-address": _("The e-mail address cannot be written to."),
        "closed": _("The account is closed."),
        "chosen": _("The person wants it only in the app."),
        "read": _("It was read in the app first."),
        "no-answer": _("The mail server did not answer in time."),
        "not-reached": _("The mail server could not be reached."),
        "dropped": _("The mail server ended the connection."),
        "no-tls": _("The mail server does not speak TLS, or its certificate is not trusted."),
        "refused-us": _("The mail server did not accept the user and password."),
        "stopped": _("The sending was stopped in the middle, and is tried again."),
    }
    return known.get(code or "", code or "")
