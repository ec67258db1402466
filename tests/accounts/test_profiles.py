"""What Feide and ID-porten tell, and what becomes of it."""

import base64
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from accounts import queries, signals
from accounts.claims import known_from, schools_in
from accounts.models import Event, Membership, Organisation, OrganisationKind, Role
from config.clock import today
from tests import factories

# As the groups API answers for a teacher (docs.feide.no).
EMPLOYER = {
    "id": "fc:org:eksempel.kommune.no", "type": "fc:org", "displayName": "Eksempel kommune", "norEduOrgNIN": "NO123456785",
    "membership": {"basic": "admin", "displayName": "Lærer", "affiliation": ["member", "employee", "faculty"], "primaryAffiliation": "employee"},
    "orgType": ["primary_and_lower_secondary_owner"],
}  # fmt: skip
SCHOOL = {
    "id": "fc:org:eksempel.kommune.no:unit:NO987654320", "type": "fc:org", "displayName": "Eksempelskolen", "parent": "fc:org:eksempel.kommune.no",
    "membership": {"basic": "member", "primarySchool": True}, "orgType": ["primary_and_lower_secondary"],
}  # fmt: skip
ABROAD = {**SCHOOL, "id": "fc:org:eksempel.kommune.no:unit:U12345"}
PUPIL = {**EMPLOYER, "membership": {"affiliation": ["member", "student"]}}
UNIVERSITY = {"id": "fc:org:example.org", "type": "fc:org", "membership": {"affiliation": "employee"}, "orgType": ["higher_education"], "norEduOrgNIN": "NO912345678"}


@pytest.mark.parametrize(
    ("groups", "schools"),
    [
        ([EMPLOYER, SCHOOL], {"987654320"}),
        ([EMPLOYER, SCHOOL, {**SCHOOL, "id": "fc:org:eksempel.kommune.no:unit:NO900000001"}], {"987654320", "900000001"}),
        ([PUPIL, SCHOOL], set()),
        ([SCHOOL], set()),
        ([EMPLOYER, ABROAD], set()),
        ([EMPLOYER, {**SCHOOL, "parent": "fc:org:another.no"}], set()),
        ([UNIVERSITY], set()),
        ([], set()),
        ({"error": "x"}, set()),
        ([None, 7, "fc:org", {"type": "fc:org", "parent": ["x"]}, {"type": "fc:org", "membership": 3, "id": []}], set()),
    ],
)
def test_one_teaches_at_the_schools_of_the_owner_one_works_for(groups, schools):
    assert schools_in(groups) == schools


@pytest.mark.parametrize(("locale", "language"), [("nb", "nb"), ("nn-NO", "nn"), ("en-GB", "en"), ("no", "nb"), ("se", None), (None, None), (7, None)])
def test_the_provider_says_which_language_one_reads(locale, language):
    assert known_from("https://issuer", {"sub": "kari", "locale": locale}).language == language


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda parts: st.lists(parts) | st.dictionaries(st.text(), parts), max_leaves=8)
GROUP = st.fixed_dictionaries({}, optional={name: JSON | st.sampled_from(["fc:org", "employee", ["employee"], SCHOOL["id"]]) for name in SCHOOL})


@given(st.lists(GROUP | JSON) | JSON)
def test_whatever_the_groups_api_answers_it_gives_organisation_numbers_or_nothing(groups):
    assert all(len(number) == 9 and number.isdecimal() for number in schools_in(groups))


@given(st.dictionaries(st.sampled_from(["name", "email", "locale"]), JSON | st.text(min_size=1)))
def test_whatever_a_provider_tells_of_a_person_becomes_printable_lines(claims):
    known = known_from("https://issuer", {"sub": "kari", **claims})

    assert known.name.isprintable() and len(known.name) <= 200
    assert known.email is None or (known.email.isprintable() and "@" in known.email)
    assert known.language in (None, "nb", "nn", "en")


@pytest.fixture
def school(db) -> Organisation:
    known = factories.organisation(OrganisationKind.SCHOOL, "Eksempelskolen")
    known.number = "987654320"
    db.session.commit()
    return known


def hats_of(provider, login: str) -> list[tuple[Role, int]]:
    return [(hat.role, hat.organisation_id) for hat in queries.hats(queries.person_known_as(provider.issuer, login).id, today())]


def test_a_teacher_from_feide_gets_their_school_when_it_is_known_here(browser, bad_providers, school):
    answer = browser.sign_in("feide")

    assert answer.status_code == 302
    assert hats_of(bad_providers["feide"], "kari") == [(Role.TEACHER, school.id)]
    assert "Lærer ved Eksempelskolen" in browser.client.get("/me").text


def test_a_school_that_is_not_known_here_gives_no_role(browser, bad_providers, db):
    browser.sign_in("feide")

    assert hats_of(bad_providers["feide"], "kari") == []
    assert "Du har ingen rolle ennå." in browser.client.get("/me").text


def test_a_pupil_gets_an_account_without_a_role(browser, bad_providers, school):
    browser.sign_in("feide", login="ola")

    assert hats_of(bad_providers["feide"], "ola") == []


