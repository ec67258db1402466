"""What teachers plan, from their plans to the page of an institution: only what they let count, and only from five on."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.models import Event, Role
from catalog.subjects.models import PriorityGroup, SubjectPriority
from catalog.values import Semester, Term, VolumeRule
from enrolment.byhand import services
from enrolment.byhand.models import StudyPlan
from enrolment.schools.models import Basis, Teacher
from regions.planned import queries
from tests import factories as f
from tests.factories import MONDAY

SPRING = f.SPRING
ON = date(2026, 11, 23)


@pytest.fixture
def rogaland(db):
    return f.county()


@pytest.fixture
def school(rogaland):
    place = f.municipality(inside=rogaland)
    return f.school(f.owner(place), place)


@pytest.fixture
def run(db):
    return f.offering(f.module(f.course(f.institution(), f.subject()), title="Algebra"))


@pytest.fixture
def vest(rogaland, run):
    return f.region(counties=[rogaland], institutions=[run.module.institution])


def planning(school, run, number: int, counts: bool = True):
    made = []
    for place in range(number):
        somebody = f.teacher(school, name=f"Teacher {place}")
        plan = services.make(name=None, subject="matematikk", goal=Decimal(60), offerings=[run.uuid], actor=f.acting(somebody), at=MONDAY)
        services.let_count(plan.uuid, counts, actor=f.acting(somebody), at=MONDAY)
        made.append((somebody, plan.uuid))
    return made


def page(client, run) -> str:
    return f.signed_in(client, f.editor(run.module.institution)).get("/planned").text


def test_five_plans_that_count_are_shown_by_subject_region_and_term(client, school, run, vest):
    planning(school, run, 5)
    planning(school, run, 3, counts=False)
    shown = page(client, run)

    assert "Spring 2027" in shown and shown.count(">5<") == 2
    assert client.get("/planned.csv").text.splitlines()[1] == "matematikk;2027v;5;5"


def test_the_cell_tells_those_who_may_read_it_how_many_plan_its_subject(client, db, school, run, vest):
    group = PriorityGroup(number=1, name_nb="Matematikk", volume_rule=VolumeRule.KEEP, quotation="…", source="test")
    db.session.add(group)
    db.session.flush()
    db.session.add(SubjectPriority(subject_id=run.module.subject_id, group_id=group.id, source="test"))
    planning(school, run, 4)
    teacher, _plan = planning(school, run, 1)[0]
    cell = "/coverage/vest/matematikk"
    unknown = client.get(cell).text
    told = f.signed_in(client, f.editor(run.module.institution)).get(cell).text
    a_teachers = f.signed_in(client, teacher).get(cell).text

    assert "Teachers who plan the subject, by term" in told and told.count(">5<") == 2
    assert not [page for page in (unknown, a_teachers) if "Teachers who plan" in page]


def test_the_matrix_and_its_files_tell_them_to_those_who_may_read_it_alone(client, db, school, run, vest):
    group = PriorityGroup(number=1, name_nb="Matematikk", volume_rule=VolumeRule.KEEP, quotation="…", source="test")
    db.session.add(group)
    db.session.flush()
    db.session.add(SubjectPriority(subject_id=run.module.subject_id, group_id=group.id, source="test"))
    planning(school, run, 5)
    said = "planned in spring 2027: 5"

    assert (said in client.get("/coverage").text, said in client.get("/coverage.csv").text) == (False, False)
    f.signed_in(client, f.member(vest.organisation_id, Role.COORDINATOR, "Randi"))
    assert (client.get("/coverage").text.count(said), client.get("/coverage.csv").text.count(said), client.get("/region").text.count(said)) == (2, 2, 1)
    assert said not in client.get("/coverage?year=2027").text


def test_four_are_not_shown_and_taking_one_back_hides_five_again(client, school, run, vest):
    made = planning(school, run, 5)
    somebody, plan = made[0]
    f.signed_in(client, somebody).post(f"/me/plans/{plan}/counting", data={"counts": "no"})

    assert "Nothing to show yet" in page(client, run)


def test_consent_is_given_on_the_page_of_the_plan_and_not_copied_with_it(client, db, school, run, vest):
    [(somebody, plan)] = planning(school, run, 1, counts=False)
    f.signed_in(client, somebody)
    client.post(f"/me/plans/{plan}/counting", data={"counts": "yes"})
    client.post(f"/me/plans/{plan}/copies")

    assert [one.counted_at is not None for one in db.session.query(StudyPlan).order_by(StudyPlan.id)] == [True, False]
    assert "It has counted since" in client.get(f"/me/plans/{plan}").text
    assert [event.event for event in db.session.query(Event).filter_by(kind="plan")] == ["let-count"]


def test_a_teacher_counts_once_however_many_plans_and_studies(school, run, vest, db):
    [(somebody, _plan)] = planning(school, run, 1)
    other = f.offering(f.module(run.module.course, title="Mål"))
    again = services.make(name=None, subject="matematikk", goal=Decimal(60), offerings=[run.uuid, other.uuid], actor=f.acting(somebody), at=MONDAY)
    services.let_count(again.uuid, True, actor=f.acting(somebody), at=MONDAY)

    assert queries.counted(SPRING, ON) == [("matematikk", SPRING.number, "vest", 1)]


def test_the_home_counts_where_the_teacher_has_chosen_it_and_two_regions_both(school, run, vest, db):
    [(somebody, _plan)] = planning(school, run, 1)
    nordland = f.county("18", "Nordland")
    bodo = f.municipality("1804", "Bodø", inside=nordland)
    for code in ("nord", "midt"):
        f.region(code, counties=[nordland])
    profile = db.session.query(Teacher).filter_by(person_id=somebody.id).one()
    profile.home_id, profile.basis = bodo.id, Basis.HOME
    db.session.commit()

    assert sorted(queries.counted(SPRING, ON)) == [("matematikk", SPRING.number, "midt", 1), ("matematikk", SPRING.number, "nord", 1)]


def test_terms_that_are_over_and_what_stands_under_later_are_not_counted(school, run, vest):
    planning(school, run, 1)

    assert queries.counted(Semester(2027, Term.AUTUMN), ON) == []


def test_the_counting_costs_one_query_however_many_plans(school, run, vest, count_queries):
    planning(school, run, 3)
    with count_queries() as asked:
        queries.counted(SPRING, ON)

    assert len([one for one in asked if one.startswith("SELECT")]) == 1


def test_an_answer_that_is_neither_yes_nor_no_changes_nothing(client, db, school, run, vest):
    [(somebody, plan)] = planning(school, run, 1)

    assert f.signed_in(client, somebody).post(f"/me/plans/{plan}/counting", data={"counts": "perhaps"}).status_code == 422
    assert db.session.query(StudyPlan).one().counted_at is not None
