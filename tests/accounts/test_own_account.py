"""Messages in words, and the language one reads."""

import ast
from datetime import timedelta

import pytest

from accounts import audit, queries, wording
from config.settings import ROOT
from tests import factories
from tests.factories import MONDAY

PACKAGES = ("accounts", "catalog", "enrolment", "regions", "demo")


@pytest.fixture
def kari(db, client):
    somebody = factories.person("Kari Nordmann")
    factories.signed_in(client, somebody)
    return somebody


@pytest.fixture
def worded(app):
    before = dict(app.extensions.get("sentences", {}))
    wording.add(app, "seat-offered", lambda facts: f"You are offered a seat in {facts['module']}.")
    yield
    app.extensions["sentences"] = before


def told(person, *modules: str, address: str | None = "/me/enrolments") -> None:
    for hours, module in enumerate(modules):
        audit.tell(person.id, "seat-offered", at=MONDAY - timedelta(hours=hours), address=address, module=module)
    factories.db.session.commit()


def test_messages_are_sentences_the_latest_first_and_the_head_counts_the_unread(client, kari, worded):
    told(kari, "Geometry", "Algebra")

    page = client.get("/me/messages").text

    assert page.index("You are offered a seat in Geometry.") < page.index("You are offered a seat in Algebra.")
    assert "You have 2 unread messages." in page
    assert '<span>Messages</span> <b>2</b>' in page
    assert '<a href="/me/enrolments">' in page


def test_a_page_that_is_only_read_marks_nothing_as_read(client, kari, worded):
    told(kari, "Geometry")
    client.get("/me/messages")

    assert "You have 1 unread message." in client.get("/me/messages").text


def test_one_message_or_all_are_marked_as_read(client, kari, worded, db):
    told(kari, "Geometry", "Algebra", "Statistics")
    newest = queries.messages_of(kari.id)[0]
    client.post(f"/me/messages/{newest.uuid}/reading")
    after_one = client.get("/me/messages").text
    client.post("/me/messages/reading")
    after_all = client.get("/me/messages").text

    assert "You have 2 unread messages." in after_one
    assert "You have read everything." in after_all


def test_another_one_s_message_is_not_there(client, kari, worded, db):
    ola = factories.person("Ola")
    told(ola, "Secrets")
    theirs = queries.messages_of(ola.id)[0]

    assert client.post(f"/me/messages/{theirs.uuid}/reading").status_code == 404
    assert "Secrets" not in client.get("/me/messages").text
    assert queries.unread(ola.id) == 1


def test_facts_are_shown_as_text_and_never_run(client, kari, worded):
    told(kari, '"><svg/onload=alert(1)>')

    assert "<svg/onload" not in client.get("/me/messages").text


def test_a_message_of_an_unknown_kind_still_says_that_something_happened(client, kari):
    audit.tell(kari.id, "from-an-older-time", at=MONDAY)
    factories.db.session.commit()

    assert "Something of yours has changed." in client.get("/me/messages").text


def test_who_has_no_messages_is_told_what_comes_here(client, kari):
    assert "No messages yet" in client.get("/me/messages").text


def test_the_number_of_questions_does_not_grow_with_the_messages(client, kari, worded, count_queries):
    def asked(*modules: str) -> int:
        told(kari, *modules)
        with count_queries() as seen:
            client.get("/me/messages")
        return len(seen)

    assert asked("Geometry") == asked("Algebra", "Statistics")


def test_every_kind_of_message_that_is_told_has_its_sentence(app):
    kinds = {kind for package in PACKAGES for path in (ROOT / package).rglob("*.py") for kind in _told_in(path)}

    assert kinds - wording.kinds(app) == set()


def _told_in(path) -> set[str]:
    """The kinds named in calls of `tell`."""
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call) and len(node.args) > 1]
    told = [call for call in calls if getattr(call.func, "attr", getattr(call.func, "id", "")) in ("tell", "_tell")]
    return {part.value for call in told for part in ast.walk(call.args[1]) if isinstance(part, ast.Constant)}


def test_the_language_is_kept_with_the_person_and_follows_them_to_another_browser(app, client, kari):
    answer = client.post("/me/language", data={"language": "nn", "next": "/me"})
    elsewhere = factories.signed_in(app.test_client(), kari)

    assert (answer.status_code, answer.location) == (302, "/me")
    assert ['<html lang="nn">' in one.get("/me").text for one in (client, elsewhere)] == [True, True]


def test_the_person_s_language_wins_over_the_cookie_and_the_cookie_over_the_browser(client, kari, db):
    client.set_cookie("language", "nn")
    with_cookie = client.get("/me").text
    kari.language = "nb"
    db.session.commit()
    with_both = client.get("/me").text

    assert ['lang="nn"' in with_cookie.split(">")[1], 'lang="nb"' in with_both.split(">")[1]] == [True, True]


@pytest.mark.parametrize("code", ["", "se", "../etc", "nb' --", "x" * 5000])
def test_a_language_that_is_none_is_refused_and_nothing_is_kept(client, kari, db, code):
    assert client.post("/me/language", data={"language": code}).status_code == 404
    db.session.refresh(kari)
    assert kari.language is None


def test_a_stranger_chooses_a_language_by_a_link(client):
    answer = client.get("/language/nn?next=/sign-in")

    assert answer.location == "/sign-in"
    assert '<html lang="nn">' in client.get("/sign-in").text
    assert client.get("/language/se").status_code == 404
