"""The open catalogue: what is published, whole, and found by the words of the search page."""

from datetime import date
from uuid import uuid4

import pytest

from catalog.offers.lifecycle import Publication, Run
from catalog.values import Delivery, Grades
from config.database import db
from tests import factories as f
from tests.api.conftest import uuids

SINGLES = {
    "courses": lambda world: world.course.uuid, "modules": lambda world: world.module.uuid, "offerings": lambda world: world.offering.uuid,
    "institutions": lambda world: world.institution.organisation.uuid, "regions": lambda world: world.region.organisation.uuid,
}  # fmt: skip
LISTS = (*SINGLES, "subjects")
UNKNOWN = "8a5f0f0e-6c1c-4d0e-9d53-0b3f6f2d3f60"


def test_a_module_is_told_whole(client, world):
    told = client.get(f"/api/v1/modules/{world.module.uuid}").get_json()

    named = {"uuid": str(world.institution.organisation.uuid), "code": "HVL", "name": {"nb": "Høgskulen på Vestlandet", "nn": None, "en": None, "se": None}}
    first = told["prerequisites"][0]["module"]
    assert told["institution"] == named
    assert {name: told[name] for name in ("code", "title", "credits", "subject", "grades", "strand", "language", "address", "made_up", "source_url")} == {
        "code": "MAT2", "title": "Module MAT2", "credits": 15, "subject": "matematikk", "grades": [1, 2, 3, 4, 5, 6, 7], "strand": "further", "language": "nb",
        "address": "/modules/HVL/MAT2", "made_up": False, "source_url": None,
    }  # fmt: skip
    assert told["published_at"] == "2026-11-23T09:00:00Z"
    assert told["course"] == {"uuid": str(world.course.uuid), "title": "Matematikk 1", "made_up": False}
    assert told["tags"] == [{"tag": "didactics", "sentence": "Didactics are taught.", "address": "https://example.no/mat2", "credits": 2.5}]
    assert [(one["required"], one["subject"], one["credits"]) for one in told["prerequisites"]] == [(True, None, None), (False, "matematikk", 15)]
    assert (first["code"], first["credits"], first["published"]) == ("MAT1", 7.5, True)
    assert [(one["credits"], [module["code"] for module in one["modules"]]) for one in told["overlaps"]] == [(2.5, ["MAT1", "MAT2"])]
    assert [(run["uuid"], run["semester"], run["made_up"]) for run in told["offerings"]] == [(str(world.offering.uuid), "2027v", True)]


def test_a_run_is_told_with_its_dates_its_gatherings_and_its_seats_now(client, world):
    told = client.get(f"/api/v1/offerings/{world.offering.uuid}").get_json()

    assert {name: told[name] for name in ("semester", "state", "stage", "mode", "delivery", "part_time", "municipality", "fee_oere", "seats", "seats_taken", "waiting")} == {
        "semester": "2027v", "state": "published", "stage": "open", "mode": "direct", "delivery": "online-and-gatherings", "part_time": True,
        "municipality": "1103", "fee_oere": 125_000, "seats": 20, "seats_taken": 1, "waiting": 0,
    }  # fmt: skip
    assert {name: told[name] for name in ("opens_on", "apply_by", "starts_on", "ends_on")} == {
        "opens_on": "2026-10-01", "apply_by": "2027-01-15", "starts_on": "2027-02-01", "ends_on": "2027-06-15",
    }  # fmt: skip
    assert [(one["starts_on"], one["ends_on"], one["week"], one["place"], one["online"]) for one in told["gatherings"]] == [
        ("2027-03-01", "2027-03-02", None, "Stavanger", False), (None, None, "2027-16", None, True),
    ]  # fmt: skip
    assert (told["days_away"], told["last_year"]) == (2, None)
    assert (told["made_up"], told["module"]["code"], told["address"]) == (True, "MAT2", f"/offerings/{world.offering.uuid}")


def test_a_course_is_told_with_its_published_modules(client, world):
    told = client.get(f"/api/v1/courses/{world.course.uuid}").get_json()

    assert ([module["code"] for module in told["modules"]], told["credits"], told["for_whom"]) == (["MAT1", "MAT2"], 60, "Teachers.")


def test_facts_are_dated_and_say_whether_a_source_confirms_them(client, world):
    region = client.get(f"/api/v1/regions/{world.region.organisation.uuid}").get_json()
    subject = client.get("/api/v1/subjects/matematikk").get_json()

    assert region["confirmed"] is False
    assert region["institutions"] == [{"code": "HVL", "valid_from": "2022-01-01", "valid_to": None, "source": "test", "confirmed": True}]
    assert [(one["code"], one["name"]["nb"]) for one in region["counties"]] == [("11", "County 11")]
    assert [(one["band"], one["credits"], one["valid_from"], one["source"], one["confirmed"]) for one in subject["requirements"]] == [
        ("1-7", 30, "2014-01-01", "test", False), ("8-10", 60, "2014-01-01", "test", False),
    ]  # fmt: skip
    assert [(one["group"], one["volume_rule"], one["confirmed"]) for one in subject["priorities"]] == [(1, "keep", True)]


