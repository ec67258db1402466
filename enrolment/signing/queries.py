"""Every select of signing keys."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from catalog.institutions.models import Institution
from config.database import db
from config.errors import NotFound
from config.languages import _
from enrolment.signing.lifecycle import KeyState
from enrolment.signing.models import SigningKey


def signing(institution_id: int | None) -> SigningKey | None:
    """The key that signs now for an institution; none of one = for Seksti itself."""
    wanted = select(SigningKey).where(SigningKey.institution_id == institution_id, SigningKey.state == KeyState.SIGNING)
    return db.session.scalar(wanted)


def institutions_that_sign() -> set[int]:
    """The keys of the institutions that can sign now."""
    wanted = select(SigningKey.institution_id).where(SigningKey.institution_id.is_not(None), SigningKey.state == KeyState.SIGNING)
    return set(db.session.scalars(wanted))


def key(uuid: UUID) -> SigningKey:
    """Raises NotFound."""
    found = db.session.scalar(select(SigningKey).options(joinedload(SigningKey.institution)).where(SigningKey.uuid == uuid))
    if found is None:
        raise NotFound(_("There is no such key."))
    return found


def everything() -> Sequence[SigningKey]:
    """All keys, the newest first."""
    return db.session.scalars(select(SigningKey).options(joinedload(SigningKey.institution)).order_by(SigningKey.id.desc())).all()


def relied_on(institution_id: int | None = None) -> Sequence[SigningKey]:
    """The keys whose signatures hold, the newest first: all of them, or those of an institution."""
    wanted = select(SigningKey).where(SigningKey.state != KeyState.WITHDRAWN)
    if institution_id is not None:
        wanted = wanted.where(SigningKey.institution_id == institution_id)
    return db.session.scalars(wanted.order_by(SigningKey.id.desc())).all()


def institution(code: str) -> Institution:
    """Raises NotFound."""
    found = db.session.scalar(select(Institution).options(joinedload(Institution.organisation)).where(Institution.code == code))
    if found is None:
        raise NotFound(_("There is no such institution."))
    return found
