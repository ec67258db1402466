"""Every select of the public pages on courses, modules and runs. What is a draft or withdrawn does not exist here."""

from collections.abc import Collection, Iterable, Sequence
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Row, Select, bindparam, case, exists, func, or_, select, union_all
from sqlalchemy.orm import aliased, contains_eager, joinedload, load_only, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from catalog.equivalence.models import EquivalenceSetModule
from catalog.institutions.models import Institution
from catalog.offers.lifecycle import Publication, Run
from catalog.offers.models import (
    BonusPoint, ContentTag, Course, Gathering, Module, Offering, OverlapSet, OverlapSetModule, Partner, Prerequisite, TermClash,
)  # fmt: skip
from catalog.places.models import Municipality
from catalog.plans.models import PlannedSemester
from config.database import db

SHOWN = (Run.PLANNED, Run.PUBLISHED, Run.CANCELLED)
BATCH = 500  # rows
# What others than the module itself say of it, each with the condition that somebody does.
BESIDE = {
    "afterwards": Prerequisite.required_module_id == Module.id,
    "apart": or_(TermClash.module_id == Module.id, TermClash.other_id == Module.id),
    "planned": PlannedSemester.module_id == Module.id,
    "equivalents": EquivalenceSetModule.module_id == Module.id,
}
_other = aliased(Module)
Keys = Collection[int] | None  # of the rows wanted; none = all of them


def published_course(institution: str, slug: str) -> Course | None:
    """A published course with its modules, what each requires and shares, and its runs."""
    wanted = (
        select(Course)
        .join(Course.institution)
        .options(joinedload(Course.institution).joinedload(Institution.organisation), joinedload(Course.subject))
        .options(selectinload(Course.modules.and_(Module.state == Publication.PUBLISHED)).options(*_with_runs(), *_with_prerequisites(), *_with_overlaps()))
        .where(Institution.code == institution, Course.slug == slug, Course.state == Publication.PUBLISHED)
    )
    return db.session.scalar(wanted)


class Found(NamedTuple):
    """`beside`: which of `BESIDE` there is any of."""

    module: Module
    beside: Collection[str]


def published_module(institution: str, slug: str) -> Found | None:
    """A published module with all that is its own, and what else there is about it.

    This page is asked for most of all, and putting statements together is most of what reading costs: so each is put together once, and of what the
    module has nothing nothing is read.
    """
    found = db.session.execute(_module_that_has(), {"institution": institution, "slug": slug}).first()
    if found is None:
        return None
    module = found.Module
    for part, rows in _parts().items():
        set_committed_value(module, part, _all(rows, module=module.id) if getattr(found, part, True) else [])
    meetings = groupby(_all(_meetings(), module=module.id) if found.meetings else [], attrgetter("offering_id"))
    of_runs = {run: list(theirs) for run, theirs in meetings}
    for run in module.offerings:
        set_committed_value(run, "gatherings", of_runs.get(run.id, []))
    if module.course:
        set_committed_value(module.course, "modules", _all(_siblings(), course=module.course_id))
    return Found(module, {one for one in BESIDE if getattr(found, one)})


def _all(rows: Select, **known: int) -> Sequence:
    return db.session.scalars(rows, known).all()


@cache
def _module_that_has() -> Select:
    """A module, and of each part, and of what else there is about it, whether there is any."""
    tables = {"tags": ContentTag, "bonus_points": BonusPoint, "partners": Partner, "prerequisites": Prerequisite, "overlaps": OverlapSetModule}
    has = [exists().where(table.module_id == Module.id).label(part) for part, table in tables.items()]
    about = [exists().where(told).label(name) for name, told in BESIDE.items()]
    meets = exists().where(Gathering.offering_id == Offering.id, Offering.module_id == Module.id)
    return (
        select(Module, meets.label("meetings"), *has, *about)
        .join(Module.institution)
        .options(contains_eager(Module.institution), joinedload(Module.subject), joinedload(Module.course))
        .where(Institution.code == bindparam("institution"), Module.slug == bindparam("slug"), Module.state == Publication.PUBLISHED)
    )


@cache
def _parts() -> dict[str, Select]:
    """By the name of what a module has, the select of it."""
    module, other = bindparam("module"), joinedload(Prerequisite.required_module).joinedload(Module.institution)
    overlaps = select(OverlapSet).join(OverlapSetModule, OverlapSetModule.overlap_set_id == OverlapSet.id).where(OverlapSetModule.module_id == module)
    runs = select(Offering).where(Offering.module_id == module, Offering.state.in_(SHOWN)).options(joinedload(Offering.municipality))
    needs = select(Prerequisite).where(Prerequisite.module_id == module).options(other, joinedload(Prerequisite.subject))
    partners = select(Partner).where(Partner.module_id == module).options(joinedload(Partner.institution))
    return {
        "tags": select(ContentTag).where(ContentTag.module_id == module).order_by(ContentTag.id),
        "bonus_points": select(BonusPoint).where(BonusPoint.module_id == module).order_by(BonusPoint.id),
        "partners": partners.order_by(Partner.turn, Partner.id),
        "prerequisites": needs.order_by(Prerequisite.id),
        "overlaps": overlaps.options(selectinload(OverlapSet.modules).joinedload(Module.institution)).order_by(OverlapSet.id),
        "offerings": runs.order_by(Offering.semester, Offering.id),
    }


