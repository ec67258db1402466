"""What coverage is judged from, read as plain tuples: modules, runs, gatherings, overlaps, and the dated facts of the regions."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import Integer, Row, Select, Subquery, case, func, select, type_coerce, union
from sqlalchemy.orm import aliased, selectinload

from accounts.acting import Actor
from accounts.models import Role
from catalog.institutions.models import Institution
from catalog.joint.lifecycle import Part
from catalog.offers.lifecycle import Publication, Run
from catalog.offers.models import ContentTag, Gathering, Module, Offering, OverlapSet, OverlapSetModule, Partner, Prerequisite
from catalog.places.models import County, DistanceRule, GovernorCounty, Municipality, Region, RegionCounty, RegionInstitution, TravelTime
from catalog.subjects.models import PriorityGroup, Requirement, StudyTarget, Subject, SubjectKind, SubjectPriority
from catalog.values import Band, Semester, Strand, Term
from config.database import db, holds
from config.errors import NotFound
from config.languages import _
from enrolment.applications.lifecycle import Case
from enrolment.applications.models import Application, Choice, ChoiceRun
from enrolment.schools.models import Basis, School, Teacher
from enrolment.seats.models import Enrolment

Keys = Collection[int] | None  # of subjects; none = all


def module_rows(subjects: Keys = None) -> Sequence[Row]:
    """Published modules with stated credits and subject; in-service training gives none and is left out."""
    wanted = select(Module.id, Module.credits, Module.subject_id, Module.grades, Module.course_id, Module.institution_id)
    stated = Module.credits.is_not(None) & Module.subject_id.is_not(None) & (Module.strand != Strand.IN_SERVICE)
    counted = wanted.where(Module.state == Publication.PUBLISHED, stated, Module.credits > 0)
    return db.session.execute(_in(counted, subjects).order_by(Module.id)).all()


def _in(rows: Select, subjects: Keys) -> Select:
    """Of these subjects alone, where some are named."""
    return rows if subjects is None else rows.where(Module.subject_id.in_(subjects))


def subjects_of(modules: Collection[int], courses: Collection[int]) -> set[int | None]:
    """The subjects that modules with these keys, or of these courses, have now."""
    return set(db.session.scalars(select(Module.subject_id).where(Module.id.in_(modules) | Module.course_id.in_(courses))))


def partner_rows(subjects: Keys = None) -> Sequence[Row]:
    """(module, institution) of those who have accepted a part in a module that several own."""
    wanted = select(Partner.module_id, Partner.institution_id).join(Partner.module).where(Partner.state == Part.ACCEPTED)
    return db.session.execute(_in(wanted, subjects)).all()


def run_rows(subjects: Keys = None) -> Sequence[Row]:
    """Runs that are published or planned, of whatever year, with the county they are bound to when it is known."""
    wanted = (
        select(
            Offering.id, Offering.module_id, Offering.semester, Offering.semesters, Offering.delivery, Offering.gathering_days, Offering.apply_by,
            Offering.starts_on, Offering.seats, Offering.told_over, Municipality.county_id,
        )
        .join(Module, Module.id == Offering.module_id)
        .outerjoin(Municipality, Municipality.id == Offering.municipality_id)
        .where(Offering.state.in_((Run.PUBLISHED, Run.PLANNED)), Offering.semester.is_not(None))
        .order_by(Offering.id)
    )  # fmt: skip
    return db.session.execute(_in(wanted, subjects)).all()


def counts_invented() -> bool:
    """Whether any run that can count is made up for the demonstration."""
    counted = Offering.state.in_((Run.PUBLISHED, Run.PLANNED)) & ~Offering.told_over
    return db.session.scalar(select(Offering.id).where(Offering.made_up, counted).limit(1)) is not None


def gathering_rows(subjects: Keys = None) -> Sequence[Row]:
    wanted = select(Gathering.offering_id, Gathering.starts_on, Gathering.ends_on, Gathering.online, Municipality.county_id)
    placed = wanted.outerjoin(Municipality, Municipality.id == Gathering.municipality_id).order_by(Gathering.id)
    ours = placed if subjects is None else placed.join(Offering, Offering.id == Gathering.offering_id).join(Module, Module.id == Offering.module_id)
    return db.session.execute(_in(ours, subjects)).all()


def prerequisite_rows(subjects: Keys = None) -> Sequence[Row]:
    """What is required; what is only recommended bars nobody's way."""
    wanted = select(Prerequisite.module_id, Prerequisite.required_module_id, Prerequisite.subject_id, Prerequisite.credits)
    return db.session.execute(_in(wanted.join(Module, Module.id == Prerequisite.module_id).where(Prerequisite.required), subjects)).all()


