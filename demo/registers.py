"""What the demonstration stands on: the registers by their codes, and the real modules that may have made-up runs."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from accounts.models import Organisation, OrganisationKind
from catalog.institutions.models import Institution
from catalog.offers.lifecycle import Publication
from catalog.offers.models import Module
from catalog.places.models import Municipality, Region
from catalog.subjects.models import Subject
from catalog.values import Grades, Strand
from config.database import db
from config.errors import Refusal
from enrolment.schools.models import School, SchoolOwner


class RegistersMissing(Refusal):
    code = "registers-missing"

    def __init__(self) -> None:
        super().__init__(
            "The registers are not loaded, so there is nowhere for made-up people to work. First run: flask --app wsgi registers load"
        )


@dataclass(frozen=True, order=True)
class Workplace:
    """A school that has an owner. Sorted by its organisation number."""

    number: str
    id: int
    name: str
    grades: Grades
    owner_id: int


@dataclass(frozen=True)
class Registers:
    """By code: subjects, and the keys of institutions, municipalities (with their names), owners, regions and (by name) county governors and associations of owners.

    Schools by their organisation number, in its order.
    """

    institutions: dict[str, int]
    subjects: dict[str, Subject]
    municipalities: dict[str, tuple[int, str]]
    owners: dict[str, int]
    regions: dict[str, int]
    governors: dict[str, int]
    associations: dict[str, int]
    schools: dict[str, Workplace]


def read() -> Registers:
    """Raises RegistersMissing where they are not loaded."""
    found = Registers(
        institutions=_keys(Institution.code, Institution.organisation_id),
        subjects={subject.code: subject for subject in db.session.scalars(select(Subject).order_by(Subject.position))},
        municipalities=_municipalities(),
        owners=_keys(SchoolOwner.key, SchoolOwner.organisation_id),
        regions=_keys(Region.code, Region.organisation_id),
        governors=_named(OrganisationKind.GOVERNOR),
        associations=_named(OrganisationKind.ASSOCIATION),
        schools={school.number: school for school in sorted(_workplaces())},
    )
    if not all((found.institutions, found.subjects, found.municipalities, found.owners, found.regions, found.governors, found.schools)):
        raise RegistersMissing
    return found


def _keys(code, key) -> dict[str, int]:
    return {name: number for name, number in db.session.execute(select(code, key))}


def _named(kind: OrganisationKind) -> dict[str, int]:
    bodies = select(Organisation.name, Organisation.id).where(Organisation.kind == kind)
    return {name: key for name, key in db.session.execute(bodies)}


def _municipalities() -> dict[str, tuple[int, str]]:
    rows = db.session.execute(select(Municipality.code, Municipality.id, Municipality.name))
    return {code: (key, name) for code, key, name in rows}


def _workplaces() -> list[Workplace]:
    columns = (Organisation.number, School.organisation_id, Organisation.name, School.grades, School.owner_id)
    owned = select(*columns).join(School.organisation).where(School.owner_id.is_not(None), Organisation.number.is_not(None))
    return [Workplace(*row) for row in db.session.execute(owned)]


def real_modules() -> list[Module]:
    """The published modules of today's institutions that state their credits, by institution and address.

    What is no longer given is left out.
    """
    wanted = (
        select(Module)
        .join(Module.institution)
        .options(joinedload(Module.institution), selectinload(Module.offerings))
        .where(Module.made_up.is_(False), Module.state == Publication.PUBLISHED, Institution.historic.is_(False))
        .where(Module.credits.is_not(None), Module.subject_id.is_not(None), Module.strand != Strand.IN_SERVICE)
    )
    given = [module for module in db.session.scalars(wanted) if not _no_longer_given(module)]
    return sorted(given, key=lambda module: (module.institution.code, module.slug))


def _no_longer_given(module: Module) -> bool:
    notes = [module.note, *(run.note for run in module.offerings)]
    return any("no longer" in note.casefold() for note in notes if note)
