"""Letters go once, to a mail server in a process of its own, however it behaves and however many ticks there are."""

import os
import ssl
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from accounts import audit
from accounts.mail import office, queries, rules, services
from accounts.mail.lifecycle import How, Post
from accounts.mail.models import Letter
from accounts.mail.office import TIMEOUT
from config import database
from config.clock import HOME
from config.settings import ROOT
from tests.accounts.mail.conftest import SITE, MailBox, reader, told
from tests.factories import MONDAY, acting
from tests.ports import free_port


def letters(db) -> list[tuple[Post, str | None]]:
    db.session.expire_all()
    return [(one.state, one.why) for one in db.session.query(Letter).order_by(Letter.id)]


def send(server, at=MONDAY) -> int:
    return services.send_due(at, server, SITE)


def test_a_message_leaves_a_letter_in_the_same_transaction_or_not_at_all(db):
    kari = reader()
    audit.tell(kari.id, "seat-offered", at=MONDAY, module="Algebra")
    db.session.rollback()
    after_rollback = letters(db)
    told(kari, "Algebra")

    assert (after_rollback, letters(db)) == ([], [(Post.WAITING, None)])


def test_it_arrives_in_the_readers_language_with_the_page_it_is_about(db, mail_server, worded):
    kari = reader(language="nb")
    told(kari, "Algebra")

    with mail_server() as box:
        send(box.server())

        [mail] = box.letters
        assert (mail["To"], mail["Subject"]) == ("Kari Nordmann <kari@example.no>", "You are offered a seat in Algebra.")
        assert mail["From"] == "Seksti <seksti@example.no>"
        body = mail.get_content()
        assert f"{SITE}/me/enrolments" in body
        assert "Hei, Kari Nordmann" in body
        assert f"{SITE}/me/mail" in body
    assert letters(db) == [(Post.SENT, None)]


def test_a_second_round_sends_nothing_more(db, mail_server, worded):
    told(reader(), "Algebra")

    with mail_server() as box:
        send(box.server())
        again = send(box.server())

        assert (again, len(box.letters)) == (0, 1)


def test_a_digest_holds_the_days_messages_at_seven_and_leaves_out_what_is_read(db, mail_server, worded):
    kari = reader()
    services.choose({"seats": How.DAILY}, actor=acting(kari))
    told(kari, "Algebra", "Geometry", "Statistics")
    tomorrow = datetime(2026, 11, 24, 7, 0, tzinfo=HOME)

    with mail_server() as box:
        send(box.server(), MONDAY + timedelta(hours=9))
        before = len(box.letters)
        send(box.server(), tomorrow)

        [mail] = box.letters
        assert (before, mail["Subject"]) == (0, "Seksti: 3 messages since yesterday")
        assert [mail.get_content().count(name) for name in ("Algebra", "Geometry", "Statistics")] == [1, 1, 1]


@pytest.mark.parametrize(
    ("known", "why"),
    [({"email": None}, "no-address"), ({"disabled_at": MONDAY}, "closed"), ({"email": "kari@example.no\nBcc: x@example.no"}, "bad-address"), ({"email": "no address"}, "bad-address")],
)  # fmt: skip
def test_who_cannot_be_written_to_reads_it_in_the_app(db, mail_server, worded, known, why):
    told(reader(**known), "Algebra")

    with mail_server() as box:
        send(box.server())

        assert box.letters == []
    [(state, reason)] = letters(db)
    assert (state in (Post.KEPT, Post.GIVEN_UP), reason) == (True, why)


def test_without_a_mail_server_messages_stay_in_the_app_for_good(db, mail_server, worded):
    told(reader(), "Algebra")
    send(None)

    with mail_server() as box:
        send(box.server())

        assert box.letters == []
    assert letters(db) == [(Post.KEPT, "no-server")]


def test_what_is_chosen_for_the_app_alone_is_not_sent(db, mail_server, worded):
    kari = reader()
    services.choose({"seats": How.APP}, actor=acting(kari))
    told(kari, "Algebra")

    with mail_server() as box:
        send(box.server())

        assert box.letters == []
    assert letters(db) == [(Post.KEPT, "chosen")]


def test_a_lasting_refusal_is_given_up_with_the_servers_words_and_without_the_address(db, mail_server, worded):
    told(reader(), "Algebra")

    with mail_server("refuses-recipient") as box:
        send(box.server())

    assert letters(db) == [(Post.GIVEN_UP, "550 5.1.1 … there is no such mailbox")]


@pytest.mark.parametrize("manner", ["refuses-for-now", "drops", "full"])
def test_what_may_pass_is_tried_again_with_growing_waits_and_given_up_after_the_last(db, mail_server, worded, manner):
    told(reader(), "Algebra")
    at, waits = MONDAY, []

    with mail_server(manner) as box:
        for _try in range(rules.MOST_TRIES):
            send(box.server(), at)
            due = db.session.query(Letter).one().due_at
            waits.append(due - at)
            too_early = send(box.server(), due - timedelta(seconds=1)) if due > at else 0
            assert too_early == 0
            at = max(due, at)

    [(state, why)] = letters(db)
    assert tuple(waits[:-1]) == rules.WAITS
    assert (state, bool(why)) == (Post.GIVEN_UP, True)


def test_it_goes_when_the_server_is_itself_again(db, mail_server, worded):
    told(reader(), "Algebra")
    with mail_server("drops") as box:
        send(box.server())
    first = db.session.query(Letter).one().went_with

    with mail_server("takes") as box:
        send(box.server(), MONDAY + timedelta(minutes=1))

        assert [mail["Message-ID"] for mail in box.letters] == [f"<{first}@example.no>"]


