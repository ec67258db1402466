"""The page of a course shows the way: what its modules count, in which order, and when they begin."""

import re
from datetime import date
from decimal import Decimal

import pytest

from catalog.offers.lifecycle import Run
from catalog.offers.models import Prerequisite
from config.database import db as database
from enrolment.progress.models import PriorCredit
from tests import factories
from tests.catalog.test_pages import lead, words_of
from tests.factories import AUTUMN, MONDAY, SPRING

ADDRESS = "/courses/HVL/matematikk-1"


@pytest.fixture
def course(db, app):
    app.config["CLOCK"] = lambda: MONDAY
    return factories.course(factories.institution(), factories.subject(), "Matematikk 1", slug="matematikk-1")


def modules(course, *titles: str, credits: str = "15"):
    return [factories.module(course, title.upper(), credits=credits, title=title, position=place) for place, title in enumerate(titles)]


def test_what_modules_share_is_said_in_words_and_left_out_of_the_blocks(client, course):
    first, second, _third, _fourth = modules(course, "Tall", "Algebra", "Geometri", "Statistikk")
    factories.overlap("7.5", first, second)
    page = client.get(ADDRESS)
    assert lead(page) == "4 modules that together give 60 credits, of which 52.5 count, because they overlap."
    assert "Tall and Algebra share 7.5 credits." in words_of(page)
    assert "7.5 credits are missing to 60." in words_of(page)
    assert 'aria-label="52.5 of 60 credits in 4 modules"' in page.text


def test_what_is_missing_leads_to_other_studies_in_the_subject(client, course):
    modules(course, "Tall")
    page = client.get(ADDRESS)
    assert "45 credits are missing to 60." in words_of(page)
    assert 'href="/search?subject=matematikk"' in page.text


def test_a_module_with_credits_not_stated_makes_what_is_missing_unknown(client, course):
    modules(course, "Tall", credits=None)
    assert "nobody can say: not all modules state their credits." in words_of(client.get(ADDRESS))


def test_the_order_stands_in_words_and_as_a_picture(client, course):
    first, second, third, _alone = modules(course, "Tall", "Algebra", "Analyse", "Spill")
    factories.requires(second, first)
    third.prerequisites.append(Prerequisite(required=False, required_module=second))
    database.session.commit()
    page = client.get(ADDRESS)
    said = words_of(page)
    assert "In this order Tall. Algebra, which requires Tall. Analyse, which builds on Algebra. At any time: Spill." in said
    assert 'aria-label="The order of the modules as a picture. The list says the same."' in page.text
    assert len(re.findall(r'class="arrow( wished)?"', page.text)) == 2
    assert re.findall(r'<text class="title"[^>]*>(\w+)<', page.text) == ["Tall", "Algebra", "Analyse"]


def test_modules_without_an_order_have_no_picture(client, course):
    modules(course, "Tall", "Algebra")
    page = client.get(ADDRESS)
    assert "so they can be taken in any order" in words_of(page)
    assert "way-picture" not in page.text


def test_the_table_tells_the_semesters_in_which_each_module_begins(client, course):
    first, second = modules(course, "Tall", "Algebra")
    factories.offering(first, semester=SPRING)
    factories.offering(first, semester=AUTUMN, state=Run.PLANNED, starts_on=None, ends_on=None)
    factories.offering(second, semester=AUTUMN, starts_on=date(2027, 9, 1), ends_on=None)
    said = words_of(client.get(ADDRESS))
    assert "Module Spring 2027 Autumn 2027 Tall Begins : Tall, spring 2027 Planned : Tall, autumn 2027 Algebra Not then Begins : Algebra, autumn 2027" in said


def test_the_page_costs_as_much_with_three_modules_as_with_one(client, course, count_queries):
    def add(*titles: str) -> None:
        made = modules(course, *titles)
        for one in made:
            factories.offering(one)
            factories.overlap("1", one, made[0], factories.module(factories.course(course.institution), title="Annet"))

    add("Tall")
    with count_queries() as few:
        client.get(ADDRESS)
    add("Algebra", "Geometri")
    with count_queries() as many:
        client.get(ADDRESS)
    assert len(many) == len(few)


def test_a_teacher_sees_what_they_have_and_what_the_rest_would_count(client, course):
    first, second = modules(course, "Tall", "Algebra")
    factories.overlap("5", first, second)
    somebody = factories.teacher()
    claim = PriorCredit(
        person_id=somebody.id, module_id=first.id, subject_id=course.subject_id, credits=Decimal(15), institution="HVL", title="Tall", state="verified", claimed_at=MONDAY,
    )
    database.session.add(claim)
    database.session.commit()
    said = words_of(factories.signed_in(client, somebody).get(ADDRESS))
    assert "You have Tall: done Algebra: not yet The modules you do not have would count 10 of the 45 credits you lack in matematikk." in said


def test_a_stranger_sees_nothing_of_anybody(client, course):
    modules(course, "Tall")
    assert "You have" not in words_of(client.get(ADDRESS))
