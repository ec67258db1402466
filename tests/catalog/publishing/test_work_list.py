"""The work list of an institution."""

from datetime import date
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event

from accounts.models import OrganisationKind, Role
from catalog.offers.lifecycle import Publication, Run
from catalog.publishing.queries import work_list
from catalog.publishing.queries.work_list import Wanted
from catalog.values import Semester
from tests import factories as f
from tests.factories import AUTUMN, MONDAY, SPRING

TODAY = date(2026, 11, 23)


def names(desk, **wanted) -> list[str]:
    page = work_list.page_of(desk.institution.organisation_id, Wanted(**wanted), page=1, on=TODAY)
    return [thing.title if hasattr(thing, "title") else f"{thing.module.title} {thing.semester.code}" for thing in page.things]


def test_each_course_is_followed_by_its_modules_and_each_module_by_its_runs(desk):
    second, first = desk.course(title="Norsk"), desk.course(title="Engelsk")
    later = desk.module("B", of=first, title="Later", position=2)
    earlier = desk.module("A", of=first, title="Earlier", position=1)
    desk.run(earlier, semester=AUTUMN)
    desk.run(earlier, semester=SPRING)
    desk.run(later)
    desk.module("C", of=second, title="Other")

    assert names(desk) == ["Engelsk", "Earlier", "Earlier 2027v", "Earlier 2027h", "Later", "Later 2027v", "Norsk", "Other"]


def test_only_what_is_the_institutions_own_is_listed(desk, neighbour):
    neighbour.run()
    desk.course(title="Mine")

    assert names(desk) == ["Mine"]


def test_the_list_is_narrowed_to_a_state(desk):
    module = desk.published_module(title="Seen", of=desk.course(title="Course", state=Publication.WITHDRAWN))
    desk.run(module)
    desk.run(module, semester=AUTUMN, state=Run.PLANNED)

    found = {state: names(desk, state=state) for state in ("draft", "planned", "published", "withdrawn", "cancelled")}

    assert found == {"draft": ["Seen 2027v"], "planned": ["Seen 2027h"], "published": ["Seen"], "withdrawn": ["Course"], "cancelled": []}


@pytest.mark.parametrize("text", ["ålesund", "ÅLESUND", "Ålesund", "tegning åle", "KUN1"])
def test_the_list_is_narrowed_to_words_of_title_or_code(desk, text):
    desk.module("KUN1", of=desk.course(title="Kunst"), title="Tegning i Ålesund")
    desk.module("KUN2", of=desk.course(title="Håndverk"), title="Sløyd")

    assert names(desk, text=text) == ["Tegning i Ålesund"]


@pytest.mark.parametrize("text", ["%", "_", "100%", "' OR 1=1 --"])
def test_signs_that_mean_something_to_a_database_mean_nothing_here(desk, text):
    desk.course(title="Matematikk")

    assert names(desk, text=text) == []


def test_the_list_is_narrowed_to_a_kind_a_subject_a_course_and_a_semester(desk):
    other = f.course(desk.institution, f.subject("norsk", "Norsk"), "Another")
    course = desk.course(title="Course")
    module = desk.module("A", of=course, title="Module")
    desk.run(module, semester=SPRING)
    desk.run(module, semester=AUTUMN)
    desk.module("B", of=other, title="Other")

    assert names(desk, kind="course") == ["Another", "Course"]
    assert names(desk, kind="module") == ["Other", "Module"]
    assert names(desk, kind="offering") == ["Module 2027v", "Module 2027h"]
    assert names(desk, subject="norsk") == ["Another", "Other"]
    assert names(desk, subject="matematikk") == ["Course", "Module", "Module 2027v", "Module 2027h"]
    assert names(desk, course=course.uuid) == ["Course", "Module", "Module 2027v", "Module 2027h"]
    assert names(desk, semester=AUTUMN) == ["Module 2027h"]
    assert names(desk, kind="course", semester=AUTUMN) == []


def test_ended_runs_are_shown_only_when_asked_for(desk):
    module = desk.module("M", of=desk.course(title="Course"), title="Module")
    desk.run(module, semester=Semester.from_code("2025h"), starts_on=None, ends_on=None)
    desk.run(module, semester=Semester.from_code("2026h"), starts_on=None, ends_on=None)

    assert names(desk) == ["Course", "Module", "Module 2026h"]
    assert names(desk, ended=True) == ["Course", "Module", "Module 2025h", "Module 2026h"]


@given(
    st.sampled_from(["2025v", "2025h", "2026v", "2026h", "2027v", None]),
    st.integers(1, 3),
    st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    st.dates(date(2026, 1, 1), date(2027, 12, 31)),
)
def test_the_database_and_the_rule_agree_on_what_has_ended(desk, semester, semesters, ends_on, on):
    run = desk.run(semester=Semester.from_code(semester) if semester else None, semesters=semesters, starts_on=None, ends_on=ends_on)

    page = work_list.page_of(desk.institution.organisation_id, Wanted(text=run.module.code), page=1, on=on)

    assert (run in page.things) is not run.ended(on)


