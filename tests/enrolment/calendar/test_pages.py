"""The agenda of a teacher and the cover of an owner's schools."""

import re
from datetime import date

import pytest

from accounts.models import Role
from config.database import db as database
from enrolment.calendar.models import Feed
from enrolment.seats import services as seats
from tests import factories as f
from tests.factories import MONDAY


@pytest.fixture
def runs(db):
    course = f.course(f.institution(), f.subject())
    return [f.offering(f.module(course, code, title=title)) for code, title in (("MAT1", "Tall"), ("NOR1", "Lesing"))]


@pytest.fixture
def lars(runs):
    somebody = f.teacher()
    for run in runs:
        seats.enrol(run.uuid, actor=f.acting(somebody), at=MONDAY)
    return somebody


def words_of(answer) -> str:
    main = re.search(r"<main.*</main>", answer.text, re.DOTALL)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_the_agenda_stands_by_week_and_tells_clashes_in_words(client, runs, lars):
    f.gathering(runs[0], date(2027, 3, 4), date(2027, 3, 5), place="Bergen")
    f.gathering(runs[1], date(2027, 3, 5), online=True)
    said = words_of(f.signed_in(client, lars).get("/me/calendar"))

    assert "Week 9, from 1 March 2027" in said
    assert "Clashes with Lesing: Friday 5 March 2027." in said
    assert "2 gatherings clash with another." in said


def test_what_is_over_does_not_stand_in_the_agenda(client, runs, lars):
    f.gathering(runs[0], date(2026, 11, 20))

    assert "Nothing stands in your calendar" in f.signed_in(client, lars).get("/me/calendar").text


def test_an_address_is_shown_once_and_ended_from_the_page(client, db, lars):
    f.signed_in(client, lars)
    made = client.post("/me/calendar/feeds", data={"kind": "gatherings"})
    address = re.search(r'value="http://localhost(/feeds/[^"]+)"', made.text)[1]
    page = client.get("/me/calendar").text
    client.post(f"/me/calendar/feeds/{db.session.query(Feed).one().uuid}/ending")

    assert address not in page
    assert "webcal://localhost/feeds/" in made.text
    assert client.get(address).status_code == 410


def test_a_calendar_that_does_not_exist_is_not_made(client, db, lars):
    answer = f.signed_in(client, lars).post("/me/calendar/feeds", data={"kind": "cover"}, follow_redirects=True)

    assert "Choose which calendar it should be." in answer.text
    assert db.session.query(Feed).count() == 0


def test_an_owner_sees_who_is_away_when_and_where_several_are_at_once(client, db, runs, lars):
    kari = f.teacher(name="Kari Lærer")
    seats.enrol(runs[0].uuid, actor=f.acting(kari), at=MONDAY)
    f.gathering(runs[0], date(2027, 3, 5), place="Bergen")
    f.gathering(runs[1], date(2027, 3, 13))  # a Saturday
    school = db.session.query(f.School).first()
    f.signed_in(client, f.member(school.owner_id, Role.OWNER, "Olav Eier"))
    said = words_of(client.get("/owner/cover"))

    assert [name in said for name in ("Kari Lærer", "Lars Lærer", "2 away from the school at once", "Lesing")] == [True, True, True, False]


def test_another_owners_teachers_are_not_seen(client, db, runs, lars):
    f.gathering(runs[0], date(2027, 3, 5))
    elsewhere = f.owner(f.municipality("1804", "Bodø"))
    f.signed_in(client, f.member(elsewhere.organisation_id, Role.OWNER))

    assert "Nobody is away" in client.get("/owner/cover").text


def test_the_agenda_costs_the_same_queries_for_one_gathering_and_for_three(client, runs, lars, count_queries):
    f.signed_in(client, lars)
    f.gathering(runs[0], date(2027, 3, 5))
    with count_queries() as one:
        client.get("/me/calendar")
    for day in (6, 7):
        f.gathering(runs[1], date(2027, 3, day))
    with count_queries() as three:
        client.get("/me/calendar")

    assert len(one) == len(three)


def test_one_entry_of_the_menu_is_the_page_being_shown(client, lars):
    school = database.session.query(f.School).first()
    f.signed_in(client, f.member(school.owner_id, Role.OWNER))
    menu = re.search(r'<nav class="menu".*?</nav>', client.get("/owner/cover").text, re.DOTALL)[0]

    assert re.findall(r'href="([^"]+)" aria-current="page"', menu) == ["/owner/cover"]


def test_the_days_of_a_round_stand_in_the_agenda_and_lead_to_the_case(client, runs, lars):
    case = f.application(lars, f.cycle(), [runs[0]])
    answer = f.signed_in(client, lars).get("/me/calendar")

    assert "Last day to apply, change or withdraw: further education, Søknadsrunde 2027" in words_of(answer)
    assert f'href="/me/applications/{case.uuid}"' in answer.text
    assert "The head recommends" not in answer.text


def test_the_agenda_asks_the_database_as_often_however_many_rounds_and_cases(client, runs, lars, count_queries):
    f.application(lars, f.cycle(), [runs[0]])
    f.signed_in(client, lars).get("/me/calendar")
    with count_queries() as few:
        client.get("/me/calendar")
    for code in ("2028", "2029"):
        f.application(lars, f.cycle(code), [runs[0]], [runs[1]])
    with count_queries() as many:
        client.get("/me/calendar")

    assert len(many) == len(few)


def test_a_head_makes_an_address_for_the_schools_cover_and_ends_it_on_its_page(client, db, lars):
    school = db.session.query(f.School).first()
    f.signed_in(client, f.member(school.organisation_id, Role.HEAD, "Hege Rektor"))
    assert "In the calendar you already use" in client.get("/school/cover").text
    made = client.post("/me/calendar/feeds", data={"kind": "cover"})
    address = re.search(r'value="http://localhost(/feeds/[^"]+)"', made.text)[1]
    ended = client.post(f"/me/calendar/feeds/{db.session.query(Feed).one().uuid}/ending")

    assert (ended.headers["Location"], client.get(address).status_code) == ("/school/cover", 410)
