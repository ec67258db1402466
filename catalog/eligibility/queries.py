"""The modules that could fill what somebody lacks, with their runs."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from catalog.offers.lifecycle import Publication, Run
from catalog.offers.models import Module, Offering, Prerequisite
from catalog.subjects.models import Subject
from config.database import db

MOST = 200  # modules weighed


def could_fill(subjects: Collection[str], modules: Collection[str], on: date) -> list[Module]:
    """Published modules in these subjects, and these modules, with a published run that one may still apply for or that is to come."""
    if not subjects and not modules:
        return []
    last_day = (Offering.apply_by >= on, Offering.starts_on > on, Offering.apply_by.is_(None) & Offering.starts_on.is_(None))
    run = select(Offering.id).where(Offering.module_id == Module.id, Offering.state == Run.PUBLISHED, ~Offering.told_over, or_(*last_day))
    asked = or_(Subject.code.in_(subjects), Module.uuid.in_([UUID(one) for one in modules]))
    needed = selectinload(Module.prerequisites)
    found = (
        select(Module)
        .outerjoin(Module.subject)
        .options(joinedload(Module.institution), joinedload(Module.subject), joinedload(Module.course))
        .options(needed.joinedload(Prerequisite.required_module), needed.joinedload(Prerequisite.subject))
        .options(selectinload(Module.offerings).options(joinedload(Offering.municipality), selectinload(Offering.gatherings)))
        .where(asked, Module.state == Publication.PUBLISHED, run.exists())
    )
    return list(db.session.scalars(found.order_by(Module.id).limit(MOST)))
