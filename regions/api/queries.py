"""The rows behind a path: modules and runs by their keys."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from catalog.offers.models import Module, Offering
from config.database import db


def modules(ids: Collection[int]) -> dict[int, Module]:
    wanted = select(Module).options(joinedload(Module.institution)).where(Module.id.in_(ids))
    return {module.id: module for module in db.session.scalars(wanted)}


def run_uuids(ids: Collection[int]) -> dict[int, UUID]:
    return {key: uuid for key, uuid in db.session.execute(select(Offering.id, Offering.uuid).where(Offering.id.in_(ids)))}


def made_up_runs() -> set[int]:
    """The runs that are invented for the demonstration."""
    return set(db.session.scalars(select(Offering.id).where(Offering.made_up)))
