"""The database: one code for SQLite and PostgreSQL, moments in aware UTC, writers that never start as readers.

A transaction begins as a writing one unless the request can only read. SQLite then takes its write lock at the
start (BEGIN IMMEDIATE), because a reader that turns writer in the middle fails when somebody else wrote in between.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated
from uuid import UUID, uuid4

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ColumnElement, DateTime, Engine, MetaData, String, TypeDecorator, Uuid, event, or_
from sqlalchemy.orm import DeclarativeBase, mapped_column

MIGRATIONS = Path(__file__).parent / "migrations"
NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)


db = SQLAlchemy(model_class=Base)


class UtcMoment(TypeDecorator):
    """An aware moment in UTC; a naive one is refused, so no zone is ever guessed."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect):
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment without a time zone cannot be kept.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect):
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class OneOf(TypeDecorator):
    """A StrEnum kept as its text, so that a new state needs no change of the schema."""

    impl = String(40)
    cache_ok = True

    def __init__(self, kind: type):
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value, dialect):
        return None if value is None else str(self.kind(value))

    def process_result_value(self, value, dialect):
        return None if value is None else self.kind(value)


Key = Annotated[int, mapped_column(primary_key=True)]
PublicId = Annotated[UUID, mapped_column(Uuid, unique=True, default=uuid4)]
Moment = Annotated[datetime, mapped_column(UtcMoment)]

_only_reads: ContextVar[bool] = ContextVar("only_reads", default=False)


def holds(table: type, on: date) -> ColumnElement[bool]:
    """That a row with a first and a last day (both included; none = open) holds on a day, as a condition."""
    return or_(table.valid_from.is_(None), table.valid_from <= on) & or_(table.valid_to.is_(None), table.valid_to >= on)


def only_reads(yes: bool) -> None:
    """Says that what follows in this request cannot write, so SQLite need not take its one write lock."""
    _only_reads.set(yes)


@contextmanager
def reading() -> Iterator[None]:
    """What begins within it cannot write, whatever the request may do."""
    token = _only_reads.set(True)
    try:
        yield
    finally:
        _only_reads.reset(token)


def start_writing() -> None:
    """Ends the reading transaction of a GET that must write after all (a sign-in coming back from its provider)."""
    db.session.rollback()
    only_reads(False)


class RevisionUnknown(SystemExit):
    """The schema stands at, or is to be brought to, a revision that no migration here makes. Where nobody catches it, it ends the program with its sentence."""


def upgrade(app: Flask, revision: str = "head") -> None:
    """Brings the schema to a revision by Alembic. Raises RevisionUnknown."""
    _alembic(app, "upgrade", revision)


def downgrade(app: Flask, revision: str) -> None:
    _alembic(app, "downgrade", revision)


def _alembic(app: Flask, command: str, revision: str) -> None:
    from alembic import command as commands
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with app.app_context(), db.engine.connect() as connection:
        config.attributes["connection"] = connection
        try:
            getattr(commands, command)(config, revision)
        except CommandError as error:
            raise RevisionUnknown(f"{error}. Was the database made by a newer Seksti than this one, or the revision misspelt?") from None


def let_go(app: Flask) -> None:
    """Closes this process's connections, so that no fork shares one."""
    with app.app_context():
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()


def init_app(app: Flask) -> None:
    url = app.config["SETTINGS"].database_url
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", engine_options(url))
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            _tame_sqlite(db.engine)


def engine_options(url: str) -> dict:
    """How connections are made and kept, for SQLAlchemy."""
    if url.startswith("sqlite"):
        return {"connect_args": {"timeout": 15}}
    # A statement that runs for longer than this is a mistake, and would hold a worker.
    return {"pool_pre_ping": True, "connect_args": {"options": "-c statement_timeout=30000 -c timezone=UTC"}}


def _tame_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def settle(connection, _record):
        connection.isolation_level = None  # the driver must not begin transactions of its own
        for pragma in ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=15000", "synchronous=FULL"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection):
        connection.exec_driver_sql("BEGIN" if _only_reads.get() else "BEGIN IMMEDIATE")
