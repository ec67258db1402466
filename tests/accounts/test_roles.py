"""Roles given and ended by hand, and accounts that are closed."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from accounts import queries, services, signals
from accounts.giving import FITS
from accounts.models import Event, OrganisationKind, Role, SignIn
from config.clock import day_of
from tests import factories
from tests.factories import MONDAY

KARI = "Kari Nordmann"


@pytest.fixture
def run(app, db):
    """A command line: its exit status and what it says."""

    def running(*arguments: object) -> tuple[int, str]:
        db.session.commit()
        result = app.test_cli_runner().invoke(args=["people", *map(str, arguments)])
        db.session.expire_all()
        return result.exit_code, result.output.strip()

    return running


def held(person, on: date | None = None) -> list[tuple[Role, str]]:
    return [(hat.role, hat.organisation.name) for hat in queries.hats(person.id, on or day_of(MONDAY))]


def test_the_first_editor_is_made_at_the_command_line(run):
    kari = factories.person(KARI)
    factories.organisation(OrganisationKind.INSTITUTION, "HVL")

    assert run("waiting") == (0, f"{kari.uuid}  {KARI}")
    assert run("give-role", kari.uuid, "editor", "HVL") == (0, f"{KARI} is editor at HVL from today.")
    assert held(kari) == [(Role.EDITOR, "HVL")]
    assert run("waiting") == (0, "")


def test_a_role_ends_at_once_and_may_be_given_again(run, db):
    kari = factories.person(KARI)
    factories.organisation(OrganisationKind.INSTITUTION, "HVL")
    run("give-role", kari.uuid, "editor", "HVL")

    ended = run("end-role", kari.uuid, "editor", "HVL")
    without = held(kari)
    again = run("give-role", kari.uuid, "editor", "HVL")

    assert (ended, without, again[0], held(kari)) == ((0, f"{KARI} is no longer editor at HVL."), [], 0, [(Role.EDITOR, "HVL")])
    events = db.session.scalars(select(Event.event).where(Event.kind == "membership").order_by(Event.id)).all()
    assert events == ["begin", "end", "begin"]


def test_a_role_may_have_a_last_day(run):
    kari = factories.person(KARI)
    factories.organisation(OrganisationKind.REGION, "Vest")

    run("give-role", kari.uuid, "coordinator", "Vest", "--until", "2027-07-31")

    assert [held(kari, on) for on in (date(2027, 7, 31), date(2027, 8, 1))] == [[(Role.COORDINATOR, "Vest")], []]


@pytest.mark.parametrize("role", Role)
def test_each_role_is_held_for_one_kind_of_body(run, role):
    kari = factories.person(KARI)
    for kind in OrganisationKind:
        factories.organisation(kind, f"The {kind}")

    given = {kind: run("give-role", kari.uuid, role, f"The {kind}")[0] for kind in OrganisationKind}

    assert given == {kind: 0 if kind is FITS[role] else 1 for kind in OrganisationKind}


@pytest.mark.parametrize(
    ("organisation", "sentence"),
    [
        ("Nowhere", "No single organisation is called “Nowhere”."),
        ("Two of them", "No single organisation is called “Two of them”."),
        ("Kampen skole", "“Kampen skole” is no body that this role can be held for."),
        ("", "No single organisation is called “”."),
    ],
)
def test_a_body_that_cannot_be_meant_is_refused_with_a_sentence(run, organisation, sentence):
    kari = factories.person(KARI)
    for name in ("Two of them", "Two of them"):
        factories.organisation(OrganisationKind.INSTITUTION, name)
    factories.organisation(OrganisationKind.SCHOOL, "Kampen skole")

    status, said = run("give-role", kari.uuid, "editor", organisation)

    assert (status, said.startswith(f"Error: {sentence}"), held(kari)) == (1, True, [])


def test_somebody_who_is_not_there_is_refused_with_a_sentence(run):
    nobody = "00000000-0000-0000-0000-000000000000"
    factories.organisation(OrganisationKind.INSTITUTION, "HVL")

    assert run("give-role", nobody, "editor", "HVL") == (1, "Error: There is no such person.")
    assert run("end-role", nobody, "editor", "HVL") == (1, "Error: There is no such person.")
    assert run("close", nobody) == (1, "Error: There is no such person.")


def test_a_role_that_is_not_held_cannot_be_ended(run):
    kari = factories.person(KARI)
    factories.organisation(OrganisationKind.INSTITUTION, "HVL")

    assert run("end-role", kari.uuid, "editor", "HVL") == (1, "Error: They hold no such role.")


def test_a_body_is_named_by_number_or_identifier_too(db):
    kari = factories.person(KARI)
    body = factories.organisation(OrganisationKind.INSTITUTION, "HVL")
    body.number = "917641404"
    db.session.commit()
    heard = []

    with signals.hat_given.connected_to(lambda hat, **_: heard.append(hat.role)):
        by_number = services.give_role(kari.uuid, Role.EDITOR, "917641404", until=None, at=MONDAY)
        by_identifier = services.give_role(kari.uuid, Role.EDITOR, str(body.uuid), until=date(2027, 1, 1), at=MONDAY)

    assert (by_number.id, by_identifier.valid_to, heard) == (by_identifier.id, date(2027, 1, 1), [Role.EDITOR, Role.EDITOR])


def test_a_closed_account_is_signed_out_everywhere_and_stays_out(run, app, client):
    kari = factories.person(KARI)
    factories.signed_in(client, kari)
    before = client.get("/me").status_code

    closed = run("close", kari.uuid)

    assert (before, closed, client.get("/me").status_code) == (200, (0, "The account is closed."), 302)


def test_the_clock_forgets_what_opens_nothing_any_more(db):
    kari = factories.person(KARI)
    services.sign_in(kari, provider="honest", at=MONDAY, id_token="a.b.c")

    def kept() -> tuple[int, int]:
        rows, tokens = db.session.execute(select(func.count(SignIn.id), func.count(SignIn.id_token))).one()
        return rows, tokens

    forgotten = []
    for later in (timedelta(minutes=29), timedelta(minutes=30), timedelta(minutes=31), timedelta(days=30)):
        forgotten.append((services.forget_old_sign_ins(MONDAY + later), kept()))

    assert forgotten == [(0, (1, 1)), (1, (1, 0)), (0, (1, 0)), (1, (0, 0))]
