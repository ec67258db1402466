"""Whatever is sent that makes no sense: a problem that names the field, nothing half done, never a fault of ours."""

import json

import pytest

from catalog.offers.models import Module
from config.database import db
from config.http import MOST_FORM_BYTES
from enrolment.progress.models import PriorCredit

CLAIM = {"title": "Mathematics 1", "institution": "HiB", "subject": "matematikk", "credits": 15, "finished_on": "2012-06-20"}
CREDITS = "Credits are whole or halves, such as 15 or 7.5, and at most 300."
NUMBER, WHOLE = "This must be a number.", "This must be a whole number."
DATE = "This is not a date. Write it like 2027-01-31."
UNKNOWN = "There is no such field."


@pytest.mark.parametrize(
    ("field", "sent", "sentence"),
    [
        ("credits", 7.3, CREDITS), ("credits", "7,5", CREDITS), ("credits", True, CREDITS), ("credits", [15], CREDITS), ("credits", 10**400, CREDITS),
        ("credits", -15, CREDITS), ("credits", 301, CREDITS), ("credits", 0, "Write how many credits."), ("credits", None, "Fill this in."),
        ("finished_on", "20120620", DATE), ("finished_on", "2012-W25-3", DATE), ("finished_on", 20120620, DATE), ("finished_on", "2012-02-30", DATE),
        ("finished_on", "1926-06-20", "The date must be between 1950 and 2100."), ("title", "T" * 201, "This is too long: at most 200 characters."),
        ("title", "", "Fill this in."), ("title", "  ", "Fill this in."), ("title", 5, "This must be text."), ("title", {"a": 1}, "This must be text."),
        ("title", "A\x00B", "This holds signs that cannot be shown."), ("title", "A\ud800B", "This holds signs that cannot be shown."),
        ("subject", "alchemy", "Choose a subject of the list."), ("state", "verified", UNKNOWN), ("person_id", 1, UNKNOWN), ("id", 1, UNKNOWN),
        ("owner_id", 1, UNKNOWN), ("decided_at", "2026-11-23T09:00:00Z", UNKNOWN), ("made_up", False, UNKNOWN),
    ],
)  # fmt: skip
def test_a_claim_that_makes_no_sense_is_refused_at_the_field(world, field, sent, sentence):
    body = json.dumps(CLAIM | {field: sent})
    answer = world.teachers_browser.post("/api/v1/me/claims", data=body, content_type="application/json")

    assert (answer.status_code, answer.content_type) == (422, "application/problem+json")
    assert answer.get_json()["errors"] == [{"pointer": f"#/{field}", "detail": sentence}]
    assert db.session.query(PriorCredit).count() == 1


@pytest.mark.parametrize(
    ("field", "sent", "sentence"),
    [
        ("position", "3", WHOLE), ("position", 3.5, WHOLE), ("position", True, WHOLE), ("position", -1, "Write a whole number between 0 and 999."),
        ("position", 10**30, "Write a whole number between 0 and 999."), ("grades", "8", "This must be a list."), ("grades", ["8"], WHOLE),
        ("grades", [15], "Choose from the list."), ("grades", [[8]], WHOLE), ("course", "not-an-id", "This is not a valid identifier."),
        ("course", "{36bcb059-c8c0-4b5e-af50-b9751a2d1c5e}", "This is not a valid identifier."), ("course", 5, "This is not a valid identifier."),
        ("language", "tlh", "Choose from the list."), ("subject", "alchemy", "Choose from the list."),
        *((column.key, None, UNKNOWN) for column in Module.__table__.columns if column.key not in ("code", "title", "credits", "short_reason", "position", "grades", "language")),
    ],
)  # fmt: skip
def test_a_module_that_makes_no_sense_is_refused_at_the_field(world, field, sent, sentence):
    answer = world.editors_browser.post("/api/v1/publish/modules", json={"title": "Algebra", field: sent})

    assert (answer.status_code, answer.get_json()["errors"]) == (422, [{"pointer": f"#/{field}", "detail": sentence}])
    assert db.session.query(Module).filter_by(title="Algebra").count() == 0