@pytest.mark.parametrize("login", ["noisy", "nameless"])
def test_groups_of_another_shape_give_no_role_and_no_error(browser, bad_providers, school, login):
    assert browser.sign_in("feide", login=login).status_code == 302
    assert hats_of(bad_providers["feide"], login) == []


def test_who_has_left_the_school_is_no_longer_its_teacher_and_may_come_back(browser, bad_providers, school):
    roles = []
    for fault in ("", "left-the-school", ""):
        browser.sign_in("feide", fault=fault)
        roles.append(hats_of(bad_providers["feide"], "kari"))
        browser.client.post("/sign-out")

    assert roles == [[(Role.TEACHER, school.id)], [], [(Role.TEACHER, school.id)]]


def test_without_an_answer_from_the_groups_api_one_is_signed_in_and_keeps_the_school(browser, bad_providers, school):
    browser.sign_in("feide")
    browser.client.post("/sign-out")

    assert browser.sign_in("feide", fault="groups-fail").status_code == 302
    assert hats_of(bad_providers["feide"], "kari") == [(Role.TEACHER, school.id)]


def test_a_role_that_was_given_and_ended_here_is_not_given_back_by_a_provider(browser, bad_providers, school, db):
    browser.sign_in("feide", fault="left-the-school")
    kari = queries.person_known_as(bad_providers["feide"].issuer, "kari")
    db.session.add(Membership(person=kari, organisation_id=school.id, role=Role.TEACHER, valid_to=date(2020, 1, 1)))
    db.session.commit()
    browser.client.post("/sign-out")

    browser.sign_in("feide")

    assert hats_of(bad_providers["feide"], "kari") == []


def test_a_role_from_a_provider_is_news_and_an_event(browser, bad_providers, school, db):
    heard = []
    with signals.hat_given.connected_to(lambda hat, **_: heard.append((hat.organisation_id, hat.role))):
        browser.sign_in("feide")
        browser.client.post("/sign-out")
        browser.sign_in("feide")

    assert heard == [(school.id, Role.TEACHER)]
    events = db.session.scalars(select(Event).where(Event.kind == "membership")).all()
    assert [(event.event, event.organisation_id, event.person_uuid) for event in events] == [("begin", school.id, None)]


def test_id_porten_tells_no_name_so_one_is_asked_and_then_goes_on(browser, bad_providers, db):
    browser.sign_in("idporten", wanted="/me/messages")

    asked = browser.client.get("/me/messages")
    assert (asked.status_code, asked.location) == (302, "/me/name?next=/me/messages")
    assert "Hva heter du?" in browser.client.get(asked.location).text
    empty = browser.client.post("/me/name", data={"name": "  ", "next": "/me/messages"})
    assert (empty.status_code, "Fyll ut dette." in empty.text) == (422, True)
    told = browser.client.post("/me/name", data={"name": "Kari Nordmann", "next": "/me/messages"})
    assert (told.status_code, told.location) == (302, "/me/messages")
    assert "Kari Nordmann" in browser.client.get("/me/messages").text


def test_a_name_one_gave_oneself_can_be_changed_and_is_kept_at_the_next_sign_in(browser, bad_providers):
    browser.sign_in("idporten")
    browser.client.post("/me/name", data={"name": "Kari Nordman"})
    browser.client.post("/me/name", data={"name": "Kari Nordmann"})
    browser.client.post("/sign-out")
    browser.sign_in("idporten")

    assert queries.person_known_as(bad_providers["idporten"].issuer, "kari").name == "Kari Nordmann"


def test_a_name_that_the_provider_tells_is_not_for_oneself_to_change(browser, bad_providers):
    browser.sign_in("honest")

    refused = browser.client.post("/me/name", data={"name": "The King"})
    assert refused.status_code == 409
    assert queries.person_known_as(bad_providers["honest"].issuer, "kari").name == "Kari Nordmann"
    assert browser.client.get("/me/name").location == "/me"


@pytest.mark.parametrize("name", ["x" * 121, "x" * 500_000, "Kari\x07", "Kari\u0000"])
def test_a_name_that_is_none_is_refused_with_a_sentence(browser, bad_providers, name):
    browser.sign_in("idporten")

    answer = browser.client.post("/me/name", data={"name": name})

    assert answer.status_code == 422
    assert queries.person_known_as(bad_providers["idporten"].issuer, "kari").name == ""


def test_id_porten_is_asked_for_a_sure_sign_in_and_less_is_refused(browser, bad_providers, db):
    assert "acr_values=idporten-loa-substantial" in browser.go_to_provider("idporten")

    answer = browser.sign_in("idporten", fault="hardly-sure")

    assert answer.status_code == 400
    assert "Idporten did not identify you surely enough." in answer.text
    assert queries.person_known_as(bad_providers["idporten"].issuer, "kari") is None


def test_the_national_identity_number_is_kept_nowhere(browser, bad_providers, db):
    browser.sign_in("idporten")

    rows = [str(row) for table in db.metadata.sorted_tables for row in db.session.execute(select(table)).all()]
    kept = " ".join(rows)
    assert "01017012345" not in kept
    assert base64.urlsafe_b64encode(b'"pid": "01017').decode()[:12] not in kept  # nor in a token that one could open
