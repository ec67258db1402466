"""Deleting a draft that nobody has seen and nothing stands on. What teachers have met is never deleted."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from accounts.acting import Actor
from catalog.offers.models import Course, Module, Offering
from catalog.publishing import queries, rules
from catalog.publishing.permissions import institution_of
from catalog.publishing.queries import standing_on
from catalog.publishing.services.editing import Thing, note
from catalog.publishing.services.modules import refuse_partner
from config.database import db
from config.errors import Refusal
from config.languages import _, ngettext


class StillNeeded(Refusal):
    """Teachers have seen it, or something stands on it."""

    code = "still-needed"


def delete_course(uuid: UUID, *, actor: Actor, at: datetime) -> None:
    """Raises NotFound and StillNeeded."""
    mine = institution_of(actor)
    queries.lock_institution(mine)
    _delete(queries.own_course(mine, uuid), None, actor, at)


def delete_module(uuid: UUID, *, actor: Actor, at: datetime) -> Course | None:
    """Returns the course it was a part of. Raises NotFound, OnlyTheLead and StillNeeded."""
    mine = institution_of(actor)
    queries.lock_institution(mine)
    module = queries.own_module(mine, uuid)
    refuse_partner(module, mine)
    course = module.course
    for together in [row for row in module.overlaps if len(row.modules) <= 2]:  # a set of one says nothing
        db.session.delete(together)
    _delete(module, course, actor, at)
    return course


def delete_offering(uuid: UUID, *, actor: Actor, at: datetime) -> Module:
    """Returns the module it was a run of. Raises NotFound and StillNeeded."""
    run = queries.lock_offering(institution_of(actor), uuid)
    module = run.module
    _delete(run, module, actor, at)
    return module


def _delete(thing: Thing, whole: Course | Module | None, actor: Actor, at: datetime) -> None:
    hindrance = why_kept(thing)
    if hindrance:
        db.session.rollback()
        raise StillNeeded(hindrance)
    remove(thing, whole, actor=actor, at=at)
    try:
        db.session.commit()
    except IntegrityError:  # something that the catalogue does not know of stands on it
        db.session.rollback()
        raise StillNeeded(_("Something stands on this, so it is kept.")) from None


def remove(thing: Thing, whole: Course | Module | None, *, actor: Actor, at: datetime) -> None:
    """Takes the row away and leaves the events, on itself and on what it was a part of; the caller commits."""
    facts = _remembered(thing)
    note(thing, "delete", actor=actor, at=at, facts=facts)
    if whole:
        note(whole, "delete-part", actor=actor, at=at, facts=facts)
    standing_on.forget_source(thing)
    db.session.delete(thing)


def _remembered(thing: Thing) -> dict[str, str]:
    """What it was called, in no language."""
    if isinstance(thing, Offering):
        return {"name": thing.module.name, "semester": thing.semester.code if thing.semester else ""}
    return {"name": thing.name if isinstance(thing, Module) else thing.title}


def why_kept(thing: Thing) -> str | None:
    """The sentence that says why it cannot be deleted; none where it can."""
    reason = rules.why_kept(never_seen=thing.never_seen, parts=standing_on.parts(thing), people=_people(thing), needed_by=standing_on.asking(thing))
    return _SENTENCES[reason](thing) if reason else None


def _people(thing: Thing) -> int:
    return thing.people if isinstance(thing, Offering) else 0


def _seen(_thing: Thing) -> str:
    return _("Teachers have seen this, so it is kept.")


def _parts(thing: Thing) -> str:
    count = standing_on.parts(thing)
    if isinstance(thing, Course):
        return ngettext("The course has %(num)d module. Delete it or move it first.", "The course has %(num)d modules. Delete them or move them first.", count)
    return ngettext("The module has %(num)d run. Delete it first.", "The module has %(num)d runs. Delete them first.", count)


def _asked_for(thing: Thing) -> str:
    count = standing_on.asking(thing)
    return ngettext("%(num)d module names it as something one needs before.", "%(num)d modules name it as something one needs before.", count)


_SENTENCES = {"seen": _seen, "people": _seen, "parts": _parts, "asked-for": _asked_for}
