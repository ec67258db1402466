"""Every select an editor needs. What is the institution's own is looked up through it, so a stranger's thing does not exist."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from accounts.models import Event, Person
from catalog.institutions.models import Institution
from catalog.joint.queries import owned_by
from catalog.offers.lifecycle import Publication
from catalog.offers.models import Course, Module, Offering, OverlapSet, Partner, Prerequisite, TermClash
from catalog.places.models import County, Municipality
from catalog.subjects.models import Subject, SubjectKind
from config.database import db
from config.errors import NotFound
from config.languages import _

_BEFORE = selectinload(Module.prerequisites).joinedload(Prerequisite.required_module).joinedload(Module.institution)
_PARTS = (
    joinedload(Module.institution), joinedload(Module.subject), joinedload(Module.course), selectinload(Module.tags), selectinload(Module.bonus_points), _BEFORE,
    selectinload(Module.apart).joinedload(TermClash.other).joinedload(Module.institution), selectinload(Module.partners).joinedload(Partner.institution),
    selectinload(Module.prerequisites).joinedload(Prerequisite.subject),
    selectinload(Module.overlaps).selectinload(OverlapSet.modules).joinedload(Module.institution),
)  # fmt: skip


def institution(institution_id: int) -> Institution:
    """Raises NotFound where an editor's hat belongs to a body that publishes nothing."""
    found = db.session.get(Institution, institution_id)
    if found is None:
        raise NotFound(_("Your role belongs to no institution that publishes here."))
    return found


def own_course(institution_id: int, uuid: UUID) -> Course:
    """A course of one's own, with its modules. Raises NotFound."""
    mine = select(Course).where(Course.institution_id == institution_id, Course.uuid == uuid)
    parts = (
        joinedload(Course.institution),
        joinedload(Course.subject),
        selectinload(Course.modules).options(selectinload(Module.tags), selectinload(Module.bonus_points), _BEFORE),
    )
    return _found(db.session.scalar(mine.options(*parts)))


def own_module(institution_id: int, uuid: UUID) -> Module:
    """A module of one's own, alone or with others, with its parts and its runs. Raises NotFound."""
    mine = select(Module).where(owned_by(institution_id), Module.uuid == uuid)
    return _found(db.session.scalar(mine.options(*_PARTS, selectinload(Module.offerings).selectinload(Offering.gatherings))))


def own_offering(institution_id: int, uuid: UUID) -> Offering:
    """A run of one's own, with its module and gatherings. Raises NotFound."""
    mine = select(Offering).join(Offering.module).where(owned_by(institution_id), Offering.uuid == uuid)
    module = joinedload(Offering.module).options(joinedload(Module.institution), joinedload(Module.course))
    return _found(db.session.scalar(mine.options(module, joinedload(Offering.municipality), selectinload(Offering.gatherings))))


def _found(thing):
    if thing is None:
        raise NotFound(_("Your institution has no such thing."))
    return thing


def lock_institution(institution_id: int) -> None:
    """One editor of an institution writes at a time, so that two cannot each take the same code or close one circle of prerequisites."""
    db.session.execute(select(Institution.organisation_id).where(Institution.organisation_id == institution_id).with_for_update())


def hold_module(institution_id: int, uuid: UUID) -> Module:
    """A module of one's own, with the institution that leads it held. Raises NotFound."""
    leads = db.session.scalar(select(Module.institution_id).where(owned_by(institution_id), Module.uuid == uuid))
    if leads is not None:
        lock_institution(leads)
    return own_module(institution_id, uuid)


def lock_offering(institution_id: int, uuid: UUID) -> Offering:
    """A run of one's own, held against anybody taking a seat meanwhile. Raises NotFound."""
    mine = select(Offering.id).join(Offering.module).where(owned_by(institution_id), Offering.uuid == uuid)
    held = select(Offering).where(Offering.id.in_(mine)).with_for_update().execution_options(populate_existing=True)
    return _found(db.session.scalar(held))


def lock_offerings(institution_id: int, uuids: Iterable[UUID]) -> dict[UUID, Offering]:
    """Several runs of one's own, held alike. Raises NotFound where one of them is not there."""
    wanted = set(uuids)
    mine = select(Offering.id).join(Offering.module).where(owned_by(institution_id), Offering.uuid.in_(wanted))
    parts = (selectinload(Offering.module), selectinload(Offering.gatherings))  # what is judged when one of them changes
    held = select(Offering).where(Offering.id.in_(mine)).order_by(Offering.id).options(*parts).with_for_update()
    found = {run.uuid: run for run in db.session.scalars(held.execution_options(populate_existing=True))}
    return found if len(found) == len(wanted) else _found(None)


def lock_runs(module: Module) -> None:
    """The runs of a module, held against anybody taking a seat meanwhile, with the seats that are taken now."""
    held = select(Offering).where(Offering.module_id == module.id).order_by(Offering.id)
    db.session.scalars(held.with_for_update().execution_options(populate_existing=True)).all()


def module_with_code(institution_id: int, code: str, *, other_than: int | None = None) -> Module | None:
    """The module that has a code already, however its letters are written."""
    same = select(Module.id, Module.code).where(
        Module.institution_id == institution_id, Module.code.is_not(None), Module.id != (other_than or 0)
    )
    taken = next((key for key, other in db.session.execute(same) if other.casefold() == code.casefold()), None)
    return db.session.get(Module, taken) if taken else None


