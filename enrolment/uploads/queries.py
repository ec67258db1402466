"""An owner's files, looked up through the owner."""

from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import Delete, delete, select

from accounts.acting import Actor
from accounts.models import Role
from config.database import db
from config.errors import NotFound
from config.languages import _
from enrolment.uploads.models import OwnersUpload

Upload = TypeVar("Upload", bound=OwnersUpload)


def owner_of(actor: Actor) -> int:
    """Whom an owner's hat acts for. Raises NotAllowed under another hat."""
    actor.require(Role.OWNER)
    return actor.organisation_id


def own_upload(kind: type[Upload], actor: Actor, uuid: UUID, *, to_save: bool = False) -> Upload:
    """`to_save`: nobody else saves it meanwhile. Raises NotFound for another owner's, and for what is saved or let go of."""
    mine = select(kind).where(kind.owner_id == owner_of(actor), kind.uuid == uuid)
    found = db.session.scalar(mine.with_for_update() if to_save else mine)
    if found is None:
        raise NotFound(_("The file is saved already, or was let go of after a day. Send it again if you need to."))
    return found


def uploads_before(kind: type[OwnersUpload], at: datetime) -> Delete:
    return delete(kind).where(kind.at < at)
