"""Teachers who are signed in, with the form of an enrolment open before them."""

import re
import secrets
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode, urlsplit
from uuid import UUID, uuid4

from sqlalchemy import func, insert, select, update

from accounts.acting import Actor
from accounts.models import Event, Membership, Person, Role, SignIn
from config.clock import now
from config.database import db
from config.secret import digest
from enrolment.schools.models import School, Teacher
from tests.benchmarks.measuring.load import exchange

TOKEN = re.compile(rb'name="csrf_token"[^>]*value="([^"]+)"')
COOKIE = re.compile(rb"^Set-Cookie: (seksti[^=]*=[^;\r]+)", re.MULTILINE | re.IGNORECASE)
READERS = 4


@dataclass(frozen=True)
class Known:
    """One teacher: who acts, and the token of the browser."""

    actor: Actor
    token: str


def sign_in(number: int) -> list[Known]:
    """So many new teachers at one school, each with a sign-in that has just begun. Inside an app context."""
    at, works_at = now(), school().organisation_id
    first = (db.session.scalar(select(func.max(Person.id))) or 0) + 1
    actors = [Actor(first + each, uuid4(), f"Lærer {each}", Role.TEACHER, works_at) for each in range(number)]
    known = [Known(actor, secrets.token_urlsafe(32)) for actor in actors]
    people = [{"id": one.actor.person_id, "uuid": one.actor.person_uuid, "name": one.actor.name} for one in known]
    db.session.execute(insert(Person), people)
    hats = [{"id": one["id"], "person_id": one["id"], "organisation_id": works_at, "role": Role.TEACHER} for one in people]
    db.session.execute(insert(Membership), hats)
    db.session.execute(insert(Teacher), [{"person_id": one["id"], "school_id": works_at} for one in people])
    db.session.execute(insert(SignIn), [_begun(one, at) for one in known])
    db.session.execute(insert(Event), [_told(one, at) for one in known])
    db.session.commit()
    return known


def school() -> School:
    """Where they all work: the first that has an owner."""
    return db.session.scalars(select(School).where(School.owner_id.is_not(None)).order_by(School.organisation_id)).first()


def _begun(one: Known, at: datetime) -> dict:
    worn = {"person_id": one.actor.person_id, "membership_id": one.actor.person_id}
    return {"token_digest": digest(one.token), "provider": "bench", "began_at": at, "seen_at": at, **worn}


def _told(one: Known, at: datetime) -> dict:
    return {"at": at, "person_uuid": one.actor.person_uuid, "kind": "sign-in", "subject_uuid": uuid4(), "event": "begin"}


def seen_just_now() -> None:
    """Opening the page of the offering, a moment ago, noted that they are still there."""
    db.session.execute(update(SignIn).values(seen_at=now()))
    db.session.commit()


@dataclass(frozen=True)
class Form:
    """A browser's cookies and the token of its form."""

    cookies: str
    token: str

    def request(self, host: str, path: str, **fields: str) -> bytes:
        """The press of the button, with what is filled in."""
        body = urlencode({"csrf_token": self.token, **fields}).encode()
        head = (
            f"POST {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {self.cookies}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        )
        return head.encode() + body


def open_forms(address: str, cookie: str, known: list[Known], offering: UUID) -> list[Form]:
    """Each of them opens the page of the offering. Raises RuntimeError where it has no form."""
    place = urlsplit(address)

    def open_form(one: Known) -> Form:
        head = f"GET /offerings/{offering} HTTP/1.1\r\nHost: {place.netloc}\r\nCookie: {cookie}={one.token}\r\nConnection: close\r\n\r\n"
        page = exchange(place.hostname, place.port, head.encode())
        token, cookies = TOKEN.search(page), COOKIE.findall(page.partition(b"\r\n\r\n")[0])
        if token is None:
            raise RuntimeError(f"The page has no form:\n{page[:2000].decode()}")
        return Form("; ".join([f"{cookie}={one.token}", *(each.decode() for each in cookies)]), token[1].decode())

    with ThreadPoolExecutor(READERS) as readers:
        return list(readers.map(open_form, known))
