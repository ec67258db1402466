"""The selects on versions of whichever kind; `kind` is the class of their table."""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.sql.base import ExecutableOption

from config.database import db
from config.errors import NotFound
from config.languages import _
from regions.versions.lifecycle import Version
from regions.versions.models import Versioned

V = TypeVar("V", bound=Versioned)


def seen(kind: type[V], *, hidden_too: bool) -> Select[tuple[V]]:
    """Those that are released; for the authority the hidden ones too."""
    return select(kind) if hidden_too else select(kind).where(kind.state == Version.RELEASED)


def one(kind: type[V], number: int, *whole: ExecutableOption, hidden_too: bool) -> V:
    """Raises NotFound, for those who see no hidden ones also for one that is not released."""
    return _found(db.session.scalar(seen(kind, hidden_too=hidden_too).where(kind.number == number).options(*whole)))


def locked(kind: type[V], number: int) -> V:
    """Under a lock, for a change. Raises NotFound."""
    return _found(db.session.scalar(select(kind).where(kind.number == number).with_for_update()))


def _found(row: V | None) -> V:
    if row is None:
        raise NotFound(_("There is no such version."))
    return row


def last_number(kind: type[Versioned]) -> int:
    return db.session.scalar(select(func.coalesce(func.max(kind.number), 0)))


def due(kind: type[V], on: date) -> Sequence[V]:
    """Approved versions whose day has come, the oldest first, under a lock; what another node is at is passed over."""
    wanted = select(kind).where(kind.state == Version.APPROVED, kind.release_on <= on).order_by(kind.number)
    return db.session.scalars(wanted.with_for_update(skip_locked=True)).all()
