"""Every select of equivalent modules."""

from collections.abc import Sequence
from functools import cache
from uuid import UUID

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import joinedload, selectinload

from catalog.equivalence.models import EquivalenceSet, EquivalenceSetModule
from catalog.institutions.models import Institution
from catalog.offers.models import Module
from config.database import db
from config.errors import NotFound
from config.languages import _


def sets_of(module: Module) -> Sequence[EquivalenceSet]:
    """The sets a module stands in, with what their page shows."""
    return db.session.scalars(_sets_of(), {"module": module.id}).all()


@cache
def _sets_of() -> Select:
    with_it = select(EquivalenceSetModule.equivalence_set_id).where(EquivalenceSetModule.module_id == bindparam("module"))
    told = selectinload(EquivalenceSet.modules).joinedload(Module.institution)
    return select(EquivalenceSet).options(told).where(EquivalenceSet.id.in_(with_it)).order_by(EquivalenceSet.id)


def set_of(module: Module, uuid: UUID) -> EquivalenceSet:
    """Raises NotFound for a set that the module does not stand in."""
    found = next((one for one in sets_of(module) if one.uuid == uuid), None)
    if found is None:
        raise NotFound(_("The module has no such equivalent."))
    return found


def module_called(institution: str, code: str) -> Module | None:
    """By the code of its institution and its own, whichever the case."""
    wanted = select(Module).join(Module.institution).options(joinedload(Module.institution))
    return db.session.scalar(wanted.where(Institution.code == institution, func.lower(Module.code) == code.lower()))