def tag_rows(subjects: Keys = None) -> Sequence[Row]:
    wanted = select(ContentTag.module_id, ContentTag.tag, ContentTag.credits).join(Module, Module.id == ContentTag.module_id)
    return db.session.execute(_in(wanted, subjects)).all()


def overlap_rows(subjects: Keys = None) -> Sequence[Row]:
    """(overlap set, credits, module), a row for each module of a set; of subjects: the sets in which one of their modules is."""
    wanted = select(OverlapSet.id, OverlapSet.credits, OverlapSetModule.module_id).join(OverlapSetModule, OverlapSetModule.overlap_set_id == OverlapSet.id)
    if subjects is not None:
        theirs = select(OverlapSetModule.overlap_set_id).join(Module, Module.id == OverlapSetModule.module_id)
        wanted = wanted.where(OverlapSet.id.in_(_in(theirs, subjects)))
    return db.session.execute(wanted.order_by(OverlapSet.id, OverlapSetModule.module_id)).all()


def regions() -> Sequence[Region]:
    """Every region, with the members it has had; who belongs on a day is told by their dates."""
    members = (selectinload(Region.counties), selectinload(Region.institutions))
    return db.session.scalars(select(Region).options(*members).order_by(Region.organisation_id)).all()


def region_of(actor: Actor) -> Region:
    """The region a coordinator acts for. Raises NotFound where the hat belongs to no region."""
    actor.require(Role.COORDINATOR)
    found = db.session.get(Region, actor.organisation_id)
    if found is None:
        raise NotFound(_("Your role belongs to no region."))
    return found


def governed(actor: Actor, on: date) -> Select:
    """The keys of the counties that a county governor looks after on a day."""
    return select(GovernorCounty.county_id).where(GovernorCounty.governor_id == actor.organisation_id, holds(GovernorCounty, on))


def counties_governed(actor: Actor, on: date) -> Sequence[County]:
    """The same counties, by number."""
    return db.session.scalars(select(County).where(County.id.in_(governed(actor, on))).order_by(County.code)).all()


def region_of_county(on: date) -> Subquery:
    """The region of each county on a day; where it belongs to two, the first of them, so that nobody is counted twice."""
    first = func.min(RegionCounty.region_id).label("region")
    return select(RegionCounty.county_id, first).where(holds(RegionCounty, on)).group_by(RegionCounty.county_id).subquery()


def region_of_institution(on: date) -> Subquery:
    """The same of each institution."""
    first = func.min(RegionInstitution.region_id).label("region")
    return select(RegionInstitution.institution_id, first).where(holds(RegionInstitution, on)).group_by(RegionInstitution.institution_id).subquery()


def priority_subjects(on: date) -> Sequence[tuple[Subject, PriorityGroup | None, bool]]:
    """The subjects that are a priority on a day, by group, each with whether a source confirms it; target groups are no subjects.
    Principal education, a strand of its own, comes last."""
    wanted = (
        select(Subject, PriorityGroup, SubjectPriority.confirmed)
        .join(SubjectPriority, SubjectPriority.subject_id == Subject.id)
        .join(PriorityGroup, PriorityGroup.id == SubjectPriority.group_id)
        .where(holds(SubjectPriority, on), Subject.kind != SubjectKind.TARGET_GROUP)
        .order_by(PriorityGroup.number, Subject.position)
    )
    strand = db.session.scalars(select(Subject).where(Subject.kind == SubjectKind.PRINCIPAL).order_by(Subject.position))
    return [*(tuple(row) for row in db.session.execute(wanted)), *((subject, None, True) for subject in strand)]


