"""A plan by hand, from the first module to the scenario beside it."""

import re
from datetime import date
from decimal import Decimal

import pytest

from accounts.models import Person
from catalog.equivalence.models import EquivalenceSet
from catalog.offers.lifecycle import Publication
from catalog.offers.models import ContentTag, Prerequisite
from catalog.subjects.models import ContentBlock
from catalog.values import Band, EnrolmentMode, Tag
from enrolment.byhand.models import PlannedStudy, StudyPlan, WorkloadRule
from enrolment.results import services as results
from enrolment.results.values import Mark
from enrolment.seats import services as seats
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment
from tests import factories as f


@pytest.fixture
def course(db):
    db.session.add(WorkloadRule(soft=Decimal(15), hard=Decimal(30), valid_from=date(2026, 1, 1), source="test"))
    return f.course(f.institution(), f.subject())


@pytest.fixture
def teacher(client, course):
    f.signed_in(client, f.teacher())
    return client


def _plan(db) -> StudyPlan:
    db.session.expire_all()
    return db.session.query(StudyPlan).order_by(StudyPlan.id).first()


def _where(db) -> dict[str, str]:
    db.session.expire_all()
    return {one.title: one.column for one in db.session.query(PlannedStudy).filter_by(plan_id=_plan(db).id)}


def _lead(page: str) -> str:
    """The sentence under the heading."""
    return re.search(r'<p class="lead">(.*?)</p>', page)[1]


def test_a_module_is_added_moved_by_what_mends_it_and_the_move_undone(teacher, course, db):
    first, second = f.module(course, "MAT1", title="Tall"), f.module(course, "MAT2", title="Mål")
    f.requires(second, first)
    for module in (first, second):
        f.offering(module)
    f.offering(second, semester=f.AUTUMN, apply_by=None, starts_on=None)
    assert "Add to my plan" in teacher.get(f"/modules/HVL/{first.slug}").text
    for module in (second, first):
        assert teacher.post(f"/me/plans/modules/{module.uuid}").status_code == 302
    plan = _plan(db)
    page = teacher.get(f"/me/plans/{plan.uuid}").text

    assert _where(db) == {"Mål": "2027v", "Tall": "2027v"}
    assert "Mål builds on Tall, which is finished too late." in page
    assert "30 credits in one term with Tall: much beside a full post." in page
    study = next(one for one in plan.studies if one.title == "Mål")
    teacher.post(f"/me/plans/{plan.uuid}/studies/{study.uuid}/column", data={"column": "2027h"})
    assert _where(db) == {"Mål": "2027h", "Tall": "2027v"}
    assert "to look at" not in teacher.get(f"/me/plans/{plan.uuid}").text
    teacher.post(f"/me/plans/{plan.uuid}/restoration")
    assert _where(db) == {"Mål": "2027v", "Tall": "2027v"}


def test_what_can_fill_what_is_missing_is_put_in_the_plan_of_its_subject_by_one_button(client, course, db):
    other = f.course(course.institution, f.subject("engelsk", "Engelsk"))
    maths, english = f.module(course, title="Tall"), f.module(other, title="Words")
    for module in (maths, english):
        f.offering(module)
    f.signed_in(client, f.teacher(teaches=((course.subject, Band.LOWER), (other.subject, Band.LOWER))))
    page = client.get("/me/progress").text
    buttons = re.findall(r'action="(/me/plans/modules/[^"]+)"', page)
    for button in [*buttons, buttons[0]]:
        client.post(button)

    assert buttons == [f"/me/plans/modules/{module.uuid}" for module in (maths, english)]
    assert [(plan.subject.code, [one.title for one in plan.studies]) for plan in db.session.query(StudyPlan).order_by(StudyPlan.id)] == [
        ("matematikk", ["Tall"]), ("engelsk", ["Words"])
    ]  # fmt: skip


def test_a_found_plan_is_kept_copied_named_held_against_the_other_and_deleted(teacher, course, db):
    run = f.offering(f.module(course, "MAT1", title="Tall"))
    teacher.post("/me/plans", data={"subject": "matematikk", "goal": "30", "offering": str(run.uuid)})
    plan = _plan(db)
    teacher.post(f"/me/plans/{plan.uuid}/copies")
    teacher.post(f"/me/plans/{plan.uuid}/name", data={"name": "Slowly"})
    page = teacher.get("/me/plans").text

    assert ("Slowly" in page, "Plan B" in page) == (True, True)
    teacher.post(f"/me/plans/{plan.uuid}/deletion")
    assert [one.name for one in db.session.query(StudyPlan)] == ["Plan B"]


