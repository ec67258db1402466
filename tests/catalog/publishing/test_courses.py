"""What an editor does with a course."""

import pytest
from sqlalchemy import select

from accounts.models import Event
from catalog.offers.lifecycle import Publication
from catalog.offers.models import Course
from catalog.offers.readiness import NotReadyToPublish
from catalog.publishing import content, services
from catalog.publishing.services.editing import ConfirmFirst, Edit
from catalog.values import Grades, Strand
from config.errors import BadInput, NotAllowed, NotFound, StaleEdit, StepRefused
from tests import factories as f
from tests.catalog.publishing.conftest import edit
from tests.factories import MONDAY

BASICS = {
    "title": "Matematikk 1",
    "code": None,
    "subject": None,
    "grades": Grades(),
    "strand": Strand.FURTHER,
    "language": None,
    "credits": None,
}


def create(desk, **said) -> Course:
    return services.create_course(BASICS | said, actor=desk.editor, at=MONDAY)


def events(db, thing) -> list[tuple]:
    told = db.session.scalars(select(Event).where(Event.subject_uuid == thing.uuid).order_by(Event.id))
    return [(one.kind, one.event, one.from_state, one.to_state) for one in told]


def test_a_title_is_enough_to_begin_a_course(db, desk):
    course = create(desk, title="Matematikk 1 på Ål, 5.–7. trinn")

    assert (course.state, course.slug, course.institution_id) == (
        Publication.DRAFT,
        "matematikk-1-pa-al-5-7-trinn",
        desk.institution.organisation_id,
    )
    assert events(db, course) == [("course", "create", None, None)]


def test_two_courses_with_one_title_have_addresses_of_their_own(desk):
    assert [create(desk).slug, create(desk).slug] == ["matematikk-1", "matematikk-1-2"]


def test_the_address_follows_the_title_until_teachers_have_seen_it(desk):
    draft, seen = create(desk), desk.course(slug="seen", state=Publication.PUBLISHED, published_at=MONDAY)

    services.edit_course(draft.uuid, edit(draft, "basics", title="Algebra"), actor=desk.editor, at=MONDAY)
    services.edit_course(seen.uuid, edit(seen, "basics", confirmed=True, title="Algebra"), actor=desk.editor, at=MONDAY)

    assert [draft.slug, seen.slug, seen.title] == ["algebra", "seen", "Algebra"]


def test_a_course_that_lacks_nothing_is_published_withdrawn_and_published_again(db, desk):
    course = desk.course()

    services.publish_course(course.uuid, actor=desk.editor, at=MONDAY)
    services.withdraw_course(course.uuid, actor=desk.editor, at=MONDAY)
    services.publish_course(course.uuid, actor=desk.editor, at=MONDAY)

    assert (course.state, course.published_at) == (Publication.PUBLISHED, MONDAY)
    assert events(db, course) == [
        ("course", "publish", "draft", "published"),
        ("course", "withdraw", "published", "withdrawn"),
        ("course", "publish", "withdrawn", "published"),
    ]


def test_a_course_with_gaps_is_not_published(db, desk):
    course = desk.course(summary=None)

    with pytest.raises(NotReadyToPublish) as refusal:
        services.publish_course(course.uuid, actor=desk.editor, at=MONDAY)

    assert refusal.value.gaps == ["summary"]
    assert events(db, course) == []


def test_what_is_published_is_not_published_twice(desk):
    course = desk.course(state=Publication.PUBLISHED)

    with pytest.raises(StepRefused):
        services.publish_course(course.uuid, actor=desk.editor, at=MONDAY)


def test_a_change_of_what_teachers_see_is_confirmed_first(db, desk):
    course = desk.course(state=Publication.PUBLISHED)
    change = edit(course, "description", summary="About letters.")

    with pytest.raises(ConfirmFirst) as ask:
        services.edit_course(course.uuid, change, actor=desk.editor, at=MONDAY)

    assert ask.value.changes == {"summary": ("About numbers.", "About letters.")}
    assert db.session.get(Course, course.id).summary == "About numbers."


