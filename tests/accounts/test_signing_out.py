"""Signing out: here, at the provider, and from afar."""

import json
import time
import urllib.request
from datetime import timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from sqlalchemy import select

from accounts import provider_client
from accounts.models import Event, SignIn
from config.clock import now
from tests.accounts.conftest import redirected


def is_signed_in(client) -> bool:
    return client.get("/me").status_code == 200


def replayed(app, client) -> int:
    """What is answered to somebody who kept the cookie."""
    thief = app.test_client()
    thief.set_cookie("seksti", client.get_cookie("seksti").value)
    return lambda: thief.get("/me").status_code


def test_signing_out_leads_on_to_the_provider_and_back(browser, mock_provider):
    browser.sign_in_at_mock()

    answer = browser.client.post("/sign-out")

    onwards = answer.headers["Refresh"].removeprefix("0; url=")
    asked = parse_qs(urlsplit(onwards).query)
    assert onwards.startswith(f"{mock_provider.issuer}/oauth2/end_session?")
    assert (asked["post_logout_redirect_uri"], asked["client_id"], asked["id_token_hint"][0].count(".")) == (["http://localhost/signed-out"], ["seksti"], 2)
    with urllib.request.urlopen(onwards) as page:
        assert page.status == 200
    assert "You are signed out of Seksti" in answer.text
    assert not is_signed_in(browser.client)
    assert "You are signed out" in browser.client.get("/signed-out?state=x").text


def test_the_provider_leads_back_to_a_page_of_ours(browser, bad_providers):
    browser.sign_in("honest")

    onwards = browser.client.post("/sign-out").headers["Refresh"].removeprefix("0; url=")

    assert redirected(onwards).startswith("http://localhost/signed-out?state=")


def test_the_id_token_is_sealed_while_kept_and_gone_afterwards(browser, mock_provider, db):
    browser.sign_in_at_mock()
    kept = db.session.scalar(select(SignIn.id_token))
    browser.client.post("/sign-out")

    assert kept.count(".") == 4  # encrypted, where a readable one has three parts
    assert db.session.scalar(select(SignIn.id_token)) is None


def test_a_kept_cookie_opens_nothing_after_signing_out(app, browser, bad_providers):
    browser.sign_in("honest")
    thief = replayed(app, browser.client)
    before = thief()
    browser.client.post("/sign-out")

    assert [before, thief()] == [200, 302]


def test_signing_out_works_while_the_provider_is_silent(app, browser, bad_providers, monkeypatch):
    browser.sign_in("honest")
    client = app.extensions["providers"]["honest"]
    client.server_metadata["_loaded_at"] = 0
    monkeypatch.setattr(client, "_server_metadata_url", "http://127.0.0.1:9/")

    answer = browser.client.post("/sign-out")

    assert (answer.status_code, answer.location) == (302, "/signed-out")
    assert not is_signed_in(browser.client)


def said(providers, issuer: str = "honest", fault: str = "", typ: str = "logout+jwt", **claims) -> str:
    """A provider's word that a session has ended."""
    query = urlencode({"claims": json.dumps(claims), "fault": fault, "typ": typ})
    with urllib.request.urlopen(f"{providers[issuer].issuer}/logout-token?{query}") as answer:
        return answer.read().decode()


def tell(app, token: str, key: str = "honest"):
    return app.test_client().post(f"/sign-in/with/{key}/backchannel-logout", data={"logout_token": token})


def test_a_provider_ends_every_sign_in_of_a_person_from_afar(app, browser, bad_providers, db):
    browser.sign_in("honest")
    another = type(browser)(app)
    another.sign_in("honest")
    ola = type(browser)(app)
    ola.sign_in("honest", login="ola")

    answer = tell(app, said(bad_providers, sub="kari"))

    assert (answer.status_code, answer.headers["Cache-Control"], answer.text) == (200, "no-store", "")
    assert [is_signed_in(one.client) for one in (browser, another, ola)] == [False, False, True]
    ends = db.session.scalars(select(Event).where(Event.kind == "sign-in", Event.event == "end")).all()
    assert [event.person_uuid for event in ends] == [None, None]


def test_a_provider_ends_one_session_from_afar(app, browser, bad_providers, db):
    browser.sign_in("honest")
    session = db.session.scalar(select(SignIn.provider_session))
    another = type(browser)(app)
    another.sign_in("honest")

    assert tell(app, said(bad_providers, sid=session)).status_code == 200
    assert [is_signed_in(one.client) for one in (browser, another)] == [False, True]


