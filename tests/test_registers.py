"""The shipped registers: complete, idempotent, and honest about what is not confirmed."""

from datetime import date
from decimal import Decimal

from sqlalchemy import func, select

from accounts.models import Organisation
from catalog.institutions.models import Institution
from catalog.places.models import County, Municipality, Region, RegionInstitution
from catalog.subjects.models import Requirement, Subject, SubjectPriority
from catalog.values import Band, Strand
from config.database import db as database
from enrolment.registers.cli import load_all
from enrolment.rounds.models import Cycle
from enrolment.rounds.rules import out_of_order
from enrolment.rounds.values import Step
from enrolment.schools.models import OwnerKind, School, SchoolOwner


def count(model, *where) -> int:
    return database.session.scalar(select(func.count()).select_from(model).where(*where))


def test_every_register_is_loaded_whole(db):
    load_all()

    assert [count(model) for model in (Municipality, County, Region, Institution, Subject, School)] == [357, 33, 4, 38, 33, 2801]


def test_loading_again_changes_nothing(db):
    load_all()

    again = load_all()

    assert {name for counts in again.values() for name, number in counts.items() if number} == {"same"}


def test_region_vest_is_confirmed_until_2025_and_carried_on_as_not_confirmed(db, registers):
    vest = db.session.scalar(select(Region).where(Region.code == "vest"))

    then = {(row.institution.code, row.confirmed) for row in vest.institutions if row.holds(date(2025, 6, 1))}
    today = {(row.institution.code, row.confirmed) for row in vest.institutions if row.holds(date(2026, 11, 23))}

    names = {"HVO", "HVL", "NLA", "UiA", "UiB", "UiS"}
    assert then == {(name, True) for name in names}
    assert today == {(name, False) for name in names}


def test_an_institution_may_stand_in_two_regions(db, registers):
    nord = db.session.scalar(select(Institution).where(Institution.code == "Nord"))

    rows = db.session.scalars(select(RegionInstitution).where(RegionInstitution.institution_id == nord.organisation_id))

    assert sorted(row.region.code for row in rows) == ["midt", "nord"]


def test_requirements_stand_by_subject_and_band_with_their_source(db, registers):
    rows = db.session.scalars(select(Requirement).join(Subject).where(Subject.code == "matematikk")).all()

    assert {row.band: row.credits for row in rows} == {Band.PRIMARY: Decimal(30), Band.LOWER: Decimal(60), Band.UPPER: Decimal(60)}
    assert all(row.source for row in rows)
    assert {row.confirmed for row in rows if row.holds(date(2026, 11, 23))} == {False}


def test_the_strategys_priorities_are_confirmed_for_its_own_years_only(db, registers):
    assert count(SubjectPriority, SubjectPriority.confirmed) == 13
    assert count(SubjectPriority, ~SubjectPriority.confirmed, SubjectPriority.valid_to.is_(None)) == 13


def test_a_public_school_belongs_to_its_municipality_and_a_private_one_to_an_owner_of_its_own(db, registers):
    assert count(School, School.owner_id.is_(None)) == 1  # Svalbard
    assert count(SchoolOwner, SchoolOwner.kind == OwnerKind.PRIVATE) == 281
    assert count(SchoolOwner, ~SchoolOwner.inferred) == 0
    oslo = db.session.scalar(select(SchoolOwner).where(SchoolOwner.key == "municipality:0301"))
    assert oslo.organisation.name == "Oslo kommune"


def test_the_codes_of_the_register_of_institutions_keep_their_leading_nought(db, registers):
    volda = db.session.scalar(select(Institution).where(Institution.code == "HVO"))

    assert (volda.dbh_code, volda.organisation.number) == ("0236", "974809672")
    assert count(Organisation, Organisation.number == "974809672") == 1


def test_every_strand_has_dates_of_its_own_in_each_round_of_the_register(db, registers):
    for cycle in db.session.scalars(select(Cycle)):
        days = {strand: cycle.dates_of(strand).common for strand in Strand}
        assert {strand: set(of) for strand, of in days.items()} == dict.fromkeys(Strand, set(Step)), cycle.code
        assert [out_of_order(of) for of in days.values()] == [[], [], []], cycle.code
