"""One database for each test process, made from a migrated template and put back to it after each test.

A photo is the content of all tables at one moment. Putting a photo back empties the tables that hold something, fills
those that held something then, and starts the numbering again. One rolled-back transaction a test would be no isolation:
Flask-SQLAlchemy's sessions commit for good.
"""

import fcntl
import shutil
import sqlite3
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from tests.postgres import Cluster

# What is kept in memory is known by the catalogue's version, so no two tests may see the same number.
VERSION = "catalog_version"
STEP = 1000


class SqliteDatabase:
    """A file of its own in a folder of the run."""

    def __init__(self, folder: Path, worker: str, migrate: Callable[[str], None]):
        self.folder = folder
        self.path = folder / f"{worker}.sqlite"
        self.url = f"sqlite:///{self.path}"
        template = folder / "template.sqlite"
        with _alone(folder):
            if not template.exists():
                _make_whole(template, migrate)
        shutil.copy(template, self.path)
        self.connection = sqlite3.connect(self.path, isolation_level=None, timeout=5)
        self.connection.execute("PRAGMA synchronous=OFF")
        self.versions = 0

    def photo(self, name: str) -> str:
        """Keeps the content of all tables under a name, to be put back."""
        kept = self.folder / f"{self.path.stem}-{name}.sqlite"
        kept.unlink(missing_ok=True)
        self.connection.execute("VACUUM INTO ?", [str(kept)])
        self.connection.execute(f"ATTACH ? AS {name}", [str(kept)])
        return name

    def restore(self, photo: str) -> None:
        self.connection.execute("BEGIN IMMEDIATE")
        filled = self._filled("main")
        guards = self._without_guards(filled)
        for table in filled:
            self.connection.execute(f'DELETE FROM main."{table}"')
        for guard in guards:
            self.connection.execute(guard)
        for table in self._filled(photo):
            self.connection.execute(f'INSERT INTO main."{table}" SELECT * FROM {photo}."{table}"')
        self.versions += STEP
        self.connection.execute(f"INSERT OR REPLACE INTO main.{VERSION} (id, number) VALUES (1, ?)", [self.versions])
        self.connection.execute("COMMIT")

    def _without_guards(self, tables: list[str]) -> list[str]:
        """Takes off what keeps rows of these tables from being deleted. Returns how it is put on again."""
        guards = self.connection.execute("SELECT name, tbl_name, sql FROM main.sqlite_schema WHERE type = 'trigger' AND sql LIKE '%BEFORE DELETE%'").fetchall()
        found = [(name, made) for name, table, made in guards if table in tables]
        for name, _made in found:
            self.connection.execute(f'DROP TRIGGER main."{name}"')
        return [made for _name, made in found]

    def _filled(self, schema: str) -> list[str]:
        names = self._rows(f"SELECT name FROM {schema}.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name <> 'alembic_version'")
        asked = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {schema}.\"{name}\")" for name in names)
        return self._rows(asked)

    def _rows(self, query: str) -> list[str]:
        return [name for (name,) in self.connection.execute(query)]

    def content(self) -> dict[str, list[str]]:
        """All rows of the tables that hold something, in an order that always is the same."""
        return {table: sorted(map(repr, self.connection.execute(f'SELECT * FROM main."{table}"'))) for table in self._filled("main")}

    def fresh(self, name: str) -> str:
        """The address of another database, without tables, beside this one."""
        path = self.folder / f"{self.path.stem}-{name}.sqlite"
        path.unlink(missing_ok=True)
        return f"sqlite:///{path}"

    def close(self) -> None:
        self.connection.close()


@dataclass(frozen=True)
class PostgresPhoto:
    """The rows of each filled table as they are copied, and the last number of what counts them."""

    tables: dict[str, bytes]
    numbers: dict[str, int]


