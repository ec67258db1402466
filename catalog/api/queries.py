"""Every select of the catalogue's API. What is not published does not exist here, apart from an institution's own work."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, func, select, tuple_
from sqlalchemy.orm import joinedload, selectinload

from catalog.institutions.models import Institution
from catalog.offers.lifecycle import Publication
from catalog.offers.models import Course, Gathering, Module, Offering, OverlapSet, Prerequisite
from catalog.offers.queries import SHOWN
from catalog.places.models import Region, RegionCounty, RegionInstitution
from catalog.subjects.models import Subject, SubjectPriority
from config.database import db
from config.errors import NotFound
from config.languages import _

Key = tuple[str, str]  # the institution's code and the slug, as in the address of its page

_NAMED = joinedload(Institution.organisation)
_COURSE = (
    joinedload(Course.institution).options(_NAMED),
    joinedload(Course.subject),
    selectinload(Course.modules.and_(Module.state == Publication.PUBLISHED)).joinedload(Module.institution),
)
_MODULE = (
    joinedload(Module.institution).options(_NAMED), joinedload(Module.subject), joinedload(Module.course), selectinload(Module.tags), selectinload(Module.bonus_points),
    selectinload(Module.prerequisites).options(
        joinedload(Prerequisite.subject), joinedload(Prerequisite.required_module).joinedload(Module.institution)
    ),
    selectinload(Module.overlaps).selectinload(OverlapSet.modules).joinedload(Module.institution),
    selectinload(Module.offerings.and_(Offering.state.in_(SHOWN))),
)  # fmt: skip
_OFFERING = (
    joinedload(Offering.module).joinedload(Module.institution),
    joinedload(Offering.municipality),
    selectinload(Offering.gatherings).joinedload(Gathering.municipality),
)
_REGION = (
    joinedload(Region.organisation),
    selectinload(Region.counties).joinedload(RegionCounty.county),
    selectinload(Region.institutions).joinedload(RegionInstitution.institution),
)
_SUBJECT = (selectinload(Subject.requirements), selectinload(Subject.priorities).joinedload(SubjectPriority.group))


def course_rows() -> Sequence[Row]:
    """Course, institution and slug of every published module of a published course."""
    of_modules = (
        select(Course.uuid, Institution.code, Module.slug)
        .join(Module, Module.course_id == Course.id)
        .join(Institution, Institution.organisation_id == Module.institution_id)
        .where(Course.state == Publication.PUBLISHED, Module.state == Publication.PUBLISHED)
    )
    return db.session.execute(of_modules).all()


def programme_rows() -> Sequence[Row]:
    """Course, institution and slug of every published course."""
    courses = select(Course.uuid, Institution.code, Course.slug).join(Institution, Institution.organisation_id == Course.institution_id)
    return db.session.execute(courses.where(Course.state == Publication.PUBLISHED)).all()


def courses(uuids: Sequence[UUID]) -> list[Course]:
    """Published courses, in the order asked for."""
    wanted = select(Course).options(*_COURSE).where(Course.uuid.in_(uuids), Course.state == Publication.PUBLISHED)
    return _in_order(wanted, uuids, lambda course: course.uuid)


def course(uuid: UUID) -> Course:
    """Raises NotFound."""
    return _one(courses([uuid]), _("There is no such course, or it is not published."))


def modules(keys: Sequence[Key]) -> list[Module]:
    """Published modules, in the order asked for."""
    wanted = select(Module).join(Module.institution).options(*_MODULE).where(tuple_(Institution.code, Module.slug).in_(keys))
    return _in_order(wanted.where(Module.state == Publication.PUBLISHED), keys, lambda module: (module.institution.code, module.slug))


def module(uuid: UUID) -> Module:
    """Raises NotFound."""
    wanted = select(Module).options(*_MODULE).where(Module.uuid == uuid, Module.state == Publication.PUBLISHED)
    return _one(db.session.scalars(wanted).all(), _("There is no such module, or it is not published."))


def offerings(ids: Sequence[int]) -> list[Offering]:
    """Runs teachers can see, in the order asked for."""
    return _in_order(_shown_runs().where(Offering.id.in_(ids)), ids, lambda run: run.id)


def offering(uuid: UUID) -> Offering:
    """Raises NotFound."""
    return _one(db.session.scalars(_shown_runs().where(Offering.uuid == uuid)).all(), _("There is no such run, or it is not published."))


def _shown_runs() -> Select:
    runs = select(Offering).join(Offering.module).options(*_OFFERING)
    return runs.where(Offering.state.in_(SHOWN), Module.state == Publication.PUBLISHED)


def _in_order(wanted: Select, keys: Sequence[Any], key_of) -> list:
    found = {key_of(row): row for row in db.session.scalars(wanted)} if keys else {}
    return [found[key] for key in keys if key in found]


def _one(found: Sequence[Any], sentence: str) -> Any:
    if not found:
        raise NotFound(sentence)
    return found[0]


def institutions() -> list[Institution]:
    """Those of today first, by name."""
    return list(db.session.scalars(select(Institution).options(_NAMED).order_by(Institution.historic, Institution.name_nb, Institution.code)))


def institution(uuid: UUID) -> Institution:
    """Raises NotFound."""
    wanted = select(Institution).join(Institution.organisation).options(_NAMED).where(Institution.organisation.has(uuid=uuid))
    return _one(db.session.scalars(wanted).all(), _("There is no such institution."))


def regions() -> list[Region]:
    return list(db.session.scalars(select(Region).options(*_REGION).order_by(Region.code)))


def region(uuid: UUID) -> Region:
    """Raises NotFound."""
    return _one(db.session.scalars(select(Region).options(*_REGION).where(Region.organisation.has(uuid=uuid))).all(), _("There is no such region."))


def subjects() -> list[Subject]:
    """In the order of the register."""
    return list(db.session.scalars(select(Subject).options(*_SUBJECT).order_by(Subject.position, Subject.id)))


def subject(code: str) -> Subject:
    """Raises NotFound."""
    return _one(db.session.scalars(select(Subject).options(*_SUBJECT).where(Subject.code == code)).all(), _("There is no such subject."))


def own_modules(institution_id: int, first: int, most: int) -> tuple[int, list[Module]]:
    """How many modules an institution has, in any state, and a stretch of them in the order they were begun."""
    mine = Module.institution_id == institution_id
    parts = (joinedload(Module.institution), joinedload(Module.subject), joinedload(Module.course), selectinload(Module.tags))
    before = selectinload(Module.prerequisites).joinedload(Prerequisite.required_module)
    found = db.session.scalars(select(Module).options(*parts, before).where(mine).order_by(Module.id).offset(first).limit(most))
    return db.session.scalar(select(func.count()).select_from(Module).where(mine)) or 0, list(found)