def test_a_deleted_module_leaves_its_title_and_a_term_out_of_reach_is_refused(teacher, course, db):
    run = f.offering(f.module(course, "MAT1", title="Tall"))
    teacher.post("/me/plans", data={"subject": "matematikk", "offering": str(run.uuid)})
    plan = _plan(db)
    assert teacher.post(f"/me/plans/{plan.uuid}/studies/{plan.studies[0].uuid}/column", data={"column": "9999v"}).status_code == 422
    plan.studies[0].module_id = plan.studies[0].offering_id = None
    db.session.commit()

    assert "Tall is no longer in the catalogue." in teacher.get(f"/me/plans/{plan.uuid}").text


def test_what_is_withdrawn_is_replaced_by_its_equivalent_and_counts_for_nothing_until_then(teacher, course, db):
    old, new = f.module(course, "MAT1", title="Tall"), f.module(course, "MAT2", title="Tall, ny versjon")
    run, other = f.offering(old), f.offering(new, semester=f.AUTUMN, apply_by=None, starts_on=None)
    db.session.add(EquivalenceSet(source="The board", modules=[old, new]))
    db.session.commit()
    teacher.post("/me/plans", data={"subject": "matematikk", "offering": str(run.uuid)})
    old.state = Publication.WITHDRAWN
    db.session.commit()
    plan = _plan(db)
    page = teacher.get(f"/me/plans/{plan.uuid}").text

    assert "Tall is no longer in the catalogue." in page and "Put Tall, ny versjon instead" in page
    assert "60 still missing" in page
    teacher.post(f"/me/plans/{plan.uuid}/studies/{plan.studies[0].uuid}/replacement", data={"module": str(new.uuid)})
    assert _where(db) == {"Tall, ny versjon": other.semester.code}
    teacher.post(f"/me/plans/{plan.uuid}/restoration")
    assert _where(db) == {"Tall": "2027v"}


def test_a_study_of_ones_own_counts_and_is_never_said_to_be_gone(teacher, course, db):
    teacher.post("/me/plans", data={"subject": "matematikk"})
    plan = _plan(db)
    answer = teacher.post(f"/me/plans/{plan.uuid}/placeholders", data={"title": "Sommerkurs", "credits": "7,5", "column": "2027v"}, follow_redirects=True)

    assert "7.5 planned; then 52.5 still missing" in answer.text and "no longer in the catalogue" not in answer.text
    teacher.post(f"/me/plans/{plan.uuid}/copies")
    assert [one.own for one in db.session.query(PlannedStudy)] == [True, True]


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [("title", "", "Fill this in."), ("credits", "7.3", "Credits are whole or halves"), ("credits", "0", "Write how many credits."), ("column", "x", "Choose a column of the list.")],
)
def test_a_study_of_ones_own_that_is_not_well_formed_comes_back_with_what_was_typed(teacher, course, db, name, typed, sentence):
    teacher.post("/me/plans", data={"subject": "matematikk"})
    sent = {"title": "Sommerkurs", "credits": "15", "column": "later"} | {name: typed}

    answer = teacher.post(f"/me/plans/{_plan(db).uuid}/placeholders", data=sent)

    assert answer.status_code == 422
    assert sentence in answer.text and (name == "title" or "Sommerkurs" in answer.text)


def test_what_a_module_builds_on_can_be_moved_earlier_instead(teacher, course, db):
    first, second = f.module(course, "MAT1", title="Tall"), f.module(course, "MAT2", title="Mål")
    f.requires(second, first)
    early, late = f.offering(first), f.offering(first, semester=f.AUTUMN, apply_by=None, starts_on=None)
    after = f.offering(second, semester=f.AUTUMN, apply_by=None, starts_on=None)
    teacher.post("/me/plans", data={"subject": "matematikk", "offering": [str(late.uuid), str(after.uuid)]})
    plan = _plan(db)
    page = teacher.get(f"/me/plans/{plan.uuid}").text

    assert "Move Tall to spring 2027" in page
    tall = next(one for one in plan.studies if one.title == "Tall")
    teacher.post(f"/me/plans/{plan.uuid}/studies/{tall.uuid}/column", data={"column": early.semester.code})
    assert "finished too late" not in teacher.get(f"/me/plans/{plan.uuid}").text