def test_a_long_list_has_pages_and_a_page_beyond_the_last_is_the_last(desk):
    for number in range(work_list.ROWS + 1):
        desk.course(title=f"Course {number:02}")
    mine = desk.institution.organisation_id

    first, beyond = (work_list.page_of(mine, Wanted(), page=number, on=TODAY) for number in (1, 99))

    assert (first.total, first.pages, len(first.things)) == (work_list.ROWS + 1, 2, work_list.ROWS)
    assert (beyond.number, [course.title for course in beyond.things]) == (2, [f"Course {work_list.ROWS}"])


def test_the_page_says_of_each_line_what_teachers_see_and_what_is_missing(desk):
    run = desk.published_run(seats=20, seats_taken=18, waiting=3)
    desk.module("NEW", title="Unfinished", knowledge=None)

    page = unescape(desk.browser.get("/publish").text)

    assert f'Yes – <a href="/offerings/{run.uuid}">view' in page
    assert "Open for enrolment" in page
    assert "18 taken, 3 waiting" in page
    assert f'name="seats-{run.uuid}"' in page
    assert "13/14" in page
    assert ">the knowledge it gives</a>" in page


def test_what_is_asked_for_stays_in_the_address_from_page_to_page(desk):
    for number in range(work_list.ROWS + 1):
        desk.course(title=f"Course {number:02}")

    page = desk.browser.get("/publish?q=course&state=draft").text

    assert 'href="/publish?q=course&amp;state=draft&amp;page=2"' in page


@pytest.mark.parametrize("query", ["state=gone", "kind=gathering", "semester=2027x", "course=mine", "page=0", "page=x", "ended=perhaps", "q=" + "x" * 101, "page=99999999999999999999"])
def test_an_address_that_makes_no_sense_is_refused_with_a_sentence(desk, query):
    answer = desk.browser.get(f"/publish?{query}")

    assert answer.status_code == 422
    assert "The address holds a value that cannot be used." in answer.text


@pytest.fixture
def count(db):
    """How many statements a page takes."""
    asked: list[str] = []

    def note(_connection, _cursor, statement, *_more):
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)

    def counted(ask) -> int:
        asked.clear()
        assert ask().status_code == 200
        return len(asked)

    yield counted
    event.remove(db.engine, "before_cursor_execute", note)


def _write(desk, number: int) -> None:
    module = desk.published_module(f"MAT{number}", of=desk.course(title=f"Course {number}"))
    f.requires(module, desk.published_module(f"PRE{number}", of=module.course))
    f.overlap("5", module, module.course.modules[0])
    f.gathering(desk.published_run(module, place="Bergen"), date(2027, 3, 1))


def test_a_list_of_three_takes_no_more_statements_than_a_list_of_one(desk, count):
    _write(desk, 1)
    one = count(lambda: desk.browser.get("/publish"))
    _write(desk, 2)
    _write(desk, 3)

    assert count(lambda: desk.browser.get("/publish")) == one


def test_a_course_of_three_modules_takes_no_more_statements_than_one_of_two(desk, count):
    _write(desk, 1)
    module = desk.published_module("MAT9")
    f.requires(module, desk.published_module("PRE9", of=module.course))
    page = f"/publish/courses/{module.course.uuid}"
    two = count(lambda: desk.browser.get(page))
    desk.published_module("MAT10", of=module.course)

    assert count(lambda: desk.browser.get(page)) == two


def test_a_module_of_three_runs_takes_no_more_statements_than_one_of_one(desk, count):
    module = desk.published_module("MAT1")
    f.gathering(desk.published_run(module), date(2027, 3, 1))
    page = f"/publish/modules/{module.uuid}"
    one = count(lambda: desk.browser.get(page))
    for _number in range(2):
        f.gathering(desk.published_run(module), date(2027, 3, 1))

    assert count(lambda: desk.browser.get(page)) == one


def test_the_moment_is_that_of_the_request(desk):
    desk.published_run(opens_on=date(2026, 11, 24))

    assert "Opens 24 November 2026" in desk.browser.get("/publish").text
    assert MONDAY.date() == TODAY


def test_an_editor_of_a_body_that_publishes_nothing_is_told_so(client, db):
    body = f.organisation(OrganisationKind.INSTITUTION, "A body without an institution")
    f.signed_in(client, f.member(body.id, Role.EDITOR))

    answer = client.get("/publish")

    assert answer.status_code == 404
    assert "Your role belongs to no institution that publishes here." in answer.text


def test_what_waits_for_the_editor_stands_on_top(desk, db):
    desk.module("MAT1", title="Algebra", of=desk.course(title="Begun"))
    run = desk.published_run(desk.published_module("MAT2", title="Geometry"))
    run.seats, run.seats_taken, run.waiting = 1, 1, 2
    db.session.commit()

    page = desk.browser.get("/publish").text

    assert "3 drafts that teachers cannot see yet</a>" in page
    assert "Geometry, spring 2027</a>: full, 2 waiting" in page
    assert "What waits for you" not in desk.browser.get("/publish?state=draft").text
