"""What a step for many did, and whether it can be taken back."""

from uuid import UUID

from sqlalchemy import select

from accounts.models import Event
from catalog.bulk.models import BulkPublication
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


def published_at_once(institution_id: int, uuid: UUID) -> BulkPublication | None:
    """What of the step can be taken back within its time; none once that is forgotten."""
    return db.session.scalar(select(BulkPublication).where(BulkPublication.uuid == uuid, BulkPublication.institution_id == institution_id))
