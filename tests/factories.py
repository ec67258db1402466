"""Real rows for tests, made by plain functions: each states what the test is about and fills in the rest."""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count

from accounts import services as account_services
from accounts.acting import Actor
from accounts.models import Membership, Organisation, OrganisationKind, Person, Role
from catalog.institutions.models import Institution
from catalog.offers.lifecycle import Publication, Run
from catalog.offers.models import Course, EnrolmentMode, Gathering, Module, Offering, OverlapSet, Prerequisite
from catalog.places.models import County, GovernorCounty, Municipality, Region, RegionCounty, RegionInstitution
from catalog.subjects.models import Requirement, Subject, SubjectKind
from catalog.values import Band, Delivery, Grades, Semester, Strand, Term
from config.database import db
from enrolment.applications.lifecycle import Case, Employer, Money
from enrolment.applications.models import Application, Choice, ChoiceRun
from enrolment.rounds.models import Cycle, CycleDate, Scheme, SchemeRate
from enrolment.rounds.values import SchemeKind, Step
from enrolment.schools.models import OwnerKind, School, SchoolOwner, Teacher, Teaching

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SPRING = Semester(2027, Term.SPRING)
AUTUMN = Semester(2027, Term.AUTUMN)
# A run that has begun on that Monday, so that results of it can be recorded.
UNDER_WAY = {"semester": Semester(2026, Term.AUTUMN), "starts_on": date(2026, 8, 20), "ends_on": date(2026, 12, 15)}
_numbers = count(1)


def _kept(row):
    db.session.add(row)
    db.session.commit()
    return row


def _numbered(row):
    """Has its number, and is kept with what it is a part of."""
    db.session.add(row)
    db.session.flush()
    return row


def organisation(kind: OrganisationKind, name: str) -> Organisation:
    return _kept(Organisation(kind=kind, name=name))


def person(name: str = "Kari Nordmann", **known) -> Person:
    return _kept(Person(name=name, **known))


def member(organisation_id: int, role: Role, name: str = "Kari Nordmann", **dates) -> Person:
    """A new person with one hat."""
    somebody = _with_hat(organisation_id, role, name, **dates)
    return _kept(somebody)


def _with_hat(organisation_id: int, role: Role, name: str, **dates) -> Person:
    somebody = _numbered(Person(name=name))
    _numbered(Membership(person_id=somebody.id, organisation_id=organisation_id, role=role, **dates))
    return somebody


def acting(somebody: Person, role: Role | None = None) -> Actor:
    """The person under their hat of a role, or their first one."""
    hats = [hat for hat in somebody.memberships if role in (None, hat.role)]
    hat = hats[0] if hats else None
    return Actor(
        somebody.id, somebody.uuid, somebody.name, hat.role if hat else None,
        hat.organisation_id if hat else None, hat.organisation.name if hat else "",
    )  # fmt: skip


def signed_in(client, somebody: Person, at: datetime | None = None):
    """The client, carrying a sign-in of this person."""
    token = account_services.sign_in(somebody, provider="test", at=at or MONDAY)
    client.set_cookie("seksti", token)
    return client


def county(code: str = "11", name: str = "Rogaland") -> County:
    return _kept(County(code=code, name_nb=name, source="test"))


def municipality(code: str = "1103", name: str = "Stavanger", inside: County | None = None) -> Municipality:
    return _kept(Municipality(code=code, name=name, county_id=(inside or county(code[:2], f"County {code[:2]}")).id, source="test"))


def region(code: str = "vest", counties=(), institutions=()) -> Region:
    body = _numbered(Organisation(kind=OrganisationKind.REGION, name=f"Region {code}"))
    made = Region(organisation_id=body.id, code=code, name_nb=f"Region {code}", source="test")
    made.counties = [RegionCounty(county=one, valid_from=date(2022, 1, 1), source="test", confirmed=True) for one in counties]
    made.institutions = [RegionInstitution(institution=one, valid_from=date(2022, 1, 1), source="test", confirmed=True) for one in institutions]
    return _kept(made)


