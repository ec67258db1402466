"""The models and the chain of migrations tell of the same tables, on the database of the run, upwards and downwards."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text

from catalog.values import Band
from config import database
from regions.priorities.models import Commission, PriorityVersion
from regions.versions.lifecycle import Version
from tests import factories
from tests.conftest import ENGINE, make_app


def differences(url: str) -> list:
    engine = create_engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        found = compare_metadata(context, database.db.metadata)
    engine.dispose()
    return found


def tables(url: str) -> set[str]:
    engine = create_engine(url)
    found = set(inspect(engine).get_table_names()) - {"alembic_version"}
    engine.dispose()
    return found


def test_the_models_say_what_the_migrations_make(database_url):
    assert differences(database_url) == []


def test_down_to_nothing_and_up_again_leaves_the_same_tables(fresh_database_url):
    app = make_app(fresh_database_url)
    database.upgrade(app)
    after_up = tables(fresh_database_url)

    database.downgrade(app, "base")
    after_down = tables(fresh_database_url)
    database.upgrade(app)
    database.let_go(app)

    assert (after_up, after_down) == (set(database.db.metadata.tables), set())
    assert differences(fresh_database_url) == []


def test_a_database_that_a_newer_version_has_made_is_refused_in_a_sentence(fresh_database_url):
    app = make_app(fresh_database_url)
    database.upgrade(app)
    with app.app_context():
        database.db.session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        database.db.session.commit()

    with pytest.raises(database.RevisionUnknown, match="9999.* made by a newer Seksti than this one"):
        database.upgrade(app)
    database.let_go(app)


def test_the_chain_has_one_end():
    script = ScriptDirectory(str(database.MIGRATIONS))

    assert len(script.get_heads()) == 1


def test_a_unique_active_enrolment_is_held_by_the_database_itself(db):
    """The two indexes with a condition, which a comparison of models and tables does not look into."""
    kind = "sqlite_master WHERE type = 'index'" if ENGINE == "sqlite" else "pg_indexes WHERE schemaname = 'public'"
    columns = "name, sql" if ENGINE == "sqlite" else "indexname, indexdef"
    found = dict(tuple(row) for row in db.session.execute(text(f"SELECT {columns} FROM {kind}")))  # noqa: S608

    for name, states in (("uq_enrolments_one_active", ("waiting", "offered", "placed")), ("uq_enrolments_one_held", ("offered", "placed"))):
        assert "UNIQUE" in found[name]
        assert all(f"'{state}'" in found[name] for state in states)


def test_a_source_of_seats_that_was_written_in_two_ways_becomes_one_and_no_commission_is_lost(fresh_database_url):
    app = make_app(fresh_database_url)
    database.upgrade(app)
    with app.app_context():
        region, subject = factories.region("vest", [], []), factories.subject()
        version = PriorityVersion(number=1, name="P", holds_from=factories.MONDAY.date(), release_on=factories.MONDAY.date(), state=Version.DRAFT, made_at=factories.MONDAY)
        version.commissions = [Commission(region_id=region.organisation_id, subject_id=subject.id, band=Band.PRIMARY, study_year=2026, source="bought-by-owner", seats=4)]
        database.db.session.add(version)
        database.db.session.commit()
    [step] = [one for one in ScriptDirectory(str(database.MIGRATIONS)).walk_revisions() if one.doc == "Date the sources of seats"]

    database.downgrade(app, step.down_revision)
    before = sources_of_commissions(fresh_database_url)
    database.upgrade(app)
    after = sources_of_commissions(fresh_database_url)
    database.let_go(app)

    assert (before, after) == (["bought-by-the-owner"], ["bought-by-owner"])


def sources_of_commissions(url: str) -> list[str]:
    engine = create_engine(url)
    with engine.connect() as connection:
        found = list(connection.scalars(text("SELECT source FROM seat_commissions")))
    engine.dispose()
    return found