def test_content_that_a_plan_brings_is_no_longer_missing_there(teacher, course, db):
    db.session.add(ContentBlock(subject=course.subject, tag=Tag.DIDACTICS, credits=Decimal(5), source="test"))
    module = f.module(course, "MAT1", title="Tall")
    module.tags = [ContentTag(tag=Tag.DIDACTICS, sentence="So it says.", credits=Decimal(5))]
    db.session.commit()
    teacher.post("/me/plans", data={"subject": "matematikk"})
    before = teacher.get(f"/me/plans/{_plan(db).uuid}").text
    f.offering(module)
    teacher.post(f"/me/plans/{_plan(db).uuid}/studies", data={"module": str(module.uuid)})

    assert "5 in subject didactics is missing" in before
    assert "in subject didactics" not in teacher.get(f"/me/plans/{_plan(db).uuid}").text


def test_a_term_is_applied_for_in_one_step_and_each_study_says_what_came_of_it(teacher, course, db):
    free, full, far, later = (f.module(course, title=title) for title in ("Free", "Full", "Far", "Later"))
    runs = [f.offering(free), f.offering(full, seats=1), f.offering(far, mode=EnrolmentMode.ELSEWHERE), f.offering(later, opens_on=date(2026, 12, 10))]
    seats.enrol(runs[1].uuid, actor=f.acting(f.teacher(name="Kari")), at=f.MONDAY)
    teacher.post("/me/plans", data={"subject": "matematikk", "offering": [str(run.uuid) for run in runs]})
    address = f"/me/plans/{_plan(db).uuid}/columns/2027v/application"
    asked = teacher.get(address).text

    said = ("You get a seat at once.", "You join the waiting list.", "It is applied for at the institution.", "It opens on 10 December 2026.", "Enrol in all 2 studies")
    assert [one for one in said if one not in asked] == []
    assert teacher.post(address).status_code == 200
    mine = {one.module.title: one.state for one in db.session.query(Enrolment) if one.person.name == "Lars Lærer"}
    assert mine == {"Free": Seat.PLACED, "Full": Seat.WAITING}
    again = teacher.get(address).text
    assert "Seat confirmed" in again and "number 1 of 1" in again and "Enrol in" not in again


def test_one_that_says_no_does_not_keep_the_others_from_their_seats(teacher, course, db):
    both, one = f.module(course, title="Twice"), f.module(course, title="Once")
    held, again, other = f.offering(both, group_name="A"), f.offering(both, group_name="B"), f.offering(one)
    lars = db.session.query(Person).filter_by(name="Lars Lærer").one()
    seats.enrol(held.uuid, actor=f.acting(lars), at=f.MONDAY)
    teacher.post("/me/plans", data={"subject": "matematikk", "offering": [str(again.uuid), str(other.uuid)]})
    page = teacher.post(f"/me/plans/{_plan(db).uuid}/columns/2027v/application").text

    assert "You already hold a seat in another run of this module." in page
    assert {one.module.title for one in db.session.query(Enrolment)} == {"Twice", "Once"}


def test_what_was_applied_for_weighs_once_and_is_in_nobodys_way(teacher, course, db):
    one, other = f.module(course, title="Twice"), f.module(course, title="Once", credits="7.5")
    runs = [f.offering(one), f.offering(other)]
    f.gathering(runs[0], date(2027, 3, 5), date(2027, 3, 6))
    teacher.post("/me/plans", data={"subject": "matematikk", "offering": [str(runs[0].uuid)]})
    address = f"/me/plans/{_plan(db).uuid}"
    teacher.post(f"{address}/columns/2027v/application")
    page = teacher.get(address).text

    assert _lead(page) == "You have 0 of 60 credits. 15 planned; then 45 still missing."
    assert "to look at" not in page
    f.gathering(runs[1], date(2027, 3, 6), date(2027, 3, 7))
    teacher.post(f"{address}/studies", data={"module": str(other.uuid)})
    page = teacher.get(address).text
    assert "Once and Twice meet on the same day: 6 March 2027." in page
    assert "22.5 credits in one term" in page


