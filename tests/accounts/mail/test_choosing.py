"""Choosing how to be told, the mail log, what an e-mail looks like, and the settings."""

import pytest

from accounts.mail import services
from accounts.mail.lifecycle import How
from accounts.mail.models import MailChoice
from accounts.mail.topics import all_topics
from accounts.models import OrganisationKind, Role
from config import settings
from config.settings import MailServer, SettingWrong
from tests import factories
from tests.accounts.mail.conftest import SITE, reader, told
from tests.factories import MONDAY


@pytest.fixture
def kari(db, client):
    return factories.signed_in(client, reader()) and db.session.query(factories.Person).one()


@pytest.fixture
def authority(db, client):
    body = factories.organisation(OrganisationKind.AUTHORITY, "The directorate")
    return factories.signed_in(client, factories.member(body.id, Role.AUTHORITY))


def test_what_is_chosen_is_kept_and_shown_again(client, kari, db):
    chosen = {topic.code: "now" for topic in all_topics()} | {"seats": "daily", "credits": "app"}

    answer = client.post("/me/mail", data=chosen)

    assert answer.status_code == 302
    assert {row.topic: row.how for row in db.session.query(MailChoice)} == {topic: How(how) for topic, how in chosen.items()}
    assert 'name="credits" value="app" checked' in client.get("/me/mail").text


def test_a_topic_left_out_or_a_way_that_is_none_is_refused_and_nothing_is_kept(client, kari, db):
    answer = client.post("/me/mail", data={"seats": "by pigeon"})

    assert answer.status_code == 422
    assert db.session.query(MailChoice).count() == 0


def test_the_page_says_that_no_mail_can_be_sent_from_here(client, kari):
    assert "E-mail is not set up here, so every message stays in the app for now." in client.get("/me/mail").text


def test_the_log_names_nobody(client, authority, db):
    somebody = reader("Secret Reader", email=None)
    told(somebody, "Algebra")
    services.send_due(MONDAY, MailServer("127.0.0.1", 1, "none", "seksti@example.no"), SITE)

    page = client.get("/national/mail").text
    looked_up = client.get("/national/mail", query_string={"person": str(somebody.uuid), "state": "sent"}).text

    assert "No e-mail address is known." in page
    assert "Your seats" in page
    assert [word for word in ("Secret", "Algebra", "example.no") if word in page.split("<main")[1]] == []
    assert "Nothing here" in looked_up


@pytest.mark.parametrize("language", ["en", "nb", "nn"])
def test_every_kind_of_mail_can_be_looked_at(app, client, authority, language):
    kinds = sorted(app.extensions["sentences"])
    pages = {kind: client.get("/national/mail/preview", query_string={"kind": kind, "language": language}) for kind in kinds}

    assert {kind: page.status_code for kind, page in pages.items()} == dict.fromkeys(kinds, 200)
    assert "[module]" in pages["seat-offered"].text


ENVIRON = {"SEKSTI_ENV": "test", "SECRET_KEY": "a key for the tests, of more than 32 characters"}


@pytest.mark.parametrize(
    ("smtp", "sender", "known"),
    [
        ("smtps://seksti:p%40ss%2Fword@mail.example.no", "Seksti <seksti@example.no>", MailServer("mail.example.no", 465, "tls", "Seksti <seksti@example.no>", "seksti", "p@ss/word")),
        ("smtp://mail.example.no:2587", "seksti@example.no", MailServer("mail.example.no", 2587, "starttls", "seksti@example.no")),
        ("smtp+plain://localhost", "seksti@example.no", MailServer("localhost", 25, "none", "seksti@example.no")),
        ("", "", None),
    ],
)  # fmt: skip
def test_the_mail_server_is_read_from_the_settings(tmp_path, smtp, sender, known):
    read = settings.read(ENVIRON | {"SEKSTI_INSTANCE": str(tmp_path), "SEKSTI_SMTP": smtp, "SEKSTI_MAIL_FROM": sender})

    assert read.mail == known


@pytest.mark.parametrize(
    ("smtp", "sender", "named"),
    [
        ("mail.example.no", "seksti@example.no", "SEKSTI_SMTP"),
        ("https://mail.example.no", "seksti@example.no", "SEKSTI_SMTP"),
        ("smtps://", "seksti@example.no", "SEKSTI_SMTP"),
        ("smtps://mail.example.no:99999", "seksti@example.no", "SEKSTI_SMTP"),
        ("smtp+plain://mail.example.no", "seksti@example.no", "SEKSTI_SMTP"),
        ("smtps://u:hunter2/x@mail.example.no", "seksti@example.no", "SEKSTI_SMTP"),
        ("smtps://mail.example.no", "", "SEKSTI_MAIL_FROM"),
        ("smtps://mail.example.no", "Seksti", "SEKSTI_MAIL_FROM"),
        ("smtps://mail.example.no", "a@b@c", "SEKSTI_MAIL_FROM"),
        ("smtps://mail.example.no", "Seksti <seksti@example.no>\nBcc: x@example.no", "SEKSTI_MAIL_FROM"),
    ],
)  # fmt: skip
def test_a_wrong_setting_stops_the_start_and_repeats_no_password(tmp_path, smtp, sender, named):
    with pytest.raises(SettingWrong) as wrong:
        settings.read(ENVIRON | {"SEKSTI_INSTANCE": str(tmp_path), "SEKSTI_SMTP": smtp, "SEKSTI_MAIL_FROM": sender})

    assert named in str(wrong.value)
    assert "hunter2" not in str(wrong.value)
