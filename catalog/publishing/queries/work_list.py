"""The work list: an institution's courses, each followed by its modules, each followed by its runs, one page at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Select, Subquery, and_, false, func, literal, or_, select, true, type_coerce, union_all
from sqlalchemy.orm import InstrumentedAttribute, contains_eager, joinedload, selectinload

from catalog.joint.queries import owned_by
from catalog.offers.lifecycle import Publication, Run
from catalog.offers.models import Course, Module, Offering, Prerequisite
from catalog.subjects.models import Subject
from catalog.values import Semester
from config.database import db

ROWS = 25  # on a page
QUEUES = 5  # of those told at the top


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to: words in title or code, a state, a kind, a subject by its code, a course of one's own, a semester (which
    only runs have), and whether ended runs are shown too."""

    text: str = ""
    state: str | None = None
    ended: bool = False
    kind: str | None = None
    subject: str | None = None
    course: UUID | None = None
    semester: Semester | None = None


@dataclass(frozen=True)
class Page:
    """Things of the list, how many there are in all, and which page of how many this is."""

    things: list[Course | Module | Offering]
    total: int
    number: int
    pages: int


def page_of(institution_id: int, wanted: Wanted, *, page: int, on: date) -> Page:
    """One page of the things in order; the last one where the number asked for is beyond it."""
    lines = _lines(institution_id, wanted, on)
    total = db.session.scalar(select(func.count()).select_from(lines)) or 0
    pages = max(1, -(-total // ROWS))
    number = min(page, pages)
    chosen = db.session.execute(select(lines.c.kind, lines.c.id).order_by(*_order(lines)).limit(ROWS).offset((number - 1) * ROWS)).all()
    return Page(_in_order(chosen), total, number, pages)


def all_of(institution_id: int, wanted: Wanted, *, most: int, on: date) -> list[Course | Module | Offering]:
    """The things on all pages, at most so many."""
    lines = _lines(institution_id, wanted, on)
    return _in_order(db.session.execute(select(lines.c.kind, lines.c.id).order_by(*_order(lines)).limit(most)).all())


def own(institution_id: int, kind: str, uuids: Iterable[UUID]) -> list[Course | Module | Offering]:
    """Those things of one kind that are one's own, in no order."""
    found = {
        "course": lambda: select(Course.id).where(Course.institution_id == institution_id, Course.uuid.in_(uuids)),
        "module": lambda: select(Module.id).where(Module.institution_id == institution_id, Module.uuid.in_(uuids)),
        "offering": lambda: select(Offering.id).join(Offering.module).where(owned_by(institution_id), Offering.uuid.in_(uuids)),
    }[kind]()
    return _in_order([(kind, key) for key in db.session.scalars(found)])


def _order(lines: Subquery) -> list:
    return [lines.c[name] for name in ("heading", "course", "position", "module", "semester", "run")]


def _in_order(chosen: Sequence[Any]) -> list[Course | Module | Offering]:
    things = _loaded(chosen)
    return [things[tuple(line)] for line in chosen]


def drafts(institution_id: int, *, on: date) -> int:
    """How many things are written and not yet seen by teachers."""
    return db.session.scalar(select(func.count()).select_from(_lines(institution_id, Wanted(state="draft"), on))) or 0


def queues(institution_id: int, *, on: date) -> list[Offering]:
    """The runs that teachers wait for a seat in, the longest queue first."""
    waited_for = select(Offering).join(Offering.module).options(contains_eager(Offering.module))
    mine = waited_for.where(owned_by(institution_id), Offering.state == Run.PUBLISHED, Offering.waiting > 0, ~_ended(on))
    return list(db.session.scalars(mine.order_by(Offering.waiting.desc(), Offering.id).limit(QUEUES)))


def _lines(institution_id: int, wanted: Wanted, on: date) -> Subquery:
    return union_all(_courses(institution_id, wanted), _modules(institution_id, wanted), _runs(institution_id, wanted, on)).subquery()


def _courses(institution_id: int, wanted: Wanted) -> Select:
    return select(
        literal("course").label("kind"),
        Course.id.label("id"),
        func.lower(Course.title).label("heading"),
        Course.id.label("course"),
        literal(-1).label("position"),
        literal(0).label("module"),
        literal(0).label("semester"),
        literal(0).label("run"),
    ).where(
        Course.institution_id == institution_id,
        true() if wanted.kind in (None, "course") and wanted.semester is None else false(),
        _in_state(Course.state, Publication, wanted),
        _says(wanted.text, Course.title, Course.code),
        _about(Course, wanted),
        Course.uuid == wanted.course if wanted.course else true(),
    )


def _modules(institution_id: int, wanted: Wanted) -> Select:
    lines = select(
        literal("module"),
        Module.id,
        func.lower(func.coalesce(Course.title, Module.title, Module.code)),
        func.coalesce(Module.course_id, 0),
        Module.position,
        Module.id,
        literal(0),
        literal(0),
    )
    return lines.outerjoin(Module.course).where(
        owned_by(institution_id),
        true() if wanted.kind in (None, "module") and wanted.semester is None else false(),
        _in_state(Module.state, Publication, wanted),
        _says(wanted.text, Module.title, Module.code),
        _about(Module, wanted),
        Course.uuid == wanted.course if wanted.course else true(),
    )


def _runs(institution_id: int, wanted: Wanted, on: date) -> Select:
    lines = select(
        literal("offering"),
        Offering.id,
        func.lower(func.coalesce(Course.title, Module.title, Module.code)),
        func.coalesce(Module.course_id, 0),
        Module.position,
        Module.id,
        func.coalesce(type_coerce(Offering.semester, Integer), 0),
        Offering.id,
    )
    return (
        lines.join(Offering.module)
        .outerjoin(Module.course)
        .where(
            owned_by(institution_id),
            true() if wanted.kind in (None, "offering") else false(),
            _in_state(Offering.state, Run, wanted),
            _says(wanted.text, Module.title, Module.code),
            _about(Module, wanted),
            Course.uuid == wanted.course if wanted.course else true(),
            Offering.semester == wanted.semester if wanted.semester else true(),
            true() if wanted.ended else ~_ended(on),
        )
    )


def _in_state(column: InstrumentedAttribute, states: type[Publication] | type[Run], wanted: Wanted) -> ColumnElement[bool]:
    if wanted.state is None:
        return true()
    return column == states(wanted.state) if wanted.state in list(states) else false()


def _about(kind: type[Course] | type[Module], wanted: Wanted) -> ColumnElement[bool]:
    if wanted.subject is None:
        return true()
    return kind.subject_id.in_(select(Subject.id).where(Subject.code == wanted.subject))


def _says(text: str, *columns: InstrumentedAttribute) -> ColumnElement[bool]:
    """Every word stands in one of the columns, in small or capital letters; the databases do not all fold æ, ø and å."""
    return and_(
        true(),
        *(or_(*(column.icontains(spelt, autoescape=True) for column in columns for spelt in _spellings(word))) for word in text.split()),
    )


def _spellings(word: str) -> set[str]:
    return {word, word.lower(), word.upper(), word.capitalize()}


def _ended(on: date) -> ColumnElement[bool]:
    """The same as catalog.offers.rules.has_ended: by the last day, or else by the last semester."""
    last_over = on.year * 2 if on.month >= 8 else on.year * 2 - 1  # the number of the last semester that is over
    last_semester = type_coerce(Offering.semester, Integer) + Offering.semesters - 1
    by_semester = and_(Offering.ends_on.is_(None), Offering.semester.is_not(None), last_semester <= last_over)
    return or_(Offering.told_over, and_(Offering.ends_on.is_not(None), Offering.ends_on < on), by_semester)


def _loaded(chosen: Sequence[Any]) -> dict[tuple[str, int], Course | Module | Offering]:
    """The chosen things with what their line tells of them."""
    before = selectinload(Module.prerequisites).joinedload(Prerequisite.required_module)
    parts = {
        "course": (Course, [joinedload(Course.subject)]),
        "module": (Module, [joinedload(Module.subject), joinedload(Module.institution), selectinload(Module.tags), before]),
        "offering": (Offering, [joinedload(Offering.module), joinedload(Offering.municipality), selectinload(Offering.gatherings)]),
    }
    found = {}
    for kind, (table, options) in parts.items():
        keys = [key for one, key in chosen if one == kind]
        for thing in db.session.scalars(select(table).where(table.id.in_(keys)).options(*options)) if keys else ():
            found[kind, thing.id] = thing
    return found