def test_a_server_that_hangs_is_left_after_a_while(db, mail_server, worded, monkeypatch):
    monkeypatch.setattr(office, "TIMEOUT", 1)
    told(reader(), "Algebra")

    with mail_server("hangs") as box:
        send(box.server())

    assert letters(db) == [(Post.WAITING, "no-answer")]
    assert TIMEOUT == 20


def test_a_server_that_is_not_there_keeps_one_letter_back_and_does_not_ask_for_the_rest(db, worded):
    told(reader(), "Algebra", "Geometry")
    send(MailBox(free_port(), None).server())

    assert letters(db) == [(Post.WAITING, "not-reached"), (Post.WAITING, None)]


@pytest.fixture
def certificate(tmp_path, monkeypatch):
    """A certificate for 127.0.0.1 that this process trusts."""
    paths = [str(tmp_path / name) for name in ("certificate.pem", "key.pem")]
    words = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run([*words, "-out", paths[0], "-keyout", paths[1]], check=True, capture_output=True)
    monkeypatch.setenv("SSL_CERT_FILE", paths[0])
    assert ssl.create_default_context()
    return paths


def test_with_tls_and_a_password_it_goes(db, mail_server, worded, certificate):
    told(reader(), "Algebra")

    with mail_server("wants-password", *certificate) as box:
        send(box.server(security="starttls", user="seksti", password="p@ss/word"))

        assert len(box.letters) == 1


def test_a_certificate_that_nobody_vouches_for_gets_no_password(db, mail_server, worded, certificate, monkeypatch):
    told(reader(), "Algebra")
    monkeypatch.delenv("SSL_CERT_FILE")

    with mail_server("wants-password", *certificate) as box:
        send(box.server(security="starttls", user="seksti", password="p@ss/word"))

        assert box.letters == []
    assert letters(db) == [(Post.WAITING, "no-tls")]


def test_a_server_without_tls_is_not_spoken_to_where_tls_is_demanded(db, mail_server, worded):
    told(reader(), "Algebra")

    with mail_server() as box:
        send(box.server(security="starttls"))

    assert letters(db) == [(Post.WAITING, "no-tls")]


def test_a_wrong_password_is_told_in_the_log(db, mail_server, worded, certificate):
    told(reader(), "Algebra")

    with mail_server("refuses-our-password", *certificate) as box:
        send(box.server(security="starttls", user="seksti", password="wrong"))

    assert letters(db) == [(Post.WAITING, "refused-us")]


def test_four_ticks_at_once_send_each_letter_once(app, db, mail_server, worded):
    for number in range(12):
        told(reader(f"Reader{number} Nordmann"), "Algebra")

    def tick(_number):
        with app.app_context():
            try:
                return services.send_due(MONDAY, server, SITE)
            finally:
                database.db.session.remove()

    with mail_server() as box:
        server = box.server()
        db.session.remove()
        with ThreadPoolExecutor(4) as several:
            list(several.map(tick, range(4)))
        send(server)

        assert sorted(mail["To"].addresses[0].addr_spec for mail in box.letters) == sorted(f"reader{number}@example.no" for number in range(12))
    assert letters(db) == [(Post.SENT, None)] * 12


def test_a_letter_in_the_hand_of_a_tick_that_was_killed_goes_later_under_the_same_number(db, mail_server, worded):
    told(reader(), "Algebra")
    services._sort(MONDAY, can_send=True)
    with mail_server() as box:
        held = services._take_in_hand(MONDAY, box.server(), SITE)  # and the process is no more
        at_once = send(box.server(), MONDAY + timedelta(minutes=1))
        send(box.server(), MONDAY + rules.HELD)

        assert (at_once, [mail["Message-ID"] for mail in box.letters]) == (0, [f"<{held.number}@example.no>"])


def test_the_tick_sends_what_waits(app, db, mail_server, worded, tmp_path):
    """Through the settings and the command itself."""
    told(reader(), "Algebra")
    url = str(db.engine.url.render_as_string(hide_password=False))
    db.session.remove()
    with mail_server() as box:
        environ = os.environ | {
            "DATABASE_URL": url.replace("postgresql+psycopg", "postgresql"), "SEKSTI_SMTP": f"smtp+plain://localhost:{box.port}",
            "SEKSTI_MAIL_FROM": "Seksti <seksti@example.no>", "SEKSTI_INSTANCE": str(tmp_path / "instance"), "SEKSTI_ENV": "test",
        }  # fmt: skip
        subprocess.run([sys.executable, "-m", "flask", "--app", "wsgi", "tick"], cwd=ROOT, env=environ, check=True, capture_output=True)

        assert [mail["To"].addresses[0].addr_spec for mail in box.letters] == ["kari@example.no"]


def test_the_morning_after_is_seven_at_home_also_when_the_clock_goes_back():
    saturday_night = datetime(2026, 10, 24, 23, 0, tzinfo=HOME)

    assert services.next_digest(saturday_night) == datetime(2026, 10, 25, 7, 0, tzinfo=HOME)
    assert services.next_digest(datetime(2026, 11, 23, 6, 59, tzinfo=HOME)) == datetime(2026, 11, 23, 7, 0, tzinfo=HOME)
    assert services.next_digest(datetime(2026, 11, 23, 7, 0, tzinfo=HOME)) == datetime(2026, 11, 24, 7, 0, tzinfo=HOME)


def test_the_log_tells_what_sort_of_message_and_not_whom(db):
    told(reader(), "Algebra", "Geometry", "Statistics")

    rows = queries.log(state=None, person=None)

    assert [row.kind for row in rows] == ["seat-offered"] * 3
    assert not hasattr(rows[0], "person_id")
