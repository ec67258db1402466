"""Every select on what is saved. What is a person's own is looked up through the person."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Row, delete, func, select
from sqlalchemy.orm import joinedload

from accounts.acting import Actor
from accounts.models import Person
from catalog.institutions.models import Institution
from catalog.offers.lifecycle import Publication
from catalog.offers.models import Course, Module
from config.database import db
from config.errors import NotFound
from config.languages import _
from enrolment.saved.lifecycle import Alert
from enrolment.saved.models import SavedSearch, SavedStudy, SearchMade, SearchNews


def own_studies(actor: Actor) -> Sequence[SavedStudy]:
    """What a person has saved, the latest first."""
    mine = select(SavedStudy).options(*_with_study()).where(SavedStudy.person_id == actor.person_id)
    return db.session.scalars(mine.order_by(SavedStudy.saved_at.desc(), SavedStudy.id.desc())).all()


def _with_study():
    module = joinedload(SavedStudy.module)
    return module.joinedload(Module.institution), module.joinedload(Module.course), joinedload(SavedStudy.offering)


def own_study(actor: Actor, uuid: UUID) -> SavedStudy:
    """Raises NotFound for another person's."""
    return _own(select(SavedStudy).options(*_with_study()).where(SavedStudy.uuid == uuid, SavedStudy.person_id == actor.person_id))


def own_search(actor: Actor, uuid: UUID) -> SavedSearch:
    return _own(select(SavedSearch).where(SavedSearch.uuid == uuid, SavedSearch.person_id == actor.person_id))


def own_search_made(actor: Actor, uuid: UUID) -> SearchMade:
    return _own(select(SearchMade).where(SearchMade.uuid == uuid, SearchMade.person_id == actor.person_id))


def own_news(actor: Actor, uuid: UUID) -> SearchNews:
    return _own(select(SearchNews).where(SearchNews.uuid == uuid, SearchNews.person_id == actor.person_id))


def _own(wanted):
    found = db.session.scalar(wanted)
    if found is None:
        raise NotFound(_("You have not saved this, or you have removed it."))
    return found


def saved_things(person_id: int) -> set[tuple[int, int | None]]:
    """Module and run of everything a person has saved."""
    return {tuple(row) for row in db.session.execute(select(SavedStudy.module_id, SavedStudy.offering_id).where(SavedStudy.person_id == person_id))}


def saved_study(person_id: int, module_id: int, offering_id: int | None) -> SavedStudy | None:
    mine = select(SavedStudy).where(SavedStudy.person_id == person_id, SavedStudy.module_id == module_id)
    return db.session.scalar(mine.where(SavedStudy.offering_id == offering_id if offering_id else SavedStudy.offering_id.is_(None)))


def published_module(uuid: UUID) -> Module:
    """Raises NotFound for one that nobody may see."""
    found = db.session.scalar(select(Module).where(Module.uuid == uuid, Module.state == Publication.PUBLISHED))
    if found is None:
        raise NotFound(_("There is no such module, or it is not published."))
    return found


def own_searches(actor: Actor) -> Sequence[SavedSearch]:
    mine = select(SavedSearch).where(SavedSearch.person_id == actor.person_id)
    return db.session.scalars(mine.order_by(SavedSearch.saved_at.desc(), SavedSearch.id.desc())).all()


def saved_search(person_id: int, digest: str) -> SavedSearch | None:
    return db.session.scalar(select(SavedSearch).where(SavedSearch.person_id == person_id, SavedSearch.digest == digest))


def count_of(kind: type[SavedSearch] | type[SavedStudy], person_id: int) -> int:
    return db.session.scalar(select(func.count()).select_from(kind).where(kind.person_id == person_id)) or 0


def searches_made(person_id: int) -> Sequence[SearchMade]:
    """The latest searches, newest first."""
    mine = select(SearchMade).where(SearchMade.person_id == person_id)
    return db.session.scalars(mine.order_by(SearchMade.made_at.desc(), SearchMade.id.desc())).all()


def forget_searches_made(person_id: int) -> None:
    db.session.execute(delete(SearchMade).where(SearchMade.person_id == person_id))


def people_to_tell(on: date) -> Sequence[int]:
    """Those with a search that is to be asked again by this day, whose account is open."""
    due = select(SavedSearch.person_id).join(Person, Person.id == SavedSearch.person_id)
    due = due.where(SavedSearch.alert == Alert.WEEKLY, SavedSearch.next_on <= on, Person.disabled_at.is_(None))
    return db.session.scalars(due.distinct().order_by(SavedSearch.person_id)).all()


def locked_person(person_id: int) -> int | None:
    """Takes the person's row, so that two nodes never tell the same person at once; None where another is at it. Keeps nobody from referring to it."""
    row = select(Person.id).where(Person.id == person_id).with_for_update(skip_locked=True, key_share=True)
    return db.session.scalar(row)


def due_searches(person_id: int, on: date) -> Sequence[SavedSearch]:
    due = select(SavedSearch).where(SavedSearch.person_id == person_id, SavedSearch.alert == Alert.WEEKLY, SavedSearch.next_on <= on)
    return db.session.scalars(due.order_by(SavedSearch.id).execution_options(populate_existing=True)).all()


def module_names(ids: Collection[int]) -> dict[int, Row]:
    """By key: title, code, course, slug and institution of the modules among these that are published."""
    wanted = select(Module.id, Module.title, Module.code, Module.slug, Institution.code.label("institution"), Course.title.label("course"))
    joined = wanted.join(Institution, Institution.organisation_id == Module.institution_id)
    joined = joined.outerjoin(Course, (Course.id == Module.course_id) & (Course.state == Publication.PUBLISHED))
    return {row.id: row for row in db.session.execute(joined.where(Module.id.in_(ids), Module.state == Publication.PUBLISHED))}


def programme_names(ids: Collection[int]) -> dict[int, Row]:
    """The same of whole programmes."""
    wanted = select(Course.id, Course.title, Course.code, Course.slug, Institution.code.label("institution"))
    joined = wanted.join(Institution, Institution.organisation_id == Course.institution_id)
    return {row.id: row for row in db.session.execute(joined.where(Course.id.in_(ids), Course.state == Publication.PUBLISHED))}
