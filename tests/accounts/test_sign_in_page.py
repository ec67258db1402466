"""The door: who may come in by which way, and where one is led afterwards."""

import dataclasses
import re
from datetime import date
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts import landing
from accounts.models import Membership, OrganisationKind, Role
from accounts.views import own_path
from config.settings import Provider, SettingWrong, read
from tests import factories

KINDS = {
    Role.TEACHER: OrganisationKind.SCHOOL, Role.EDITOR: OrganisationKind.INSTITUTION, Role.OWNER: OrganisationKind.OWNER,
    Role.COORDINATOR: OrganisationKind.REGION, Role.AUTHORITY: OrganisationKind.AUTHORITY, Role.HEAD: OrganisationKind.SCHOOL,
    Role.UNION: OrganisationKind.OWNER, Role.GOVERNOR: OrganisationKind.GOVERNOR, Role.KS: OrganisationKind.ASSOCIATION,
}  # fmt: skip
HEADINGS = [
    "Teachers", "Heads of schools", "Editors at institutions", "School owners", "Union representatives", "Region coordinators", "County governors",
    "The municipalities' association", "The national authority",
]  # fmt: skip

FOREIGN = [
    "//evil.example", "///evil.example", "////evil.example/x", "/\\evil.example", "\\/evil.example", "\\\\evil.example", "https://evil.example", "https:evil.example",
    "https:/evil.example", "http://localhost@evil.example/", "http://localhost/me", "HTTPS://evil.example", "javascript:alert(1)", "JaVaScRiPt:alert(1)",
    "data:text/html,x", "vbscript:x", "/%0d%0aSet-Cookie:x=1", "/me\r\nLocation: //evil.example", "/me%00", "\x00/me", "/\t/evil.example", "/\n/evil.example", " //evil.example",
    "/ /evil.example", "evil.example", "me", "./me", "../me", "?next=//evil.example", "#x", "/sign-out", "/no-such-page", "/;@evil.example", "/@evil.example", "/.evil.example",
    "/\u2028/evil.example", "//evil.example@localhost/", "//localhost.evil.example", "/\u202e//evil.example", "/me/\\..\\..\\evil", "", "x" * 5000,
]  # fmt: skip


def made_up(role: Role, name: str, story: str | None = "Teaches here."):
    body = factories.organisation(KINDS[role], f"{name}'s place")
    somebody = factories.member(body.id, role, name)
    somebody.made_up, somebody.story = True, story
    factories.db.session.commit()
    return somebody


def test_the_made_up_people_stand_by_role_with_place_and_story(client):
    for position, role in enumerate(reversed(Role)):
        made_up(role, f"Person {position}", f"Story {position}.")
    factories.person("Real Person", story="Is real.")
    made_up(Role.TEACHER, "Person in the Crowd", story=None)

    page = client.get("/sign-in").text

    assert re.findall(r"<h3[^>]*>(.*?)</h3>", page) == HEADINGS
    assert re.findall(r"<h4>(.*?)</h4>", page) == [f"Person {position}" for position in reversed(range(len(Role)))]
    assert [f"Story {position}." in page for position in range(len(Role))] == [True] * len(Role)
    assert "Person 7&#39;s place" in page
    assert "These people do not exist." in page
    assert [name for name in ("Real Person", "Person in the Crowd") if name in page] == []


def test_one_click_signs_in_as_somebody_made_up_on_whose_behalf_the_head_says(client):
    lars = made_up(Role.TEACHER, "Lars Lærer")

    client.post(f"/sign-in/{lars.uuid}")
    page = client.get("/me").text

    assert re.search(r"Signed in as </span><span><b>Lars Lærer</b>", page)
    assert "Teacher at Lars Lærer&#39;s place" in page


def test_nobody_signs_in_as_somebody_real(client):
    real = factories.person("Real Person")

    assert client.post(f"/sign-in/{real.uuid}").status_code == 404
    assert client.post("/sign-in/00000000-0000-0000-0000-000000000000").status_code == 404
    assert client.get("/me").status_code == 302


