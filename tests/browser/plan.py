"""Which pages are looked at as whom: found by following links as each kind of person, without what another kind sees just the same."""

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy import select

from accounts import services
from accounts.models import Person
from config.database import db
from tests.browser import ways
from tests.browser.sites import NOBODY_YET, Site

LOOKED_FOR = 8  # pages of a kind: what links lead to is tried, though not all of it is looked at


@dataclass(frozen=True)
class Kind:
    """A kind of person: somebody of the demonstration, and pages to which a form leads rather than a link."""

    person: str | None
    begins: tuple[str, ...] = ("/",)


GUIDE = tuple(f"/start-guide/{page}?subject=norsk" for page in ("region", "answer"))  # come to by forms

KINDS = {
    "stranger": Kind(None, ("/", "/search?q=matte", "/search?q=zzzz", "/signed-out", *GUIDE)),
    "teacher": Kind("Amina Hassan", ("/", "/search?q=zzzz", "/me/entry?credits-norsk=15")),  # the last is come to by a form
    "claiming": Kind("Lars Eide"),
    "waiting": Kind("Marit Utsi"),
    "offered": Kind("Henrik Aas"),
    "editor": Kind("Torunn Hagen", ("/", "/publish?state=draft", "/publish?state=cancelled")),
    "owner": Kind("Bjørn Tveit"),
    "head": Kind("Siri Haugen"),
    "union": Kind("Trond Lunde"),
    "coordinator": Kind("Randi Vik"),
    "governor": Kind("Ragnhild Voll"),
    "ks": Kind("Jorunn Myhre"),
    "authority": Kind("Eva Strand", ("/", "/national/payouts/new")),  # the last is linked to while no batch is open
    "newcomer": Kind(NOBODY_YET),
}


def made(site: Site, folder: Path) -> dict:
    """{"pages": {kind: [{path, kind, names}]}, "dead": […], "endpoints": […]}; made once for all processes of a run."""
    kept = folder / "plan.json"
    with alone(folder):
        if not kept.exists():
            kept.write_text(json.dumps(_make(site)))
    return json.loads(kept.read_text())


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    with (folder / "planning").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make(site: Site) -> dict:
    known: set[str] = set()
    pages, dead, endpoints = {}, [], set()
    for name, kind in KINDS.items():
        way = ways.walk(_client(site, kind.person), kind.begins, LOOKED_FOR)
        pages[name] = [{"path": stop.path, "kind": stop.kind, "names": {key: str(value) for key, value in stop.names.items()}} for stop in ways.some(way.pages, known)]
        dead += [f"{name}: {link}" for link in way.dead]
        endpoints |= way.endpoints
    return {"pages": pages, "dead": dead, "endpoints": sorted(endpoints)}


def _client(site: Site, name: str | None) -> FlaskClient:
    client = site.app.test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "nb"
    if name:
        client.set_cookie("seksti", token(site, name))
    return client


def token(site: Site, name: str) -> str:
    """A sign-in of somebody, as the cookie holds it."""
    with site.app.app_context():
        person = db.session.scalars(select(Person).filter_by(name=name)).one()
        return services.sign_in(person, provider="test", at=site.app.config["CLOCK"]())
