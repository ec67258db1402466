"""Who asks for what stands in the cells: applicants of the region by round or by seat, what they plan, and never so few that somebody can be told."""

import csv
import io
from uuid import uuid4

import openpyxl
import pytest

from catalog.values import Band, Delivery, Strand
from config.database import db as database
from enrolment.applications.lifecycle import Case
from enrolment.applications.models import Application, Choice, ChoiceRun
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment
from regions.coverage.demand import demand
from regions.coverage.matrix import Asked, matrix
from tests import factories as f
from tests.regions.coverage.test_pages import ON, PRIMARY, west

__all__ = ["west"]


@pytest.fixture
def place(west):
    """A run in the region West, with a school there and one in the north."""
    region, maths, course, town = west
    north_county = f.county("55", "Troms")
    north_town = f.municipality("5501", "Tromsø", north_county)
    north = f.region("nord", [north_county])
    schools = {"west": f.school(f.owner(town), town, "Western"), "north": f.school(f.owner(north_town), north_town, "Northern")}
    return {"run": f.offering(f.module(course, credits="15"), delivery=Delivery.ONLINE), "maths": maths, "west": region, "north": north, "schools": schools}


def ask(place, where: str, many: int, run=None, state: Seat = Seat.WAITING) -> list:
    people = [f.teacher(place["schools"][where], name=f"{where} {number}") for number in range(many)]
    for one in people:
        run = run or place["run"]
        database.session.add(Enrolment(person_id=one.id, offering_id=run.id, module_id=run.module_id, state=state, ticket=one.id, entered_at=f.MONDAY))
    database.session.commit()
    return people


def apply(place, person, cycle, state: Case = Case.SENT) -> None:
    made = Application(uuid=uuid4(), cycle_id=cycle.id, strand=Strand.FURTHER, person_id=person.id, state=state)
    made.choices = [Choice(uuid=uuid4(), position=1, runs=[ChoiceRun(offering_id=place["run"].id)])]
    database.session.add(made)
    database.session.commit()


def told(asked: Asked = PRIMARY) -> dict:
    return demand(matrix(asked, ON), ON, with_plans=False).applicants


def test_applicants_are_counted_where_they_work_and_in_all(place):
    ask(place, "west", 6)
    ask(place, "north", 5, state=Seat.PLACED)
    maths = place["maths"].id

    assert told() == {(maths, place["west"].organisation_id): 6, (maths, place["north"].organisation_id): 5, (maths, None): 11}
    assert told(Asked(2027, Band.PRIMARY)) == {}
    assert told(Asked(2026, Band.UPPER)) == {}


def test_few_applicants_are_not_told_nor_what_would_give_them_away(place):
    ask(place, "west", 6)
    ask(place, "north", 4)

    assert told() == {(place["maths"].id, None): 10}


def test_an_application_that_is_sent_counts_and_one_that_is_not_does_not(place):
    cycle = f.cycle()
    people = [f.teacher(place["schools"]["west"], name=f"Applicant {number}") for number in range(12)]
    for number, one in enumerate(people):
        apply(place, one, cycle, Case.SENT if number < 5 else Case.DRAFT)

    assert told() == {(place["maths"].id, place["west"].organisation_id): 5, (place["maths"].id, None): 5}


def test_somebody_who_asks_twice_is_one_applicant(place, west):
    people = ask(place, "west", 5)
    other = f.offering(f.module(west[2], credits="7.5"), delivery=Delivery.ONLINE)
    for one in people:
        database.session.add(Enrolment(person_id=one.id, offering_id=other.id, module_id=other.module_id, state=Seat.WAITING, ticket=one.id, entered_at=f.MONDAY))
    database.session.commit()

    assert told()[place["maths"].id, None] == 5


def test_the_screen_and_the_files_name_the_missing_step_and_the_applicants(place, west, client):
    ask(place, "west", 7)
    waiting = f.module(west[2], title="Geometry", credits="15")
    page = client.get("/coverage").text
    rows = list(csv.reader(io.StringIO(client.get("/coverage.csv").data.decode("utf-8-sig")), delimiter=";"))
    figures = [list(row) for row in openpyxl.load_workbook(io.BytesIO(client.get("/coverage.xlsx").data)).worksheets[1].values]

    assert waiting.title in page
    assert all(said in page for said in ("7 applicants", "15 missing: Geometry"))
    column = next(number for number, name in enumerate(rows[0]) if name == place["west"].name)
    assert rows[1][column].endswith("7 applicants · 15 missing: Geometry")
    assert rows[1][-1].endswith("7 applicants")
    west_row = next(row for row in figures if row[0] == place["west"].name)
    assert dict(zip(figures[0], west_row, strict=True)) | {"Applicants in 2026/2027": 7, "Credits missing": 15, "The missing step": "Geometry"} == dict(zip(figures[0], west_row, strict=True))
