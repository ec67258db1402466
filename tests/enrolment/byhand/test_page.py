"""A plan by hand, from the first module to the scenario beside it."""

from datetime import date
from decimal import Decimal

import pytest

from enrolment.byhand.models import PlannedStudy, StudyPlan, WorkloadRule
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
