"""Every select on modules that several institutions own."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Row, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from catalog.institutions.models import Institution
from catalog.joint.lifecycle import Part
from catalog.offers.lifecycle import Publication
from catalog.offers.models import Module, Partner
from config.database import db
from config.errors import NotFound
from config.languages import _


def owned_by(institution_id: int) -> ColumnElement[bool]:
    """That a module is an institution's own: it leads it, or has accepted a part in it."""
    takes_part = select(Partner.module_id).where(Partner.institution_id == institution_id, Partner.state == Part.ACCEPTED)
    return or_(Module.institution_id == institution_id, Module.id.in_(takes_part))


def parts_of(institution_id: int) -> Sequence[Partner]:
    """The parts that others have asked an institution to take, and what became of them, those that wait for an answer first."""
    module = joinedload(Partner.module).options(joinedload(Module.institution), selectinload(Module.partners).joinedload(Partner.institution))
    theirs = select(Partner).join(Partner.module).where(Partner.institution_id == institution_id, Module.institution_id != institution_id)
    return db.session.scalars(theirs.options(module).order_by(Partner.state != Part.ASKED, Module.title, Module.id)).all()


def waiting(institution_id: int) -> int:
    """How many it has not answered."""
    asked = select(func.count()).select_from(Partner).where(Partner.institution_id == institution_id, Partner.state == Part.ASKED)
    return db.session.scalar(asked) or 0


def own_part(institution_id: int, uuid: UUID) -> Partner:
    """A part that another institution has asked one's own to take, held. Raises NotFound."""
    theirs = select(Partner).join(Partner.module).where(Partner.institution_id == institution_id, Partner.uuid == uuid)
    found = db.session.scalar(theirs.where(Module.institution_id != institution_id).with_for_update(of=Partner))
    if found is None:
        raise NotFound(_("Your institution has no such thing."))
    return found


def by_code(codes: Collection[str]) -> dict[str, Institution]:
    """Institutions of today by their codes."""
    found = db.session.scalars(select(Institution).where(Institution.code.in_(codes), ~Institution.historic))
    return {one.code: one for one in found}


def partner_rows(modules: Collection[int] | None = None) -> Sequence[Row]:
    """(module, institution) of everybody who has accepted a part."""
    wanted = select(Partner.module_id, Partner.institution_id).where(Partner.state == Part.ACCEPTED)
    return db.session.execute(wanted if modules is None else wanted.where(Partner.module_id.in_(modules))).all()


def shared_with(institution_id: int) -> Sequence[Row]:
    """The published modules that others lead and an institution takes part in: title, code, address, credits, grades, the lead, whether made up."""
    wanted = (
        select(Module.title, Module.code, Module.slug, Module.credits, Module.grades, Module.made_up, Institution.code.label("institution"), Institution.short_name)
        .join(Institution, Institution.organisation_id == Module.institution_id)
        .join(Partner, Partner.module_id == Module.id)
    )
    theirs = wanted.where(Partner.institution_id == institution_id, Partner.state == Part.ACCEPTED, Module.institution_id != institution_id)
    return db.session.execute(theirs.where(Module.state == Publication.PUBLISHED).order_by(Module.title, Module.id)).all()