def test_an_institution_is_told_with_its_codes(client, world):
    told = client.get(f"/api/v1/institutions/{world.institution.organisation.uuid}").get_json()

    assert (told["code"], told["type"], told["historic"], told["confirmed"], told["address"]) == ("HVL", "høyskole", False, True, "/institutions/HVL")


@pytest.mark.parametrize("kind", SINGLES)
def test_what_does_not_exist_is_a_problem_of_its_own(client, world, kind):
    answer = client.get(f"/api/v1/{kind}/{uuid4()}")

    assert (answer.status_code, answer.content_type, answer.get_json()["type"]) == (404, "application/problem+json", "/problems/not-found")


def test_drafts_and_what_is_withdrawn_are_not_there(client, world):
    run_of_draft = f.offering(world.draft)
    draft_run = f.offering(world.module, state=Run.DRAFT)
    withdrawn = f.course(world.institution, world.subject, state=Publication.WITHDRAWN)

    gone = [f"modules/{world.draft.uuid}", f"offerings/{run_of_draft.uuid}", f"offerings/{draft_run.uuid}", f"courses/{withdrawn.uuid}"]
    assert [client.get(f"/api/v1/{address}").status_code for address in gone] == [404] * 4
    assert world.draft.uuid not in uuids(client.get("/api/v1/modules"))
    assert uuids(client.get("/api/v1/offerings?ended=1")) == [world.offering.uuid]


def test_every_thing_of_a_list_is_the_thing_of_its_own_address(client, world):
    for kind in SINGLES:
        for item in client.get(f"/api/v1/{kind}").get_json()["items"]:
            assert client.get(f"/api/v1/{kind}/{item['uuid']}").get_json() == item


def test_a_list_comes_in_pages_of_a_hundred_at_most(client, world):
    for number in range(4):
        f.module(world.course, f"MORE{number}")

    first = client.get("/api/v1/modules?page_size=4&sort=title").get_json()
    second = client.get(first["next"]).get_json()
    beyond = client.get("/api/v1/modules?page=9&page_size=4").get_json()

    assert [len(page["items"]) for page in (first, second, beyond)] == [4, 2, 0]
    assert (first["total"], first["pages"], first["previous"], second["next"]) == (6, 2, None, None)
    assert first["next"] == "/api/v1/modules?page_size=4&sort=title&page=2"
    assert beyond["previous"] == "/api/v1/modules?page_size=4&page=2"
    assert client.get("/api/v1/modules?page_size=101").get_json()["errors"] == [{"detail": "Write a whole number between 1 and 100.", "parameter": "page_size"}]


@pytest.mark.parametrize(
    "question",
    ["", "?q=module", "?q=mat1", "?subject=matematikk", "?level=1-7", "?level=8-10", "?region=vest", "?region=vest&online=1", "?delivery=online-and-gatherings",
     "?semester=2027v", "?tag=didactics", "?credits=under-15&credits=15", "?seats=free", "?away=1-3", "?away=0&away=not-known", "?demand=not-known", "?ended=1", "?sort=title", "?sort=demand", "?q=zzz", "?semester=2040h"],
)  # fmt: skip
def test_the_words_of_the_search_page_find_the_same(client, world, question):
    from catalog.search import asked as asking
    from catalog.search import snapshot
    from urllib.parse import parse_qsl

    with client.application.test_request_context():
        now = snapshot.now()
        known = {facet: dict(values) | {"2040h": None} for facet, values in now.index.values.items()}
        found = now.index.find(asking.read(parse_qsl(question.lstrip("?")), known))
        expected = [now.index.studies[number].code for number in found.shown]

    assert [item["code"] for item in client.get(f"/api/v1/modules{question}").get_json()["items"]] == expected


def test_courses_are_found_by_their_modules_and_whole_programmes_by_themselves(client, world):
    programme = f.course(world.institution, world.subject, title="Skolebibliotek", grades=Grades.of(range(8, 11)))

    assert uuids(client.get("/api/v1/courses?tag=didactics")) == [world.course.uuid]
    assert uuids(client.get("/api/v1/courses?level=8-10")) == [programme.uuid]
    assert set(uuids(client.get("/api/v1/courses"))) == {world.course.uuid, programme.uuid}


