"""What there is to be found, and when each last changed. What is made up for the demonstration is not for search engines."""

from collections.abc import Sequence

from sqlalchemy import Row, func, select

from accounts.models import Event
from catalog.institutions.models import Institution
from catalog.offers.lifecycle import Publication
from catalog.offers.models import Course, Module, Offering
from catalog.offers.queries import SHOWN
from catalog.places.models import Region
from config.database import db


def _changed(thing):
    """When it last went through a change that was recorded."""
    return select(func.max(Event.at)).where(Event.subject_uuid == thing.uuid).scalar_subquery().label("changed_at")


def course_rows() -> Sequence[Row]:
    """Institution's code, slug, first publishing and last change of each published course."""
    return _rows(Course)


def module_rows() -> Sequence[Row]:
    """The same of each published module, with its key first."""
    return _rows(Module)


def _rows(kind: type[Course] | type[Module]) -> Sequence[Row]:
    wanted = select(kind.id, Institution.code.label("institution"), kind.slug, kind.published_at, _changed(kind))
    told = wanted.join(Institution, Institution.organisation_id == kind.institution_id).where(kind.state == Publication.PUBLISHED, ~kind.made_up)
    return db.session.execute(told.order_by(kind.id)).all()


def run_rows() -> Sequence[Row]:
    """Module's key, identifier, first publishing and last change of each run that is shown."""
    wanted = select(Offering.module_id, Offering.uuid, Offering.published_at, _changed(Offering)).join(Module, Module.id == Offering.module_id)
    told = wanted.where(Offering.state.in_(SHOWN), ~Offering.made_up, Module.state == Publication.PUBLISHED, ~Module.made_up)
    return db.session.execute(told.order_by(Offering.id)).all()


def institution_codes() -> Sequence[str]:
    return db.session.scalars(select(Institution.code).order_by(Institution.code)).all()


def region_codes() -> Sequence[str]:
    return db.session.scalars(select(Region.code).order_by(Region.code)).all()