def test_in_production_nobody_made_up_is_shown_or_let_in(client, another_app, tmp_path):
    lars = made_up(Role.TEACHER, "Lars Lærer")
    environ = {"SEKSTI_ENV": "production", "SEKSTI_HOSTS": "localhost", "SEKSTI_INSTANCE": str(tmp_path)}
    production = another_app(environ=environ).test_client()

    page = production.get("/sign-in", base_url="https://localhost", headers={"Accept-Language": "en"})
    refused = production.post(f"/sign-in/{lars.uuid}", base_url="https://localhost")

    assert (page.status_code, "Lars" in page.text, "No way to sign in has been set up yet." in page.text) == (200, False, True)
    assert (refused.status_code, "Set-Cookie" in refused.headers) == (404, False)


def test_the_settings_of_production_never_allow_it(tmp_path):
    known = {"SEKSTI_ENV": "production", "SECRET_KEY": "k" * 32, "SEKSTI_HOSTS": "localhost", "SEKSTI_INSTANCE": str(tmp_path)}

    assert read(known).demo_sign_in is False
    with pytest.raises(AttributeError):
        read(known).demo_sign_in = True


def test_a_provider_in_production_must_be_reached_by_https(tmp_path):
    providers = '[{"key": "feide", "name": "Feide", "issuer": "http://auth.example", "client_id": "seksti", "client_secret": "x"}]'
    known = {"SEKSTI_ENV": "production", "SECRET_KEY": "k" * 32, "SEKSTI_HOSTS": "localhost", "SEKSTI_INSTANCE": str(tmp_path), "SEKSTI_PROVIDERS": providers}

    with pytest.raises(SettingWrong, match="must be an https:// address"):
        read(known)


@pytest.mark.parametrize(
    ("providers", "said"),
    [
        ("[{", "SEKSTI_PROVIDERS is not JSON"),
        ('{"key": "feide"}', "must be a JSON list of providers"),
        ('[{"key": "feide", "name": "Feide", "issuer": "https://auth.example"}]', "provider 1 has no client_id, client_secret"),
        ('[{"key": "a", "name": "A", "issuer": "https://a.example", "client_id": "x", "client_secret": "y", "scope": "openid"}]', "provider 1 says “scope”, which is not"),
        ('[{"key": "a", "name": "A", "issuer": "https://a.example", "client_id": 7, "client_secret": "y"}]', "provider 1 says “client_id”, which is not text"),
    ],
)
def test_a_provider_that_is_not_whole_is_refused_in_a_sentence(tmp_path, providers, said):
    with pytest.raises(SettingWrong, match=said):
        read({"SEKSTI_ENV": "test", "SECRET_KEY": "k" * 32, "SEKSTI_INSTANCE": str(tmp_path), "SEKSTI_PROVIDERS": providers})


def test_every_provider_of_the_settings_is_a_link(app, client):
    providers = (Provider("feide", "Feide", "https://a", "x", "y", profile="feide"), Provider("porten", "ID-porten", "https://b", "x", "y", profile="idporten"))
    app.config["SETTINGS"] = dataclasses.replace(app.config["SETTINGS"], providers=providers)

    page = client.get("/sign-in?next=/me/messages").text

    assert re.findall(r'href="(/sign-in/with/[^"]*)"', page) == ["/sign-in/with/feide?next=/me/messages", "/sign-in/with/porten?next=/me/messages"]
    assert "Sign in with ID-porten" in page


@pytest.mark.parametrize("wanted", FOREIGN)
def test_signing_in_never_leads_elsewhere(client, wanted):
    somebody = made_up(Role.TEACHER, "Lars")
    with client.application.test_request_context():
        home = landing.address_of(Role.TEACHER)

    answer = client.post(f"/sign-in/{somebody.uuid}", data={"next": wanted})

    assert (answer.status_code, answer.location) == (302, home)


@pytest.mark.parametrize("wanted", [wanted for wanted in FOREIGN if "\x00" not in wanted])
def test_choosing_a_language_never_leads_elsewhere(client, wanted):
    answer = client.get("/language/nn", query_string={"next": wanted})

    assert (answer.status_code, answer.location) == (302, "/")


@pytest.mark.parametrize("wanted", ["/me", "/me/messages?page=2", "/search?q=matte&region=vest", "/sign-in"])
def test_signing_in_leads_to_where_one_was_going(client, wanted):
    somebody = made_up(Role.TEACHER, "Lars")

    assert client.post(f"/sign-in/{somebody.uuid}", data={"next": wanted}).location == wanted