def slugs(kind: type[Course] | type[Module], institution_id: int, *, other_than: int | None = None) -> set[str]:
    """The addresses an institution's courses, or modules, have taken."""
    return set(db.session.scalars(select(kind.slug).where(kind.institution_id == institution_id, kind.id != (other_than or 0))))


def modules_known_as(institution_id: int, names: Iterable[str]) -> dict[str, Module]:
    """Modules by how an editor names them: a code of one's own (or the address where no code is stated), or another institution's
    short name and code. Only what another institution has published is found."""
    wanted = {name: name.casefold() for name in names}
    known = _codes(select(Module.id, Module.code, Module.slug, Institution.code).where(Module.institution_id == institution_id), own=True)
    others = {name.partition(" ")[0] for name in wanted if " " in name and wanted[name] not in known}
    if others:
        seen = select(Module.id, Module.code, Module.slug, Institution.code).where(
            Institution.code.in_(others), Module.state == Publication.PUBLISHED
        )
        known |= _codes(seen, own=False)
    return {name: db.session.get(Module, known[folded]) for name, folded in wanted.items() if folded in known}


def _codes(modules: Select, *, own: bool) -> dict[str, int]:
    """Module ids by what the modules are called, in folded letters; a code goes before an address."""
    rows = db.session.execute(modules.join(Module.institution)).all()
    called = {(slug if own else f"{place} {slug}").casefold(): key for key, _code, slug, place in rows}
    return called | {(code if own else f"{place} {code}").casefold(): key for key, code, _slug, place in rows if code}


def asked_before(modules: Iterable[int]) -> dict[int, list[int]]:
    """What modules ask for before them, and what those ask for, and so on: module ids by module id."""
    asks: dict[int, list[int]] = {}
    frontier = set(modules)
    while frontier:
        pairs = select(Prerequisite.module_id, Prerequisite.required_module_id).where(
            Prerequisite.module_id.in_(frontier), Prerequisite.required_module_id.is_not(None)
        )
        asks |= {one: [] for one in frontier}
        for module, before in db.session.execute(pairs):
            asks[module].append(before)
        frontier = {before for one in frontier for before in asks[one]} - asks.keys()
    return asks


def names_of(modules: Iterable[int]) -> dict[int, str]:
    found = db.session.scalars(select(Module).where(Module.id.in_(list(modules))))
    return {module.id: module.code or module.name for module in found}


def asking_for(module: Module) -> list[Module]:
    """The published modules that require this one before them."""
    asks = select(Prerequisite.module_id).where(Prerequisite.required_module_id == module.id, Prerequisite.required)
    seen = select(Module).where(Module.id.in_(asks), Module.state == Publication.PUBLISHED)
    return list(db.session.scalars(seen.order_by(Module.title, Module.id)))


def own_courses(institution_id: int) -> list[Course]:
    return list(db.session.scalars(select(Course).where(Course.institution_id == institution_id).order_by(Course.title, Course.id)))


def next_position(course: Course) -> int:
    """The place after the last module of a course."""
    return (db.session.scalar(select(func.max(Module.position)).where(Module.course_id == course.id)) or 0) + 1


def subjects() -> list[Subject]:
    """The subjects a course may be in, in the register's order; target groups are no subjects."""
    return list(db.session.scalars(select(Subject).where(Subject.kind != SubjectKind.TARGET_GROUP).order_by(Subject.position, Subject.id)))


def subject(code: str) -> Subject | None:
    return db.session.scalar(select(Subject).where(Subject.code == code, Subject.kind != SubjectKind.TARGET_GROUP))


def course_named(uuid: UUID) -> Course | None:
    return db.session.scalar(select(Course).where(Course.uuid == uuid))


def counties() -> dict[County, list[Municipality]]:
    """The municipalities by county, both by code."""
    found: dict[County, list[Municipality]] = {}
    for place in db.session.scalars(select(Municipality).options(joinedload(Municipality.county)).order_by(Municipality.code)):
        found.setdefault(place.county, []).append(place)
    return found


def municipality(code: str) -> Municipality | None:
    return db.session.scalar(select(Municipality).where(Municipality.code == code))


def municipalities_called(names: Iterable[str]) -> dict[str, Municipality]:
    """The municipalities with these names, leaving out a name that several share (Herøy, Våler)."""
    found: dict[str, list[Municipality]] = {}
    for place in db.session.scalars(select(Municipality).where(Municipality.name.in_(list(names)))):
        found.setdefault(place.name, []).append(place)
    return {name: places[0] for name, places in found.items() if len(places) == 1}


def history(subject_uuid: UUID, most: int = 20) -> list[tuple[Event, str | None]]:
    """What happened to a thing, newest first, with the name of who did it where that is still known."""
    told = select(Event, Person.name).outerjoin(Person, Person.uuid == Event.person_uuid).where(Event.subject_uuid == subject_uuid)
    return [(event, name) for event, name in db.session.execute(told.order_by(Event.at.desc(), Event.id.desc()).limit(most))]
