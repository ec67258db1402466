"""What a module is made of, and what must not be said of it: overlap sets of several, prerequisites out of sight, days outside or on top."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.offers.lifecycle import Publication, Run
from catalog.offers.models import OverlapSet, Prerequisite
from catalog.publishing.rules import clashes, most_shared
from catalog.publishing.values import Before, Meeting, Shared
from catalog.values import Selection
from tests import factories as f
from tests.catalog.publishing.conftest import boxes
from tests.catalog.publishing.test_modules import refused, save
from tests.catalog.publishing.test_offerings import save as save_run
from tests.factories import MONDAY

# Norwegian 2 for grades 5–10 covers two modules of 15 credits; the institution states three overlaps.
UIS = (
    Shared(("MGL2122",), Decimal(15), row=1),
    Shared(("MGL2220",), Decimal(15), row=2),
    Shared(("MGL2122", "MGL2220"), Decimal(30), row=3),
)


@pytest.fixture
def norwegian(desk):
    """MGL2322 of 30 credits, beside MGL2122 and MGL2220 of 15."""
    course = desk.course()
    desk.module("MGL2122", of=course)
    desk.module("MGL2220", of=course)
    return desk.module("MGL2322", "30", of=course)


# ---- overlap sets


def test_a_set_of_three_states_what_each_part_of_it_shares(db, desk, norwegian):
    save(desk, norwegian, "overlaps", overlaps=UIS)

    kept = {frozenset(one.code for one in row.modules): row.credits for row in db.session.query(OverlapSet)}
    assert kept == {
        frozenset({"MGL2122", "MGL2322"}): 15,
        frozenset({"MGL2220", "MGL2322"}): 15,
        frozenset({"MGL2122", "MGL2220", "MGL2322"}): 30,
    }


def test_a_small_module_of_a_set_of_three_can_still_be_edited(desk, norwegian):
    save(desk, norwegian, "overlaps", overlaps=UIS)
    small = next(one for one in norwegian.course.modules if one.code == "MGL2122")

    save(desk, small, "basics", title="Norsk 1")
    errors = refused(lambda: save(desk, small, "basics", credits=Decimal(10)))

    assert small.title == "Norsk 1"
    assert errors == {"credits": ["It shares 30 credits with other modules, and with so few of its own it cannot. Lower that first."]}


def test_several_modules_never_share_more_than_all_but_the_largest(desk, norwegian):
    errors = refused(lambda: save(desk, norwegian, "overlaps", overlaps=(Shared(("MGL2122", "MGL2220"), Decimal("30.5"), row=1),)))

    assert errors == {"credits-1": ["They cannot share more than all but the largest of them have together: 30 credits."]}


def test_a_set_does_not_share_less_than_a_part_of_it(db, desk, norwegian):
    lines = (Shared(("MGL2122",), Decimal(15), row=1), Shared(("MGL2220", "MGL2122"), Decimal(10), row=2))

    errors = refused(lambda: save(desk, norwegian, "overlaps", overlaps=lines))

    assert errors == {"credits-2": ["Whoever has all of these loses at least the 15 credits shared with MGL2122. State at least as much."]}
    assert db.session.query(OverlapSet).count() == 0


def test_teachers_read_that_the_largest_of_several_sets_counts(db, desk, norwegian):
    save(desk, norwegian, "overlaps", overlaps=UIS)
    norwegian.state, norwegian.published_at = Publication.PUBLISHED, MONDAY
    db.session.commit()

    page = desk.browser.get(f"/modules/{desk.institution.code}/{norwegian.slug}").text

    assert "30 credits are counted once only if you also hold" in page
    assert "Of these, the largest that you hold all of counts." in page


@pytest.mark.parametrize(
    ("credits", "most"),
    [((15, 30), 15), ((15, 15, 30), 30), ((15, None), 15), ((None, None), None), ((15, None, None), None), ((15, 15, None), 30), ((), 0)],
)
def test_what_modules_can_share_at_most(credits, most):
    assert most_shared([None if each is None else Decimal(each) for each in credits]) == most


@given(st.lists(st.integers(1, 60).map(Decimal), min_size=2, max_size=5))
def test_what_is_left_of_modules_that_share_the_most_is_the_largest(credits):
    assert sum(credits) - most_shared(credits) == max(credits)


# ---- prerequisites


def test_what_teachers_see_does_not_begin_to_require_what_they_cannot_see(db, desk):
    desk.module("MAT1")
    seen = desk.published_module("MAT2")

    errors = refused(lambda: save(desk, seen, "prerequisites", confirmed=True, prerequisites=(Before(True, "MAT1", row=1),)))
    save(desk, seen, "prerequisites", confirmed=True, prerequisites=(Before(False, "MAT1", row=1),))

    assert errors == {"module-1": ["Teachers cannot see MAT1 yet, so it cannot be required. Publish it first, or recommend it."]}
    assert [row.required for row in db.session.query(Prerequisite)] == [False]


def test_a_draft_may_require_a_draft_until_it_is_published(db, desk):
    desk.module("MAT1")
    draft = desk.module("MAT2")

    save(desk, draft, "prerequisites", prerequisites=(Before(True, "MAT1", row=1),))

    assert draft.gaps == ["prerequisites"]


# ---- days


def test_a_gathering_outside_the_semester_is_refused_though_the_run_has_no_days_yet(db, desk):
    run = desk.run(starts_on=None, ends_on=None, apply_by=None, opens_on=None, queue_closes_on=None)
    outside = (Meeting(date(2026, 12, 31), date(2027, 1, 2), row=1), Meeting(date(2027, 9, 1), date(2027, 9, 1), row=2))

    errors = refused(lambda: save_run(desk, run, "dates", gatherings=(*outside, Meeting(date(2027, 8, 30), date(2027, 8, 31), row=3))))

    semesters = "is outside the semesters of the run, which last from 1 January 2027 to 31 August 2027, exams included."
    assert errors == {"from-1": [f"The gathering on 31 December 2026 {semesters}"], "from-2": [f"The gathering on 1 September 2027 {semesters}"]}
    assert run.gatherings == []


def test_a_gathering_known_by_its_week_has_a_day_in_the_semester(desk):
    run = desk.run(starts_on=None, ends_on=None, apply_by=None, opens_on=None, queue_closes_on=None)

    errors = refused(lambda: save_run(desk, run, "dates", gatherings=(Meeting(None, None, week="2027-40", row=1),)))
    save_run(desk, run, "dates", gatherings=(Meeting(None, None, week="2026-53", row=1),))  # its Sunday is 3 January

    assert list(errors) == ["week-1"]
    assert [row.iso_week for row in run.gatherings] == [53]


# ---- clashes


def days(first: int, last: int) -> Meeting:
    return Meeting(date(2027, 3, first), date(2027, 3, last))


def test_gatherings_clash_that_share_a_day():
    own, before, touching, within = days(10, 12), days(7, 9), days(12, 14), days(11, 11)

    assert clashes([own], [before, touching, within]) == [(own, touching), (own, within)]


def test_a_gathering_without_days_clashes_with_none():
    assert clashes([Meeting(None, None, week="2027-10")], [days(8, 9)]) == clashes([days(8, 9)], [Meeting(None, None)]) == []


@given(st.lists(st.tuples(st.integers(1, 28), st.integers(0, 3)), max_size=4), st.lists(st.tuples(st.integers(1, 28), st.integers(0, 3)), max_size=4))
def test_who_clashes_is_clashed_with(some, others):
    some, others = ([days(first, first + more) for first, more in rows] for rows in (some, others))

    assert sorted(clashes(some, others), key=repr) == sorted([(one, other) for other, one in clashes(others, some)], key=repr)


@pytest.fixture
def two_runs(desk):
    """Runs of two modules of one course in the same semester."""
    course = desk.course()
    return desk.run(desk.published_module("MAT1", of=course, title="Tall")), desk.run(desk.published_module("MAT2", of=course, title="Algebra"))


def test_the_editor_is_told_of_a_gathering_on_the_same_day_as_another_run_of_the_course(desk, two_runs):
    mine, other = two_runs
    f.gathering(mine, date(2027, 3, 10), date(2027, 3, 12))
    f.gathering(other, date(2027, 3, 12), date(2027, 3, 13))

    page = desk.browser.get(f"/publish/offerings/{mine.uuid}").text

    assert "Gatherings on the same day as another run of the course" in page
    assert "10–12 March 2027: Algebra, spring 2027, meets on 12–13 March 2027" in page
    assert f'href="/publish/offerings/{other.uuid}"' in page


@pytest.mark.parametrize("apart", ["another day", "cancelled", "another course", "the same module"])
def test_the_editor_is_not_told_of_what_does_not_clash(db, desk, two_runs, apart):
    mine, other = two_runs
    f.gathering(mine, date(2027, 3, 10))
    f.gathering(other, date(2027, 3, 10 if apart != "another day" else 11))
    if apart == "cancelled":
        other.state = Run.CANCELLED
    if apart == "another course":
        other.module.course = desk.course()
    if apart == "the same module":
        other.module = mine.module
    db.session.commit()

    assert "same day as another run" not in desk.browser.get(f"/publish/offerings/{mine.uuid}").text


# ---- who is admitted, and groups


SELECTED = {"selection": "ranked", "must_teach": "yes", "attendance": "80", "in_master": "no"}


def test_who_is_admitted_is_said_once_and_read_by_teachers(db, desk):
    module = desk.published_module("MAT1")
    address = f"/publish/modules/{module.uuid}"

    desk.browser.post(f"{address}/selection", data=boxes(module, "selection") | SELECTED | {"confirmed": "yes"})
    points = {"reason-1": "Teaches the subject now", "points-1": "3", "confirmed": "yes"}
    desk.browser.post(f"{address}/bonus", data=boxes(module, "bonus") | points)

    db.session.refresh(module)
    assert (module.selection, module.must_teach, module.attendance, module.in_master) == (Selection.RANKED, True, 80, False)
    page = desk.browser.get(f"/modules/{desk.institution.code}/{module.slug}").text
    assert all(said in page for said in ("Ranked by points", "At least 80 per cent", "Teaches the subject now: 3 points"))


@pytest.mark.parametrize(
    ("section", "typed", "sentence"),
    [
        ("selection", {"attendance": "101"}, "Write a whole number between 0 and 100."),
        ("selection", {"selection": "by lot"}, "Choose from the list."),
        ("bonus", {"reason-1": "Teaches", "points-1": ""}, "Say how many points this gives."),
        ("bonus", {"reason-1": "", "points-1": "2"}, "Say what gives these points."),
        ("bonus", {"reason-1": "Teaches", "points-1": "2", "reason-2": "teaches", "points-2": "3"}, "This is named twice."),
    ],
)
def test_a_selection_that_makes_no_sense_is_refused_at_its_box(db, desk, section, typed, sentence):
    module = desk.module()

    answer = desk.browser.post(f"/publish/modules/{module.uuid}/{section}", data=boxes(module, section) | typed)

    db.session.refresh(module)
    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert (module.attendance, module.selection, module.bonus_points) == (None, None, [])


def test_parallel_groups_of_one_semester_are_told_apart(db, desk):
    module = desk.published_module("MAT1")
    here, there = desk.published_run(module, group_name="Group A"), desk.published_run(module)

    save_run(desk, there, "delivery", confirmed=True, group_name="Group B")

    page = desk.browser.get(f"/modules/{desk.institution.code}/{module.slug}").text
    assert [there.group_name, here.semester] == ["Group B", there.semester]
    assert all(f"Spring 2027, {group}" in page for group in ("Group A", "Group B"))
