"""Drafts published together, and taken back."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts.models import Event
from catalog.bulk import services
from catalog.bulk.services.publications import TooLateToTakeBack
from catalog.offers.lifecycle import Publication, Run
from catalog.publishing.content import kind_of
from config.database import db as database
from config.errors import NotFound
from enrolment.seats import services as seats
from tests import factories as f

SOON, LATE = f.MONDAY + timedelta(minutes=14), f.MONDAY + timedelta(minutes=16)


def named(*things) -> list[tuple[str, str]]:
    return [(kind_of(thing), str(thing.uuid)) for thing in things]


@pytest.fixture
def published(desk):
    """Publishes things together."""
    return lambda *things: services.publish_drafts(named(*things), actor=desk.editor, at=f.MONDAY)


def test_a_run_goes_with_its_module_and_a_module_with_the_one_it_requires(desk, published):
    first, second = desk.module("MAT1"), desk.module("MAT2")
    f.requires(second, first)
    run = desk.run(second)

    batch = published(run, second, first)

    assert [thing.state.value for thing in (first, second, run)] == ["published"] * 3
    assert (len(batch.things), batch.left) == (3, [])
    events = database.session.scalars(select(Event).where(Event.subject_uuid == run.uuid)).all()
    assert [(event.event, event.from_state, event.to_state) for event in events] == [("publish", "draft", "published")]


def test_what_lacks_something_is_left_with_what_is_missing(desk, published):
    run = desk.run(desk.module("MAT1", knowledge=None))

    batch = published(run, run.module)

    assert batch.things == []
    assert batch.left == [["module", str(run.module.uuid), ["knowledge"]], ["offering", str(run.uuid), ["module"]]]
    assert run.state is Run.DRAFT


def test_a_neighbours_draft_is_passed_over(desk, neighbour, published):
    theirs = neighbour.module("NOR1")

    assert published(theirs).things == []
    assert theirs.state is Publication.DRAFT


def test_all_is_taken_back_within_a_quarter_of_an_hour(desk, published):
    run = desk.run(desk.module("MAT1"))
    batch = published(run, run.module, run.module.course)

    services.take_back(batch.uuid, actor=desk.editor, at=SOON)

    assert [(thing.state.value, thing.published_at) for thing in (run, run.module, run.module.course)] == [("draft", None)] * 3
    assert batch.stayed == []


def test_exactly_what_was_just_published_is_taken_back(desk, published):
    before = desk.published_module("OLD1")
    batch = published(desk.module("MAT1"))

    services.take_back(batch.uuid, actor=desk.editor, at=SOON)

    assert before.state is Publication.PUBLISHED


def test_what_somebody_has_enrolled_in_stays_and_with_it_what_it_needs(desk, published):
    kept, other = desk.run(desk.module("MAT1")), desk.run(desk.module("MAT2"))
    batch = published(kept, kept.module, kept.module.course, other, other.module)
    seats.enrol(kept.uuid, actor=f.acting(f.teacher()), at=f.MONDAY)

    services.take_back(batch.uuid, actor=desk.editor, at=SOON)

    assert [thing.state.value for thing in (kept, kept.module, kept.module.course)] == ["published"] * 3
    assert [thing.state.value for thing in (other, other.module)] == ["draft"] * 2
    assert {uuid: reason for _kind, uuid, reason in batch.stayed} == {
        str(kept.uuid): "people", str(kept.module.uuid): "people", str(kept.module.course.uuid): "modules",
    }  # fmt: skip


def test_what_somebody_has_enrolled_in_and_left_again_stays(desk, published):
    run = desk.run(desk.module("MAT1"))
    batch = published(run, run.module)
    lars = f.acting(f.teacher())
    enrolment = seats.enrol(run.uuid, actor=lars, at=f.MONDAY)
    seats.withdraw(enrolment.uuid, actor=lars, at=f.MONDAY)

    services.take_back(batch.uuid, actor=desk.editor, at=SOON)

    assert (run.state, run.module.state) == (Run.PUBLISHED, Publication.PUBLISHED)


def test_a_module_that_another_has_come_to_require_stays(desk, published):
    first, second = desk.module("MAT1"), desk.module("MAT2")
    f.requires(second, first)
    batch = published(first)
    published(second)

    services.take_back(batch.uuid, actor=desk.editor, at=SOON)

    assert [reason for _kind, _uuid, reason in batch.stayed] == ["asked-for"]
    assert first.state is Publication.PUBLISHED


def test_after_a_quarter_of_an_hour_it_is_too_late(desk, published):
    made = desk.module("MAT1")
    batch = published(made)

    with pytest.raises(TooLateToTakeBack):
        services.take_back(batch.uuid, actor=desk.editor, at=LATE)

    assert made.state is Publication.PUBLISHED


def test_taking_back_twice_changes_nothing_the_second_time(desk, published):
    made = desk.module("MAT1")
    batch = published(made)
    services.take_back(batch.uuid, actor=desk.editor, at=SOON)
    published(made)

    services.take_back(batch.uuid, actor=desk.editor, at=SOON)

    assert made.state is Publication.PUBLISHED


def test_a_neighbour_cannot_take_it_back(desk, neighbour, published):
    batch = published(desk.module("MAT1"))

    with pytest.raises(NotFound):
        services.take_back(batch.uuid, actor=neighbour.editor, at=SOON)