def test_runs_are_themselves_what_was_asked_for(client, world):
    online = f.offering(world.module, seats=0, delivery=Delivery.ONLINE)
    over = f.offering(world.module, semester=None, starts_on=date(2025, 2, 1), ends_on=date(2025, 6, 1), apply_by=None, opens_on=None, queue_closes_on=None)

    assert uuids(client.get("/api/v1/offerings?delivery=online")) == [online.uuid]
    assert uuids(client.get("/api/v1/offerings?away=0")) == [online.uuid]
    assert uuids(client.get("/api/v1/offerings?away=1-3")) == [world.offering.uuid]
    assert uuids(client.get("/api/v1/offerings?seats=free")) == [world.offering.uuid]
    assert set(uuids(client.get("/api/v1/offerings"))) == {world.offering.uuid, online.uuid}
    assert set(uuids(client.get("/api/v1/offerings?ended=1"))) == {world.offering.uuid, online.uuid, over.uuid}


@pytest.mark.parametrize("kind", LISTS)
def test_an_answer_that_is_still_so_is_not_sent_again_until_the_catalogue_changes(client, world, kind):
    first = client.get(f"/api/v1/{kind}")
    asked_again = {"If-None-Match": first.headers["ETag"]}
    unchanged = client.get(f"/api/v1/{kind}", headers=asked_again)
    world.module.title = "Another title"
    world.offering.place = "Bergen"
    db.session.commit()
    changed = client.get(f"/api/v1/{kind}", headers=asked_again)

    assert (unchanged.status_code, unchanged.data, unchanged.headers["ETag"]) == (304, b"", first.headers["ETag"])
    assert (changed.status_code, changed.headers["ETag"] != first.headers["ETag"]) == (200, True)
    assert first.headers["Cache-Control"] == "no-cache"


def test_a_seat_that_is_taken_makes_a_run_and_a_search_for_free_seats_new(client, world):
    from enrolment.seats import services

    addresses = ["/api/v1/offerings", f"/api/v1/offerings/{world.offering.uuid}", "/api/v1/modules?seats=free", "/api/v1/modules"]
    before = {address: client.get(address).headers["ETag"] for address in addresses}
    services.enrol(world.offering.uuid, actor=f.acting(f.teacher(name="Another")), at=f.MONDAY)
    again = {address: client.get(address, headers={"If-None-Match": etag}).status_code for address, etag in before.items()}

    assert list(again.values()) == [200, 200, 200, 304]


@pytest.mark.parametrize("address", ["/api/v1", *(f"/api/v1/{kind}" for kind in LISTS), "/api/v1/coverage", "/api/v1/modules?page=0", f"/api/v1/modules/{UNKNOWN}"])
def test_open_answers_may_be_read_by_any_site(client, world, address):
    assert client.get(address, headers={"Origin": "https://other.example"}).headers["Access-Control-Allow-Origin"] == "*"


def test_another_site_may_ask_whether_what_it_has_is_still_so(client, world):
    asked = {"Origin": "https://other.example", "Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "If-None-Match"}
    answer = client.options("/api/v1/modules", headers=asked)

    assert {name: answer.headers[f"Access-Control-Allow-{name}"] for name in ("Origin", "Methods", "Headers")} == {
        "Origin": "*", "Methods": "GET, HEAD, OPTIONS", "Headers": "If-None-Match",
    }  # fmt: skip


def test_what_is_personal_may_be_read_by_no_other_site(world):
    addresses = ["/api/v1/me", "/api/v1/me/enrolments", "/api/v1/me/progress", "/api/v1/me/claims", f"/api/v1/me/enrolments/{world.enrolment.uuid}"]
    answers = [world.teachers_browser.get(address, headers={"Origin": "https://other.example"}) for address in addresses]
    answers.append(world.editors_browser.get("/api/v1/publish/modules", headers={"Origin": "https://other.example"}))

    assert [(answer.status_code, answer.headers.get("Access-Control-Allow-Origin"), answer.headers["Cache-Control"]) for answer in answers] == [(200, None, "no-store")] * 6


@pytest.mark.parametrize("kind", ["courses", "modules", "offerings", "institutions", "regions", "subjects"])
def test_a_list_of_three_asks_the_database_as_often_as_a_list_of_one(client, world, count_queries, kind):
    def ask() -> int:
        client.get("/api/v1/modules")  # the index is made anew for a new version
        with count_queries() as seen:
            assert client.get(f"/api/v1/{kind}").status_code == 200
        return len(seen)

    of_one = ask()
    for number in range(3):
        institution = f.institution(f"U{number}", f"University {number}")
        subject = f.subject(f"subject-{number}", f"Subject {number}", requires={"1-7": 30})
        course = f.course(institution, subject)
        module = f.module(course)
        f.requires(module, world.module)
        f.overlap("2.5", module, world.module)
        f.gathering(f.offering(module), date(2027, 3, 1))
        f.region(f"region-{number}", [f.county(f"9{number}")], [institution])

    assert (len(client.get(f"/api/v1/{kind}").get_json()["items"]) >= 4, ask()) == (True, of_one)


def test_the_beginning_tells_where_everything_is(client, world):
    told = client.get("/api/v1").get_json()

    assert (told["openapi"], told["documentation"], told["resources"]["modules"]) == ("/api/v1/openapi.json", "/api/docs", "/api/v1/modules")