class PostgresDatabase:
    """A database of its own in the run's cluster."""

    def __init__(self, cluster: Cluster, folder: Path, worker: str, migrate: Callable[[str], None]):
        self.cluster = cluster
        self.name = f"seksti_{worker}"
        self.url = cluster.url(self.name)
        with _alone(folder), self._administration() as administration:
            if not administration.execute("SELECT 1 FROM pg_database WHERE datname = 'seksti_template'").fetchone():
                administration.execute("CREATE DATABASE seksti_template")
                migrate(cluster.url("seksti_template"))
            administration.execute(f"CREATE DATABASE {self.name} TEMPLATE seksti_template")
        self.connection = psycopg.connect(self.url, autocommit=True, options="-c session_replication_role=replica -c lock_timeout=10s")
        self.photos: dict[str, PostgresPhoto] = {}
        self.asked: dict[str, str] = {}
        self.versions = 0

    @contextmanager
    def _administration(self) -> Iterator[psycopg.Connection]:
        connection = psycopg.connect(self.cluster.url(), autocommit=True)
        try:
            yield connection
        finally:
            connection.close()

    def photo(self, name: str) -> str:
        """Keeps the content of all tables under a name, to be put back."""
        tables = {table: self._copied(table) for table in self._filled()}
        self.photos[name] = PostgresPhoto(tables, self._numbers_after(tables))
        return name

    def restore(self, photo: str) -> None:
        with self.connection.transaction():
            for table in self._filled():
                self.connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
            self._restart_numbers()
            for table, content in self.photos[photo].tables.items():
                self._fill(table, content)
            self._continue_numbers(self.photos[photo])
            self.versions += STEP
            raised = f"INSERT INTO {VERSION} (id, number) VALUES (1, %s) ON CONFLICT (id) DO UPDATE SET number = excluded.number"
            self.connection.execute(raised, [self.versions])

    def _filled(self) -> list[str]:
        return self._rows(self._of_each("SELECT {} WHERE EXISTS (SELECT 1 FROM {})"))

    def _of_each(self, asked: str) -> str:
        """One question of every table: its name as a text and as a table is filled in. Put together once, for no test makes a table here."""
        if asked not in self.asked:
            names = self._rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'")
            whole = sql.SQL(" UNION ALL ").join(sql.SQL(asked).format(sql.Literal(name), sql.Identifier(name)) for name in names)
            self.asked[asked] = whole.as_string(self.connection)
        return self.asked[asked]

    def _rows(self, query) -> list[str]:
        return [name for (name,) in self.connection.execute(query)]

    def _copied(self, table: str) -> bytes:
        with self.connection.cursor().copy(sql.SQL("COPY {} TO STDOUT (FORMAT binary)").format(sql.Identifier(table))) as copy:
            return b"".join(copy)

    def _fill(self, table: str, content: bytes) -> None:
        with self.connection.cursor().copy(sql.SQL("COPY {} FROM STDIN (FORMAT binary)").format(sql.Identifier(table))) as copy:
            copy.write(content)

    def _restart_numbers(self) -> None:
        self.connection.execute(
            "SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false) FROM pg_sequences WHERE last_value IS NOT NULL"
        )

    def _numbers_after(self, tables: Collection[str]) -> dict[str, int]:
        """The last number of each filled table, by what counts its rows."""
        owned = """SELECT table_name, column_name, pg_get_serial_sequence(quote_ident(table_name), column_name) FROM information_schema.columns
            WHERE table_schema = 'public' AND pg_get_serial_sequence(quote_ident(table_name), column_name) IS NOT NULL"""
        last = "SELECT max({}) FROM {}"
        return {
            sequence: self.connection.execute(sql.SQL(last).format(sql.Identifier(column), sql.Identifier(table))).fetchone()[0]
            for table, column, sequence in self.connection.execute(owned).fetchall()
            if table in tables
        }

    def _continue_numbers(self, photo: "PostgresPhoto") -> None:
        """The next row of a filled table follows its last one."""
        self.connection.execute("SELECT setval(sequence, last) FROM unnest(%s::regclass[], %s::bigint[]) AS each (sequence, last)", [list(photo.numbers), list(photo.numbers.values())])

    def content(self) -> dict[str, list[str]]:
        """All rows of the tables that hold something, in an order that always is the same."""
        found: dict[str, list[str]] = {}
        for table, row in self.connection.execute(self._of_each("SELECT {}, one_row::text FROM {} AS one_row")):
            found.setdefault(table, []).append(row)
        return {table: sorted(rows) for table, rows in found.items()}

    def fresh(self, name: str) -> str:
        """The address of another database, without tables, beside this one."""
        with self._administration() as administration:
            administration.execute(f"DROP DATABASE IF EXISTS {self.name}_{name} WITH (FORCE)")
            administration.execute(f"CREATE DATABASE {self.name}_{name}")
        return self.cluster.url(f"{self.name}_{name}")

    def close(self) -> None:
        self.connection.close()


def _make_whole(template: Path, migrate: Callable[[str], None]) -> None:
    """A template that is there is a finished one, also when the run is stopped in the middle of the migrations."""
    growing = template.with_name("growing.sqlite")
    growing.unlink(missing_ok=True)
    migrate(f"sqlite:///{growing}")
    growing.rename(template)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with open(folder / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