@cache
def _meetings() -> Select:
    theirs = select(Gathering).join(Gathering.offering).where(Offering.module_id == bindparam("module"), Offering.state.in_(SHOWN))
    return theirs.options(joinedload(Gathering.municipality)).order_by(Gathering.offering_id, Gathering.starts_on, Gathering.iso_week, Gathering.id)


@cache
def _siblings() -> Select:
    """The published modules of a course, with what is told of them where another one is shown."""
    told = load_only(Module.course_id, Module.position, Module.code, Module.slug, Module.title, Module.credits)
    theirs = select(Module).where(Module.course_id == bindparam("course"), Module.state == Publication.PUBLISHED)
    return theirs.options(told).order_by(Module.position, Module.id)


def public_offering(uuid: UUID) -> Offering | None:
    """A run that is planned, published or cancelled, of a published module."""
    wanted = (
        select(Offering)
        .join(Offering.module)
        .options(joinedload(Offering.municipality), *_with_meetings())
        .options(joinedload(Offering.module).options(
            joinedload(Module.institution), joinedload(Module.course), joinedload(Module.subject), selectinload(Module.partners).joinedload(Partner.institution)
        ))
        .where(Offering.uuid == uuid, Offering.state.in_(SHOWN), Module.state == Publication.PUBLISHED)
    )
    return db.session.scalar(wanted)


def _with_meetings():
    return (selectinload(Offering.gatherings).joinedload(Gathering.municipality),)


def _with_runs():
    shown = Module.offerings.and_(Offering.state.in_(SHOWN))
    return (selectinload(shown).options(joinedload(Offering.municipality), *_with_meetings()),)


def _with_prerequisites():
    needed = selectinload(Module.prerequisites)
    return (needed.joinedload(Prerequisite.required_module).joinedload(Module.institution), needed.joinedload(Prerequisite.subject))


def _with_overlaps():
    return (selectinload(Module.overlaps).selectinload(OverlapSet.modules).joinedload(Module.institution),)


def needed_by(module_id: int) -> Sequence[Row]:
    """What one may take afterwards: title, code, slug and institution of the published modules that require or recommend this one."""
    return db.session.execute(_needed_by(), {"module": module_id}).all()


@cache
def _needed_by() -> Select:
    return (
        select(Module.title, Module.code, Module.slug, Institution.code.label("institution"), Prerequisite.required)
        .join(Prerequisite, Prerequisite.module_id == Module.id)
        .join(Institution, Institution.organisation_id == Module.institution_id)
        .where(Prerequisite.required_module_id == bindparam("module"), Module.state == Publication.PUBLISHED)
        .order_by(Module.title)
    )


def not_together_with(module_id: int) -> Sequence[Row]:
    """The published modules that cannot be taken in the same semester, whichever of the two states it: title, code, slug, institution, where it is stated."""
    return db.session.execute(_not_together_with(), {"module": module_id}).all()


@cache
def _not_together_with() -> Select:
    """Each way by its own index: of both in one condition SQLite makes a walk through all modules."""
    module = bindparam("module")
    stated = select(TermClash.other_id.label("id"), TermClash.source).where(TermClash.module_id == module)
    told_of = select(TermClash.module_id, TermClash.source).where(TermClash.other_id == module)
    either = union_all(stated, told_of).subquery()
    each = select(either.c.id, func.max(either.c.source).label("source")).group_by(either.c.id).subquery()
    return (
        select(Module.title, Module.code, Module.slug, Institution.code.label("institution"), each.c.source)
        .join(each, each.c.id == Module.id)
        .join(Institution, Institution.organisation_id == Module.institution_id)
        .where(Module.state == Publication.PUBLISHED)
        .order_by(Module.title, Module.id)
    )


def courses_at(institution_id: int) -> Sequence[Row]:
    """The published courses of an institution: id, title, code, slug, credits, grades, subject, strand, whether made up."""
    wanted = select(Course.id, Course.title, Course.code, Course.slug, Course.credits, Course.grades, Course.subject_id, Course.strand, Course.made_up)
    mine = wanted.where(Course.institution_id == institution_id, Course.state == Publication.PUBLISHED)
    return db.session.execute(mine.order_by(Course.title, Course.id)).all()


def modules_at(institution_id: int) -> Sequence[Row]:
    """The published modules of an institution: id, course, title, code, slug, credits, grades, subject, whether made up."""
    wanted = select(
        Module.id, Module.course_id, Module.title, Module.code, Module.slug, Module.credits, Module.grades, Module.subject_id, Module.made_up
    )
    mine = wanted.where(Module.institution_id == institution_id, Module.state == Publication.PUBLISHED)
    return db.session.execute(mine.order_by(Module.course_id, Module.position, Module.id)).all()


