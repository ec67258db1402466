"""Asking as anybody, and holding every answer against what all answers promise."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

import pytest
from flask import Flask
from sqlalchemy import event
from werkzeug.test import TestResponse

from accounts.models import Person, Role
from config.database import db
from config.http import HEADERS, READS
from tests import factories
from tests.access import world
from tests.access.policy import NO_ROLE, STRANGER, Rule
from tests.bad_input.garbage import XSS
from tests.bad_input.routes import RULES
from tests.conftest import WRITTEN_WHILE_READING, Visitor

WRITES = re.compile(r"\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", re.IGNORECASE)
# Nothing of this is for those who ask: traces, statements, names of what is inside, the key, the words of libraries.
INSIDE = re.compile(
    r'Traceback|File "/|sqlalchemy|psycopg|sqlite3|OperationalError|IntegrityError|DataError|werkzeug|marshmallow|site-packages'
    r"|SELECT \w+\.|INSERT INTO|UPDATE \w+ SET|a key for the tests"
)
OF_LIBRARIES = re.compile(
    r"Not a valid|Must be one of|Must be greater|Must be less|Missing data|Unknown field|Invalid (?:value|input|type)|Longer than|Shorter than|Length must"
    r"|Field may not"
)
# What a rule says stands in a head in place of what stands everywhere: a file that nobody may show.
STRICTER = {pair for rule in RULES.values() for pair in rule.stricter.items()}
LEAD = re.compile(r'<p class="lead">\s*([^<]*[^<\s])\s*</p>')
BESIDE_THE_FORM = re.compile(r'class="error-summary"|class="notice wait"')
CHANGED_FILE = 412  # the file itself comes with it, and says nothing


@dataclass
class Written:
    """Which tables the statements that were committed have written to."""

    committed: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)

    def note(self, _connection, _cursor, statement: str, *_rest) -> None:
        found = WRITES.match(statement)
        if found and found[1] not in WRITTEN_WHILE_READING:
            self.open.append(found[1])

    def keep(self, _connection) -> None:
        self.committed += self.open
        self.open.clear()

    def drop(self, _connection) -> None:
        self.open.clear()


@contextmanager
def watched() -> Iterator[Written]:
    """What is written to the database from here on."""
    seen = Written()
    listeners = {"before_cursor_execute": seen.note, "commit": seen.keep, "rollback": seen.drop}
    for name, listener in listeners.items():
        event.listen(db.engine, name, listener)
    try:
        yield seen
    finally:
        for name, listener in listeners.items():
            event.remove(db.engine, name, listener)


class Asking:
    """Anybody of the first half of the world, at every door of the product."""

    def __init__(self, app: Flask, mine: world.Half, written: Written):
        self.app, self.mine, self.written = app, mine, written
        self._clients: dict[str, Visitor] = {}

    def client(self, who: str) -> Visitor:
        """The browser of somebody in a role, signed in."""
        if who not in self._clients:
            client = self.app.test_client()
            if who != STRANGER:
                factories.signed_in(client, self._person(who), at=factories.MONDAY)
            self._clients[who] = client
        return self._clients[who]

    def forget(self, who: str) -> None:
        """The browser is closed; the next one signs in anew."""
        self._clients.pop(who, None)

    def _person(self, who: str) -> Person:
        return self.mine.people[NO_ROLE if who == STRANGER else who]

    def path(self, endpoint: str, who: str, rule: Rule) -> str:
        """The address of a route, for something of one's own."""
        parts = rule.address(self.mine, self._person(who)) if rule.address else {}
        with self.app.test_request_context():
            return self.app.url_for(endpoint, **parts)

    def headers(self, who: str, rule: Rule) -> dict[str, str]:
        """What the rule says must stand in the head."""
        return rule.headers(self.mine, self._person(who)) if rule.headers else {}

    def ask(self, who: str, method: str, path: str, **sent) -> TestResponse:
        """The answer, which is what every answer must be; a refusal has written nothing. `path` stands as it goes over the line."""
        client, before = self.client(who), len(self.written.committed)
        where, _mark, query = path.partition("?")
        raw = {"PATH_INFO": unquote_to_bytes(where).decode("latin-1"), "QUERY_STRING": query}
        answer = client.open(where, method=method, buffered=True, environ_overrides=raw, **sent)
        faults = list(faults_of(answer, method))
        if answer.status_code >= 400 or method in READS:
            faults += [f"it has written to {table}" for table in self.written.committed[before:]]
        if faults:
            asked = f"{who} asked {method} {path[:300]} with {str(sent)[:500]}"
            pytest.fail(f"{'; '.join(faults)}: {asked} and was answered {answer.status_code}: {_main(answer)[:1000]}", pytrace=False)
        return answer


def who_may(rule: Rule) -> str:
    """One of those who may."""
    named = [role for role in Role if role in rule.who]
    return STRANGER if STRANGER in rule.who else named[0] if named else NO_ROLE


def faults_of(answer: TestResponse, method: str) -> Iterator[str]:
    """What is wrong with an answer. Every answer: no fault of ours, every header, nothing from inside, nothing of what was sent is run."""
    text = _text(answer)
    if answer.status_code >= 500:
        yield "a fault of ours"
    if missing := [name for name, value in HEADERS.items() if (said := answer.headers.get(name)) != value and (name, said) not in STRICTER]:
        yield f"without {missing}"
    if found := INSIDE.search(text):
        yield f"“{found[0]}” is told"
    if answer.mimetype == "text/html" and "<svg/onload" in text:
        yield f"{XSS} is not escaped"
    if not re.match(r"/(?!/)|http://localhost/|$", answer.headers.get("Location", "")):
        yield "it leads elsewhere"
    if answer.status_code >= 400 and answer.status_code != CHANGED_FILE and method not in ("HEAD", "OPTIONS"):
        yield from _faults_of_refusal(answer)


def _faults_of_refusal(answer: TestResponse) -> Iterator[str]:
    """A refusal says why in a sentence of ours: a problem in JSON, a problem page, a page with its form, or a line where no page can be made."""
    if found := OF_LIBRARIES.search(answer.text):
        yield f"“{found[0]}” is no sentence of ours"
    if "It has been logged" in answer.text and answer.status_code < 500:
        yield "it takes the blame"
    if not _says_why(answer):
        yield "no sentence"


def _says_why(answer: TestResponse) -> bool:
    if answer.mimetype == "application/problem+json":
        problem = json.loads(answer.text)
        return problem["title"].endswith(".") and (problem["status"], problem["instance"]) == (answer.status_code, answer.headers["X-Request-Id"])
    if answer.mimetype == "text/html":
        lead = LEAD.search(answer.text)
        return bool(BESIDE_THE_FORM.search(answer.text) or (lead and lead[1].endswith(".")))
    return answer.text.endswith(".\n") or answer.get_json(silent=True) == {"error": "invalid_request"}  # what OpenID Connect asks for


def _text(answer: TestResponse) -> str:
    return answer.get_data().decode(errors="replace")


def _main(answer: TestResponse) -> str:
    text = _text(answer)
    found = re.search(r"<main.*</main>", text, re.DOTALL)
    return " ".join((found[0] if found else text).split())