def test_what_teachers_need_cannot_be_taken_away_while_they_see_it(db, desk):
    course = desk.course(state=Publication.PUBLISHED)

    with pytest.raises(BadInput) as refusal:
        services.edit_course(course.uuid, edit(course, "description", confirmed=True, summary=None), actor=desk.editor, at=MONDAY)

    assert list(refusal.value.errors) == ["summary"]
    assert db.session.get(Course, course.id).summary == "About numbers."


def test_an_imported_course_with_gaps_can_be_mended_piece_by_piece(desk):
    course = desk.course(state=Publication.PUBLISHED, summary=None, for_whom=None)

    services.edit_course(course.uuid, edit(course, "description", confirmed=True, summary="About letters."), actor=desk.editor, at=MONDAY)

    assert (course.summary, course.gaps) == ("About letters.", ["for_whom"])


def test_saving_what_stands_there_already_leaves_no_event(db, desk):
    course = desk.course(state=Publication.PUBLISHED)

    services.edit_course(course.uuid, edit(course, "basics"), actor=desk.editor, at=MONDAY)

    assert events(db, course) == []


def test_the_event_of_an_edit_keeps_what_was_and_what_became(db, desk):
    course = desk.course()

    services.edit_course(course.uuid, edit(course, "description", summary="About letters."), actor=desk.editor, at=MONDAY)

    event = db.session.scalars(select(Event).where(Event.subject_uuid == course.uuid)).one()
    assert event.facts == {"section": "description", "changes": {"summary": ["About numbers.", "About letters."]}}
    assert (event.organisation_id, event.person_uuid, event.at) == (desk.institution.organisation_id, desk.editor.person_uuid, MONDAY)


def test_the_second_of_two_editors_of_a_section_is_not_saved_over_the_first(db, desk):
    course = desk.course()
    first, second = edit(course, "description", summary="First."), edit(course, "description", summary="Second.")

    services.edit_course(course.uuid, first, actor=desk.editor, at=MONDAY)
    with pytest.raises(StaleEdit):
        services.edit_course(course.uuid, second, actor=desk.editor, at=MONDAY)

    assert course.summary == "First."


def test_two_editors_of_two_sections_do_not_stand_in_each_others_way(desk):
    course = desk.course()
    first, second = edit(course, "description", summary="First."), edit(course, "basics", title="Second")

    services.edit_course(course.uuid, first, actor=desk.editor, at=MONDAY)
    services.edit_course(course.uuid, second, actor=desk.editor, at=MONDAY)

    assert (course.summary, course.title) == ("First.", "Second")


def test_in_service_training_carries_no_credits_nor_do_its_modules(desk):
    course = desk.course()
    desk.module("MAT1", of=course)

    with pytest.raises(BadInput) as refusal:
        services.edit_course(course.uuid, edit(course, "basics", strand=Strand.IN_SERVICE), actor=desk.editor, at=MONDAY)

    assert set(refusal.value.errors) == {"credits", "strand"}
    assert "Module MAT1" in refusal.value.errors["strand"][0]


def test_the_modules_follow_the_course_into_its_strand(desk):
    course = desk.course(credits=None)
    module = desk.module("MAT1", credits=None, of=course)

    services.edit_course(course.uuid, edit(course, "basics", strand=Strand.IN_SERVICE), actor=desk.editor, at=MONDAY)

    assert (course.strand, module.strand, module.gaps) == (Strand.IN_SERVICE, Strand.IN_SERVICE, [])


def test_a_subject_that_is_not_in_the_register_is_refused(desk):
    with pytest.raises(BadInput) as refusal:
        create(desk, subject="alchemy")

    assert list(refusal.value.errors) == ["subject"]


def test_the_neighbours_course_is_not_there(desk, neighbour):
    theirs = neighbour.course()
    change = Edit("description", content.content(theirs, "description"), content.version_of(content.content(theirs, "description")))

    for attempt in (
        lambda: services.edit_course(theirs.uuid, change, actor=desk.editor, at=MONDAY),
        lambda: services.publish_course(theirs.uuid, actor=desk.editor, at=MONDAY),
        lambda: services.withdraw_course(theirs.uuid, actor=desk.editor, at=MONDAY),
    ):
        with pytest.raises(NotFound):
            attempt()


def test_only_an_editor_publishes(desk):
    with pytest.raises(NotAllowed):
        services.publish_course(desk.course().uuid, actor=f.acting(f.teacher()), at=MONDAY)
