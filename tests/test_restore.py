"""The backup of the README, restored and compared: a backup that was never restored is a hope."""

import sqlite3
import subprocess
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from catalog.importing.services import import_catalogue
from config.database import db as database
from tests.catalog.importing.files import MODULES
from tests.conftest import ENGINE
from tests.factories import MONDAY
from tests.postgres import binaries


def content(url: str) -> dict[str, list[str]]:
    """Every row of every table, as text."""
    engine = create_engine(url)
    with engine.connect() as connection:
        names = [*database.metadata.tables, "alembic_version"]
        rows = {name: sorted(str(tuple(row)) for row in connection.execute(text(f'SELECT * FROM "{name}"'))) for name in names}  # noqa: S608
    engine.dispose()
    return rows


def sqlite_restored(url: str, folder: Path) -> str:
    copy = folder / "seksti-copy.sqlite"
    with sqlite3.connect(make_url(url).database) as live, sqlite3.connect(copy) as kept:
        live.backup(kept)
    return f"sqlite:///{copy}"


def postgres_restored(url: str, folder: Path, empty: str) -> str:
    plain, target = (make_url(each).set(drivername="postgresql").render_as_string(hide_password=False) for each in (url, empty))
    dump = folder / "seksti.dump"
    tools = binaries()
    subprocess.run([tools / "pg_dump", "--format=custom", f"--file={dump}", plain], check=True)
    subprocess.run([tools / "pg_restore", "--no-owner", f"--dbname={target}", dump], check=True)
    return empty


@pytest.fixture
def full_database(registers, db, database_url) -> str:
    with MODULES.open("rb") as file:
        import_catalogue(file, MODULES.name, at=MONDAY)
    db.session.rollback()
    return database_url


def test_a_restored_backup_holds_every_row(full_database, tmp_path, request):
    if ENGINE == "sqlite":
        restored = sqlite_restored(full_database, tmp_path)
    else:
        restored = postgres_restored(full_database, tmp_path, request.getfixturevalue("fresh_database_url"))

    before = content(full_database)

    assert len(before["schools"]) == 2801
    assert content(restored) == before
