"""What a thing may take its words from: what it was copied from, or for a run the module's run before it."""

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from catalog.offers.models import Course, Module, Offering
from config.database import db


def source_of(thing: Course | Module | Offering) -> Course | Module | Offering | None:
    """What it was copied from; for a run that was not, the latest run of its module in an earlier semester."""
    if thing.copied_from_id:
        return db.session.get(type(thing), thing.copied_from_id)
    return _run_before(thing) if isinstance(thing, Offering) and thing.semester else None


def _run_before(run: Offering) -> Offering | None:
    before = select(Offering).where(Offering.module_id == run.module_id, Offering.semester < run.semester, Offering.id != run.id)
    stated = before.where(or_(Offering.published_at.is_not(None), Offering.starts_on.is_not(None)))  # not another empty draft
    latest = stated.options(selectinload(Offering.gatherings)).order_by(Offering.semester.desc(), Offering.id.desc())
    return db.session.scalar(latest.limit(1))
