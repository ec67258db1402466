"""The product with something in it, served: the whole demonstration to look at, or the real catalogue and its people to tell a story in."""

import fcntl
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask

from config import database
from config.clock import today
from config.database import db
from tests import factories
from tests.conftest import make_app
from tests.server import ROOT, serving

NOBODY_YET = "Nora Ny"  # has signed in once and holds no role
CATALOGUE = ROOT / "catalog" / "registers" / "modules.csv"
Fill = Callable[[Flask], None]


@dataclass(frozen=True)
class Site:
    """A served copy of a filled database, and an app on the same one for looking things up."""

    address: str
    app: Flask


@contextmanager
def site(fill: Fill, shared: Path, own: Path) -> Iterator[Site]:
    """Serves a database of one's own. `shared`: the folder where the processes of a run keep the first of its kind to copy from."""
    copy = own / f"{fill.__name__}.sqlite"
    shutil.copy(_filled_once(fill, shared), copy)
    instance = own / fill.__name__
    instance.mkdir()
    app = _app(copy)
    with serving(f"sqlite:///{copy}", instance, app="tests.served:app", workers=1) as address:
        yield Site(address, app)
    database.let_go(app)


def _filled_once(fill: Fill, folder: Path) -> Path:
    """One that is there is a finished one, also when the run is stopped in the middle of filling it."""
    finished, growing = folder / f"{fill.__name__}.sqlite", folder / f"{fill.__name__}-growing.sqlite"
    with (folder / "filling").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not finished.exists():
            growing.unlink(missing_ok=True)
            _make(growing, fill)
            growing.rename(finished)
    return finished


def _make(path: Path, fill: Fill) -> None:
    app = _app(path)
    database.upgrade(app)
    fill(app)
    database.let_go(app)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # so that the file alone is the whole of it


def _app(path: Path) -> Flask:
    """On today's date, as the served product is."""
    return make_app(f"sqlite:///{path}", CLOCK=lambda: datetime.now(UTC))


def demonstration(app: Flask) -> None:
    """All that the first start makes."""
    _real_catalogue(app)
    _run(app, "seed", "--size", "s")
    for whose in ((), ("HVL",)):
        _run(app, "keys", "make", *whose)
    with app.app_context():
        factories.person(NOBODY_YET)


def before_anything(app: Flask) -> None:
    """The real catalogue and the people one can sign in as, before any of them has done a thing."""
    from demo import people, registers
    from demo.dice import Seed

    _real_catalogue(app)
    with app.app_context():
        people.add(Seed(60), registers.read(), today())
        db.session.commit()


def _real_catalogue(app: Flask) -> None:
    _run(app, "registers", "load")
    _run(app, "catalog", "import", str(CATALOGUE))


def _run(app: Flask, *command: str) -> None:
    result = app.test_cli_runner().invoke(args=list(command))
    assert result.exit_code == 0, result.output
