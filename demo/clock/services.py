"""Moving the demonstration's clock: one function, one use case, one commit."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from accounts.models import SignIn
from catalog.version import raise_version
from config.database import db
from config.errors import BadInput
from config.languages import _
from demo.clock.models import DemoClock

FURTHEST = timedelta(days=5 * 366)


def move(to: datetime) -> None:
    """From now on it is `to`. Everybody stays signed in, and pages that were kept are made anew. Raises BadInput for what lies too far off."""
    ahead = to - datetime.now(UTC)
    if abs(ahead) > FURTHEST:
        sentence = _("The clock can be moved by five years at most.")
        raise BadInput(sentence, {"day": [sentence]})
    _move_by(round(ahead.total_seconds()))


def back() -> None:
    """The real time again."""
    _move_by(0)


def _move_by(seconds: int) -> None:
    row = db.session.scalar(select(DemoClock)) or DemoClock(id=1, seconds=0)
    further = timedelta(seconds=seconds - row.seconds)
    row.seconds = seconds
    db.session.add(row)
    for one in db.session.scalars(select(SignIn).where(SignIn.ended_at.is_(None))):
        one.began_at, one.seen_at = one.began_at + further, one.seen_at + further
    raise_version(db.session)
    db.session.commit()
