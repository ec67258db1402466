"""Saved searches, the latest searches, and the weekly alert that tells each thing once."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from accounts import queries as account_queries
from accounts import wording
from accounts.models import Event, Message, Person
from catalog.offers.lifecycle import Publication, Run
from catalog.offers.models import Offering
from catalog.search import snapshot
from catalog.values import Delivery
from config import tick
from config.database import db as database
from config.errors import BadInput, StepRefused
from enrolment.saved import queries, replay, rules, services
from enrolment.saved.lifecycle import Alert
from enrolment.saved.models import SavedSearch, SearchNews
from enrolment.saved.values import Matches, key_of, study_of
from tests import factories
from tests.factories import AUTUMN, MONDAY, SPRING, acting, signed_in

WEEK = timedelta(days=7)
MATHS = "subject=matematikk"


@pytest.fixture
def course(db, app):
    app.config["CLOCK"] = lambda: MONDAY
    return factories.course(factories.institution(), factories.subject(), "Matematikk 1")


@pytest.fixture
def first(course):
    return factories.module(course, "MAT1", title="Tall")


@pytest.fixture
def kari(first):
    return factories.teacher(name="Kari")


@pytest.fixture
def page(client, kari):
    return signed_in(client, kari)


def save(person: Person, query: str = MATHS, weekly: bool = True, name: str | None = None) -> SavedSearch:
    return services.save_search(query, name=name, weekly=weekly, now=snapshot.now(), actor=acting(person), at=MONDAY)


def tell(app, after: timedelta = WEEK) -> int:
    app.config["CLOCK"] = lambda: MONDAY + after
    return services.tell_of_new(MONDAY + after)


def sentences(app, person: Person) -> list[str]:
    with app.test_request_context("/", headers={"Accept-Language": "en"}):
        return [wording.sentence_of(message) for message in account_queries.messages_of(person.id)]


def words_of(answer) -> str:
    main = re.search(r"<main.*</main>", answer.text, re.DOTALL)[0]
    return re.sub(r"\s+([.,:])", r"\1", " ".join(re.sub(r"<[^>]+>", " ", main).split()))


# ---- the latest searches

def latest(person: Person) -> list[str]:
    return [search.query for search in queries.searches_made(person.id)]


def test_the_latest_ten_searches_are_remembered_the_newest_first(page, app, kari):
    for number in range(12):
        app.config["CLOCK"] = lambda number=number: MONDAY + timedelta(minutes=number)
        page.get(f"/search?q=ord{number}&page=2&unknown=x&subject=nonsense")

    assert latest(kari) == [f"q=ord{number}" for number in range(11, 1, -1)]


def test_a_search_made_again_moves_to_the_top(page, app, kari):
    for number, query in enumerate(("q=a", "q=b", "q=a")):
        app.config["CLOCK"] = lambda number=number: MONDAY + timedelta(minutes=number)
        page.get(f"/search?{query}")

    assert latest(kari) == ["q=a", "q=b"]


def test_a_question_that_asks_nothing_and_a_strangers_are_not_remembered(page, app, kari):
    page.get("/search")
    page.get("/search?page=2")
    app.test_client().get("/search?q=strange")

    assert latest(kari) == []


def test_latest_searches_are_removed_one_by_one_and_all_at_once(page, kari):
    for query in ("q=a", "q=b", "q=c"):
        page.get(f"/search?{query}")
    page.post(f"/me/saved/latest/{queries.searches_made(kari.id)[0].uuid}/removal")
    after_one = len(latest(kari))
    page.post("/me/saved/latest/removal")

    assert (after_one, latest(kari)) == (2, [])


def test_a_very_long_search_is_remembered_too(page, kari):
    page.get("/search", query_string={"q": "æ" * 200})

    assert [len(query) > 1000 for query in latest(kari)] == [True]


# ---- saving a search

def test_a_search_is_saved_as_it_stands_in_the_address(page, kari):
    asked = page.get("/me/saved/searches/new?subject=matematikk&level=1-7&q=tall&page=3&lang=nn")
    query = re.search(r'name="query" value="([^"]*)"', asked.text)[1].replace("&amp;", "&")
    page.post("/me/saved/searches", data={"query": query, "name": "Mitt søk", "weekly": "true"})
    (search,) = queries.own_searches(acting(kari))

    assert (search.query, search.name, search.alert, search.next_on) == ("q=tall&subject=matematikk&level=1-7", "Mitt søk", Alert.WEEKLY, date(2026, 11, 30))
    assert "Mitt søk" in words_of(page.get("/me/saved"))
    assert "“tall” · Matematikk · Grades 1–7" in words_of(page.get("/me/saved"))


def test_saving_the_same_search_again_is_saving_it_once(kari):
    one, other = save(kari, weekly=False), save(kari, weekly=True, name="Maths")

    assert (one.id, one.name, one.alert) == (other.id, "Maths", Alert.WEEKLY)


def test_a_search_for_nothing_is_not_saved(page, kari):
    answer = page.post("/me/saved/searches", data={"query": "unknown=x", "name": "Mine"})

    assert (answer.status_code, "Search for something first." in answer.text) == (422, True)
    with pytest.raises(BadInput):
        save(kari, query="")


def test_a_name_that_is_too_long_is_refused_and_kept_on_the_page(page, kari):
    answer = page.post("/me/saved/searches", data={"query": MATHS, "name": "n" * 121, "weekly": "true"})

    assert (answer.status_code, "n" * 121 in answer.text, list(queries.own_searches(acting(kari)))) == (422, True, [])


def test_there_is_room_for_twenty_searches(kari):
    for number in range(rules.MOST_SEARCHES):
        save(kari, query=f"q=a{number}", weekly=False)

    with pytest.raises(services.TooManySaved):
        save(kari, query="q=one+more", weekly=False)


# ---- the weekly alert

def test_what_comes_after_is_told_once_in_one_message_with_the_links(app, client, course, kari):
    save(kari)
    save(kari, query="level=1-7")
    factories.module(course, "MAT2", title="Geometri")
    factories.module(course, "MAT3", title="Algebra")

    assert (tell(app), tell(app), tell(app, WEEK * 2)) == (1, 0, 0)
    assert [sorted(re.split(r": |; |\.", sentence)) for sentence in sentences(app, kari)] == [["", "Algebra", "Geometri", "New in your saved searches"]]
    (message,) = account_queries.messages_of(kari.id)
    news = signed_in(client, kari, at=MONDAY + WEEK * 2).get(message.address).text
    assert sorted(re.findall(r'<a href="(/modules/[^"]+)">', news)) == ["/modules/HVL/MAT2", "/modules/HVL/MAT3"]


def test_what_was_there_when_the_alert_was_turned_on_is_no_news(app, kari):
    save(kari)

    assert (tell(app), sentences(app, kari)) == (0, [])


def test_nothing_is_told_before_monday(app, course, kari):
    search = save(kari)
    factories.module(course, "MAT2")

    assert (search.next_on, tell(app, timedelta(days=6, hours=13))) == (date(2026, 11, 30), 0)
    assert tell(app, timedelta(days=6, hours=15)) == 1  # after the midnight at home that begins it


def test_a_new_run_of_what_was_there_is_news(app, first, kari):
    save(kari, query=f"{MATHS}&semester=2027h")
    save(kari, query=MATHS)
    factories.offering(first, semester=SPRING)
    factories.offering(first, semester=AUTUMN)
    tell(app)

    assert [found["query"] for found in database.session.query(SearchNews).one().found] == [f"{MATHS}&semester=2027h"]  # once, under the first that finds it


def test_a_run_that_is_not_what_was_asked_for_is_no_news(app, first, kari):
    factories.offering(first, delivery=Delivery.ONLINE)
    save(kari, query="delivery=online")
    factories.offering(first, delivery=Delivery.CAMPUS)
    factories.offering(first, delivery=Delivery.ONLINE, state=Run.CANCELLED)
    factories.offering(first, delivery=Delivery.ONLINE, starts_on=date(2025, 1, 1), ends_on=date(2025, 6, 1))

    assert tell(app) == 0


@pytest.mark.parametrize(("days", "news"), [(3, 1), (4, 0)])
def test_a_run_that_takes_more_days_away_than_was_asked_for_is_no_news(app, first, kari, days, news):
    factories.offering(first, delivery=Delivery.ONLINE)
    save(kari, query="away=1-3")
    factories.gathering(factories.offering(first, delivery=Delivery.GATHERINGS), date(2027, 3, 1), date(2027, 3, days))

    assert tell(app) == news


def test_what_leaves_the_answer_and_comes_back_is_not_told_again(app, course, first, kari):
    factories.module(course, "MAT2")  # so that the course is not one without modules meanwhile
    save(kari)
    first.state = Publication.WITHDRAWN
    database.session.commit()
    told = [tell(app)]
    first.state = Publication.PUBLISHED
    database.session.commit()

    assert [*told, tell(app, WEEK * 2)] == [0, 0]


def test_a_seat_that_frees_is_news_to_who_asks_for_free_seats(app, first, kari):
    run = factories.offering(first, seats=1, seats_taken=1)
    save(kari, query="seats=free")
    database.session.execute(update(Offering).where(Offering.id == run.id).values(seats_taken=0))
    database.session.commit()

    assert tell(app) == 1


def test_a_paused_alert_tells_nothing_and_tells_all_of_it_when_resumed(app, course, kari):
    search = save(kari)
    services.change_alert(search.uuid, "pause", now=snapshot.now(), actor=acting(kari), at=MONDAY)
    factories.module(course, "MAT2", title="Geometri")
    while_paused = tell(app)
    services.change_alert(search.uuid, "resume", now=snapshot.now(), actor=acting(kari), at=MONDAY + WEEK)

    assert (while_paused, tell(app, WEEK * 2)) == (0, 1)


def test_an_alert_that_is_turned_on_again_begins_anew(app, course, kari):
    search = save(kari)
    services.change_alert(search.uuid, "turn off", now=snapshot.now(), actor=acting(kari), at=MONDAY)
    factories.module(course, "MAT2")
    services.change_alert(search.uuid, "turn on", now=snapshot.now(), actor=acting(kari), at=MONDAY)

    assert tell(app) == 0


def test_a_step_that_is_not_in_the_life_of_an_alert_is_refused(kari):
    search = save(kari, weekly=False)

    with pytest.raises(StepRefused):
        services.change_alert(search.uuid, "pause", now=snapshot.now(), actor=acting(kari), at=MONDAY)


def test_the_alert_is_changed_from_the_page_and_every_step_leaves_a_row(page, kari):
    search = save(kari)
    for event in ("pause", "resume", "turn off", "turn on", "nonsense"):
        page.post(f"/me/saved/searches/{search.uuid}/alert", data={"event": event})
    kept = [event.event for event in database.session.query(Event).filter_by(subject_uuid=search.uuid).order_by(Event.id)]

    assert kept == ["turn on", "pause", "resume", "turn off", "turn on"]


def test_a_search_that_is_removed_tells_nothing_more(app, course, page, kari):
    search = save(kari)
    page.post(f"/me/saved/searches/{search.uuid}/removal")
    factories.module(course, "MAT2")

    assert (list(queries.own_searches(acting(kari))), tell(app)) == ([], 0)


def test_a_closed_account_is_told_nothing(app, course, kari):
    save(kari)
    factories.module(course, "MAT2")
    kari.disabled_at = MONDAY
    database.session.commit()

    assert tell(app) == 0


def test_a_round_that_breaks_off_has_told_nothing_and_the_next_one_tells_it(app, course, kari):
    save(kari)
    factories.module(course, "MAT2", title="Geometri")
    app.config["CLOCK"] = lambda: MONDAY + WEEK
    broken = pytest.MonkeyPatch()
    broken.setattr("enrolment.saved.services._tell", lambda *told: 1 / 0)
    failed = tick.take_round()
    broken.undo()
    database.session.rollback()

    assert ("saved searches" in failed, sentences(app, kari)) == (True, [])
    database.session.rollback()
    assert "saved searches" not in tick.take_round()
    assert sentences(app, kari) == ["New in your saved searches: Geometri."]


def test_rounds_on_several_nodes_at_once_tell_once(app, course, kari):
    save(kari)
    factories.module(course, "MAT2", title="Geometri")
    database.session.rollback()
    app.config["CLOCK"] = lambda: MONDAY + WEEK
    together = Barrier(4)

    def take_round(_node: int) -> int:
        with app.app_context():
            together.wait()
            return services.tell_of_new(MONDAY + WEEK)

    with ThreadPoolExecutor(4) as nodes:
        told = list(nodes.map(take_round, range(4)))

    assert (sorted(told), sentences(app, kari)) == ([0, 0, 0, 1], ["New in your saved searches: Geometri."])


def test_each_person_is_told_of_their_own(app, course, kari):
    ola = factories.teacher(name="Ola")
    save(kari)
    save(ola, query="q=nothing")
    factories.module(course, "MAT2", title="Geometri")

    assert (tell(app), sentences(app, kari), sentences(app, ola)) == (1, ["New in your saved searches: Geometri."], [])


def test_a_value_the_catalogue_no_longer_has_finds_nothing_and_not_everything(app, course, kari):
    search = save(kari, query=MATHS)
    database.session.execute(update(SavedSearch).values(query="subject=utgått", digest=replay.digest("subject=utgått")))
    database.session.commit()
    factories.module(course, "MAT2")

    assert (search.query, tell(app)) == ("subject=utgått", 0)


def test_many_new_studies_are_named_three_and_counted(app, course, kari):
    save(kari)
    for number in range(5):
        factories.module(course, f"NY{number}", title=f"Ny {number}")
    tell(app)
    (sentence,) = sentences(app, kari)

    assert sentence.endswith(", and 2 more.")
    assert sentence.count("Ny ") == 3


def test_what_has_left_since_is_counted_on_the_page_of_the_news(app, client, course, kari):
    save(kari)
    new = factories.module(course, "MAT2", title="Geometri")
    tell(app)
    new.state = Publication.WITHDRAWN
    database.session.commit()
    (message,) = account_queries.messages_of(kari.id)

    assert "1 study has left the catalogue since." in words_of(signed_in(client, kari, at=MONDAY + WEEK).get(message.address))


def test_the_news_of_another_is_not_there(app, course, kari, client):
    save(kari)
    factories.module(course, "MAT2")
    tell(app)
    address = database.session.query(Message).one().address

    assert signed_in(client, factories.teacher(name="Ola"), at=MONDAY + WEEK).get(address).status_code == 404


# ---- the rules

DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))
MATCHES = st.builds(Matches.of, st.sets(st.integers(0, 40)), st.sets(st.integers(0, 40)))


@given(DAYS)
def test_the_next_telling_is_the_first_monday_after(on):
    following = rules.next_telling(on)

    assert following.weekday() == 0
    assert timedelta(0) < following - on <= WEEK


@given(MATCHES, MATCHES)
def test_what_has_been_seen_is_never_news(found, seen):
    runs_of = {key: [key] if key in found.runs else [] for key in found.studies}

    assert rules.news(found, seen | found, runs_of) == []
    assert set(rules.news(found, seen, runs_of)) == {key for key in runs_of if key not in seen.studies or (runs_of[key] and key not in seen.runs)}


@given(MATCHES)
def test_what_is_seen_is_kept_as_it_is(found):
    assert Matches.from_bytes(*found.to_bytes()) == found


@given(st.integers(1, 10**8), st.booleans())
def test_a_key_names_one_study(study, programme):
    assert study_of(key_of(study, programme=programme)) == (study, programme)


def test_what_was_asked_can_be_kept_from_its_answer(page, first):
    assert f'href="/me/saved/searches/new?{MATHS}"' in page.get(f"/search?{MATHS}").text
    assert "/me/saved/searches/new" not in page.get("/search").text


def test_a_stranger_is_not_offered_to_keep_a_search(client, first):
    assert "/me/saved/searches/new" not in client.get(f"/search?{MATHS}").text
