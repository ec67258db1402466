"""A plan for the years ahead: stated with ticks, public, and no promise."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from accounts.models import Event
from catalog import version
from catalog.offers.lifecycle import Publication, Run
from catalog.plans import queries, rules, services
from catalog.values import Semester, Term
from config.errors import BadInput, NotFound
from tests import factories as f
from tests.bad_input.forms import forms_of
from tests.factories import MONDAY

AUTUMN_27, SPRING_28 = Semester(2027, Term.AUTUMN), Semester(2028, Term.SPRING)


@pytest.fixture
def house(db):
    return f.institution()


@pytest.fixture
def course(house):
    return f.course(house, f.subject())


@pytest.fixture
def editor(house):
    return f.editor(house)


def state(course, editor, ticked, seen=()):
    return services.state_plan(course.uuid, seen=seen, ticked=ticked, actor=f.acting(editor), at=MONDAY)


@pytest.mark.parametrize(
    ("on", "first", "last"),
    [
        (date(2026, 11, 23), Semester(2027, Term.SPRING), Semester(2030, Term.AUTUMN)),
        (date(2027, 7, 31), Semester(2027, Term.AUTUMN), Semester(2031, Term.SPRING)),
        (date(2027, 8, 1), Semester(2028, Term.SPRING), Semester(2031, Term.AUTUMN)),
    ],
)
def test_the_eight_semesters_that_follow_can_be_planned(on, first, last):
    assert (rules.ahead(on)[0], rules.ahead(on)[-1], len(rules.ahead(on))) == (first, last, 8)


marks = st.frozensets(st.integers(0, 9))


@given(marks, marks, marks)
def test_what_others_did_meanwhile_is_left_alone(seen, ticked, others):
    added, removed = rules.change(seen=seen, ticked=ticked)

    saved = (others | added) - removed

    assert {mark for mark in saved if mark not in seen | ticked} == {mark for mark in others if mark not in seen | ticked}
    assert ticked - seen <= saved
    assert not saved & (seen - ticked)


def test_marks_are_kept_by_module_and_told_in_order(db, course, editor):
    first, second = f.module(course, "A"), f.module(course, "B")

    state(course, editor, [(first.uuid, SPRING_28), (first.uuid, AUTUMN_27), (second.uuid, AUTUMN_27)])

    assert queries.planned_semesters([first.id, second.id]) == {first.id: [AUTUMN_27, SPRING_28], second.id: [AUTUMN_27]}


def test_what_is_ticked_no_more_is_removed_and_what_another_editor_ticked_stays(db, course, editor):
    one = f.module(course, "A")
    state(course, editor, [(one.uuid, AUTUMN_27)])
    state(course, editor, [(one.uuid, SPRING_28)])

    state(course, editor, [], seen=[(one.uuid, AUTUMN_27)])

    assert queries.planned_semesters([one.id]) == {one.id: [SPRING_28]}


def test_saving_the_same_plan_again_leaves_no_event(db, course, editor):
    one = f.module(course, "A")
    for _time in range(2):
        state(course, editor, [(one.uuid, AUTUMN_27)])

    assert db.session.scalars(select(Event.event).where(Event.subject_uuid == course.uuid)).all() == ["plan-ahead"]


def test_a_changed_plan_is_a_new_version_of_the_catalogue(db, course, editor):
    one, before = f.module(course, "A"), version.current()

    state(course, editor, [(one.uuid, AUTUMN_27)])

    assert version.current() > before


def test_only_the_courses_modules_and_the_semesters_ahead_can_be_planned(db, course, editor):
    one, elsewhere = f.module(course, "A"), f.module(f.course(f.institution("NORD", "Nord")), "B")

    for mark in ((elsewhere.uuid, AUTUMN_27), (one.uuid, Semester(2026, Term.AUTUMN)), (one.uuid, Semester(2031, Term.SPRING))):
        with pytest.raises(BadInput):
            state(course, editor, [mark])
    assert queries.planned_semesters([one.id, elsewhere.id]) == {}


def test_another_institutions_course_does_not_exist(db, course):
    with pytest.raises(NotFound):
        state(course, f.editor(f.institution("NORD", "Nord")), [])


def form_of(page):
    return next(one for one in forms_of(page.text) if one.action.endswith("/plan"))


def test_the_page_is_a_table_of_ticks_with_the_runs_there_are(client, course, editor):
    one = f.module(course, "A")
    f.offering(one)
    browser = f.signed_in(client, editor)

    page = browser.get(f"/publish/courses/{course.uuid}/plan")
    mark = f"{one.uuid}:2027h"
    saved = browser.post(f"/publish/courses/{course.uuid}/plan", data=form_of(page).fields(ticked=[mark]), follow_redirects=True)

    assert "Spring 2027" in page.text
    assert "Published" in page.text
    assert "The plan is saved." in saved.text
    assert f'value="{mark}" checked' in saved.text
    assert "Plan for the years ahead changed" in browser.get(f"/publish/courses/{course.uuid}").text


@pytest.mark.parametrize("typed", ["nonsense", "1f0c8f0e-6a4e-4d0c-9f0b-2c6f6d1b7a51:2027h", "1f0c8f0e-6a4e-4d0c-9f0b-2c6f6d1b7a51:2027x"])
def test_a_mark_that_is_none_is_refused_and_the_page_kept(client, course, editor, typed):
    one = f.module(course, "A")
    mark = f"{one.uuid}:2027h"

    page = f.signed_in(client, editor).post(f"/publish/courses/{course.uuid}/plan", data={"ticked": [mark, typed]})

    assert page.status_code == 422
    assert f'value="{mark}" checked' in page.text


def test_everybody_sees_the_plan_on_the_course_and_the_module(client, course, editor, house):
    one = f.module(course, "A")
    f.offering(one)
    before = client.get(f"/courses/HVL/{course.slug}").text
    state(course, editor, [(one.uuid, f.SPRING), (one.uuid, SPRING_28)])

    shown = client.get(f"/courses/HVL/{course.slug}").text
    module = client.get("/modules/HVL/A").text

    assert "The years ahead" not in before
    assert "The years ahead" in shown
    assert shown.count("Meant to run") == 1
    assert "The institution means to run it in spring 2028 too. That is no promise." in module


def test_several_runs_of_a_semester_are_told_once_and_lead_to_the_module(client, course, editor, house):
    one = f.module(course, "A")
    for _group in range(2):
        f.offering(one, semester=SPRING_28)
    f.offering(one, semester=SPRING_28, state=Run.PLANNED)
    state(course, editor, [(one.uuid, SPRING_28)])

    cell = re.search(r"<div>(<a [^>]*>Published \(2\).*?)</div>", client.get(f"/courses/HVL/{course.slug}").text, re.DOTALL)[1]

    assert re.findall(r'<a href="([^"]*)">([^<]*)</a>', cell)[0] == ("/modules/HVL/A", "Published (2)")
    assert re.sub(r"<[^>]*>", "", cell) == "Published (2), Planned"


def test_a_draft_run_is_no_run_to_the_public(client, course, editor):
    one = f.module(course, "A")
    f.offering(one, state=Run.DRAFT, semester=AUTUMN_27)
    state(course, editor, [(one.uuid, AUTUMN_27)])

    assert "Meant to run" in client.get(f"/courses/HVL/{course.slug}").text


def test_programs_read_the_plan_of_a_published_course(client, course, editor):
    one, hidden = f.module(course, "A"), f.module(course, "B", state=Publication.DRAFT)
    state(course, editor, [(one.uuid, AUTUMN_27), (hidden.uuid, AUTUMN_27)])

    answer = client.get(f"/api/v1/courses/{course.uuid}/plan")

    assert answer.json == {"uuid": str(course.uuid), "modules": [{"uuid": str(one.uuid), "code": "A", "title": "Module A", "planned": ["2027h"]}]}


@pytest.mark.parametrize("modules", [1, 3])
def test_the_plan_asks_as_much_for_one_module_as_for_three(course, editor, count_queries, modules):
    from catalog.plans.table import table

    made = [f.module(course, f"M{number}") for number in range(modules)]
    state(course, editor, [(one.uuid, AUTUMN_27) for one in made])
    kept = [(one.id, one.uuid) for one in made]

    with count_queries() as seen:
        shown = table(made, date(2026, 11, 23))

    assert (len(seen), len(shown.rows), len(kept)) == (2, modules, modules)