@pytest.mark.parametrize(
    "question",
    ["page=0", "page=-1", "page=1e3", "page=99999999999999999999", "page=" + "9" * 5000, "page=", "page=1.0", "page=%E0%A5%A7", "page=1&page=2",
     "page_size=101", "page_size=0", "bogus=1", "id[]=5", "level=11", "level=", "region=nowhere", "region=vest&region=nowhere", "subject=alchemy",
     "semester=2027", "semester=2027x", "semester=2027v%0A", "delivery=by-pigeon", "tag=magic", "credits=7", "seats=1", "away=3", "demand=high", "online=yes", "ended=0", "sort=price",
     "q=" + "x" * 201, "q=%00", "q=a&q=b", "region=" + "&region=".join(["vest"] * 21)],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["courses", "modules", "offerings"])
def test_a_question_that_makes_no_sense_is_refused_and_says_where(client, world, kind, question):
    answer = client.get(f"/api/v1/{kind}?{question}")

    assert (answer.status_code, answer.content_type) == (422, "application/problem+json")
    if "%00" not in question:
        assert {error["parameter"] for error in answer.get_json()["errors"]} == {question.partition("=")[0]}


@pytest.mark.parametrize("words", ["=1+1", "=cmd|' /C calc'!A0", "';--", "%25", "%F0%9F%90%A7", "(((", "\\", "%22", "*", "AND OR NOT", "%EF%BB%BF", "%ff%fe", "x" * 200])
def test_words_of_any_kind_are_only_words(client, world, words):
    assert client.get("/api/v1/modules", query_string=f"q={words}").status_code == 200


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400), (b"{", 400), (b"nonsense", 400), (b"\xff\xfe{}", 400), (b'{"credits": NaN}', 400), (b'{"credits": Infinity}', 400),
        (b'{"title": "' + b"9" * 10 + b'", "credits": ' + b"9" * 5000 + b"}", 400), (b"[" * 100_000, 400), (b'{"a":' * 100_000, 400),
        (b"[]", 422), (b"null", 422), (b'"text"', 422), (b"5", 422), (b'{"title": "A", "title": "B"}', 422), (b'{"credits": 1e400}', 422),
        (b'{"title": "\\u0000"}', 422), (b'{"\\ud800": 1}', 422), (b'{"\\u0000": 1}', 422), (b'{"": 1}', 422), (b'{"title": "\\ud800"}', 422), (b"x" * (MOST_FORM_BYTES + 1), 413),
    ],
)  # fmt: skip
def test_a_body_of_any_kind_is_answered_with_a_problem(world, body, status):
    answer = world.teachers_browser.post("/api/v1/me/claims", data=body, content_type="application/json")

    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")


def test_a_name_with_strokes_is_pointed_at_as_json_pointers_are_written(world):
    answer = world.teachers_browser.post("/api/v1/me/claims", json=CLAIM | {"a/b~c": 1})

    assert answer.get_json()["errors"] == [{"pointer": "#/a~1b~0c", "detail": UNKNOWN}]


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml", ""])
def test_what_is_not_said_to_be_json_is_not_read(world, kind):
    answer = world.teachers_browser.post("/api/v1/me/claims", data=b"{}", content_type=kind)

    assert (answer.status_code, answer.content_type) == (415, "application/problem+json")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW"])
def test_a_method_that_there_is_not_is_told_which_there_are(client, world, method):
    answer = client.open("/api/v1/modules", method=method)

    assert (answer.status_code, answer.content_type) == (405, "application/problem+json")
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize("part", ["1", "x", "%00", "..", "1e3", "a" * 3000, "{}", "00000000-0000-0000-0000-00000000000g"])
def test_an_address_that_names_nothing_is_a_problem(client, world, part):
    answer = client.get(f"/api/v1/modules/{part}")

    assert (answer.status_code, answer.content_type) == (422 if part == "%00" else 404, "application/problem+json")


def test_a_problem_has_the_members_of_rfc_9457_and_its_request(client, world):
    answer = client.get("/api/v1/modules?bogus=1")

    assert answer.get_json() == {
        "type": "/problems/bad-input", "title": "What you sent is not well formed.", "status": 422, "instance": answer.headers["X-Request-Id"],
        "errors": [{"detail": UNKNOWN, "parameter": "bogus"}],
    }  # fmt: skip


def test_a_problem_speaks_the_readers_language(client, world):
    answer = client.get("/api/v1/modules?region=nowhere", headers={"Accept-Language": "nn"})

    assert [error["detail"] for error in answer.get_json()["errors"]] == ["«nowhere» finst ikkje."]
