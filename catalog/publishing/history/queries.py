"""The events of a thing, all of them, a page at a time; and one change of a section."""

from uuid import UUID

from sqlalchemy import Select, func, select

from accounts.models import Event, Person
from config.database import db
from config.errors import NotFound
from config.languages import _

ROWS = 20  # on a page


def page_of(thing_uuid: UUID, page: int) -> tuple[list[tuple[Event, str | None]], int, int]:
    """Events, newest first, each with the name of who did it where that is still known; the number of this page, and of all pages."""
    pages = max(1, -(-(db.session.scalar(select(func.count()).select_from(_events(thing_uuid).subquery())) or 0) // ROWS))
    number = min(page, pages)
    named = _events(thing_uuid).add_columns(Person.name).outerjoin(Person, Person.uuid == Event.person_uuid)
    rows = db.session.execute(named.order_by(Event.at.desc(), Event.id.desc()).limit(ROWS).offset((number - 1) * ROWS))
    return [(event, name) for event, name in rows], number, pages


def _events(thing_uuid: UUID) -> Select:
    return select(Event).where(Event.subject_uuid == thing_uuid)


def edit_of(thing_uuid: UUID, key: int) -> Event:
    """One change of a section of the thing. Raises NotFound for what is no change of it."""
    found = db.session.scalar(_events(thing_uuid).where(Event.id == key, Event.event == "edit"))
    if found is None or not found.facts.get("changes"):
        raise NotFound(_("There is no such change."))
    return found
