"""The one file that knows every package. `wsgi:app` under gunicorn; run as a script it sets everything up and serves."""

if __name__ == "__main__":
    from config.bootstrap import serve_from_scratch

    raise SystemExit(serve_from_scratch(__file__))

from collections.abc import Callable
from contextlib import suppress

from flask import Flask
from sqlalchemy import select

import accounts.web
import catalog.web
import config.web
import demo.web
import enrolment.web
import regions.web
from catalog.importing.services import import_catalogue
from catalog.offers.models import Course
from catalog.subjects.models import Subject
from config import database, settings
from config.clock import now, today
from demo.people import sign_in_lines
from demo.seed import is_there, seed
from enrolment.registers.cli import load_all
from enrolment.signing.services import KeyThere
from enrolment.signing.services import make as make_key

SHIPPED_CATALOGUE = settings.ROOT / "catalog" / "registers" / "modules.csv"


def create_app(environ: dict[str, str] | None = None, **overrides) -> Flask:
    """The whole product. `environ` replaces the process's environment, `overrides` are Flask settings (tests).

    Raises SettingWrong for a setting that is missing or not usable.
    """
    app = Flask("seksti", root_path=str(settings.ROOT))
    app.config["SETTINGS"] = settings.read() if environ is None else settings.read(environ)
    app.config.update(overrides)
    for package in (config, accounts, catalog, enrolment, regions, demo):
        package.web.init_app(app)
    return app


def prepare(app: Flask, say: Callable[[str], None]) -> list[str]:
    """Fills an empty database, telling by `say` what takes a while; gives the lines to show beneath the address.

    The registers and the real catalogue, and outside production the demonstration too.
    """
    with app.app_context():
        if database.db.session.scalar(select(Subject.id).limit(1)) is None:
            say("Loading the registers …")
            load_all()
        if database.db.session.scalar(select(Course.id).limit(1)) is None:
            say("Reading the catalogue …")
            _import_shipped_catalogue()
        return [] if app.config["SETTINGS"].production else _demonstration(say)


def _import_shipped_catalogue() -> None:
    with SHIPPED_CATALOGUE.open("rb") as file:
        import_catalogue(file, SHIPPED_CATALOGUE.name, at=now())


def _demonstration(say: Callable[[str], None]) -> list[str]:
    if not is_there():
        say("Making the demonstration …")
        seed("s", today())
    _make_keys(None, "HVL")
    return ["Sign in as one of these made-up people:", *(f"  {line}" for line in sign_in_lines())]


def _make_keys(*whose: str | None) -> None:
    """So that the demonstration can sign; in production that is a command of its own."""
    for code in whose:
        with suppress(KeyThere):
            make_key(code, at=now())


def __getattr__(name: str) -> Flask:
    """`wsgi:app` is made when it is asked for, so that importing create_app alone needs no settings."""
    if name == "app":
        globals()["app"] = create_app()
        return globals()["app"]
    raise AttributeError(name)
