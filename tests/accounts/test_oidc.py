"""Signing in with a provider: a real one, and one that does wrong in every way we know of."""

from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import func, select

from accounts import provider_client, queries
from accounts.models import Identity, Person, SignIn
from tests import factories

FAULTS_OF_THE_TOKEN = [
    "wrong-issuer", "no-issuer", "foreign-audience", "several-audiences", "no-audience", "wrong-party", "wrong-nonce", "no-nonce", "expired", "no-expiry",
    "spelled-expiry", "of-tomorrow", "no-issue", "no-subject", "empty-subject", "numbered-subject", "listed-subject", "endless-subject", "wrong-access-token",
    "unsigned", "signed-with-the-public-key", "signed-with-the-client-secret", "signed-by-a-stranger", "signed-with-an-unknown-key", "brings-its-own-key",
    "changed-after-signing", "gives-no-id-token", "gives-a-number", "gives-garbage", "gives-a-list", "userinfo-of-another", "userinfo-is-a-list", "names-another-issuer",
    "speaks-html",
]  # fmt: skip
SILENCES = ["fails", "leads-elsewhere", "userinfo-fails"]
NOT_TRUSTED = "The answer from Honest could not be trusted, so you have not been signed in."


def people(db) -> int:
    return db.session.scalar(select(func.count()).select_from(Person))


def test_a_newcomer_is_signed_in_by_a_real_provider_and_gets_an_account_without_a_role(browser, mock_provider, db):
    answer = browser.sign_in_at_mock()

    assert (answer.status_code, answer.location) == (302, "/me")
    person = queries.person_known_as(mock_provider.issuer, "kari")
    assert (person.name, person.email, person.memberships, person.made_up) == ("Kari Nordmann", "kari@example.org", [], False)
    page = browser.client.get("/me").text
    assert "Kari Nordmann" in page
    assert "You have no role yet." in page


def test_who_comes_again_is_the_same_person(browser, mock_provider, db):
    browser.sign_in_at_mock()
    browser.client.post("/sign-out")
    browser.sign_in_at_mock()

    assert people(db) == 1


def test_whoever_says_no_at_the_provider_is_told_that_nothing_happened(browser, mock_provider, db):
    answer = browser.sign_in_at_mock(action="deny")

    assert answer.status_code == 400
    assert "You did not finish signing in with The mock." in answer.text
    assert people(db) == 0


def test_the_way_to_the_provider_carries_code_state_nonce_and_a_hashed_proof(browser, bad_providers):
    asked = parse_qs(urlsplit(browser.go_to_provider("honest")).query)

    assert {name: asked[name] for name in ("response_type", "client_id", "scope", "code_challenge_method", "redirect_uri")} == {
        "response_type": ["code"], "client_id": ["seksti"], "scope": ["openid profile email"], "code_challenge_method": ["S256"],
        "redirect_uri": ["http://localhost/sign-in/with/honest/callback"],
    }  # fmt: skip
    assert [len(asked[name][0]) >= 20 for name in ("state", "nonce", "code_challenge")] == [True, True, True]


def test_each_way_to_the_provider_is_another_one(browser, bad_providers):
    first, second = (parse_qs(urlsplit(browser.go_to_provider("honest")).query) for _ in range(2))

    assert [first[name] == second[name] for name in ("state", "nonce", "code_challenge")] == [False, False, False]


@pytest.mark.parametrize("fault", FAULTS_OF_THE_TOKEN)
def test_an_answer_that_proves_nothing_is_refused_and_makes_no_account(browser, bad_providers, db, fault):
    answer = browser.sign_in("honest", fault=fault)

    assert answer.status_code == 400
    assert NOT_TRUSTED in answer.text
    assert "seksti=" not in answer.headers.get("Set-Cookie", "")
    assert people(db) == 0


@pytest.mark.parametrize("fault", SILENCES)
def test_a_provider_that_fails_on_the_way_is_a_sentence_and_makes_no_account(browser, bad_providers, db, fault):
    answer = browser.sign_in("honest", fault=fault)

    assert answer.status_code == 503
    assert "Honest does not answer just now" in answer.text
    assert people(db) == 0


def test_a_provider_that_hangs_is_not_waited_for(browser, bad_providers, db, monkeypatch):
    monkeypatch.setattr(provider_client, "SECONDS", (1, 0.3))

    answer = browser.sign_in("honest", fault="hangs")

    assert answer.status_code == 503
    assert people(db) == 0


def test_while_a_provider_is_silent_it_is_left_alone_and_the_catalogue_is_open(browser, bad_providers, app, monkeypatch):
    monkeypatch.setattr(provider_client, "SECONDS", (1, 0.3))
    first = browser.client.get("/sign-in/with/hanging")
    monkeypatch.setattr(provider_client, "SECONDS", (60, 60))  # asking again would take a minute
    second = browser.client.get("/sign-in/with/hanging")

    assert [first.status_code, second.status_code] == [503, 503]
    assert "Everything that needs no sign-in is open." in first.text
    assert browser.client.get("/").status_code == 200
    assert browser.client.get("/sign-in/with/honest").status_code == 302


def test_a_provider_that_calls_itself_somebody_else_is_refused(browser, bad_providers):
    answer = browser.client.get("/sign-in/with/lying")

    assert answer.status_code == 400
    assert "could not be trusted" in answer.text


@pytest.mark.parametrize("fault", ["unsigned", "signed-with-the-public-key", "signed-with-the-client-secret"])
def test_a_provider_cannot_make_us_accept_a_weak_signature_by_claiming_to_use_it(browser, bad_providers, db, fault):
    answer = browser.sign_in("weak", fault=fault)

    assert answer.status_code == 400
    assert people(db) == 0