def test_a_word_about_somebody_unknown_is_heard_and_changes_nothing(app, browser, bad_providers):
    browser.sign_in("honest")

    assert tell(app, said(bad_providers, sub="nobody")).status_code == 200
    assert is_signed_in(browser.client)


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "other"}, {"aud": ["seksti", "other"]}, {"iss": "https://somebody.example"}, {"nonce": "x"}, {"events": None}, {"events": {}},
        {"events": "http://schemas.openid.net/event/backchannel-logout"}, {"sub": None}, {"sub": ["kari"]}, {"sub": {"a": 1}}, {"iat": None}, {"iat": "now"},
        {"iat": 1}, {"iat": 10**12}, {"iat": 10**400}, {"exp": 1}, {"exp": "soon"},
    ],
    ids=str,
)  # fmt: skip
def test_a_word_that_proves_nothing_ends_nothing(app, browser, bad_providers, claims):
    browser.sign_in("honest")

    answer = tell(app, said(bad_providers, **{"sub": "kari", **claims}))

    assert (answer.status_code, answer.json) == (400, {"error": "invalid_request"})
    assert is_signed_in(browser.client)


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "e30.e30.", "💥", "." * 20])
def test_a_word_that_is_no_token_ends_nothing(app, bad_providers, token):
    assert tell(app, token).status_code == 400


def test_a_word_signed_by_a_stranger_ends_nothing(app, browser, bad_providers):
    browser.sign_in("honest")

    assert tell(app, said(bad_providers, sub="kari", fault="wrong-key")).status_code == 400
    assert tell(app, said(bad_providers, sub="kari", typ="secevent+jwt")).status_code == 400
    assert tell(app, said(bad_providers, sub="kari"), key="other").status_code == 400
    assert is_signed_in(browser.client)


def test_an_id_token_is_not_taken_for_a_word_of_farewell(app, browser, bad_providers, monkeypatch):
    seen = []
    arrive = provider_client.Client.authorize_access_token
    monkeypatch.setattr(provider_client.Client, "authorize_access_token", lambda self, **options: seen.append(arrive(self, **options)) or seen[-1])
    browser.sign_in("honest")

    assert tell(app, seen[0]["id_token"]).status_code == 400
    assert is_signed_in(browser.client)


def test_a_word_that_is_played_again_does_not_end_a_later_sign_in(app, browser, bad_providers, db):
    token = said(bad_providers, sub="kari", iat=int(time.time()) - 120)
    browser.sign_in("honest")

    assert tell(app, token).status_code == 200
    assert is_signed_in(browser.client)


def test_a_word_is_not_believed_when_it_is_old(app, browser, bad_providers):
    token = said(bad_providers, sub="kari")
    browser.sign_in("honest")
    with app.app_context():
        later = now() + timedelta(minutes=10)
    app.config["CLOCK"] = lambda: later

    assert tell(app, token).status_code == 400


def in_a_frame(app, **query: str):
    return app.test_client().get("/sign-in/with/idporten/frontchannel-logout", query_string=query)


def test_a_provider_ends_a_session_in_a_frame_of_its_own_page(app, browser, bad_providers, db):
    browser.sign_in("idporten")
    another = type(browser)(app)
    another.sign_in("idporten")
    session = db.session.scalar(select(SignIn.provider_session).order_by(SignIn.id))
    issuer = bad_providers["idporten"].issuer

    answer = in_a_frame(app, iss=issuer, sid=session)

    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert answer.headers["Content-Security-Policy"] == f"default-src 'none'; frame-ancestors {issuer.removesuffix('/idporten')}"
    assert [one.client.get("/me/name").status_code for one in (browser, another)] == [302, 200]


@pytest.mark.parametrize("changed", [{"iss": "https://somebody.example"}, {"iss": ""}, {"sid": ""}])
def test_a_frame_that_names_no_session_of_that_provider_ends_nothing(app, browser, bad_providers, db, changed):
    browser.sign_in("idporten")
    session = db.session.scalar(select(SignIn.provider_session))

    assert in_a_frame(app, **{"iss": bad_providers["idporten"].issuer, "sid": session, **changed}).status_code == 400
    assert browser.client.get("/me/name").status_code == 200


def test_signing_out_of_one_s_made_up_person_stays_here(client, app, db):
    from tests import factories

    somebody = factories.person("Made Up", made_up=True)
    client.post(f"/sign-in/{somebody.uuid}")

    answer = client.post("/sign-out")

    assert (answer.status_code, answer.location) == (302, "/signed-out")
    assert answer.headers["Clear-Site-Data"] == '"cache"'
