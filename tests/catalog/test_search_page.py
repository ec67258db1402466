"""The search page: a sentence first, filters with live counts, cards, the way on where there is nothing."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import update

from catalog.offers import queries
from catalog.offers.lifecycle import Publication, Run
from catalog.offers.models import ContentTag, EnrolmentMode, Offering
from catalog.places.models import RegionInstitution
from catalog.search import parts
from catalog.search.asked import Asked
from catalog.search.cards import macro
from catalog.search.index import Found
from catalog.search.page import Answer, figure
from catalog.search.snapshot import Snapshot
from catalog.values import Delivery, Grades, Tag
from config.clock import day_of
from config.languages import number
from tests import factories
from tests.factories import AUTUMN, MONDAY


@pytest.fixture
def world(db, app):
    """HVL in Region Vest gives mathematics in Bergen, UiT in Region Nord gives Norwegian online."""
    app.config["CLOCK"] = lambda: MONDAY
    vestland, troms = factories.county("46", "Vestland"), factories.county("55", "Troms")
    bergen = factories.municipality("4601", "Bergen", vestland)
    hvl, uit = factories.institution(), factories.institution("UiT", "UiT Norges arktiske universitet")
    factories.region("vest", [vestland], [hvl])
    factories.region("nord", [troms], [uit])
    maths, norsk = factories.subject(), factories.subject("norsk", "Norsk")
    course = factories.course(hvl, maths, "Matematikk 1 for 1.–7. trinn")
    algebra = factories.module(course, "MAT1A-17", title="Tall og algebra")
    algebra.tags.append(ContentTag(tag=Tag.DIDACTICS, sentence="Fagdidaktikk inngår."))
    run = factories.offering(algebra, 20, delivery=Delivery.BLENDED, municipality_id=bergen.id)
    factories.gathering(run, date(2027, 2, 3), date(2027, 2, 4), municipality_id=bergen.id)
    geometry = factories.module(course, "MAT1B-17", credits="7.5", title="Geometri")
    factories.offering(geometry, 2, semester=AUTUMN, starts_on=date(2027, 9, 1), ends_on=None, delivery=Delivery.BLENDED)
    reading = factories.module(factories.course(uit, norsk, "Norsk 1", grades=Grades.of(range(8, 11))), "NOR-1", credits="30", title="Lesing og skriving")
    factories.offering(reading, starts_on=date(2027, 2, 8))


def cards(page) -> list[str]:
    return re.findall(r'<article class="card module">.*?<h2><a href="[^"]*">([^<]*)</a>', page.text, re.DOTALL)


def heading(page) -> str:
    return re.search(r"<h1>([^<]*)</h1>", page.text)[1]


def option(page, name: str, value: str) -> tuple[str, int]:
    """How an option stands (checked, disabled or open) and its count."""
    found = re.search(rf'<input type="checkbox" name="{name}" value="{value}"( checked| disabled)?>.*?<span class="count">(\d+)</span>', page.text)
    return (found[1] or " open").strip(), int(found[2])


@pytest.mark.parametrize(
    ("language", "address", "said"),
    [
        ("en", "/search", "3 studies"),
        ("en", "/search?subject=matematikk&region=vest", "2 studies in matematikk in Region vest"),
        ("nb", "/search?subject=matematikk&region=vest&level=1-7", "2 studietilbud i matematikk for trinn 1–7 i Region vest"),
        ("nn", "/search?subject=norsk", "1 studietilbod i norsk"),
        ("nb", "/search?q=algebra", "1 studietilbud som passer med «algebra»"),
        ("en", "/search?subject=matematikk&subject=norsk", "3 studies in matematikk or norsk"),
        ("nn", "/search?subject=norsk&region=vest", "Ingen studietilbod i norsk i Region vest"),
    ],
)
def test_the_heading_says_the_answer_in_a_sentence(world, client, language, address, said):
    page = client.get(address, headers={"Accept-Language": language})
    assert (page.status_code, heading(page)) == (200, said)


def test_what_begins_first_stands_first(world, client):
    assert cards(client.get("/search")) == ["Tall og algebra", "Lesing og skriving", "Geometri"]


def test_several_values_of_a_facet_widen_and_several_facets_narrow(world, client):
    assert cards(client.get("/search?subject=matematikk&subject=norsk&credits=30")) == ["Lesing og skriving"]
    assert cards(client.get("/search?delivery=online-and-gatherings&semester=2027h")) == ["Geometri"]
    assert cards(client.get("/search?tag=didactics")) == ["Tall og algebra"]


def test_nothing_is_ticked_and_what_gives_nothing_cannot_be(world, client):
    page = client.get("/search?subject=norsk")
    assert [option(page, "level", level) for level in ("1-7", "8-10", "vg")] == [("disabled", 0), ("open", 1), ("disabled", 0)]
    assert " checked" not in client.get("/search").text


def test_counts_leave_out_the_choices_of_their_own_facet(world, client):
    page = client.get("/search?subject=norsk&level=8-10")
    assert option(page, "subject", "norsk") == ("checked", 1)
    assert option(page, "subject", "matematikk") == ("disabled", 0)
    assert option(client.get("/search?subject=norsk"), "subject", "matematikk") == ("open", 2)


def test_online_studies_from_anywhere_come_along_when_asked_for(world, client):
    assert cards(client.get("/search?region=vest")) == ["Tall og algebra", "Geometri"]
    page = client.get("/search?region=vest&online=1")
    assert cards(page) == ["Tall og algebra", "Lesing og skriving", "Geometri"]
    assert "Including online studies" in page.text


def test_a_region_is_its_institutions_of_today(world, client, db):
    db.session.query(RegionInstitution).filter_by(source="test").first().valid_to = day_of(MONDAY) - timedelta(days=1)
    db.session.commit()
    assert cards(client.get("/search?region=vest")) == ["Tall og algebra"], "what lies in a county of the region stays"


def test_a_chosen_filter_is_a_chip_that_takes_it_away(world, client):
    page = client.get("/search?q=matte&subject=matematikk&region=vest&sort=title")
    chips = dict(re.findall(r'<a class="chip" href="([^"]*)"><span class="hidden">[^<]*</span>([^<]*)<', page.text.replace("&amp;", "&")))
    assert chips == {
        "/search?region=vest&subject=matematikk": "“matte”",
        "/search?q=matte&subject=matematikk&sort=title": "Region vest",
        "/search?q=matte&region=vest&sort=title": "Matematikk",
    }


def test_seats_are_told_on_the_card_and_free_ones_can_be_asked_for(world, client, db):
    run = db.session.query(Offering).filter_by(seats=2).one()
    assert "2 seats free" in client.get("/search?q=geometri").text
    db.session.execute(update(Offering).where(Offering.id == run.id).values(seats_taken=2, waiting=1))
    db.session.commit()
    assert "Full, 1 waiting" in client.get("/search?q=geometri").text
    assert cards(client.get("/search?seats=free")) == ["Tall og algebra", "Lesing og skriving"]


@pytest.mark.parametrize(("taken", "waiting", "left"), [(0, 0, 2), (1, 0, 1), (2, 0, 0), (2, 4, -4), (1, 1, -1)])
def test_what_is_left_of_a_run_is_its_free_seats_or_those_who_wait(world, db, taken, waiting, left):
    run = db.session.query(Offering).filter_by(seats=2).one()
    db.session.execute(update(Offering).where(Offering.id == run.id).values(seats_taken=taken, waiting=waiting))
    assert dict(queries.seat_rows())[run.id] == left


def test_seats_that_the_institution_keeps_itself_are_not_said_to_be_free(world, client, db):
    db.session.query(Offering).filter_by(seats=2).one().mode = EnrolmentMode.ELSEWHERE
    db.session.commit()
    assert "seats free" not in client.get("/search?q=geometri").text


def test_what_has_ended_is_hidden_until_asked_for(world, client, app):
    app.config["CLOCK"] = lambda: MONDAY + timedelta(days=250)
    assert cards(client.get("/search?region=vest")) == ["Geometri"]
    page = client.get("/search?region=vest&ended=1")
    assert cards(page) == ["Geometri", "Tall og algebra"]
    assert "Ended" in page.text


def test_a_whole_programme_and_a_module_without_a_run_are_found_too(world, client, db):
    hvl = factories.institution("UiS", "Universitetet i Stavanger")
    factories.course(hvl, None, "Musikk for alle")
    factories.module(factories.course(hvl, None, "Dans"), title="Dans i skolen")
    page = client.get("/search?q=stavanger")
    assert cards(page) == ["Dans i skolen", "Musikk for alle"]
    assert ("No run announced" in page.text, "Whole programme" in page.text) == (True, True)


def test_a_programme_of_years_past_has_ended(world, client, db):
    factories.course(factories.institution("UiS", "Universitetet i Stavanger"), None, "Musikk", stated={"study_year": "2020/2021"})
    assert cards(client.get("/search?q=musikk")) == []
    assert cards(client.get("/search?q=musikk&ended=1")) == ["Musikk"]


def test_a_title_that_says_nothing_takes_its_course_along(world, client, db):
    factories.module(factories.course(factories.institution("UiS", "UiS"), None, "Naturfag 1"), title="Modul 2")
    assert cards(client.get("/search?q=naturfag")) == ["Naturfag 1: Modul 2"]


@pytest.mark.parametrize("state", [Publication.DRAFT, Publication.WITHDRAWN])
def test_a_module_that_is_not_published_is_not_there(world, client, db, state):
    factories.module(factories.course(factories.institution("UiS", "UiS"), None, "Naturfag", state=state), title="Hemmelig emne", state=state)
    page = client.get("/search?q=hemmelig")
    assert cards(page) == []
    assert "Hemmelig" not in client.get("/search").text


def test_a_draft_of_a_run_does_not_show(world, client, db):
    module = factories.module(factories.course(factories.institution("UiS", "UiS"), None, "Naturfag"), title="Naturfag")
    factories.offering(module, state=Run.DRAFT)
    assert "No run announced" in client.get("/search?q=naturfag").text


def test_a_change_is_seen_at_the_next_request(world, client, db):
    assert cards(client.get("/search?q=kjemi")) == []
    module = factories.module(factories.course(factories.institution("UiS", "UiS"), None, "Naturfag"), title="Kjemi")
    assert cards(client.get("/search?q=kjemi")) == ["Kjemi"]
    module.title = "Fysikk"
    db.session.commit()
    assert cards(client.get("/search?q=kjemi")) == []


def test_no_answer_says_what_to_leave_out(world, client):
    page = client.get("/search?q=algebra+skriving&subject=norsk")
    ways = re.findall(r'<li><a href="([^"]*)">([^<]*)</a> <span class="count">([^<]*)</span>', page.text.replace("&amp;", "&"))
    assert heading(page) == "No studies in norsk that match “algebra skriving”"
    assert ways == [
        ("/search?q=skriving&subject=norsk", "Without the word “algebra”", "1 study"),
        ("/search?subject=norsk", "Without the words you typed", "1 study"),
    ]


def test_where_one_thing_less_is_not_enough_two_are_left_out(world, client):
    page = client.get("/search?subject=norsk&region=vest&level=1-7&delivery=online")
    ways = re.findall(r'<li><a href="([^"]*)">([^<]*)</a> <span class="count">([^<]*)</span>', page.text.replace("&amp;", "&"))
    assert heading(page) == "No studies in norsk for grades 1–7 in Region vest"
    assert ways == [
        ("/search?region=vest&level=1-7", "Without the filter subject, without the filter delivery", "2 studies"),
        ("/search?subject=norsk&delivery=online", "Without the filter region, without the filter level", "1 study"),
    ]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("matte 1-7", ["Tall og algebra", "Geometri"]),
        ("samlingsbasert barneskolen", ["Tall og algebra", "Geometri"]),
        ("nettbasert ungdomsskole", ["Lesing og skriving"]),
        ("nettstudium barnesteg matematikk", ["Tall og algebra", "Geometri"]),
        ("vgs", []),
    ],
)
def test_the_level_and_the_form_can_be_typed_too(world, client, typed, found):
    assert cards(client.get("/search", query_string={"q": typed})) == found


def test_a_form_that_was_given_once_is_not_found_by_its_word(world, client, app):
    app.config["CLOCK"] = lambda: MONDAY + timedelta(days=250)
    assert cards(client.get("/search?q=nettbasert&ended=1")) == ["Geometri"]


def test_a_slip_of_the_pen_is_told(world, client):
    page = client.get("/search?q=algebbra")
    assert cards(page) == ["Tall og algebra"]
    assert "Nothing has the word “algebbra”; these have “algebra”." in page.text


def test_a_long_answer_comes_in_pages_that_keep_the_question(world, client, db):
    course = factories.course(factories.institution("UiS", "UiS"), None, "Dans")
    for number in range(45):
        factories.module(course, f"DANS{number:02}", title=f"Dans {number:02}")
    paged = [cards(client.get(f"/search?q=dans&sort=title&page={page}")) for page in (1, 2, 3)]
    assert [len(page) for page in paged] == [20, 20, 5]
    assert sum(paged, []) == [f"Dans {number:02}" for number in range(45)]
    last = client.get("/search?q=dans&sort=title&page=99")
    assert cards(last) == paged[2]
    assert 'href="/search?q=dans&amp;sort=title&amp;page=2"' in last.text


@pytest.mark.parametrize("language", ["en", "nb", "nn"])
def test_a_figure_above_a_thousand_is_written_as_the_language_does(app, language):
    with app.test_request_context("/search", headers={"Accept-Language": language}):
        answer = Answer(Snapshot(1, date(2026, 11, 23), None), Asked(), None, "/search", language)
        assert [figure(answer, count) for count in (999, 1000, 1234567)] == [number(999), number(1000), number(1234567)]


@pytest.mark.parametrize(("now", "pages"), [(1, 4), (1, 5), (1, 60), (2, 6), (7, 60), (56, 60), (60, 60)])
def test_a_pager_that_is_kept_is_the_one_that_would_be_drawn(app, now, pages):
    with app.test_request_context("/search", headers={"Accept-Language": "en"}):
        found = Found(pages * 20, now, pages, (), {}, 0, (), ())
        answer = Answer(Snapshot(1, date(2026, 11, 23), None), Asked(text="60 4"), found, "/search", "en")
        assert parts._pager(answer) == str(macro("page", "pager")(now, pages, "/search?q=60%204&page={page}"))


BAD = [
    "page=1e3", "page=2&page=1e3", "page=%00", "q=%00", "region=atlantis", "subject='%20OR%201=1", "sort=price", "credits=7.3", "level=", "semester=1926h",
    "q=" + "a" * 3000, "q=%FF%FE", "q=<script>alert(1)</script>", "q=%F0%9F%A6%86", "unknown=1", "&&&=&=", "region[]=vest", "ended=maybe", "online",
]  # fmt: skip


@pytest.mark.parametrize("query", BAD)
def test_an_address_that_makes_no_sense_is_passed_over_or_refused_by_a_sentence(world, client, query):
    page = client.get(f"/search?{query}")
    assert page.status_code in (200, 422)
    assert page.text.count("<h1") == 1
    assert "<script>alert" not in page.text


def test_three_hundred_filters_are_answered_like_one(world, client):
    page = client.get("/search?" + "&".join(["subject=matematikk"] * 300))
    assert heading(page) == "2 studies in matematikk"


def test_a_page_of_three_takes_no_more_statements_than_a_page_of_one(world, client, count_queries):
    client.get("/search")
    asked = []
    for query in ("q=algebra", "sort=title"):
        with count_queries() as seen:
            client.get(f"/search?{query}")
        asked.append(len(seen))
    assert asked[0] == asked[1] <= 2


def test_what_has_changed_is_read_by_the_same_statements_for_one_study_and_for_three(db, client, app, count_queries):
    app.config["CLOCK"] = lambda: MONDAY
    asked = []
    course = factories.course(factories.institution(), factories.subject())
    client.get("/search")
    for _more in range(2):
        for _number in range(1 + 2 * len(asked)):
            factories.gathering(factories.offering(factories.module(course)), date(2027, 2, 3))
        with count_queries() as seen:
            client.get("/search")
        asked.append(len(seen))
    assert asked[0] == asked[1]


def test_the_start_page_leads_in_by_region_and_by_subject(world, client):
    page = client.get("/")
    assert 'href="/search?region=vest"' in page.text
    assert 'href="/search?subject=norsk"' in page.text