def counties() -> dict[int, County]:
    """Every county, also those of former times, by its key."""
    return {row.id: row for row in db.session.scalars(select(County).order_by(County.code))}


def regions_of_teachers(on: date) -> Subquery:
    """(person, region) of every teacher on a day: the region of the school's county, or of the home's by choice; a row for each of several."""
    at_school, at_home = aliased(Municipality), aliased(Municipality)
    county = case((Teacher.basis == Basis.HOME, at_home.county_id), else_=at_school.county_id)
    placed = (
        select(Teacher.person_id, RegionCounty.region_id)
        .outerjoin(School, School.organisation_id == Teacher.school_id)
        .outerjoin(at_school, at_school.id == School.municipality_id)
        .outerjoin(at_home, at_home.id == Teacher.home_id)
        .join(RegionCounty, RegionCounty.county_id == county)
    )
    return placed.where(holds(RegionCounty, on)).subquery()


def applicants(study_year: int, band: Band, on: date) -> Sequence[Row]:
    """Subject, region (none = not known) and how many teachers have applied for a run that begins in a study year and serves the band: by asking for a seat,
    or by a choice of an application that is sent. Principal education is counted whatever the band."""
    year = Offering.semester.in_((Semester(study_year, Term.AUTUMN), Semester(study_year + 1, Term.SPRING)))
    wanted = year & ((Subject.kind == SubjectKind.PRINCIPAL) | (type_coerce(Module.grades, Integer).bitwise_and(band.grades.mask) != 0))

    def of(people: Select) -> Select:
        return people.join(Offering.module).join(Subject, Subject.id == Module.subject_id).where(wanted)

    seats = select(Module.subject_id, Enrolment.person_id).join(Enrolment.offering)
    choices = select(Module.subject_id, Application.person_id).join(Choice.application).join(ChoiceRun, ChoiceRun.choice_id == Choice.id)
    choices = choices.join(Offering, Offering.id == ChoiceRun.offering_id).where(Application.state == Case.SENT, Choice.position.is_not(None))
    applied, place = union(of(seats), of(choices)).subquery(), regions_of_teachers(on)
    counted = select(applied.c.subject_id, place.c.region_id, func.count(applied.c.person_id.distinct())).outerjoin(place, place.c.person_id == applied.c.person_id)
    return db.session.execute(counted.group_by(applied.c.subject_id, place.c.region_id)).all()


def asked_for(offerings: Collection[int]) -> tuple[int, int]:
    """How many seats of these runs are taken, and how many people wait for one."""
    counted = select(func.coalesce(func.sum(Offering.seats_taken), 0), func.coalesce(func.sum(Offering.waiting), 0))
    return tuple(db.session.execute(counted.where(Offering.id.in_(offerings))).one())


def requirement_rows(on: date) -> Sequence[Row]:
    return db.session.execute(select(Requirement.subject_id, Requirement.band, Requirement.credits).where(holds(Requirement, on))).all()


def study_target_rows(on: date) -> Sequence[Row]:
    return db.session.execute(select(StudyTarget.subject_id, StudyTarget.credits).where(holds(StudyTarget, on))).all()


def distance_rows(on: date) -> Sequence[DistanceRule]:
    return db.session.scalars(select(DistanceRule).where(holds(DistanceRule, on)).order_by(DistanceRule.id)).all()


def travel_times() -> Sequence[TravelTime]:
    """All that regions have typed."""
    return db.session.scalars(select(TravelTime).order_by(TravelTime.id)).all()


def named_modules(ids: set[int]) -> dict[int, Row]:
    """What a page says of modules: title, code, address and institution."""
    wanted = (
        select(Module.id, Module.title, Module.code, Module.slug, Module.made_up, Module.institution_id, Institution.code.label("institution"), Institution.short_name)
        .join(Institution, Institution.organisation_id == Module.institution_id)
        .where(Module.id.in_(ids))
    )
    return {row.id: row for row in db.session.execute(wanted)}


def offerings(ids: set[int]) -> dict[int, Offering]:
    wanted = select(Offering).options(selectinload(Offering.gatherings)).where(Offering.id.in_(ids))
    return {row.id: row for row in db.session.scalars(wanted)}
