"""What falls on the same days as a run: the gatherings of the other modules of its course."""

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from catalog.offers.lifecycle import Run
from catalog.offers.models import Gathering, Module, Offering
from config.database import db


def gatherings_beside(offering: Offering) -> list[Gathering]:
    """The dated gatherings of runs of the course's other modules within the days of this run's own, by day; not those of cancelled runs."""
    days = [day for row in offering.gatherings for day in (row.starts_on, row.ends_on) if day]
    if not days or offering.module.course_id is None:
        return []
    beside = select(Gathering).join(Gathering.offering).join(Offering.module).where(
        Module.course_id == offering.module.course_id, Module.id != offering.module_id, Offering.state != Run.CANCELLED,
        Gathering.starts_on <= max(days), Gathering.ends_on >= min(days),
    )  # fmt: skip
    loaded = beside.options(contains_eager(Gathering.offering).contains_eager(Offering.module))
    return list(db.session.scalars(loaded.order_by(Gathering.starts_on, Gathering.id)))
