"""What a step for many did."""

from uuid import UUID

from sqlalchemy import select

from accounts.models import Event
from config.database import db
from config.errors import NotFound
from config.languages import _


def steps(institution_id: int, uuid: UUID) -> Event:
    """Raises NotFound where one's institution has taken no such step."""
    mine = select(Event).where(Event.subject_uuid == uuid, Event.kind == "steps", Event.organisation_id == institution_id)
    found = db.session.scalar(mine)
    if found is None:
        raise NotFound(_("Your institution has no such thing."))
    return found
