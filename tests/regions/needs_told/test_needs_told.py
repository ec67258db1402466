"""What a search did not find can be told to one's region, once, and taken back; the coordinator sees counts of five and more."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from accounts.models import Role
from catalog.values import Band
from config.errors import BadInput
from regions.needs_told import rules, services
from regions.needs_told.models import ToldNeed
from regions.needs_told.rules import Need
from tests import factories
from tests.factories import MONDAY

ALGEBRA = "q=algebra&subject=matematikk&level=1-7"


@pytest.fixture
def vest(db):
    """A region with a subject, a study in it, and a school in Stavanger."""
    rogaland = factories.county()
    place = factories.municipality(inside=rogaland)
    school = factories.school(factories.owner(place), place)
    maths = factories.subject()
    factories.offering(factories.module(factories.course(factories.institution(), maths), "GEO1", title="Geometri"))
    return factories.region("vest", [rogaland]), school, maths


def teachers(vest, count: int) -> list:
    return [factories.teacher(vest[1], ((vest[2], Band.PRIMARY),), f"Teacher {number}") for number in range(count)]


def told_to(vest, client) -> str:
    randi = factories.member(vest[0].organisation_id, Role.COORDINATOR, "Randi Vik")
    return factories.signed_in(client, randi).get("/region/needs").text


def tell(people, query: str = ALGEBRA) -> None:
    for one in people:
        services.tell(query, actor=factories.acting(one), at=MONDAY)


def test_an_empty_answer_leads_a_stranger_through_sign_in_to_the_need_and_back(vest, client):
    page = client.get("/search?q=astrologi&subject=matematikk&delivery=campus")
    address = re.search(r'href="(/me/needs/new\?[^"]*)"', page.text)[1].replace("&amp;", "&")

    assert address == "/me/needs/new?q=astrologi&subject=matematikk"
    asked_to_sign_in = client.get(address)
    assert asked_to_sign_in.location == "/sign-in?next=/me/needs/new?q%3Dastrologi%26subject%3Dmatematikk"


def test_the_link_is_that_of_each_question_though_the_page_is_drawn_once(vest, client):
    found = [re.findall(r'href="/me/needs/new\?([^"]*)"', client.get(f"/search?{query}").text) for query in ("q=astrologi", "q=<b>", "q=geometri", "delivery=campus")]

    assert found == [["q=astrologi"], ["q=%3Cb%3E"], [], []]


def test_a_need_is_told_once_and_can_be_taken_back(vest, client, db):
    [lars] = teachers(vest, 1)
    factories.signed_in(client, lars)
    assert "Tell Region vest" in client.get(f"/me/needs/new?{ALGEBRA}").text

    for _again in range(2):
        assert client.post("/me/needs", data={"query": f"{ALGEBRA}&sort=title&delivery=campus"}).status_code == 302
    needs = db.session.scalars(select(ToldNeed)).all()
    assert [(one.person_id, one.query) for one in needs] == [(lars.id, ALGEBRA)]

    assert "Matematikk · Grades 1–7 · “algebra”" in client.get("/me/needs").text
    client.post(f"/me/needs/{needs[0].uuid}/withdrawal")
    assert db.session.scalar(select(func.count()).select_from(ToldNeed)) == 0


def test_what_says_nothing_is_not_told(vest, client, db):
    [lars] = teachers(vest, 1)
    page = factories.signed_in(client, lars).post("/me/needs", data={"query": "delivery=campus"})

    assert (page.status_code, "There is nothing to tell yet" in page.text) == (422, True)
    with pytest.raises(BadInput):
        tell([lars], "")


def test_the_coordinator_sees_five_and_not_four(vest, client):
    five = teachers(vest, 5)
    tell(five[:4])
    four_told = told_to(vest, client)
    tell(five[4:], "q=ALGEBRA&subject=matematikk&level=1-7")
    five_told = told_to(vest, client)

    assert ("“algebra”" in four_told, "fewer than 5 teachers" in four_told) == (False, True)
    assert re.findall(r'<th scope="row">([^<]*)</th>', five_told) == ["Matematikk", "“algebra”"]
    assert "fewer than 5 teachers" not in five_told
    assert not any(one.name in five_told for one in five)


def test_a_region_is_told_of_its_own_teachers_alone(vest, client, db):
    tell(teachers(vest, 5))
    nord = factories.region("nord", [factories.county("55", "Troms")])

    assert "Nobody has told a need yet" in told_to((nord, *vest[1:]), client)


def test_the_coordinators_page_takes_the_same_statements_for_one_need_and_for_three(vest, client, count_queries):
    people = teachers(vest, 3)
    tell(people[:1])
    told_to(vest, client)
    with count_queries() as few:
        client.get("/region/needs")
    tell(people)
    with count_queries() as many:
        client.get("/region/needs")

    assert len(few) == len(many)


needs = st.lists(
    st.builds(Need, st.integers(1, 7), st.sampled_from([(), ("a",), ("a", "b")]), st.sampled_from([(), ("1-7",)]), st.sampled_from(["", "algebra", "Algebra", "tall og algebra"])),
    max_size=30,
)


@given(needs)
def test_a_teacher_counts_once_and_nothing_under_five_is_shown(needs):
    for counts in (rules.by_subject_and_level(needs), rules.by_words(needs)):
        assert all(rules.FEWEST <= one.teachers <= len({need.person for need in needs}) for one in counts.shown)
    assert rules.by_words(needs + needs) == rules.by_words(needs)
