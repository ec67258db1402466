"""What every answer has in common, whatever went wrong: headers, a sentence, and nothing that was not meant to be told."""

import re

import pytest
from flask import request
from sqlalchemy.exc import OperationalError

from config.http import HEADERS, MOST_BYTES, MOST_FORM_BYTES
from tests import factories

REFUSED = {
    "no such page": ("GET", "/no-such-page", {}, 404),
    "no such page of the API": ("GET", "/api/v1/no-such-page", {}, 404),
    "another method": ("DELETE", "/sign-in", {}, 405),
    "a method nobody knows": ("BREW", "/sign-in", {}, 405),
    "not signed in": ("POST", "/me/language", {}, 401),
    "too much text": ("POST", "/sign-out", {"data": {"x": "x" * (MOST_FORM_BYTES + 1)}}, 413),
    "too many fields": ("POST", "/sign-out", {"data": {f"x{number}": "" for number in range(4000)}}, 413),
    "a file too large": ("POST", "/sign-out", {"content_type": "multipart/form-data; boundary=x", "environ_overrides": {"CONTENT_LENGTH": str(MOST_BYTES + 1)}}, 413),
    "a sign that no text has": ("GET", "/sign-in?next=%00", {}, 422),
    "no token": ("POST", "/sign-out", {}, 400),
}
CASES = pytest.mark.parametrize("case", REFUSED, ids=str)


@pytest.fixture
def visitor(app):
    app.config["WTF_CSRF_ENABLED"] = True
    return app.test_client()


def ask(visitor, case: str, **options):
    method, address, sent, _status = REFUSED[case]
    return visitor.open(address, method=method, **{**sent, **options, "headers": {**sent.get("headers", {}), **options.get("headers", {})}})


@CASES
def test_a_refusal_is_a_page_with_a_sentence_and_every_header(visitor, case):
    if case == "not signed in":
        visitor.application.config["WTF_CSRF_ENABLED"] = False
    answer = ask(visitor, case)

    assert answer.status_code == REFUSED[case][3]
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert re.fullmatch("[0-9a-f]{32}", answer.headers["X-Request-Id"])
    if not REFUSED[case][1].startswith("/api/"):
        assert re.search(r"<h1[^>]*>[^<]+</h1>.*<p class=\"lead\">[^<]+</p>", answer.text, re.DOTALL)


@CASES
def test_a_program_gets_the_same_refusal_as_a_problem(visitor, case):
    if case == "not signed in":
        visitor.application.config["WTF_CSRF_ENABLED"] = False
    answer = ask(visitor, case, headers={"Accept": "application/json"})

    assert (answer.status_code, answer.content_type) == (REFUSED[case][3], "application/problem+json")
    problem = answer.get_json()
    assert (problem["status"], problem["type"].startswith("/problems/"), problem["title"].endswith(".")) == (answer.status_code, True, True)
    assert problem["instance"] == answer.headers["X-Request-Id"]


def test_a_405_says_what_is_possible(visitor):
    assert set(visitor.delete("/sign-in").headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize(("error", "status"), [(RuntimeError("Kari Nordmann, kari@example.org"), 500), (OperationalError("SELECT 'kari@example.org'", {}, Exception("kari")), 503)])
def test_a_fault_of_ours_tells_no_detail_but_a_reference(app, monkeypatch, error, status):
    def fail(*_arguments, **_options):
        raise error

    monkeypatch.setitem(app.view_functions, "accounts.signed_out", fail)
    answer = app.test_client().get("/signed-out")

    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert not [word for word in ("Kari", "kari", "SELECT", "Traceback", "RuntimeError", "OperationalError") if word in answer.text]
    assert answer.headers["X-Request-Id"] in answer.text


def test_a_page_of_somebody_signed_in_is_kept_by_no_cache_also_when_it_is_a_refusal(client, db):
    factories.signed_in(client, factories.person("Kari"))

    assert [client.get(page).headers["Cache-Control"] for page in ("/me", "/no-such-page", "/sign-in")] == ["no-store"] * 3
    assert {"Cookie", "Accept-Language"} <= {part.strip() for part in client.get("/me").headers["Vary"].split(",")}


def test_a_proxy_that_the_settings_do_not_name_is_not_believed(app):
    spoofed = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "X-Forwarded-For": "10.0.0.1", "Forwarded": "host=evil.example;proto=https"}
    seen = []
    app.before_request_funcs[None].append(lambda: seen.append((request.host, request.is_secure, request.remote_addr)))
    app.test_client().get("/healthz", headers=spoofed)
    app.before_request_funcs[None].pop()

    assert seen == [("localhost", False, "127.0.0.1")]


def test_a_proxy_that_the_settings_name_is_believed_for_one_hop(another_app):
    app = another_app(environ={"SEKSTI_PROXIES": "1"})
    seen = []
    app.add_url_rule("/seen", view_func=lambda: seen.append(request.remote_addr) or "")

    app.test_client().get("/seen", headers={"X-Forwarded-For": "10.0.0.1, 10.0.0.2"})

    assert seen == ["10.0.0.2"]


def test_a_host_that_production_does_not_answer_to_is_refused(another_app, tmp_path):
    environ = {"SEKSTI_ENV": "production", "SEKSTI_HOSTS": "seksti.example", "SEKSTI_INSTANCE": str(tmp_path)}
    visitor = another_app(environ=environ).test_client()

    statuses = [visitor.get("/healthz", base_url=f"https://{host}").status_code for host in ("seksti.example", "evil.example", "seksti.example.evil.example")]

    assert statuses == [200, 400, 400]


def test_production_asks_browsers_to_come_by_https_only(another_app, tmp_path):
    environ = {"SEKSTI_ENV": "production", "SEKSTI_HOSTS": "localhost", "SEKSTI_INSTANCE": str(tmp_path)}
    visitor = another_app(environ=environ).test_client()

    assert {visitor.get(page, base_url="https://localhost").headers["Strict-Transport-Security"] for page in ("/sign-in", "/no-such-page")} == {
        "max-age=31536000; includeSubDomains"
    }


def test_no_answer_lets_another_site_read_it(client):
    answers = [client.get(page, headers={"Origin": "https://evil.example"}) for page in ("/sign-in", "/healthz", "/no-such-page")]

    assert [answer.headers.get("Access-Control-Allow-Origin") for answer in answers] == [None, None, None]
