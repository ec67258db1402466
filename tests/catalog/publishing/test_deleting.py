"""Deleting a draft that nobody has seen, and nothing else."""

from datetime import date

import pytest

from catalog.offers.lifecycle import Publication, Run
from catalog.offers.models import Course, Gathering, Module, Offering, OverlapSet
from catalog.publishing import queries, rules, services
from catalog.publishing.services import deleting
from catalog.publishing.services.deleting import StillNeeded
from config.errors import NotFound
from tests import factories as f
from tests.catalog.publishing.test_courses import events
from tests.factories import MONDAY


def delete(desk, thing):
    act = {Course: deleting.delete_course, Module: deleting.delete_module, Offering: deleting.delete_offering}[type(thing)]
    return act(thing.uuid, actor=desk.editor, at=MONDAY)


def test_a_run_a_module_and_a_course_that_came_to_nothing_are_deleted_one_after_the_other(db, desk):
    run = desk.run(desk.module("MAT1", title="Algebra"))
    f.gathering(run, date(2027, 3, 1))
    module, course = run.module, run.module.course

    assert delete(desk, run) is module
    assert delete(desk, module) is course
    delete(desk, course)

    assert [db.session.query(kind).count() for kind in (Course, Module, Offering, Gathering)] == [0, 0, 0, 0]


def test_the_events_of_a_deleted_thing_stay_on_it_and_on_what_it_was_a_part_of(db, desk):
    run = desk.run(desk.module("MAT1", title="Algebra"))
    module, uuid = run.module, run.uuid

    delete(desk, run)

    assert events(db, module)[-1] == ("module", "delete-part", None, None)
    assert [event.event for event, _name in queries.history(uuid)] == ["delete"]
    assert "Draft deleted: Algebra, spring 2027" in desk.browser.get(f"/publish/modules/{module.uuid}").text


def test_what_something_stands_on_is_kept_with_a_sentence(db, desk):
    module = desk.module("MAT1")
    desk.run(module)
    asked = desk.module("MAT2")
    f.requires(desk.module("MAT3"), asked)

    for thing, sentence in (
        (module.course, "The course has 1 module. Delete it or move it first."),
        (module, "The module has 1 run. Delete it first."),
        (asked, "1 module names it as something one needs before."),
    ):
        with pytest.raises(StillNeeded) as refusal:
            delete(desk, thing)
        assert refusal.value.sentence == sentence
        assert db.session.get(type(thing), thing.id) is thing


@pytest.mark.parametrize("state", [Run.PLANNED, Run.PUBLISHED, Run.CANCELLED])
def test_a_run_that_teachers_have_met_is_kept(desk, state):
    with pytest.raises(StillNeeded):
        delete(desk, desk.run(state=state, published_at=MONDAY))


@pytest.mark.parametrize("state", [Publication.PUBLISHED, Publication.WITHDRAWN])
def test_a_course_and_a_module_that_teachers_have_met_are_kept(desk, state):
    for thing in (desk.course(state=state, published_at=MONDAY), desk.module(state=state, published_at=MONDAY)):
        with pytest.raises(StillNeeded) as refusal:
            delete(desk, thing)
        assert refusal.value.sentence == "Teachers have seen this, so it is kept."


def test_a_module_leaves_its_overlap_sets_and_a_set_of_one_goes_with_it(db, desk):
    gone, first, second = (desk.module(code) for code in ("MAT1", "MAT2", "MAT3"))
    f.overlap("5", gone, first)
    three = f.overlap("7.5", gone, first, second)

    delete(desk, gone)

    assert db.session.query(OverlapSet).all() == [three]
    db.session.refresh(three)
    assert {module.code for module in three.modules} == {"MAT2", "MAT3"}


def test_what_was_copied_from_a_deleted_draft_stands_on_its_own(db, desk):
    source = desk.run()
    copy = desk.run(source.module, copied_from_id=source.id)

    delete(desk, source)

    db.session.refresh(copy)
    assert copy.copied_from_id is None


def test_the_neighbours_draft_is_not_there(desk, neighbour):
    for thing in (neighbour.run(neighbour.module()), neighbour.module(), neighbour.course()):
        with pytest.raises(NotFound):
            delete(desk, thing)


def test_the_page_asks_first_and_goes_back_to_what_it_was_a_part_of(db, desk):
    run = desk.run()
    own, whole = f"/publish/offerings/{run.uuid}", f"/publish/modules/{run.module.uuid}"
    assert "Delete this draft?" in desk.browser.get(f"{own}/deletion").text
    assert db.session.query(Offering).count() == 1

    answer = desk.browser.post(f"{own}/deletion")

    assert (answer.status_code, answer.location) == (303, whole)
    assert desk.browser.get(own).status_code == 404


def test_the_page_says_why_something_is_kept_and_offers_no_button(desk):
    module = desk.module()
    desk.run(module)

    page = desk.browser.get(f"/publish/modules/{module.uuid}/deletion").text

    assert "The module has 1 run. Delete it first." in page
    assert 'action="/publish/modules' not in page
    assert desk.browser.post(f"/publish/modules/{module.uuid}/deletion").status_code == 409


def test_only_a_draft_that_nobody_has_seen_leads_to_the_page(desk):
    draft, seen = desk.run(), desk.published_run()

    assert "/deletion" in desk.browser.get(f"/publish/offerings/{draft.uuid}").text
    assert "/deletion" not in desk.browser.get(f"/publish/offerings/{seen.uuid}").text


def test_a_run_of_a_module_that_is_deleted_meanwhile_is_not_begun(desk):
    module = desk.module()
    delete(desk, module)

    with pytest.raises(NotFound):
        services.create_offering(module.uuid, {"semester": None, "semesters": 1}, actor=desk.editor, at=MONDAY)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({}, None),
        ({"never_seen": False, "parts": 2}, "seen"),
        ({"people": 1, "parts": 1}, "people"),
        ({"parts": 1, "needed_by": 1}, "parts"),
        ({"needed_by": 1}, "asked-for"),
    ],
)
def test_the_gravest_reason_is_told(facts, reason):
    assert rules.why_kept(**({"never_seen": True, "people": 0, "parts": 0, "needed_by": 0} | facts)) == reason
