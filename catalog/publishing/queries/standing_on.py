"""What stands on a course, a module or a run: its parts, the modules that ask for it, and what was copied from it."""

from sqlalchemy import func, select, update

from catalog.offers.models import Course, Module, Offering, Prerequisite
from config.database import db


def parts(thing: Course | Module | Offering) -> int:
    """How many modules a course has, or runs a module."""
    if isinstance(thing, Course):
        return db.session.scalar(select(func.count(Module.id)).where(Module.course_id == thing.id)) or 0
    if isinstance(thing, Module):
        return db.session.scalar(select(func.count(Offering.id)).where(Offering.module_id == thing.id)) or 0
    return 0


def asking(thing: Course | Module | Offering) -> int:
    """How many modules name a module as something one needs before."""
    if not isinstance(thing, Module):
        return 0
    return db.session.scalar(select(func.count(Prerequisite.module_id.distinct())).where(Prerequisite.required_module_id == thing.id)) or 0


def forget_source(thing: Course | Module | Offering) -> None:
    """What was copied from this stands on its own from now on."""
    kind = type(thing)
    db.session.execute(update(kind).where(kind.copied_from_id == thing.id).values(copied_from_id=None))