def test_an_answer_that_names_its_own_issuer_is_welcome(browser, bad_providers, db):
    assert browser.sign_in("promising", fault="names-its-issuer").status_code == 302
    assert people(db) == 1


def test_an_answer_that_had_to_name_its_issuer_and_does_not_is_refused(browser, bad_providers, db):
    assert browser.sign_in("promising").status_code == 400
    assert people(db) == 0


def test_an_answer_of_one_provider_is_not_taken_at_the_address_of_another(browser, bad_providers, db):
    led_back = browser.there("honest")

    answer = browser.come_back(led_back.replace("/with/honest/", "/with/other/"))

    assert answer.status_code == 400
    assert people(db) == 0


def test_an_answer_is_taken_only_in_the_browser_that_asked(app, browser, bad_providers, db):
    led_back = browser.there("honest")
    another = app.test_client()

    answer = another.get(urlsplit(led_back).path, query_string=urlsplit(led_back).query)

    assert answer.status_code == 400
    assert "This sign-in was begun in another browser, or too long ago." in answer.text
    assert people(db) == 0


def test_an_answer_is_taken_once(browser, bad_providers, db):
    led_back = browser.there("honest")
    first = browser.come_back(led_back)
    browser.client.post("/sign-out")

    assert [first.status_code, browser.come_back(led_back).status_code] == [302, 400]
    assert db.session.scalar(select(func.count()).select_from(SignIn)) == 1


@pytest.mark.parametrize("query", ["", "code=x", "state=x", "code=&state=", "code=x&state=x", "error=server_error", "code=x&code=y&state=z", "state=%00", "code=" + "x" * 3000])
def test_an_address_that_nobody_led_to_signs_nobody_in(client, bad_providers, db, query):
    answer = client.get(f"/sign-in/with/honest/callback?{query}")

    assert answer.status_code in (400, 422)
    assert people(db) == 0


def test_what_the_provider_says_is_wrong_is_never_shown_as_it_stands(browser, bad_providers):
    answer = browser.sign_in("honest", fault="denies")

    assert "<b>no</b>" not in answer.text


def test_the_same_subject_or_mail_at_another_provider_is_another_person(browser, bad_providers, db):
    for provider, login in (("honest", "kari"), ("other", "kari"), ("honest", "ola")):
        browser.sign_in(provider, login=login)
        browser.client.post("/sign-out")

    issuers = db.session.execute(select(Identity.issuer, Identity.subject, Identity.person_id)).all()
    assert sorted((issuer.rsplit("/", 1)[1], subject) for issuer, subject, _person in issuers) == [("honest", "kari"), ("honest", "ola"), ("other", "kari")]
    assert len({person for _issuer, _subject, person in issuers}) == 3


def test_a_closed_account_stays_closed(browser, bad_providers, db):
    browser.sign_in("honest")
    queries.person_known_as(bad_providers["honest"].issuer, "kari").disabled_at = factories.MONDAY
    db.session.commit()

    assert browser.client.get("/me").status_code == 302
    answer = browser.sign_in("honest")

    assert answer.status_code == 403
    assert "This account is closed." in answer.text


def test_a_new_name_at_the_provider_is_taken_over(browser, bad_providers, db):
    browser.sign_in("honest")
    queries.person_known_as(bad_providers["honest"].issuer, "kari").name = "Kari Hansen"
    db.session.commit()
    browser.client.post("/sign-out")
    browser.sign_in("honest")

    assert queries.person_known_as(bad_providers["honest"].issuer, "kari").name == "Kari Nordmann"


def test_one_comes_back_to_where_one_was_going(browser, bad_providers):
    assert browser.sign_in("honest", wanted="/me/messages").location == "/me/messages"


@pytest.mark.parametrize("wanted", ["//evil.example", "https://evil.example", "/\\evil.example", "/no-such-page"])
def test_one_never_comes_back_elsewhere(browser, bad_providers, wanted):
    assert browser.sign_in("honest", wanted=wanted).location == "/me"


def test_a_name_of_odd_signs_becomes_one_line(browser, bad_providers, db):
    browser.sign_in("honest", login="noisy")

    person = queries.person_known_as(bad_providers["honest"].issuer, "noisy")
    assert (person.name, person.email, person.language) == ("Kari Nord mann", None, "nb")


def test_nobody_comes_from_a_provider_that_is_not_named(client, bad_providers):
    assert [client.get(f"/sign-in/with/{key}").status_code for key in ("nobody", "demo", "..")] == [404, 404, 404]


def test_who_comes_twice_at_once_for_the_first_time_is_one_person(browser, bad_providers, db, monkeypatch):
    browser.sign_in("honest")
    browser.client.post("/sign-out")
    known_as, asked = queries.person_known_as, []

    def not_yet(issuer: str, subject: str):
        """The other one's account is not there when it is looked for, and is there when ours is made."""
        asked.append(subject)
        return None if len(asked) == 1 else known_as(issuer, subject)

    monkeypatch.setattr(queries, "person_known_as", not_yet)

    assert browser.sign_in("honest").status_code == 302
    assert (people(db), asked) == (1, ["kari", "kari"])


def test_beginning_over_and_over_does_not_fill_the_cookie_and_the_last_two_tabs_work(browser, bad_providers, db):
    for _ in range(10):
        browser.go_to_provider("feide", next="/me/messages?" + "x" * 300)
    first = browser.there("honest")
    browser.there("other")

    assert len(browser.client.get_cookie("seksti-page").value) < 3000
    assert [browser.come_back(first).status_code, browser.client.get("/me").status_code] == [302, 200]


def test_a_tab_too_many_is_told_to_begin_again(browser, bad_providers):
    first = browser.there("honest")
    browser.there("honest")
    browser.there("honest")

    assert browser.come_back(first).status_code == 400
