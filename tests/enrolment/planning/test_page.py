"""The page that finds plans, over real rows."""

import re
from decimal import Decimal

import pytest

from catalog.equivalence.models import EquivalenceSet
from catalog.offers.models import ContentTag
from catalog.subjects.models import ContentBlock
from catalog.values import Tag
from enrolment.results import services as results
from enrolment.results.values import Mark
from enrolment.seats import services as seats
from tests import factories as f


@pytest.fixture
def course(db):
    return f.course(f.institution(), f.subject())


@pytest.fixture
def page(client, course):
    f.signed_in(client, f.teacher())
    return lambda **asked: client.get("/me/plan", query_string={"subject": "matematikk", "goal": "30", **asked})


def words_of(answer) -> str:
    main = re.search(r"<main.*</main>", answer.text, re.DOTALL)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_a_plan_stands_with_its_modules_and_what_counts(page, course):
    first, second = (f.module(course, code, title=title) for code, title in (("MAT1", "Tall"), ("MAT2", "Mål")))
    f.offering(first)
    f.offering(second, semester=f.AUTUMN, apply_by=None, starts_on=None)
    said = words_of(page())

    assert "Finished autumn 2027, 0 days away, no fee stated. Then 30 credits count." in said
    assert said.index("Tall") < said.index("Mål")


def test_where_there_is_no_plan_the_page_links_to_what_gives_one(page, course):
    for code in ("MAT1", "MAT2"):
        f.offering(f.module(course, code))
    answer = page()

    assert "Take up to 30 credits a term. Finished spring 2027" in words_of(answer)
    assert "capacity=30" in answer.text
    assert "Plan 1" in words_of(page(capacity="30"))


def test_content_that_is_asked_for_is_in_every_plan_and_can_be_left_aside(page, course, db):
    db.session.add(ContentBlock(subject=course.subject, tag=Tag.DIDACTICS, credits=Decimal(5), source="test"))
    plain, didactic = f.module(course, "MAT1", credits="60", title="Plain"), f.module(course, "MAT2", credits="60", title="Didactic")
    didactic.tags = [ContentTag(tag=Tag.DIDACTICS, sentence="So it says.", credits=Decimal("7.5"))]
    db.session.commit()
    f.offering(plain)
    f.offering(didactic, semester=f.AUTUMN, apply_by=None, starts_on=None)
    said = words_of(page(goal="60", capacity="60"))

    assert "The plans also cover: 5 in subject didactics." in said
    assert "Plain" not in said.partition("Plan 2")[0] and "Finished autumn 2027" in said
    assert "Finished spring 2027" in words_of(page(goal="60", capacity="60", content="any"))
    assert "The plans also cover" not in words_of(page(goal="30", capacity="60")), "half a study is not asked for all of its content"


def test_a_module_of_the_same_content_meets_what_is_asked_for_and_counts_once(client, course, db):
    old, new, after = (f.module(course, f"MAT{number}", title=title) for number, title in enumerate(("Old", "New", "After")))
    f.requires(after, old)
    db.session.add(EquivalenceSet(source="The board", modules=[old, new]))
    db.session.commit()
    somebody, run = f.teacher(), f.offering(new, **f.UNDER_WAY)
    seat = seats.enrol(run.uuid, actor=f.acting(somebody), at=f.MONDAY)
    results.record_results(run.uuid, {seat.uuid: Mark.B}, actor=f.acting(f.editor(course.institution)), at=f.MONDAY)
    f.offering(old)
    f.offering(after)
    f.signed_in(client, somebody)
    said = words_of(client.get("/me/plan", query_string={"subject": "matematikk", "goal": "30"}))

    assert "Finished spring 2027" in said and "After" in said
    assert "No plan reaches the target" in words_of(client.get("/me/plan", query_string={"subject": "matematikk", "goal": "60", "capacity": "60"}))


def test_where_no_run_has_the_content_that_is_what_gives_way(page, course, db):
    db.session.add(ContentBlock(subject=course.subject, tag=Tag.DIDACTICS, credits=Decimal(5), source="test"))
    f.offering(f.module(course, "MAT1", credits="60"))
    answer = page(goal="60", capacity="60")

    assert "Leave the required content aside. Finished spring 2027" in words_of(answer)
    assert "content=any" in answer.text


def test_a_subject_nobody_has_and_a_number_that_is_none_are_refused_by_name(page):
    answer = page(subject="heksing")

    assert (answer.status_code, "Choose a subject of the list." in answer.text) == (422, True)
    assert page(days="-1").status_code == 422


def test_what_the_address_does_not_say_is_shown_as_it_was_asked(page):
    text = page().text

    assert '<option value="anywhere" selected>' in text
    assert re.search(r'name="capacity"[^>]* value="15"', text)


def test_the_page_asks_the_database_as_often_however_many_runs_there_are(page, course, count_queries):
    f.offering(f.module(course, "MAT1"))
    f.offering(f.module(course, "MAT2"), semester=f.AUTUMN, apply_by=None, starts_on=None)
    page()
    with count_queries() as few:
        page()
    for number in range(3, 9):
        f.offering(f.module(course, f"MAT{number}"))
    with count_queries() as many:
        page()

    assert len(many) == len(few)