def governor(*counties: County, name: str = "Statsforvalteren i Rogaland") -> Organisation:
    """A county governor with the counties it looks after."""
    body = organisation(OrganisationKind.GOVERNOR, name)
    db.session.add_all(GovernorCounty(governor_id=body.id, county_id=one.id, valid_from=date(2021, 1, 1), source="test") for one in counties)
    return _kept(body)


def institution(code: str = "HVL", name: str = "Høgskulen på Vestlandet") -> Institution:
    body = _numbered(Organisation(kind=OrganisationKind.INSTITUTION, name=name))
    return _kept(Institution(organisation_id=body.id, code=code, short_name=code, name_nb=name, type="høyskole", source="test"))


def editor(of: Institution, name: str = "Edda Redaktør") -> Person:
    return member(of.organisation_id, Role.EDITOR, name)


def subject(code: str = "matematikk", name: str = "Matematikk", requires: dict[Band, int] | None = None, kind=SubjectKind.SCHOOL) -> Subject:
    made = Subject(code=code, name_nb=name, kind=kind, grades=Grades.of(range(1, 14)), position=next(_numbers), source="test")
    made.requirements = [
        Requirement(band=band, credits=Decimal(number), valid_from=date(2014, 1, 1), source="test") for band, number in (requires or {}).items()
    ]
    return _kept(made)


def course(by: Institution, about: Subject | None = None, title: str = "Matematikk 1", **facts) -> Course:
    known = {"slug": f"course-{next(_numbers)}", "state": Publication.PUBLISHED, "grades": Grades.of(range(1, 8)), "published_at": MONDAY} | facts
    return _kept(Course(institution_id=by.organisation_id, subject_id=about.id if about else None, title=title, **known))


def module(of: Course, code: str | None = None, credits: str | None = "15", **facts) -> Module:
    code = code or f"MOD{next(_numbers)}"
    known = {
        "slug": code, "title": f"Module {code}", "subject_id": of.subject_id, "grades": of.grades, "strand": of.strand,
        "state": Publication.PUBLISHED, "published_at": MONDAY,
    } | facts  # fmt: skip
    number = Decimal(credits) if credits else None
    return _kept(Module(institution_id=of.institution_id, course_id=of.id, code=code, credits=number, **known))


def requires(what: Module, before: Module) -> Prerequisite:
    return _kept(Prerequisite(module_id=what.id, required_module_id=before.id, required=True))


def overlap(credits: str, *modules: Module) -> OverlapSet:
    return _kept(OverlapSet(credits=Decimal(credits), modules=list(modules)))


def offering(of: Module, seats: int | None = 20, **facts) -> Offering:
    """A published run in spring 2027, online, open for direct enrolment from 1 October 2026 until 15 January 2027."""
    known = {
        "semester": SPRING, "state": Run.PUBLISHED, "mode": EnrolmentMode.DIRECT, "delivery": Delivery.ONLINE, "minimum": 0, "published_at": MONDAY,
        "opens_on": date(2026, 10, 1), "apply_by": date(2027, 1, 15), "queue_closes_on": date(2027, 1, 20),
        "starts_on": date(2027, 2, 1), "ends_on": date(2027, 6, 15),
    } | facts  # fmt: skip
    return _kept(Offering(module_id=of.id, seats=seats, **known))


def gathering(of: Offering, starts: date, ends: date | None = None, **facts) -> Gathering:
    return _kept(Gathering(offering_id=of.id, starts_on=starts, ends_on=ends or starts, **facts))


def owner(place: Municipality) -> SchoolOwner:
    body = _numbered(Organisation(kind=OrganisationKind.OWNER, name=f"{place.name} kommune"))
    return _kept(
        SchoolOwner(organisation_id=body.id, key=f"municipality:{place.code}", kind=OwnerKind.MUNICIPALITY, municipality_id=place.id, source="test")
    )


