"""The guided start: five plain questions, one a page, and the search they make."""

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.guide import rules
from catalog.guide.rules import Away
from catalog.subjects.models import Requirement
from catalog.values import Band, Delivery, Grades
from config.database import db as database
from tests import factories
from tests.factories import AUTUMN, MONDAY

STEPS = ("", "/level", "/have", "/region", "/away", "/answer")
ALL = "subject=matematikk&level=8-10&have=45&region=vest&away=never&when=2027v"


@pytest.fixture
def subject(db, app):
    app.config["CLOCK"] = lambda: MONDAY
    return factories.subject(requires={Band.LOWER: 60, Band.PRIMARY: 30})


@pytest.fixture
def course(subject):
    here = factories.institution()
    factories.region("vest", [factories.county("46", "Vestland"), factories.county("11", "Rogaland")], [here])
    return factories.course(here, subject, grades=Grades.of(range(5, 11)))


@pytest.fixture
def module(course):
    made = factories.module(course, "MAT1", title="Tall")
    factories.offering(made)
    return made


def words_of(page) -> str:
    main = re.search(r"<main.*</main>", page.text, re.DOTALL)[0]
    return re.sub(r"\s+([.,:])", r"\1", " ".join(re.sub(r"<[^>]+>", " ", main).split()))


def heading(page) -> str:
    return re.search(r"<h1>([^<]*)</h1>", page.text)[1]


def whys(page) -> list[str]:
    block = re.search(r'<section aria-labelledby="why">.*?</section>', page.text, re.DOTALL)
    return re.findall(r"<li>([^<]*)</li>", block[0]) if block else []


def search_of(page) -> str:
    return re.search(r'<a class="button[^"]*" href="(/search[^"]*)"', page.text)[1].replace("&amp;", "&")


def hidden(page) -> dict[str, str]:
    main = re.search(r"<main.*</main>", page.text, re.DOTALL)[0]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', main))


def test_there_are_five_questions_one_a_page_and_each_leads_to_the_next(client, module):
    pages = [client.get(f"/start-guide{step}") for step in STEPS[:5]]

    assert [re.search(r"Question \d of \d", page.text)[0] for page in pages] == [f"Question {number} of 5" for number in range(1, 6)]
    assert [re.search(r'<form method="get" action="([^"]*)">', page.text)[1] for page in pages] == [f"/start-guide{step}" for step in STEPS[1:]]
    assert [page.text.count("<h1") for page in pages] == [1] * 5


def test_the_answers_are_carried_in_the_address_and_going_back_shows_them(client, module):
    page = client.get(f"/start-guide/have?{ALL}")

    assert hidden(page) == {"subject": "matematikk", "level": "8-10", "region": "vest", "away": "never", "when": "2027v"}
    assert re.findall(r'value="(\w+)" checked', page.text) == ["45"]
    back = re.search(r'<a href="(/start-guide/level\?[^"]*)"', page.text)[1].replace("&amp;", "&")
    assert re.findall(r'value="([\w-]+)" checked', client.get(back).text) == ["8-10"]
    assert hidden(client.get(back)) == {"subject": "matematikk", "have": "45", "region": "vest", "away": "never", "when": "2027v"}


def test_the_region_is_told_by_its_counties(client, module):
    assert "Rogaland and Vestland" in words_of(client.get("/start-guide/region"))


def test_the_answer_is_a_search_with_a_sentence_why(client, module):
    page = client.get(f"/start-guide/answer?{ALL}")

    assert heading(page) == "1 study in matematikk for grades 8–10 in Region vest"
    assert search_of(page) == "/search?region=vest&subject=matematikk&level=8-10&delivery=online&semester=2027v&credits=under-15&credits=15&online=1"
    assert whys(page) == [
        "They are in matematikk for grades 8–10, because that is what you teach.",
        "You lack about 15 of the 60 credits that are required, so a study of up to 15 credits is enough.",
        "They are in Region vest, where you live, or online from anywhere.",
        "They are online only, because you cannot be away.",
        "They start in spring 2027.",
    ]
    assert 'href="/modules/HVL/MAT1"' in page.text
    assert "1 study in matematikk" in words_of(client.get(search_of(page)))


