"""What is kept of the catalogue in memory follows a change by reading what changed alone, and is then what reading all of it would give."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from catalog import version
from catalog.offers.lifecycle import Publication
from catalog.offers.models import CatalogChange, ContentTag, Gathering, OverlapSet, Prerequisite
from catalog.search import cards, reading
from catalog.search.asked import Asked
from catalog.values import Tag
from catalog.version import Changes
from tests import factories
from tests.factories import MONDAY

ON = MONDAY.date()


@pytest.fixture
def course(db):
    return factories.course(factories.institution(), title="Matematikk 1")


@pytest.fixture
def modules(course):
    return [factories.offering(factories.module(course, code, title=title)).module for code, title in (("MA1", "Algebra"), ("MA2", "Tall"), ("MA3", "Mønster"))]


def changed_by(db, change) -> Changes | None:
    before = version.current()
    change()
    db.session.commit()
    return version.changes(before, version.current())


def of(*modules) -> Changes:
    return Changes(frozenset(module.id for module in modules), frozenset({modules[0].course_id}))


def the_modules(*modules) -> Changes:
    return Changes(frozenset(module.id for module in modules), frozenset())


def test_a_changed_module_is_told_with_its_course(db, modules):
    assert changed_by(db, lambda: setattr(modules[0], "title", "Funksjoner")) == of(modules[0])


def test_a_module_that_moves_tells_the_course_it_left(db, course, modules):
    other = factories.course(course.institution, title="Matematikk 2")
    moved = modules[0]
    assert changed_by(db, lambda: setattr(moved, "course", other)) in (None, Changes(frozenset({moved.id}), frozenset({course.id, other.id})))
    assert moved.course_id == other.id
    assert changed_by(db, lambda: setattr(moved, "course_id", course.id)).courses == {course.id, other.id}


def test_what_belongs_to_a_module_is_told_as_the_module(db, modules):
    first, second, third = modules
    run = first.offerings[0]
    assert changed_by(db, lambda: setattr(run, "place", "Sogndal")) == the_modules(first)
    assert changed_by(db, lambda: db.session.add(ContentTag(module_id=second.id, tag=Tag.ICT, sentence="IKT"))) == the_modules(second)
    assert changed_by(db, lambda: db.session.add(Prerequisite(module_id=third.id, required_module_id=first.id, required=True))) == the_modules(third)
    meeting = Gathering(offering_id=run.id, starts_on=ON, ends_on=ON, place="Sogndal")
    assert changed_by(db, lambda: db.session.add(meeting)) == the_modules(first)
    assert changed_by(db, lambda: db.session.delete(meeting)) == the_modules(first)


def test_an_overlap_is_told_as_all_its_modules(db, modules):
    first, second, third = modules
    assert changed_by(db, lambda: factories.overlap("5", first, second)).modules == {first.id, second.id}
    overlap = db.session.scalars(select(OverlapSet)).one()
    assert changed_by(db, lambda: setattr(overlap, "modules", [first, third])).modules == {first.id, second.id, third.id}


def test_a_register_may_change_anything(db, modules):
    assert changed_by(db, lambda: setattr(modules[0].institution, "short_name", "Another")) is None
    assert changed_by(db, lambda: version.raise_version(db.session())) is None


def test_what_is_not_kept_any_more_may_be_anything(db, modules, monkeypatch):
    monkeypatch.setattr(version, "NUMBERS_KEPT", 2)
    before = version.current()
    for title in ("A", "B", "C"):
        modules[0].title = title
        db.session.commit()
    assert version.changes(before, version.current()) is None
    assert version.changes(version.current() - 1, version.current()) == of(modules[0])
    assert db.session.scalar(select(func.count(CatalogChange.number.distinct()))) == 2


def test_many_changes_at_once_are_told_as_anything(db, modules, monkeypatch):
    monkeypatch.setattr(version, "MOST_TOLD", 1)
    assert changed_by(db, lambda: [setattr(module, "position", 7) for module in modules]) is None


def texts(index) -> list:
    return [[sorted(postings.items(), key=lambda pair: pair[0]) for postings in index._text._postings], index._text._sorted, index._text._telling]


def same(index, anew) -> None:
    assert index.studies == anew.studies
    assert texts(index) == texts(anew)
    assert index.find(Asked()) == anew.find(Asked())


def test_the_index_renewed_is_the_index_made_anew(db, course, modules):
    first, second, third = modules
    index = reading.index_of(ON)
    changes = [
        lambda: setattr(second, "title", "Zoologi og algebra"),
        lambda: setattr(first.offerings[0], "starts_on", ON + timedelta(days=400)),
        lambda: setattr(course, "title", "Matematikk for alle"),
        lambda: factories.offering(factories.module(course, "MA4", title="Brøk")),
        lambda: third.course_id and setattr(third, "course_id", None),
        lambda: db.session.delete(second.offerings[0]),
        lambda: setattr(first, "state", Publication.WITHDRAWN),
    ]
    for change in changes:
        told = changed_by(db, change)
        db.session.expire_all()
        index = reading.renewed(index, told)
        same(index, reading.index_of(ON))


def test_a_page_after_a_change_reads_the_changed_module_alone(client, db, modules, monkeypatch):
    assert "Algebra" in client.get("/search").text
    modules[0].title = "Geometri"
    db.session.commit()
    monkeypatch.setattr(reading, "index_of", lambda _on: pytest.fail("All of it was read again."))
    page = client.get("/search").text
    assert "Geometri" in page and "Algebra" not in page and "Tall" in page


def test_a_change_taken_back_to_a_savepoint_leaves_the_next_one_to_raise_the_number(db, modules):
    first, second, _third = modules
    before = version.current()
    savepoint = db.session.begin_nested()
    first.title = "Never"
    db.session.flush()
    savepoint.rollback()
    second.title = "Kept"
    db.session.commit()
    assert version.current() == before + 1
    assert version.changes(before, before + 1) == of(second)


def test_a_change_kept_at_a_savepoint_raises_the_number_once(app, db, modules):
    first, second, _third = modules
    before, stamp = version.current(), app.extensions["catalogue_stamp"].read()
    with db.session.begin_nested():
        first.title = "Kept"
    second.title = "Kept too"
    db.session.commit()
    assert version.changes(before, before + 1) == of(first, second)
    assert (version.current(), app.extensions["catalogue_stamp"].read() == stamp) == (before + 1, False)


def test_of_the_search_page_only_what_changed_is_drawn_again(modules, db, client, app, monkeypatch):
    app.config["CLOCK"] = lambda: MONDAY
    drawn = []
    draw = cards._draw
    monkeypatch.setattr(cards, "_draw", lambda answer, study, run: drawn.append(study.title) or draw(answer, study, run))
    client.get("/search")
    assert sorted(drawn) == ["Algebra", "Mønster", "Tall"]

    drawn.clear()
    modules[0].title = "Algebra for alle"
    db.session.commit()
    page = client.get("/search").text

    assert drawn == ["Algebra for alle"]
    assert all(title in page for title in ("Algebra for alle", "Tall", "Mønster"))
    assert ">Algebra<" not in page
