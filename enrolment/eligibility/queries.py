"""The modules that somebody says they have done."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from catalog.offers.lifecycle import Publication
from catalog.offers.models import Module
from config.database import db


def modules(uuids: Iterable[UUID]) -> list[Module]:
    """Those of them that are shown and state their credits and subject; others can be claimed for nothing."""
    wanted = select(Module).options(joinedload(Module.institution), joinedload(Module.subject))
    stated = wanted.where(Module.uuid.in_(list(uuids)), Module.credits.is_not(None), Module.subject_id.is_not(None))
    return list(db.session.scalars(stated.where(Module.state != Publication.DRAFT).order_by(Module.id)))