def test_nothing_answered_gives_everything_and_no_reason(client, module):
    page = client.get("/start-guide/answer")

    assert (heading(page), search_of(page), whys(page)) == ("1 study", "/search", [])


def test_what_nobody_knows_is_no_answer(client, module):
    page = client.get("/start-guide/answer?subject=trylling&level=any&have=7&region=any&away=moon&when=1066h&x=y")

    assert (page.status_code, search_of(page)) == (200, "/search")


@pytest.mark.parametrize(
    ("have", "said"),
    [
        ("", "60 credits are required for what you teach."),
        ("30", "You lack about 30 of the 60 credits that are required, so it may take several modules."),
        ("60", "You have the 60 credits that are required, so nothing must be filled; these are for more."),
    ],
)
def test_what_one_has_is_held_against_what_is_required(client, module, have, said):
    page = client.get(f"/start-guide/answer?subject=matematikk&level=8-10&have={have}")

    assert whys(page)[1] == said
    assert "credits=" not in search_of(page)


def test_where_nothing_is_required_nothing_is_said_of_it(client, module, subject):
    database.session.add(Requirement(subject_id=subject.id, band=Band.UPPER, credits=Decimal(0), valid_from=date(2014, 1, 1), source="test"))
    database.session.commit()
    page = client.get("/start-guide/answer?subject=matematikk&level=vg&have=15")

    assert whys(page) == ["They are in matematikk for upper secondary, because that is what you teach."]


def test_a_requirement_that_is_not_yet_or_no_longer_in_force_is_none(client, module, subject):
    for row in subject.requirements:
        row.valid_to = date(2026, 1, 1)
    database.session.commit()

    assert len(whys(client.get("/start-guide/answer?subject=matematikk&level=8-10&have=15"))) == 1


def test_where_nothing_is_found_the_answers_that_can_be_left_out_are_counted(client, module):
    factories.offering(module, semester=AUTUMN, delivery=Delivery.CAMPUS, starts_on=None, ends_on=None)
    page = client.get("/start-guide/answer?subject=matematikk&away=never&when=2027h")

    assert heading(page) == "No studies in matematikk"
    assert re.findall(r'<li><a href="(/search[^"]*)">[^<]*</a>: 1 study</li>', page.text) == [
        "/search?subject=matematikk&amp;semester=2027h",
        "/search?subject=matematikk&amp;delivery=online",
    ]


def test_every_answer_can_be_changed_from_the_list(client, module):
    page = client.get(f"/start-guide/answer?{ALL}").text
    back = [address.split("?")[0] for address in re.findall(r'<dd class="change"><a href="([^"]*)"', page)]

    assert back == ["/start-guide", "/start-guide/level", "/start-guide/have", "/start-guide/region", "/start-guide/away", "/start-guide/away"]


def test_the_list_shows_ten_and_leads_to_the_rest(client, course):
    for number in range(12):
        factories.offering(factories.module(course, f"M{number}"))
    page = client.get("/start-guide/answer")

    assert page.text.count('<article class="card module">') == 10
    assert "See all 12 studies with all filters" in page.text


def test_the_start_page_leads_here(client, module):
    assert 'href="/start-guide"' in client.get("/").text


@given(st.sampled_from([None, *Away]))
def test_who_can_be_away_more_is_shown_no_less(away):
    order = [Away.NEVER, Away.SOMETIMES, Away.OFTEN, None]
    shown = [set(rules.deliveries(one) or Delivery) for one in order]

    assert all(one <= other for one, other in zip(shown, shown[1:], strict=False))
    assert set(rules.deliveries(away)) <= set(Delivery)


@given(st.decimals(0, 60, places=1), st.decimals(0, 90, places=1))
def test_what_is_missing_is_never_less_than_nothing(required, held):
    lacking = rules.missing(required=required, held=held)

    assert lacking == max(Decimal(0), required - held)
    assert rules.small_is_enough(lacking) == (0 < lacking <= 15)
