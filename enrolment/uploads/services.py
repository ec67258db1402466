"""Letting go of what nobody saves."""

from datetime import datetime, timedelta

from config.database import db
from enrolment.uploads import queries
from enrolment.uploads.models import OwnersUpload

KEPT_FOR = timedelta(days=1)


def forget_uploads(kind: type[OwnersUpload], at: datetime) -> int:
    """Lets go of the files of a kind that nobody saved within a day. Gives how many."""
    gone = db.session.execute(queries.uploads_before(kind, at - KEPT_FOR)).rowcount
    db.session.commit()
    return gone
