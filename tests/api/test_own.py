"""What is one's own: seats, progress and claims by program, as on the pages."""

import pytest

from config.database import db
from enrolment.progress.lifecycle import Claim
from enrolment.progress.models import PriorCredit
from enrolment.seats import services as seats
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment
from tests import factories as f

CLAIM = {"title": "Mathematics 1", "institution": "HiB", "subject": "matematikk", "credits": 7.5, "finished_on": "2012-06-20"}


@pytest.fixture
def me(world):
    return world.teachers_browser


def test_a_browser_that_has_signed_in_learns_who_it_speaks_for_and_its_token(app, world):
    app.config["WTF_CSRF_ENABLED"] = True
    told = world.teachers_browser.get("/api/v1/me").get_json()
    address = f"/api/v1/offerings/{world.offering.uuid}/enrolment"

    without, wrong, right = (
        world.teachers_browser.post(address, headers=headers) for headers in ({}, {"X-CSRFToken": "guessed"}, {"X-CSRFToken": told["csrf_token"]})
    )

    assert (told["name"], told["role"], told["organisation"], told["uuid"]) == ("Lars Lærer", "teacher", "Kampen skole", str(world.teacher.uuid))
    assert [answer.status_code for answer in (without, wrong, right)] == [400, 400, 200]
    assert without.get_json()["type"] == "/problems/form-too-old"


def test_a_teacher_enrols_and_enrolling_twice_is_one_enrolment(world, app):
    another = f.offering(f.module(world.course, "MAT7"))

    first, second = (world.teachers_browser.post(f"/api/v1/offerings/{another.uuid}/enrolment") for _time in range(2))

    told = first.get_json()
    assert [answer.status_code for answer in (first, second)] == [200, 200]
    assert told == second.get_json()
    assert (told["state"], told["offering"]["uuid"], told["offering"]["module"]["code"]) == ("placed", str(another.uuid), "MAT7")
    assert (told["entered_at"], told["place_in_line"], told["result"]) == ("2026-11-23T09:00:00Z", None, None)
    assert db.session.query(Enrolment).filter_by(offering_id=another.id).count() == 1


def test_one_who_waits_is_told_their_place_and_answers_the_offer_by_program(world, me):
    small = f.offering(f.module(world.course, "MAT8"), seats=1)
    holder = f.teacher(name="First")
    held = seats.enrol(small.uuid, actor=f.acting(holder), at=f.MONDAY)
    waiting = me.post(f"/api/v1/offerings/{small.uuid}/enrolment").get_json()
    seats.withdraw(held.uuid, actor=f.acting(holder), at=f.MONDAY)
    offered = me.get("/api/v1/me/enrolments").get_json()["items"][0]
    accepted = me.post(f"/api/v1/me/enrolments/{waiting['uuid']}/acceptance").get_json()

    assert (waiting["state"], waiting["place_in_line"], waiting["waiting_in_line"]) == ("waiting", 1, 1)
    assert (offered["uuid"], offered["state"], offered["reply_by"]) == (waiting["uuid"], "offered", "2026-11-30T23:00:00Z")
    assert (accepted["state"], accepted["place_in_line"]) == ("placed", None)


def test_a_seat_is_given_up_or_declined_by_program(world, me):
    withdrawn = me.post(f"/api/v1/me/enrolments/{world.enrolment.uuid}/withdrawal")
    again = me.post(f"/api/v1/me/enrolments/{world.enrolment.uuid}/withdrawal")

    assert (withdrawn.status_code, withdrawn.get_json()["state"]) == (200, "withdrawn")
    assert (again.status_code, again.get_json()["type"], again.get_json()["state"]) == (409, "/problems/step-refused", "withdrawn")
    assert again.get_json()["title"].startswith("This cannot be done as it stands now")
    assert me.post(f"/api/v1/me/enrolments/{world.enrolment.uuid}/refusal").status_code == 409


def test_a_run_that_is_not_open_is_refused_with_a_sentence(world, me):
    planned = f.offering(f.module(world.course, "MAT7"), state="published", opens_on=f.MONDAY.date().replace(year=2027))

    answer = me.post(f"/api/v1/offerings/{planned.uuid}/enrolment")

    problem = answer.get_json()
    assert (answer.status_code, problem["type"], problem["title"].endswith("is not open for enrolment today.")) == (409, "/problems/not-open", True)


@pytest.mark.parametrize("address", ["me/enrolments/{enrolment}", "me/claims/{claim}"])
def test_what_is_somebody_elses_is_answered_as_if_it_were_not_there(app, world, address):
    stranger = f.signed_in(app.test_client(), f.teacher(name="Stranger"))
    theirs = stranger.get("/api/v1/" + address.format(enrolment=world.enrolment.uuid, claim=world.claim.uuid))
    missing = stranger.get("/api/v1/" + address.format(enrolment=world.module.uuid, claim=world.module.uuid))

    assert [theirs.status_code, missing.status_code] == [404, 404]
    assert theirs.get_json() | {"instance": ""} == missing.get_json() | {"instance": ""}
    assert stranger.get("/api/v1/me/enrolments").get_json()["items"] == []
    assert stranger.get("/api/v1/me/claims").get_json()["items"] == []


