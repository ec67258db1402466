"""Every select of the public pages on courses, modules and runs. What is a draft or withdrawn does not exist here."""

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from sqlalchemy import Row, Select, exists, func, select, union_all
from sqlalchemy.orm import aliased, joinedload, selectinload

from catalog.institutions.models import Institution
from catalog.offers.lifecycle import Publication, Run
from catalog.offers.models import ContentTag, Course, Gathering, Module, Offering, OverlapSet, Partner, Prerequisite, TermClash
from catalog.places.models import Municipality
from config.database import db

SHOWN = (Run.PLANNED, Run.PUBLISHED, Run.CANCELLED)
BATCH = 500  # rows
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


def published_module(institution: str, slug: str) -> Module | None:
    """A published module with all its page shows."""
    wanted = (
        select(Module)
        .join(Module.institution)
        .options(joinedload(Module.institution), joinedload(Module.subject), selectinload(Module.tags), *_with_runs(), *_with_prerequisites())
        .options(selectinload(Module.partners).joinedload(Partner.institution))
        .options(*_with_overlaps())
        .options(joinedload(Module.course).selectinload(Course.modules.and_(Module.state == Publication.PUBLISHED)))
        .where(Institution.code == institution, Module.slug == slug, Module.state == Publication.PUBLISHED)
    )
    return db.session.scalar(wanted)


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
    wanted = (
        select(Module.title, Module.code, Module.slug, Institution.code.label("institution"), Prerequisite.required)
        .join(Prerequisite, Prerequisite.module_id == Module.id)
        .join(Institution, Institution.organisation_id == Module.institution_id)
        .where(Prerequisite.required_module_id == module_id, Module.state == Publication.PUBLISHED)
        .order_by(Module.title)
    )
    return db.session.execute(wanted).all()


def not_together_with(module_id: int) -> Sequence[Row]:
    """The published modules that cannot be taken in the same semester, whichever of the two states it: title, code, slug, institution, where it is stated.

    Each way by its own index: of both in one condition SQLite makes a walk through all modules.
    """
    stated = select(TermClash.other_id.label("id"), TermClash.source).where(TermClash.module_id == module_id)
    told_of = select(TermClash.module_id, TermClash.source).where(TermClash.other_id == module_id)
    either = union_all(stated, told_of).subquery()
    each = select(either.c.id, func.max(either.c.source).label("source")).group_by(either.c.id).subquery()
    wanted = (
        select(Module.title, Module.code, Module.slug, Institution.code.label("institution"), each.c.source)
        .join(each, each.c.id == Module.id)
        .join(Institution, Institution.organisation_id == Module.institution_id)
        .where(Module.state == Publication.PUBLISHED)
    )
    return db.session.execute(wanted.order_by(Module.title, Module.id)).all()


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


def seat_rows() -> Sequence[tuple[int, int, int, int]]:
    """Run, seats, taken and waiting, of every published run that states its seats. The one volatile fact of the catalogue.

    Read often and all at once: the driver's own tuples, without a row object around each.
    """
    wanted = select(Offering.id, Offering.seats, Offering.seats_taken, Offering.waiting)
    found = db.session.connection().execute(wanted.where(Offering.state == Run.PUBLISHED, Offering.seats.is_not(None)))
    return found.cursor.fetchall()
