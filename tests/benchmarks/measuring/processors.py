"""The time of the processors that work takes, in this process and in those of the database: what others do on the machine meanwhile falls out of it."""

from pathlib import Path
from time import process_time

from sqlalchemy import text

from config.database import db


def spent() -> float:
    """Seconds until now, of this process and of the sessions of the database that are open; a database in a file works in this process."""
    return process_time() + sum(_of(pid) for pid in _sessions())


def _sessions() -> list[int]:
    if db.engine.dialect.name != "postgresql":
        return []
    with db.engine.connect() as connection:
        return list(connection.scalars(text("SELECT pid FROM pg_stat_activity WHERE datname = current_database() ORDER BY pid")))


def _of(pid: int) -> float:
    """Nought for one that has ended, and where the system does not tell."""
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9
    except (OSError, ValueError, IndexError):
        return 0.0
