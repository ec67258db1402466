"""«Can I get in?» is answered without signing in, from the module's own requirements, with real runs that fill what is missing."""

import re
from decimal import Decimal

import pytest

from catalog.eligibility import applying
from catalog.offers.models import EnrolmentMode, Prerequisite
from config.database import db as database
from tests import factories
from tests.catalog.test_pages import words_of
from tests.factories import MONDAY

ENTRY = "/modules/HVL/B/entry"


@pytest.fixture
def course(db, app):
    app.config["CLOCK"] = lambda: MONDAY
    return factories.course(factories.institution(), factories.subject(requires={}), "Matematikk 1", slug="matematikk-1")


@pytest.fixture
def module(course):
    """Algebra, which asks for approved teacher education, the module Tall, and 30 credits in mathematics."""
    first = factories.module(course, "A", title="Tall")
    made = factories.module(course, "B", title="Algebra", admission="Godkjent lærerutdanning.")
    factories.requires(made, first)
    made.prerequisites.append(Prerequisite(required=True, subject=course.subject, credits=Decimal(30)))
    database.session.commit()
    return made


def tall(module):
    return next(need.required_module for need in module.prerequisites if need.required_module)


def test_the_page_tells_what_is_needed_before_anybody_answers(client, module):
    said = words_of(client.get(ENTRY))
    assert "“Godkjent lærerutdanning.” Høgskulen på Vestlandet Required The module Tall Høgskulen på Vestlandet Required 30 credits in matematikk" in said
    assert "The answer" not in said


def test_who_has_everything_is_told_yes(client, module):
    page = client.get(f"{ENTRY}?education=teacher&credits-matematikk=30&done={tall(module).uuid}")
    assert "Yes, from what you have answered you meet what is required." in words_of(page)


def test_what_is_missing_is_said_with_runs_that_fill_it(client, course, module):
    factories.offering(tall(module))
    other = factories.module(factories.course(course.institution, course.subject), "X", title="Tallforståelse", credits="7.5")
    factories.offering(other)
    factories.offering(factories.module(course, "C", title="Uten frist"), seats=None, apply_by=MONDAY.date().replace(year=2025))
    said = words_of(client.get(f"{ENTRY}?education=teacher&credits-matematikk=22,5"))
    assert "Not yet. Something that is required is missing." in said
    assert "30 credits in matematikk Høgskulen på Vestlandet 22.5 credits Missing 7.5 credits" in said
    filled = said[said.index("What could fill it") : said.index("All studies")]
    assert re.findall(r"(Tallforståelse|Tall|Uten frist) Høgskulen", filled) == ["Tall", "Tallforståelse"]
    assert "It is the module you need. Spring 2027, online only. Apply by 15 January 2027." in filled
    assert "Gives 7.5 credits. You lack 7.5 credits in matematikk." in filled


def test_a_run_that_one_is_not_let_into_fills_nothing(client, course, module):
    closed = factories.module(factories.course(course.institution, course.subject), "X", title="Analyse")
    factories.requires(closed, module)
    factories.offering(closed)
    assert "Nothing that fills it can be applied for now." in words_of(client.get(f"{ENTRY}?education=teacher&credits-matematikk=0"))


def test_credits_that_cannot_be_are_refused_where_they_stand_and_kept(client, module):
    page = client.get(f"{ENTRY}?credits-matematikk=7,3")
    assert page.status_code == 422
    assert 'value="7,3"' in page.text
    assert "Credits are whole or halves, such as 15 or 7.5, and at most 300." in words_of(page)


def test_the_answers_stay_in_the_form_and_nowhere_else(client, module):
    page = client.get(f"{ENTRY}?education=teacher&teaches=perhaps&done=nothing")
    assert re.search(r'value="teacher"[^>]* checked', page.text)
    assert page.headers.getlist("Set-Cookie") == []


def test_who_may_apply_in_the_round_is_told_with_its_source(client, module):
    factories.offering(module, mode=EnrolmentMode.ROUND)
    said = words_of(client.get(f"{ENTRY}?work=elsewhere"))
    assert "To work where one may apply in the yearly round Utdanningsdirektoratet, søknadsprosessen for videreutdanning (2020–2026)" in said
    assert "This decides on the money, not on the seat." in said


def test_the_register_of_who_may_apply_holds_with_dates_and_sources():
    assert all(row.source and row.valid_from for row in applying.register())
    assert applying.may_apply(MONDAY.date()) == {"school", "private-school", "adult-education", "culture-school"}


def test_a_course_gives_what_its_later_modules_ask_for(client, module):
    said = words_of(client.get("/courses/HVL/matematikk-1/entry?education=teacher&credits-matematikk=30"))
    assert "The module Tall Høgskulen på Vestlandet Part of this course On the way" in said
    assert "Yes, from what you have answered you meet what is required." in said


def test_the_module_and_the_course_lead_there(client, module):
    for address in ("/modules/HVL/B", "/courses/HVL/matematikk-1"):
        assert f'href="{address}/entry"' in client.get(address).text


def test_a_course_costs_as_much_with_three_modules_as_with_two(client, course, module, count_queries):
    address = "/courses/HVL/matematikk-1/entry?credits-matematikk=0"
    with count_queries() as few:
        client.get(address)
    more = factories.module(course, "C")
    factories.requires(more, module)
    factories.overlap("1", more, module)
    factories.offering(factories.module(factories.course(course.institution, course.subject), "X"))
    with count_queries() as many:
        client.get(address)
    factories.requires(factories.module(course, "D"), more)
    factories.offering(factories.module(factories.course(course.institution, course.subject), "Y"))
    with count_queries() as most:
        client.get(address)
    assert (len(most), len(few) <= len(many)) == (len(many), True)
