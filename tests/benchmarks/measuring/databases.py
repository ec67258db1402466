"""Databases to measure on: migrated, with the registers loaded, filled once a run and shared by the benchmarks of it."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path

from flask import Flask

from config import database
from tests import postgres
from tests.benchmarks.measuring import made_up

SECRET = "a key for the benchmarks, of more than 32 characters"


@cache
def folder() -> Path:
    """Everything that this run writes; removed with it."""
    made = Path(tempfile.mkdtemp(prefix="seksti-bench-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


@contextmanager
def app_on(url: str) -> Iterator[Flask]:
    """The product in this process, inside an app context, on a database of the run."""
    from wsgi import create_app

    app = create_app({"SEKSTI_ENV": "test", "SECRET_KEY": SECRET, "DATABASE_URL": url, "SEKSTI_INSTANCE": str(folder())})
    with app.app_context():
        yield app
    database.let_go(app)


@cache
def sqlite(offerings: int) -> str:
    """The address of a file with a catalogue of so many offerings; nought = the registers alone."""
    path = folder() / f"{offerings}.sqlite"
    if offerings:
        shutil.copy(sqlite(0).removeprefix("sqlite:///"), path)
    return _filled(f"sqlite:///{path}", offerings)


def sqlite_of_its_own(name: str, offerings: int = 0) -> str:
    """The address of a file with a catalogue of so many offerings, or the registers alone, which nobody else of the run uses."""
    path = folder() / f"{name}.sqlite"
    shutil.copy(sqlite(offerings).removeprefix("sqlite:///"), path)
    return f"sqlite:///{path}"


@cache
def postgresql(offerings: int) -> str:
    """The same in PostgreSQL. Raises NoPostgres."""
    name = f"bench_{offerings}"
    _administer(f"CREATE DATABASE {name}" + (" TEMPLATE bench_0" if offerings and postgresql(0) else ""))
    return _filled(_cluster().url(name), offerings)


def _filled(url: str, offerings: int) -> str:
    with app_on(url) as app:
        if offerings:
            made_up.fill(offerings)
        else:
            database.upgrade(app)
            app.test_cli_runner().invoke(args=["registers", "load"], catch_exceptions=False)
    return url


@cache
def _cluster() -> postgres.Cluster:
    running = ExitStack()
    made = running.enter_context(postgres.cluster())
    atexit.register(running.close)
    return made


def _administer(statement: str) -> None:
    import psycopg

    with psycopg.connect(_cluster().url(), autocommit=True) as connection:
        connection.execute(statement)


def postgresql_of_its_own(name: str, offerings: int) -> str:
    """The same in PostgreSQL. Raises NoPostgres."""
    postgresql(offerings)
    _administer(f"CREATE DATABASE {name} TEMPLATE bench_{offerings}")
    return _cluster().url(name)


def engines(offerings: int, its_own: str = "") -> list[tuple[str, str]]:
    """Name and address of each database that is here, which nobody else uses where `its_own` names it; a missing PostgreSQL is told of, and how to get it."""
    found = [("SQLite", sqlite_of_its_own(its_own, offerings) if its_own else sqlite(offerings))]
    try:
        return [*found, ("PostgreSQL", postgresql_of_its_own(its_own, offerings) if its_own else postgresql(offerings))]
    except postgres.NoPostgres as missing:
        print(f"{missing} Measured on SQLite alone.", flush=True)
        return found


def instance(name: str) -> Path:
    """A folder of its own for a server."""
    made = folder() / name
    made.mkdir(exist_ok=True)
    return made


def environment(url: str) -> dict[str, str]:
    """The environment of a command of the product."""
    return {**os.environ, "SEKSTI_ENV": "test", "SECRET_KEY": SECRET, "DATABASE_URL": url, "SEKSTI_INSTANCE": str(folder())}
