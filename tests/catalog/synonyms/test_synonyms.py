"""Synonyms are data: the national authority keeps them, and the next search of every worker knows of a change."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from accounts.models import Event, OrganisationKind, Role
from catalog.search.text import shipped
from catalog.synonyms import services, shipping
from catalog.synonyms.models import Synonym
from config.errors import BadInput, NotAllowed
from tests import factories
from tests.factories import MONDAY

WORDS = {"why": None, "source": "The directorate", "valid_from": None, "valid_to": None}


@pytest.fixture
def authority(db):
    nation = factories.organisation(OrganisationKind.AUTHORITY, "The directorate")
    return factories.member(nation.id, Role.AUTHORITY, "Eva Strand")


@pytest.fixture
def gymnastics(db):
    module = factories.module(factories.course(factories.institution(), factories.subject("kroppsoving", "Kroppsøving")), "KRO1", title="Leik og rørsle")
    factories.offering(module)
    return module


def found(client, text: str) -> int:
    return len(re.findall('<article class="card module">', client.get("/search", query_string={"q": text}).text))


def add(authority, **facts) -> Synonym:
    return services.add(**WORDS | facts, actor=factories.acting(authority), at=MONDAY)


def test_an_added_synonym_is_known_to_every_worker_at_its_next_search(db, client, authority, gymnastics, another_app, instance):
    other = another_app(environ={"SEKSTI_INSTANCE": str(instance)}).test_client()
    assert (found(client, "turn"), found(other, "turn")) == (0, 0)

    factories.signed_in(client, authority).post("/national/synonyms", data={"asked": "turn", "meant": "kroppsøving", "source": "The directorate"})

    assert (found(client, "turn"), found(other, "turn")) == (1, 1)


def test_one_that_is_ended_finds_nothing_any_more_and_is_not_laid_anew(db, client, authority, gymnastics):
    shipping.lay()
    db.session.commit()
    assert found(client, "gym") == 1
    gym = db.session.scalar(select(Synonym).where(Synonym.asked == "gym"))

    factories.signed_in(client, authority).post(f"/national/synonyms/{gym.uuid}/end")

    assert shipping.lay() == {"same": len(shipped())}
    assert found(client, "gym") == 0


def test_it_holds_from_its_first_day_to_its_last(db, client, app, authority, gymnastics):
    add(authority, asked="turn", meant="kroppsøving", valid_from=date(2026, 11, 24), valid_to=date(2026, 11, 25))

    hits = []
    for days in range(4):
        app.config["CLOCK"] = lambda days=days: MONDAY + timedelta(days=days)
        hits.append(found(client, "turn"))

    assert hits == [0, 1, 1, 0]


def test_the_first_that_is_added_lays_those_that_are_shipped_beside_it(db, authority):
    add(authority, asked="turn", meant="kroppsøving")

    assert db.session.scalar(select(func.count()).select_from(Synonym)) == len(shipped()) + 1


def test_every_change_leaves_an_event_with_the_pair(db, authority):
    kept = add(authority, asked="turn", meant="kroppsøving")
    services.change(kept.uuid, **WORDS | {"why": "everyday word"}, actor=factories.acting(authority), at=MONDAY)
    services.end(kept.uuid, actor=factories.acting(authority), at=MONDAY)

    events = db.session.scalars(select(Event).where(Event.kind == "synonym").order_by(Event.id)).all()
    assert [(one.event, one.facts, one.person_uuid) for one in events] == [
        (event, {"asked": "turn", "meant": "kroppsøving"}, authority.uuid) for event in ("add", "change", "end")
    ]


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"asked": "og", "meant": "matematikk"}, "asked"), ({"asked": "matte", "meant": "!!"}, "meant"), ({"asked": "Ski", "meant": "ski"}, "meant"),
        ({"asked": "tre fire fem seks sju åtte", "meant": "tall"}, "asked"), ({"asked": "matte", "meant": "matematikk"}, "meant"),
        ({"asked": "turn", "meant": "kroppsøving", "valid_from": date(2027, 1, 2), "valid_to": date(2027, 1, 1)}, "valid_to"),
    ],
)  # fmt: skip
def test_what_says_nothing_new_is_refused_at_its_field(db, authority, words, field):
    with pytest.raises(BadInput) as refusal:
        add(authority, **words)

    assert list(refusal.value.errors) == [field]


def test_a_form_that_is_refused_keeps_what_was_typed(db, client, authority):
    page = factories.signed_in(client, authority).post("/national/synonyms", data={"asked": "matte", "meant": "Matte", "source": "Tante Åse"})

    assert page.status_code == 422
    assert "To the search this is the same as what is asked." in page.text
    assert 'value="Tante Åse"' in page.text


def test_only_the_authority_keeps_synonyms(db, authority):
    editor = factories.editor(factories.institution())

    with pytest.raises(NotAllowed):
        services.add(**WORDS, asked="turn", meant="kroppsøving", actor=factories.acting(editor), at=MONDAY)


def test_the_page_tells_validity_and_source_and_can_be_looked_through(db, client, authority):
    add(authority, asked="turn", meant="kroppsøving", valid_to=date(2026, 1, 1))
    page = factories.signed_in(client, authority).get("/national/synonyms?q=TURN")

    assert re.findall(r'<th scope="row">([^<]*)</th>', page.text) == ["turn"]
    assert "does not hold now" in page.text
    assert "The directorate" in page.text
    assert "No synonym has this word" in client.get("/national/synonyms?q=zzz").text
