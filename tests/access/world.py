"""A world of two halves that mirror each other, so that everything one has, a neighbour has too."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from accounts import services
from accounts.models import Organisation, OrganisationKind, Person, Role
from catalog.institutions.models import Institution
from catalog.offers.models import Course, Module, Offering
from catalog.places.models import County, Municipality, Region
from catalog.subjects.models import Subject
from catalog.values import Band
from config.database import db
from enrolment.schools.models import School, SchoolOwner
from regions.forum.models import ForumParty, PartyKind
from tests import factories
from tests.access.policy import NO_ROLE


@dataclass
class Half:
    """One county with its school, owner, institution and region, and a person for each role."""

    subject: Subject
    county: County
    municipality: Municipality
    institution: Institution
    region: Region
    course: Course
    module: Module
    offering: Offering
    owner: SchoolOwner
    school: School
    people: dict[str, Person]
    tokens: dict[str, str]  # of a sign-in of each of them

    def begun(self) -> Offering:
        """The run, under way: results of it can be recorded."""
        for name, value in factories.UNDER_WAY.items():
            setattr(self.offering, name, value)
        db.session.commit()
        return self.offering

    def rows(self) -> Iterator:
        yield from (getattr(self, field.name) for field in fields(self) if field.name not in ("people", "tokens"))
        yield from self.people.values()


def make() -> tuple[Half, Half]:
    """The two halves: mine and the neighbour's. The subject and the national authority are shared."""
    subject = factories.subject(requires={Band.PRIMARY: 30, Band.LOWER: 60})
    nation = factories.organisation(OrganisationKind.AUTHORITY, "The directorate")
    mine = _half(subject, nation, county="11", municipality="1103", institution="HVL", region="vest")
    return mine, _half(subject, nation, county="18", municipality="1804", institution="NORD", region="nord")


def _half(subject: Subject, nation: Organisation, *, county: str, municipality: str, institution: str, region: str) -> Half:
    around = factories.county(county, f"County {county}")
    place = factories.municipality(municipality, f"Town {municipality}", around)
    teaches = factories.institution(institution, f"The university {institution}")
    area = factories.region(region, [around], [teaches])
    course = factories.course(teaches, subject, title=f"Mathematics at {institution}")
    module = factories.module(course, code=f"MAT-{institution}")
    owner = factories.owner(place)
    school = factories.school(owner, place, f"School of {municipality}")
    people = _people(teaches, area, owner, school, nation, subject)
    people[Role.GOVERNOR] = factories.member(factories.governor(around, name=f"Governor of {county}").id, Role.GOVERNOR, f"Governor's adviser in {county}")
    people[Role.KS] = factories.member(_association(area).id, Role.KS, f"Adviser of KS beside {region}")
    tokens = {role: services.sign_in(somebody, provider="test", at=factories.MONDAY) for role, somebody in people.items()}
    return Half(subject, around, place, teaches, area, course, module, factories.offering(module), owner, school, people, tokens)


def _association(region: Region) -> Organisation:
    """That takes part in the region's forum."""
    body = factories.organisation(OrganisationKind.ASSOCIATION, f"KS in {region.code}")
    db.session.add(ForumParty(region_id=region.organisation_id, kind=PartyKind.KS, name=body.name, organisation_id=body.id))
    db.session.commit()
    return body


def _people(institution: Institution, region: Region, owner: SchoolOwner, school: School, nation: Organisation, subject: Subject) -> dict[str, Person]:
    return {
        Role.TEACHER: factories.teacher(school, ((subject, Band.LOWER),), f"Teacher of {school.organisation_id}"),
        Role.HEAD: factories.member(school.organisation_id, Role.HEAD, f"Head of {school.organisation_id}"),
        Role.EDITOR: factories.editor(institution, f"Editor of {institution.code}"),
        Role.OWNER: factories.member(owner.organisation_id, Role.OWNER, f"Owner {owner.organisation_id}"),
        Role.UNION: factories.member(owner.organisation_id, Role.UNION, f"Union at {owner.organisation_id}"),
        Role.COORDINATOR: factories.member(region.organisation_id, Role.COORDINATOR, f"Coordinator of {region.code}"),
        Role.AUTHORITY: factories.member(nation.id, Role.AUTHORITY, f"Authority beside {institution.code}"),
        NO_ROLE: factories.person(f"Guest of {institution.code}"),
    }