def module_rows(keys: Keys = None) -> Sequence[Row]:
    """One row for each published module, for the search index. The course's facts are empty unless it is published too."""
    course = aliased(Course)
    wanted = select(
        Module.id, Module.title, Module.code, Module.slug, Module.institution_id, Module.subject_id, Module.grades, Module.credits, Module.strand,
        Module.made_up,
        course.title.label("course_title"), course.code.label("course_code"),
    )  # fmt: skip
    joined = wanted.outerjoin(course, (course.id == Module.course_id) & (course.state == Publication.PUBLISHED))
    return db.session.execute(_among(joined.where(Module.state == Publication.PUBLISHED), Module.id, keys)).all()


def programme_rows(keys: Keys = None) -> Sequence[Row]:
    """One row for each published course that shows no modules, for the search index: a whole programme."""
    wanted = select(
        Course.id, Course.title, Course.code, Course.slug, Course.institution_id, Course.subject_id, Course.grades, Course.credits, Course.strand,
        Course.made_up, Course.stated,
    )  # fmt: skip
    shown = exists().where(_other.course_id == Course.id, _other.state == Publication.PUBLISHED)
    return db.session.execute(_among(wanted.where(Course.state == Publication.PUBLISHED, ~shown), Course.id, keys)).all()


def module_texts(keys: Keys = None) -> Iterable[Row]:
    """Key and long texts of each published module, a batch at a time."""
    wanted = select(Module.id, Module.summary, Module.knowledge, Module.skills, Module.competence).where(Module.state == Publication.PUBLISHED)
    return db.session.execute(_among(wanted, Module.id, keys), execution_options={"yield_per": BATCH})


def programme_texts(keys: Keys = None) -> Iterable[Row]:
    """Key and long texts of each published course, a batch at a time."""
    wanted = select(Course.id, Course.summary, Course.for_whom).where(Course.state == Publication.PUBLISHED)
    return db.session.execute(_among(wanted, Course.id, keys), execution_options={"yield_per": BATCH})


def run_rows(modules: Keys = None) -> Sequence[Row]:
    """One row for each run of a published module, for the search index, its module first; place and county of the municipality it is bound to."""
    wanted = select(
        Offering.module_id, Offering.id, Offering.semester, Offering.semesters, Offering.state, Offering.mode, Offering.delivery, Offering.place,
        Municipality.name.label("town"), Municipality.county_id, Offering.gathering_days, Offering.opens_on, Offering.apply_by, Offering.starts_on,
        Offering.ends_on, Offering.told_over, Offering.made_up,
    )  # fmt: skip
    placed = wanted.join(Module, Module.id == Offering.module_id).outerjoin(Municipality, Municipality.id == Offering.municipality_id)
    return db.session.execute(_among(_shown(placed), Module.id, modules).order_by(Offering.semester, Offering.starts_on, Offering.id)).all()


def meeting_rows(modules: Keys = None) -> Sequence[Row]:
    """One row for each gathering of such a run: run, whether online, place, town, county, first and last day."""
    wanted = select(
        Gathering.offering_id, Gathering.online, Gathering.place, Municipality.name.label("town"), Municipality.county_id, Gathering.starts_on,
        Gathering.ends_on,
    )  # fmt: skip
    placed = wanted.join(Offering, Offering.id == Gathering.offering_id).join(Module, Module.id == Offering.module_id)
    placed = placed.outerjoin(Municipality, Municipality.id == Gathering.municipality_id)
    return db.session.execute(_among(_shown(placed), Module.id, modules).order_by(Gathering.starts_on, Gathering.iso_week, Gathering.id)).all()


def tag_rows(modules: Keys = None) -> Sequence[Row]:
    """Module and tag, for the search index."""
    return db.session.execute(_among(select(ContentTag.module_id, ContentTag.tag), ContentTag.module_id, modules)).all()


def _among(rows: Select, key, keys: Keys) -> Select:
    return rows if keys is None else rows.where(key.in_(keys))


def modules_of(courses: Collection[int]) -> Sequence[int]:
    """The keys of all modules of these courses."""
    return db.session.scalars(select(Module.id).where(Module.course_id.in_(courses))).all() if courses else ()


def courses_of(modules: Collection[int]) -> Sequence[int]:
    """The keys of the courses these modules belong to."""
    return db.session.scalars(select(Module.course_id).where(Module.id.in_(modules), Module.course_id.is_not(None))).all() if modules else ()


def _shown(rows: Select) -> Select:
    return rows.where(Offering.state.in_(SHOWN), Module.state == Publication.PUBLISHED)


def seat_rows() -> Sequence[tuple[int, int]]:
    """Of every published run that states its seats, how many are free; where people wait, how many do, as a number below nought. The one volatile fact of
    the catalogue.

    Read often and all at once: the driver's own tuples of two numbers, without a row object around each.
    """
    left = case((Offering.waiting > 0, -Offering.waiting), (Offering.seats > Offering.seats_taken, Offering.seats - Offering.seats_taken), else_=0)
    wanted = select(Offering.id, left)
    found = db.session.connection().execute(wanted.where(Offering.state == Run.PUBLISHED, Offering.seats.is_not(None)))
    return found.cursor.fetchall()
