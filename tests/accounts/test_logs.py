"""What the logs tell: that somebody came, or was refused, and never who."""

import io
import json
import sys

import pytest

from config import logs
from tests import factories

TELLING = ("Kari", "Nordmann", "kari@example.org", "01017012345", "secret", "session ")


@pytest.fixture
def lines(monkeypatch):
    """The log lines written so far, as machines read them."""
    written = io.StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    logs.init("json")
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    monkeypatch.undo()
    logs.init("text")


def test_coming_and_going_are_a_line_each_without_a_name(browser, bad_providers, lines):
    browser.sign_in("idporten")
    browser.client.post("/me/name", data={"name": "Kari Nordmann"})
    token = browser.client.get_cookie("seksti").value
    browser.client.get("/me")
    browser.client.post("/sign-out")

    assert [(line["event"], line["provider"]) for line in lines()] == [("signed in", "idporten"), ("signed out", "idporten")]
    assert not [word for word in (*TELLING, token) if word in json.dumps(lines())]


@pytest.mark.parametrize("fault", ["wrong-nonce", "foreign-audience", "denies", "gives-no-id-token", "userinfo-of-another"])
def test_a_refused_sign_in_is_a_line_that_says_why(browser, bad_providers, lines, fault):
    browser.sign_in("honest", fault=fault)

    refused = [line for line in lines() if line["event"] == "sign-in refused"]
    assert [(line["provider"], line["level"], bool(line["why"])) for line in refused] == [("honest", "info", True)]
    assert not [word for word in TELLING if word in json.dumps(lines())]


def test_each_refusal_of_ours_is_one_line_with_its_route_and_not_its_address(client, db, lines):
    factories.signed_in(client, factories.person("Kari Nordmann"))
    client.post("/me/messages/00000000-0000-0000-0000-00000000abcd/reading")
    client.post("/me/language", data={"language": "kari@example.org"})
    client.delete_cookie("seksti")
    client.post("/me/language", data={"language": "nn"})

    assert [(line["event"], line["status"], line["method"], line["route"]) for line in lines()] == [
        ("refused", 404, "POST", "/me/messages/<uuid:message>/reading"),
        ("refused", 404, "POST", "/me/language"),
        ("refused", 401, "POST", "/me/language"),
    ]
    assert not [word for word in (*TELLING, "abcd") if word in json.dumps(lines())]


def test_a_fault_of_ours_is_a_line_with_its_places_and_without_its_words(app, client, monkeypatch, lines):
    def fail():
        raise ValueError("Kari Nordmann kari@example.org")

    monkeypatch.setitem(app.view_functions, "accounts.signed_out", fail)
    client.get("/signed-out?secret=Kari")

    [line] = lines()
    assert (line["event"], line["kind"], line["path"], line["level"]) == ("request failed", "ValueError", "/signed-out", "error")
    assert line["places"][-1].startswith("accounts/test_logs.py:")
    assert not [word for word in TELLING if word in json.dumps(line)]


@pytest.mark.parametrize("text", ["a\r\nb", "a\u2028b", "a\nrefused status=200", "\x1b[31m"])
def test_what_was_sent_cannot_forge_a_line(lines, text):
    logs.log.info("tried", why=text)

    assert len(lines()) == 1


def test_a_mail_address_or_identity_number_that_slips_through_is_masked(lines):
    logs.log.info("tried", why="from kari@example.org, 01017012345", deeper=["ola@example.org"], deepest={"who": "per@example.org"})

    assert not [word for word in ("kari@", "ola@", "per@", "01017012345") if word in json.dumps(lines())]


def test_text_for_people_is_one_line_too(monkeypatch):
    written = io.StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    logs.init("text")
    logs.log.info("tried", why="a\r\nb")
    monkeypatch.undo()
    logs.init("text")

    assert len(written.getvalue().splitlines()) == 1
