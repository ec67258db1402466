"""What one process commits to the catalogue is seen by the others: on the same machine at once, on another within a second."""

import pytest

from config import glance
from config.database import let_go
from tests import factories
from tests.conftest import make_app


@pytest.fixture
def other(app, database_url, tmp_path):
    """A process on another machine: the same database, another instance folder."""
    made = make_app(database_url, environ={"SEKSTI_INSTANCE": str(tmp_path / "elsewhere")})
    yield made
    let_go(made)


@pytest.fixture
def neighbour(app, database_url):
    """A process on the same machine."""
    made = make_app(database_url, environ={"SEKSTI_INSTANCE": str(app.config["SETTINGS"].instance)})
    yield made
    let_go(made)


@pytest.fixture
def module(db):
    return factories.offering(factories.module(factories.course(factories.institution()), "MAT1", title="Algebra")).module


def rename(db, module, title: str) -> None:
    module.title = title
    db.session.commit()


def searched(app) -> str:
    return app.test_client().get("/search").text


def test_a_neighbour_sees_a_change_at_its_next_request(app, neighbour, db, module):
    assert "Algebra" in searched(neighbour)
    rename(db, module, "Geometri")
    assert "Geometri" in searched(neighbour)


def test_another_machine_sees_a_change_after_a_second(app, other, db, module, monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(glance.time, "monotonic", lambda: now[0])
    assert "Algebra" in searched(other)
    rename(db, module, "Geometri")
    now[0] += glance.TRUSTED_FOR
    assert "Geometri" in searched(other)


def test_nothing_is_asked_of_the_database_while_nothing_is_committed(app, db, module, monkeypatch):
    monkeypatch.setattr(glance.time, "monotonic", lambda: 1000.0)
    searched(app)
    asked = []
    monkeypatch.setattr(glance.Glance, "_read", lambda _self: asked.append(1))
    searched(app)
    assert asked == []


def test_what_is_rolled_back_renews_no_stamp(app, db, module):
    before = app.extensions["catalogue_stamp"].read()
    module.title = "Geometri"
    db.session.flush()
    db.session.rollback()
    assert app.extensions["catalogue_stamp"].read() == before
    rename(db, module, "Geometri")
    assert app.extensions["catalogue_stamp"].read() != before