def school(of: SchoolOwner, place: Municipality, name: str = "Kampen skole") -> School:
    body = _numbered(Organisation(kind=OrganisationKind.SCHOOL, name=name))
    return _kept(
        School(
            organisation_id=body.id, municipality_id=place.id, municipality_code=place.code, grades=Grades.of(range(1, 8)),
            private=False, owner_id=of.organisation_id, source="test",
        )  # fmt: skip
    )


def teacher(at: School | None = None, teaches: tuple[tuple[Subject, Band], ...] = (), name: str = "Lars Lærer") -> Person:
    """A teacher with a teacher's hat at a school (a new school in Stavanger when none is given)."""
    place = at or _some_school()
    somebody = _with_hat(place.organisation_id, Role.TEACHER, name)
    profile = Teacher(person_id=somebody.id, school_id=place.organisation_id)
    profile.teaching = [Teaching(subject_id=what.id, band=band) for what, band in teaches]
    _kept(profile)
    return somebody


def _some_school() -> School:
    known = db.session.query(School).first()
    if known:
        return known
    place = municipality()
    return school(owner(place), place)


# The dates of a round: by step, the day.
DATES = {
    Step.OPENS: date(2026, 11, 1), Step.APPLY: date(2026, 12, 1), Step.HEAD: date(2026, 12, 8), Step.UNION: date(2026, 12, 11), Step.OWNER: date(2026, 12, 15),
    Step.UNLOCK: date(2026, 12, 18), Step.ANSWER: date(2027, 1, 11), Step.REPLY: date(2027, 1, 18), Step.ADMISSION: date(2027, 1, 25),
    Step.AUTUMN: date(2027, 9, 1), Step.SPRING: date(2028, 3, 15),
}  # fmt: skip


def cycle(code: str = "2027", strands=(Strand.FURTHER,), dates: dict[Step, date] | None = None, **facts) -> Cycle:
    """A round that has been let out and is open to teachers on MONDAY, with the owners from 2 to 15 December 2026."""
    known = {"study_year": 2026, "released_at": datetime(2026, 10, 1, tzinfo=UTC), "name_nb": f"Søknadsrunde {code}", "source": "test"} | facts
    days = DATES | (dates or {})
    rows = [CycleDate(strand=strand, step=step, day=day, source="test") for strand in strands for step, day in days.items()]
    return _kept(Cycle(code=code, dates=rows, **known))


def scheme(code: str = "substitute", kind: SchemeKind = SchemeKind.SUBSTITUTE, shares=(50, 25, 25), stipend_kroner: int = 0, strand=Strand.FURTHER) -> Scheme:
    """A scheme with one rate, for every subject and for ever."""
    state, owner, own = shares
    rate = SchemeRate(
        code=f"{code}-rate", strand=strand, state_percent=state, owner_percent=owner, own_percent=own, stipend_oere=stipend_kroner * 100, source="test",
        released_at=datetime(2020, 1, 1, tzinfo=UTC),
    )  # fmt: skip
    return _kept(Scheme(code=code, kind=kind, position=next(_numbers), name_nb=code, rates=[rate]))


def application(by: Person, round_: Cycle, *packages, scheme: Scheme | None = None, **facts) -> Application:
    """A case that was sent and lies with the owner of the teacher's school; each package (a list of runs) is one choice, in order."""
    profile = db.session.get(Teacher, by.id)
    known = {
        "strand": Strand.FURTHER, "school_id": profile.school_id, "owner_id": profile.school.owner_id, "state": Case.SENT, "employer": Employer.WITH_OWNER,
        "money": Money.ELIGIBLE, "sent_at": MONDAY,
    } | facts  # fmt: skip
    choices = [_choice(number, runs, scheme) for number, runs in enumerate(packages, 1)]
    return _kept(Application(person_id=by.id, cycle_id=round_.id, choices=choices, **known))


def _choice(number: int, runs, scheme: Scheme | None) -> Choice:
    package = [ChoiceRun(offering_id=run.id, position=place) for place, run in enumerate(runs, 1)]
    about = runs[0].module.subject_id if runs else None
    return Choice(position=number, scheme_id=scheme.id if scheme else None, subject_id=about, runs=package)