@pytest.mark.parametrize("address", ["me", "me/enrolments", "me/progress", "me/claims", "publish/modules"])
def test_a_stranger_is_asked_to_sign_in(client, world, address):
    answer = client.get(f"/api/v1/{address}")

    assert (answer.status_code, answer.content_type, answer.get_json()["type"]) == (401, "application/problem+json", "/problems/sign-in-needed")


def test_another_role_is_told_that_it_is_the_wrong_one(world):
    answers = [world.editors_browser.get("/api/v1/me/progress"), world.teachers_browser.get("/api/v1/publish/modules")]

    assert [(answer.status_code, answer.get_json()["type"]) for answer in answers] == [(403, "/problems/not-allowed")] * 2


def test_progress_is_the_same_as_on_the_page_with_every_credit_and_what_it_counts(world, me):
    told = me.get("/api/v1/me/progress").get_json()
    (subject,) = told["subjects"]

    assert told["on"] == "2026-11-23"
    assert {name: subject[name] for name in ("goal", "verified", "running", "planned", "claimed", "missing", "missing_if_verified", "beyond")} == {
        "goal": 60, "verified": 0, "running": 0, "planned": 15, "claimed": 7.5, "missing": 45, "missing_if_verified": 37.5, "beyond": 0,
    }  # fmt: skip
    assert subject["sentence"].partition(". ")[2] in " ".join(me.get("/me/progress").text.split())
    assert [(one["band"], one["credits"], one["reached"], one["missing"], one["source"]) for one in subject["thresholds"]] == [("8-10", 60, False, 45, "test")]
    assert {(one["title"], one["credits"], one["counted"], one["kind"], one["reason"], one["module"]) for one in subject["credits"]} == {
        ("Module MAT2", 15, 15, "planned", "in-full", str(world.module.uuid)), ("Mathematics 1", 7.5, 7.5, "claimed", "in-full", None),
    }  # fmt: skip


def test_a_claim_is_laid_before_the_school_owner_and_can_be_taken_back(world, me):
    answer = me.post("/api/v1/me/claims", json=CLAIM)
    told = answer.get_json()
    read = me.get(answer.headers["Location"]).get_json()
    taken_back = me.post(f"{answer.headers['Location']}/withdrawal").get_json()

    assert (answer.status_code, {name: told[name] for name in CLAIM}) == (201, CLAIM)
    assert (told["state"], told["claimed_at"], told["decided_at"], told["why"]) == ("claimed", "2026-11-23T09:00:00Z", None, None)
    assert read == told
    assert taken_back == told | {"state": "withdrawn"}
    assert db.session.query(PriorCredit).filter_by(state=Claim.WITHDRAWN).one().owner_id is not None
    assert me.post(f"{answer.headers['Location']}/withdrawal").status_code == 409


def test_lists_of_ones_own_ask_as_often_for_three_as_for_one(world, me, count_queries):
    def ask() -> list[int]:
        counted = []
        for address in ("me/enrolments", "me/claims", "me/progress"):
            with count_queries() as seen:
                me.get(f"/api/v1/{address}")
            counted.append(len(seen))
        return counted

    me.post(f"/api/v1/offerings/{f.offering(f.module(world.course), seats=0).uuid}/enrolment")  # one who waits has a place in line
    of_one = ask()
    for _number in range(3):
        me.post(f"/api/v1/offerings/{f.offering(f.module(world.course), seats=0).uuid}/enrolment")
        me.post("/api/v1/me/claims", json=CLAIM)

    assert (len(me.get("/api/v1/me/enrolments").get_json()["items"]), ask()) == (5, of_one)


def test_a_list_of_ones_own_comes_in_pages_too(world, me):
    for _number in range(3):
        me.post("/api/v1/me/claims", json=CLAIM)

    page = me.get("/api/v1/me/claims?page_size=3").get_json()

    assert (len(page["items"]), page["total"], page["next"]) == (3, 4, "/api/v1/me/claims?page_size=3&page=2")


def test_a_result_stands_with_its_enrolment(world, me):
    from enrolment.results.services import record_results
    from enrolment.results.values import Mark

    world.offering.starts_on = f.UNDER_WAY["starts_on"]
    record_results(world.offering.uuid, {world.enrolment.uuid: Mark.B}, actor=f.acting(world.editor), at=f.MONDAY)
    told = me.get(f"/api/v1/me/enrolments/{world.enrolment.uuid}").get_json()

    assert (told["state"], told["result"]) == (Seat.COMPLETED.value, {"mark": "B", "recorded_at": "2026-11-23T09:00:00Z"})
