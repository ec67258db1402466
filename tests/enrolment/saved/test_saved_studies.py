"""Keeping a module or a run, with a note nobody else sees."""

import re

import pytest

from accounts.models import Role
from catalog.offers.lifecycle import Publication
from config.database import db as database
from config.errors import NotFound
from enrolment.saved import queries, services
from enrolment.saved.models import SavedStudy
from tests import factories
from tests.factories import AUTUMN, MONDAY, acting, signed_in


@pytest.fixture
def module(db, app):
    app.config["CLOCK"] = lambda: MONDAY
    return factories.module(factories.course(factories.institution(), factories.subject()), "MAT1", title="Tall")


@pytest.fixture
def kari(module):
    return factories.teacher(name="Kari")


@pytest.fixture
def page(client, kari):
    return signed_in(client, kari)


def words_of(answer) -> str:
    main = re.search(r"<main.*</main>", answer.text, re.DOTALL)[0]
    return re.sub(r"\s+([.,:])", r"\1", " ".join(re.sub(r"<[^>]+>", " ", main).split()))


def test_a_module_is_saved_and_gets_a_note(page, module, kari):
    answer = page.post(f"/me/saved/modules/{module.uuid}")
    page.post(answer.location, data={"note": "Spør rektor.\nFrist i januar."})
    (saved,) = queries.own_studies(acting(kari))

    assert (saved.module_id, saved.offering_id, saved.note) == (module.id, None, "Spør rektor.\nFrist i januar.")
    assert "Tall" in words_of(page.get("/me/saved"))
    assert "Spør rektor." in words_of(page.get("/me/saved"))


def test_a_run_and_its_module_are_two_things_and_each_is_saved_once(page, module, kari):
    run, other = factories.offering(module), factories.offering(module, semester=AUTUMN)
    for _twice in range(2):
        page.post(f"/me/saved/modules/{module.uuid}")
        page.post(f"/me/saved/runs/{run.uuid}")
        page.post(f"/me/saved/runs/{other.uuid}")

    assert sorted(one.offering_id or 0 for one in queries.own_studies(acting(kari))) == [0, run.id, other.id]


def test_a_note_is_changed_emptied_and_refused_when_too_long(page, module, kari):
    saved = services.save_module(module.uuid, actor=acting(kari), at=MONDAY).uuid
    page.post(f"/me/saved/{saved}/note", data={"note": "One"})
    too_long = page.post(f"/me/saved/{saved}/note", data={"note": "x" * 2001})
    kept = queries.own_study(acting(kari), saved).note
    page.post(f"/me/saved/{saved}/note", data={"note": ""})

    assert (too_long.status_code, "x" * 2001 in too_long.text, kept) == (422, True, "One")
    assert queries.own_study(acting(kari), saved).note is None


def test_what_is_removed_is_gone(page, module, kari):
    saved = services.save_module(module.uuid, actor=acting(kari), at=MONDAY).uuid
    page.post(f"/me/saved/{saved}/removal")

    assert list(queries.own_studies(acting(kari))) == []
    assert page.post(f"/me/saved/{saved}/removal").status_code == 404


def test_nobody_sees_what_another_has_saved(module, kari):
    saved = services.save_module(module.uuid, actor=acting(kari), at=MONDAY).uuid

    with pytest.raises(NotFound):
        queries.own_study(acting(factories.teacher(name="Ola")), saved)


def test_what_has_left_the_catalogue_says_so_and_leads_nowhere(page, module, kari):
    services.save_run(factories.offering(module).uuid, actor=acting(kari), at=MONDAY)
    module.state = Publication.WITHDRAWN
    database.session.commit()
    answer = page.get("/me/saved")

    assert "It is no longer in the catalogue." in answer.text
    assert "/offerings/" not in answer.text
    assert 'name="run"' not in answer.text


def test_saved_runs_are_ticked_and_compared(page, module, kari):
    runs = [factories.offering(module), factories.offering(module, semester=AUTUMN)]
    for run in runs:
        services.save_run(run.uuid, actor=acting(kari), at=MONDAY)
    answer = page.get("/me/saved").text

    assert set(re.findall(r'form="compare" id="run-\d" name="run" value="([^"]+)"', answer)) == {str(run.uuid) for run in runs}
    assert '<form method="get" action="/compare" id="compare"' in answer


def test_a_draft_cannot_be_saved(module, kari):
    module.state = Publication.DRAFT
    database.session.commit()

    with pytest.raises(NotFound):
        services.save_module(module.uuid, actor=acting(kari), at=MONDAY)


def test_there_is_room_for_two_hundred(module, kari, monkeypatch):
    monkeypatch.setattr("enrolment.saved.rules.MOST_STUDIES", 1)
    services.save_module(module.uuid, actor=acting(kari), at=MONDAY)

    with pytest.raises(services.TooManySaved):
        services.save_run(factories.offering(module).uuid, actor=acting(kari), at=MONDAY)


def test_the_page_of_a_module_offers_to_save_it_and_says_when_it_is(page, module, kari):
    run = factories.offering(module)
    before = page.get("/modules/HVL/MAT1").text
    services.save_module(module.uuid, actor=acting(kari), at=MONDAY)
    services.save_run(run.uuid, actor=acting(kari), at=MONDAY)
    after = page.get("/modules/HVL/MAT1").text

    assert re.findall(r'action="(/me/saved/[^"]+)"', before) == [f"/me/saved/modules/{module.uuid}", f"/me/saved/runs/{run.uuid}"]
    assert re.findall(r'action="(/me/saved/[^"]+)"', after) == []
    assert "/me/saved/searches/new?subject=matematikk&amp;level=1-7" in before


def test_a_stranger_is_offered_to_compare_alone(client, module):
    run = factories.offering(module)
    answer = client.get("/modules/HVL/MAT1").text

    assert "/me/saved" not in answer
    assert f'href="/compare?run={run.uuid}"' in answer


def test_a_page_with_three_runs_asks_as_often_what_is_saved_as_one_with_one(page, module, count_queries):
    asked = []
    for _number in range(3):
        factories.offering(module)
        with count_queries() as seen:
            page.get("/modules/HVL/MAT1")
        asked.append(sum("FROM saved_studies" in statement for statement in seen))

    assert asked == [1, 1, 1]


def test_the_list_is_read_by_as_many_queries_with_one_as_with_three(page, module, kari, count_queries):
    page.get("/me/saved")
    counted = []
    for number in range(3):
        other = factories.module(module.course, f"M{number}")
        services.save_run(factories.offering(other).uuid, actor=acting(kari), at=MONDAY)
        with count_queries() as seen:
            page.get("/me/saved")
        counted.append(len(seen))

    assert counted[1:] == counted[:1] * 2


def test_the_same_person_in_two_windows_saves_once(module, kari, monkeypatch):
    first = services.save_module(module.uuid, actor=acting(kari), at=MONDAY).uuid
    looked = []
    known = queries.saved_study
    monkeypatch.setattr(queries, "saved_study", lambda *asked: known(*asked) if looked else looked.append(asked))  # not there yet at the first look
    again = services.save_module(module.uuid, actor=acting(kari), at=MONDAY).uuid

    assert (again, database.session.query(SavedStudy).count()) == (first, 1)


def test_the_menu_leads_teachers_there(client, module, kari):
    assert 'href="/me/saved"' in signed_in(client, kari).get("/").text


def test_an_editor_has_no_such_entry(client, module):
    editor = factories.member(module.institution_id, Role.EDITOR)

    assert 'href="/me/saved"' not in signed_in(client, editor).get("/").text