def test_a_page_that_asks_to_sign_in_is_come_back_to(client):
    asked = client.get("/me/privacy")
    somebody = made_up(Role.TEACHER, "Lars")

    page = client.get(asked.location).text

    assert (asked.status_code, asked.location) == (302, "/sign-in?next=/me/privacy")
    assert '<input type="hidden" name="next" value="/me/privacy">' in page
    assert client.post(f"/sign-in/{somebody.uuid}", data={"next": "/me/privacy"}).location == "/me/privacy"


def test_each_role_lands_on_its_own_page_after_signing_in_and_after_changing_role(app, client):
    extensions = dict(app.extensions["landing"]) if "landing" in app.extensions else {}
    landing.add(app, Role.TEACHER, "accounts.messages")
    landing.add(app, Role.EDITOR, "accounts.privacy")
    somebody = made_up(Role.TEACHER, "Kari")
    body = factories.organisation(OrganisationKind.INSTITUTION, "HVL")
    factories.db.session.add(Membership(person=somebody, organisation_id=body.id, role=Role.EDITOR))
    factories.db.session.commit()
    hats = {hat.role: hat.uuid for hat in somebody.memberships}

    lands = [client.post(address).location for address in (f"/sign-in/{somebody.uuid}", f"/me/hat/{hats[Role.EDITOR]}", f"/me/hat/{hats[Role.TEACHER]}")]
    app.extensions["landing"] = extensions

    assert lands == ["/me/messages", "/me/privacy", "/me/messages"]


def test_who_comes_back_wears_the_role_worn_last_as_long_as_it_is_theirs(client):
    somebody = made_up(Role.TEACHER, "Kari")
    body = factories.organisation(OrganisationKind.INSTITUTION, "HVL")
    editor = Membership(person=somebody, organisation_id=body.id, role=Role.EDITOR)
    factories.db.session.add(editor)
    factories.db.session.commit()
    client.post(f"/sign-in/{somebody.uuid}")
    client.post(f"/me/hat/{editor.uuid}")
    client.post("/sign-out")

    again = client.post(f"/sign-in/{somebody.uuid}").location
    editor.valid_to = date(2020, 1, 1)
    factories.db.session.commit()
    without = client.post(f"/sign-in/{somebody.uuid}").location

    assert [again, without] == ["/publish", "/me/progress"]


def test_who_has_no_role_lands_on_a_page_that_says_what_that_means(client):
    somebody = factories.person("Nobody Yet", made_up=True)

    assert client.post(f"/sign-in/{somebody.uuid}").location == "/me"
    assert "You have no role yet." in client.get("/me").text
    assert str(somebody.uuid) in client.get("/me").text


def test_a_role_that_is_not_one_s_own_cannot_be_taken(client):
    lars, edda = made_up(Role.TEACHER, "Lars"), made_up(Role.EDITOR, "Edda")
    client.post(f"/sign-in/{lars.uuid}")

    assert client.post(f"/me/hat/{edda.memberships[0].uuid}").status_code == 404
    assert "Teacher at" in client.get("/me").text


def test_every_role_has_a_page_of_its_own_to_land_on(app):
    with app.test_request_context():
        pages = {role: landing.address_of(role) for role in Role}

    assert pages == {
        Role.TEACHER: "/me/progress", Role.HEAD: "/school", Role.EDITOR: "/publish", Role.OWNER: "/owner", Role.UNION: "/union", Role.COORDINATOR: "/region",
        Role.GOVERNOR: "/county", Role.KS: "/forum", Role.AUTHORITY: "/coverage",
    }  # fmt: skip


@given(st.text(alphabet=st.sampled_from("/\\.:@?#%;&=0dDaAxh me\t\r\n\x00\u2028é")) | st.text())
def test_whatever_is_wanted_the_way_on_is_a_page_of_this_site(app, wanted):
    with app.test_request_context("/sign-in", base_url="https://seksti.example"):
        found = own_path(wanted, "")
        landed = urlsplit(urljoin("https://seksti.example/sign-in", found))

    assert found in ("", wanted)
    assert (landed.scheme, landed.netloc) == ("https", "seksti.example")
