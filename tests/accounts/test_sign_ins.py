"""The sign-in that a browser carries: how long it lasts, what it is worth, and who may end it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts import services
from accounts.models import Event, Membership, OrganisationKind, Role, SignIn
from config.clock import day_of
from config.secret import digest
from tests import factories
from tests.factories import MONDAY


@pytest.fixture
def clock(app):
    """Sets the clock forward."""
    moved = {"at": MONDAY}
    app.config["CLOCK"] = lambda: moved["at"]

    def forward(**by) -> None:
        moved["at"] += timedelta(**by)

    return forward


@pytest.fixture
def kari(db):
    return factories.person("Kari Nordmann", made_up=True)


def come_in(client, person):
    answer = client.post(f"/sign-in/{person.uuid}")
    assert answer.status_code == 302
    return answer


def test_a_sign_in_goes_idle_after_half_an_hour(client, clock, kari):
    come_in(client, kari)
    clock(minutes=30)

    assert client.get("/me").status_code == 302


def test_each_sighting_starts_the_half_hour_anew(client, clock, kari):
    come_in(client, kari)
    seen = []
    for _ in range(4):
        clock(minutes=29)
        seen.append(client.get("/me").status_code)

    assert seen == [200, 200, 200, 200]


def test_a_sign_in_ends_after_twelve_hours_however_busy(client, clock, kari):
    come_in(client, kari)
    for _ in range(25):
        clock(minutes=28, seconds=45)
        assert client.get("/me").status_code == 200
    clock(minutes=2)

    assert client.get("/me").status_code == 302


def test_being_seen_is_written_at_most_once_a_minute(client, clock, kari, db):
    come_in(client, kari)
    seen = []
    for _ in range(3):
        clock(seconds=40)
        client.get("/me")
        seen.append(db.session.scalar(select(SignIn.seen_at)))
        db.session.rollback()

    assert seen == [MONDAY, MONDAY + timedelta(seconds=80), MONDAY + timedelta(seconds=80)]


def test_only_a_digest_of_the_token_is_kept(client, kari, db):
    come_in(client, kari)
    token = client.get_cookie("seksti").value

    assert len(token) >= 43  # 256 bits in base64
    assert token not in str([tuple(row) for row in db.session.execute(select(SignIn.__table__))])
    assert db.session.scalar(select(SignIn.token_digest)) == digest(token)


def test_a_token_that_was_there_before_is_not_the_one_after(client, kari):
    client.set_cookie("seksti", "a token that somebody planted")
    come_in(client, kari)
    first = client.get_cookie("seksti").value
    come_in(client, kari)

    assert "a token that somebody planted" != first != client.get_cookie("seksti").value


def test_signing_in_as_somebody_else_ends_the_sign_in_before(app, client, kari):
    ola = factories.person("Ola Nordmann", made_up=True)
    come_in(client, kari)
    left = app.test_client()
    left.set_cookie("seksti", client.get_cookie("seksti").value)
    assert "You are signed in as Kari Nordmann already." in client.get("/sign-in").text
    come_in(client, ola)

    assert (left.get("/me").status_code, "Ola Nordmann" in client.get("/me").text) == (302, True)


def test_what_the_page_session_held_before_signing_in_is_dropped(client, kari):
    with client.session_transaction() as session:
        session["planted"] = "by somebody"
    come_in(client, kari)

    with client.session_transaction() as session:
        assert "planted" not in session


def test_a_cookie_in_development_is_http_only_and_stays_on_this_site(client, kari):
    cookie = come_in(client, kari).headers["Set-Cookie"]

    assert cookie.startswith("seksti=")
    assert {"HttpOnly", "Path=/", "SameSite=Lax", "Max-Age=43200"} <= {part.strip() for part in cookie.split(";")}


@pytest.fixture
def production(another_app, tmp_path):
    """A visitor of the product as it runs in production, over https."""
    environ = {"SEKSTI_ENV": "production", "SEKSTI_HOSTS": "localhost", "SEKSTI_INSTANCE": str(tmp_path)}
    visitor = another_app(environ=environ, WTF_CSRF_ENABLED=True).test_client()
    visitor.environ_base["wsgi.url_scheme"] = "https"
    return visitor


def test_every_cookie_in_production_is_bound_to_this_host_and_to_https(production, kari):
    production.set_cookie("__Host-seksti", services.sign_in(kari, provider="feide", at=MONDAY), secure=True)

    answers = [production.get(page, base_url="https://localhost") for page in ("/me", "/language/nn")]

    cookies = [cookie for answer in answers for cookie in answer.headers.getlist("Set-Cookie")]
    assert [cookie.split("=")[0] for cookie in cookies] == ["__Host-seksti-page", "language"]
    assert [{"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= {part.strip() for part in cookie.split(";")} for cookie in cookies] == [True, True]
    assert not [cookie for cookie in cookies if "Domain=" in cookie]


def test_a_sign_in_as_somebody_made_up_is_worth_nothing_in_production(production, client, kari):
    come_in(client, kari)
    production.set_cookie("__Host-seksti", client.get_cookie("seksti").value, secure=True)

    assert production.get("/me", base_url="https://localhost").status_code == 302


def test_a_disabled_person_is_out_at_the_next_page(client, kari, db):
    come_in(client, kari)
    kari.disabled_at = MONDAY
    db.session.commit()

    assert client.get("/me").status_code == 302


@pytest.mark.parametrize("token", ["", "x", "x" * 4000, "é", "a;b", "' OR 1=1 --"])
def test_a_made_up_token_opens_nothing(client, token):
    client.set_cookie("seksti", token)

    assert client.get("/me").status_code == 302


def test_a_hat_that_has_ended_is_taken_off_and_the_person_stays(client, clock, db):
    body = factories.organisation(OrganisationKind.INSTITUTION, "HVL")
    edda = factories.member(body.id, Role.EDITOR, "Edda", valid_to=day_of(MONDAY))
    edda.made_up = True
    db.session.commit()
    clock(hours=6)
    come_in(client, edda)
    seen = []
    for _ in range(17):  # until a quarter past midnight at home
        seen.append(client.get("/me").text)
        clock(minutes=29)

    after = client.get("/me")
    assert (after.status_code, ["Editor at HVL" in page for page in seen]) == (200, [True] * 17)
    assert "You have no role yet." in after.text


def test_signing_in_and_out_leave_an_event_each(client, kari, db):
    come_in(client, kari)
    client.post("/sign-out")

    events = db.session.scalars(select(Event).order_by(Event.id)).all()
    assert [(event.kind, event.event, event.person_uuid) for event in events] == [("sign-in", "begin", kari.uuid), ("sign-in", "end", kari.uuid)]


def test_one_sees_where_one_is_signed_in_and_ends_another_browser(app, client, kari, db):
    come_in(client, kari)
    elsewhere = app.test_client()
    elsewhere.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    come_in(elsewhere, kari)
    page = client.get("/me/privacy").text
    other = db.session.scalar(select(SignIn.uuid).where(SignIn.browser == "Firefox"))

    client.post(f"/me/sign-ins/{other}/ending")

    assert page.count("this one") == 1
    assert "Firefox" in page
    assert "140.0" not in page  # the family, no more
    assert [client.get("/me").status_code, elsewhere.get("/me").status_code] == [200, 302]


def test_one_ends_all_browsers_but_this_one(app, client, kari):
    others = [app.test_client() for _ in range(3)]
    for browser in (client, *others):
        come_in(browser, kari)

    answer = client.post("/me/other-sign-ins/ending", follow_redirects=True)

    assert "3 other browsers are signed out." in answer.text
    assert [browser.get("/me").status_code for browser in (client, *others)] == [200, 302, 302, 302]


def test_an_old_sign_in_is_not_shown(app, client, clock, kari):
    come_in(app.test_client(), kari)
    clock(minutes=31)
    come_in(client, kari)

    assert client.get("/me/privacy").text.count("<tr>") == 2  # the head and this one


def test_the_number_of_questions_to_the_database_does_not_grow_with_the_hats(client, db, count_queries):
    kari = factories.person("Kari", made_up=True)

    def hats(number: int) -> int:
        for _ in range(number):
            body = factories.organisation(OrganisationKind.SCHOOL, "A school")
            db.session.add(Membership(person_id=kari.id, organisation_id=body.id, role=Role.TEACHER))
        db.session.commit()
        come_in(client, kari)
        client.get("/me")
        with count_queries() as queries_made:
            client.get("/me")
        return len(queries_made)

    assert hats(1) == hats(2)
