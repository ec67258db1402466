"""Every select on readings: a region's through the institutions that belong to it, an institution's through the institution."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from catalog.offers.lifecycle import Publication, Run
from catalog.offers.models import Module, Prerequisite
from catalog.places.models import Region, RegionInstitution
from config.database import db, holds
from config.errors import NotFound
from config.languages import _
from regions.readings.models import Reading, Remark

PAGE = 100  # readings shown at once, the latest


def _institutions(region_id: int, on: date) -> Select:
    """The keys of those that belong to a region on a day."""
    return select(RegionInstitution.institution_id).where(RegionInstitution.region_id == region_id, holds(RegionInstitution, on))


def _open_to(region_id: int, on: date) -> Select:
    mine = Module.institution_id.in_(_institutions(region_id, on))
    return select(Reading).join(Reading.module).where(mine, Reading.closed_at.is_(None))


def open_to(region_id: int, on: date) -> Sequence[Reading]:
    """What a region can read, those that teachers do not see yet first, the latest first."""
    whole = joinedload(Reading.module).options(joinedload(Module.institution), joinedload(Module.subject))
    latest = _open_to(region_id, on).order_by(Module.state == Publication.PUBLISHED, Reading.opened_at.desc(), Reading.id.desc())
    return db.session.scalars(latest.options(whole, selectinload(Reading.remarks)).limit(PAGE)).all()


def waiting_for(region_id: int, on: date) -> int:
    """How many a region can read that teachers do not see yet."""
    unseen = _open_to(region_id, on).where(Module.state != Publication.PUBLISHED)
    return db.session.scalar(select(func.count()).select_from(unseen.subquery())) or 0


def to_read(region_id: int, uuid: UUID, on: date) -> Reading:
    """With all that the module says. Raises NotFound for what is not open to the region."""
    module = joinedload(Reading.module).options(
        joinedload(Module.institution), joinedload(Module.subject), joinedload(Module.course), selectinload(Module.tags), selectinload(Module.bonus_points),
        selectinload(Module.prerequisites).joinedload(Prerequisite.required_module), selectinload(Module.overlaps), selectinload(Module.offerings),
    )  # fmt: skip
    remarks = selectinload(Reading.remarks).joinedload(Remark.region)
    return _found(db.session.scalar(_open_to(region_id, on).where(Reading.uuid == uuid).options(module, remarks)))


def own_remark(region_id: int, uuid: UUID, on: date) -> Remark:
    """A region's own remark on what is still open to it. Raises NotFound."""
    mine = select(Remark).where(Remark.uuid == uuid, Remark.region_id == region_id)
    return _found(db.session.scalar(mine.where(Remark.reading_id.in_(_open_to(region_id, on).with_only_columns(Reading.id)))))


def _found(row):
    if row is None:
        raise NotFound(_("There is nothing like this for you to read."))
    return row


def reading_of(module_id: int) -> Reading | None:
    """With the remarks of all regions."""
    remarks = selectinload(Reading.remarks).joinedload(Remark.region)
    return db.session.scalar(select(Reading).where(Reading.module_id == module_id).options(remarks))


def remark_to(institution_id: int, uuid: UUID) -> Remark:
    """A remark on a module of the institution's own. Raises NotFound."""
    mine = select(Remark).join(Remark.reading).join(Reading.module).where(Module.institution_id == institution_id, Remark.uuid == uuid)
    return _found(db.session.scalar(mine.options(joinedload(Remark.region), joinedload(Remark.reading).joinedload(Reading.module))))


def unsettled(institution_id: int) -> Sequence[Module]:
    """The institution's modules with remarks that nobody has answered."""
    waiting = select(Reading.module_id).join(Reading.remarks).where(Remark.settled_at.is_(None))
    return db.session.scalars(select(Module).where(Module.institution_id == institution_id, Module.id.in_(waiting)).order_by(Module.title, Module.id)).all()


def regions_of(institution_id: int, on: date) -> Sequence[Region]:
    """Those that can read what the institution opens."""
    mine = select(RegionInstitution.region_id).where(RegionInstitution.institution_id == institution_id, holds(RegionInstitution, on))
    return db.session.scalars(select(Region).where(Region.organisation_id.in_(mine)).order_by(Region.name_nb)).all()


def beside(module: Module, region_id: int, on: date) -> Sequence[Module]:
    """The region's other modules in the subject that teachers see, or that are open to the region, with what is compared of them."""
    if module.subject_id is None:
        return []
    seen = (Module.state == Publication.PUBLISHED) | Module.id.in_(_open_to(region_id, on).with_only_columns(Reading.module_id))
    theirs = Module.institution_id.in_(_institutions(region_id, on))
    wanted = select(Module).where(seen, theirs, Module.subject_id == module.subject_id, Module.id != module.id)
    parts = (joinedload(Module.institution), selectinload(Module.tags), selectinload(Module.offerings))
    return db.session.scalars(wanted.options(*parts).order_by(Module.id)).all()


TO_COME = (Run.DRAFT, Run.PLANNED, Run.PUBLISHED)