def test_what_one_has_passed_is_said_so_and_put_aside_and_what_one_has_failed_is_planned_again(teacher, course, db):
    passed, failed, next_ = (f.module(course, title=title) for title in ("Passed", "Failed", "Next"))
    f.requires(next_, failed)
    runs = [*(f.offering(one, **f.UNDER_WAY) for one in (passed, failed)), f.offering(next_)]
    lars = db.session.query(Person).filter_by(name="Lars Lærer").one()
    for run, mark in ((runs[0], Mark.C), (runs[1], Mark.F)):
        seat = seats.enrol(run.uuid, actor=f.acting(lars), at=f.MONDAY)
        results.record_results(run.uuid, {seat.uuid: mark}, actor=f.acting(f.editor(course.institution)), at=f.MONDAY)
    again = [f.offering(one, semester=f.AUTUMN, apply_by=None, starts_on=None) for one in (passed, failed)]
    teacher.post("/me/plans", data={"subject": "matematikk", "offering": [str(one.uuid) for one in [*again, runs[2]]]})
    page = teacher.get(f"/me/plans/{_plan(db).uuid}").text

    assert "You have passed Passed already. It counts once." in page and "Put Passed among “have already”" in page
    assert "You have passed Failed" not in page and "beside a full post" not in page
    assert "Next builds on Failed, which is finished too late." in page
    assert _lead(page) == "You have 15 of 60 credits. 30 planned; then 15 still missing."
    study = next(one for one in _plan(db).studies if one.title == "Passed")
    teacher.post(f"/me/plans/{_plan(db).uuid}/studies/{study.uuid}/column", data={"column": "held"})
    assert _where(db)["Passed"] == "held"


def test_two_names_of_the_same_content_count_once_in_a_plan_and_it_is_said(teacher, course, db):
    one, other = f.module(course, title="Geometry"), f.module(course, title="Shapes")
    db.session.add(EquivalenceSet(source="The board", modules=[one, other]))
    db.session.commit()
    runs = [f.offering(one), f.offering(other, semester=f.AUTUMN, apply_by=None, starts_on=None)]
    teacher.post("/me/plans", data={"subject": "matematikk", "offering": [str(run.uuid) for run in runs]})
    page = teacher.get(f"/me/plans/{_plan(db).uuid}").text

    assert "Shapes has the same content as Geometry, which counts already." in page
    assert _lead(page) == "You have 0 of 60 credits. 15 planned; then 45 still missing."


def test_credits_in_a_subject_that_a_module_asks_for_are_warned_of_with_a_way_to_them(teacher, course, db):
    module = f.module(course, title="Advanced")
    db.session.add(Prerequisite(module_id=module.id, subject_id=course.subject_id, credits=Decimal(30)))
    db.session.commit()
    teacher.post("/me/plans", data={"subject": "matematikk", "offering": str(f.offering(module).uuid)})
    page = teacher.get(f"/me/plans/{_plan(db).uuid}").text

    assert "Advanced asks for credits in matematikk before it: 30 more than you have or have planned by then." in page
    assert 'href="/search?subject=matematikk"' in page and "Find studies in matematikk" in page


@pytest.mark.parametrize("column", ["held", "later", "2031h", "x"])
def test_a_column_without_anything_to_apply_for_is_not_there(teacher, course, db, column):
    run = f.offering(f.module(course, "MAT1", title="Tall"))
    teacher.post("/me/plans", data={"subject": "matematikk", "offering": str(run.uuid)})

    assert teacher.get(f"/me/plans/{_plan(db).uuid}/columns/{column}/application").status_code == 404


def test_the_page_asks_the_database_as_often_however_many_studies_there_are(teacher, course, db, count_queries):
    runs = [f.offering(f.module(course, f"MAT{number}")) for number in range(4)]
    teacher.post("/me/plans", data={"subject": "matematikk", "offering": str(runs[0].uuid)})
    teacher.post("/me/plans", data={"subject": "matematikk", "offering": [str(run.uuid) for run in runs]})
    small, large = (one.uuid for one in db.session.query(StudyPlan).order_by(StudyPlan.id))
    teacher.get(f"/me/plans/{small}")
    with count_queries() as few:
        teacher.get(f"/me/plans/{small}")
    with count_queries() as many:
        teacher.get(f"/me/plans/{large}")

    assert len(many) == len(few)
