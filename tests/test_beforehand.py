"""What the web server's workers keep in memory is made before they are forked, and a start never fails over it."""

from types import SimpleNamespace

import pytest

from catalog.search import folding, snapshot
from config import beforehand, database, gunicorn, languages
from config.languages import LANGUAGES
from tests import factories
from tests.conftest import make_app
from tests.factories import MONDAY


def server_of(app):
    return SimpleNamespace(app=SimpleNamespace(wsgi=lambda: app))


def published():
    return factories.offering(factories.module(factories.course(factories.institution()))).module


def test_the_catalogue_is_read_before_the_workers_are_forked_and_no_connection_is_left_to_them(db, app):
    app.config["CLOCK"] = lambda: MONDAY
    titles = [published().title]
    db.session.commit()

    gunicorn.when_ready(server_of(app))

    kept = app.extensions["catalogue"]._snapshot
    assert [study.title for study in kept.index.studies] == titles
    assert db.engine.pool.checkedout() == 0


def test_where_there_is_no_database_to_read_the_start_goes_on(tmp_path):
    app = make_app(f"sqlite:///{tmp_path}/nothing.sqlite")

    assert beforehand.make_all(app) == ["catalogue", "pages"]
    gunicorn.when_ready(server_of(app))
    database.let_go(app)


def test_the_first_request_makes_what_could_not_be_made_before(db, app, client, monkeypatch):
    app.config["CLOCK"] = lambda: MONDAY
    module = published()
    db.session.commit()
    with monkeypatch.context() as broken:
        broken.setattr(snapshot.reading, "index_of", lambda on: 1 / 0)
        app.extensions["catalogue"]._snapshot = None
        assert beforehand.make_all(app) == ["catalogue", "pages"]

    assert module.title in client.get("/search").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_comes_first_waits_for_no_template_and_no_sentences(db, app, client, monkeypatch, language):
    app.config["CLOCK"] = lambda: MONDAY
    module = published()
    db.session.commit()
    assert beforehand.make_all(app) == []

    monkeypatch.setattr(app.jinja_env, "compile", lambda *_known, **_more: pytest.fail("A template is compiled."))
    monkeypatch.setattr(languages, "get_translations", lambda: pytest.fail("Sentences are read."))
    pages = [client.get(path, headers={"Accept-Language": language}) for path in ("/", "/search", f"/modules/HVL/{module.slug}")]
    assert [page.status_code for page in pages] == [200, 200, 200]
    assert all(f'<html lang="{language}">' in page.text for page in pages)


def test_the_words_that_a_whole_catalogue_is_made_of_are_let_go_of_once_it_is_read(db, app):
    app.config["CLOCK"] = lambda: MONDAY
    published()
    db.session.commit()

    assert len(snapshot.reading.index_of(MONDAY.date()).studies) == 1
    assert [remembered.cache_info().currsize for remembered in (folding._word, folding._short_set)] == [0, 0]
