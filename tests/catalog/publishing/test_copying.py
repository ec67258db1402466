"""Copying into a new draft, last year's words beside empty fields, and the preview of a run."""

from decimal import Decimal
from html import unescape

import pytest

from catalog.offers.lifecycle import Publication, Run
from catalog.offers.models import Module
from catalog.publishing.services import copying
from catalog.values import Delivery
from config.errors import NotFound
from tests import factories as f
from tests.catalog.publishing.test_courses import events
from tests.factories import AUTUMN, MONDAY


def copy_module(desk, module) -> Module:
    return copying.copy_module(module.uuid, actor=desk.editor, at=MONDAY)


def test_a_module_is_copied_into_a_draft_that_says_the_same_but_has_no_code_and_no_runs(db, desk):
    before = desk.published_module("MAT1")
    module = desk.published_module("MAT2", title="Algebra", of=before.course)
    f.requires(module, before)
    desk.published_run(module)

    copy = copy_module(desk, module)

    assert (copy.state, copy.code, copy.slug, copy.title, copy.copied_from_id) == (Publication.DRAFT, None, "algebra", "Algebra", module.id)
    assert (copy.credits, copy.knowledge, copy.course, copy.position) == (Decimal(15), "Knows numbers.", module.course, 2)
    assert [(row.tag, row.sentence) for row in copy.tags] == [(row.tag, row.sentence) for row in module.tags]
    assert [row.required_module for row in copy.prerequisites] == [before]
    assert (copy.offerings, copy.gaps) == ([], ["code"])
    assert events(db, copy) == [("module", "create", None, None)]


def test_copies_of_the_same_module_have_addresses_of_their_own(desk):
    module = desk.module("MAT1", title="Algebra")

    assert [copy_module(desk, module).slug for _number in range(3)] == ["algebra", "algebra-2", "algebra-3"]


def test_a_course_is_copied_with_its_modules_apart_from_those_withdrawn(desk):
    course = desk.course(title="Mathematics", state=Publication.PUBLISHED, published_at=MONDAY)
    desk.published_module("MAT1", of=course, title="First", position=1)
    desk.module("MAT2", of=course, title="Gone", position=2, state=Publication.WITHDRAWN, published_at=MONDAY)
    desk.module("MAT3", of=course, title="Last", position=3)

    copy = copying.copy_course(course.uuid, actor=desk.editor, at=MONDAY)

    assert (copy.state, copy.title, copy.copied_from_id, copy.summary) == (Publication.DRAFT, "Mathematics", course.id, "About numbers.")
    assert [(module.title, module.state, module.position) for module in copy.modules] == [
        ("First", Publication.DRAFT, 1),
        ("Last", Publication.DRAFT, 3),
    ]


def test_the_neighbours_things_cannot_be_copied(desk, neighbour):
    with pytest.raises(NotFound):
        copy_module(desk, neighbour.published_module())
    with pytest.raises(NotFound):
        copying.copy_course(neighbour.course().uuid, actor=desk.editor, at=MONDAY)


def test_the_button_of_a_page_leads_to_the_copy(db, desk):
    module = desk.module("MAT1", title="Algebra")
    page = f"/publish/modules/{module.uuid}"
    assert "Copy into a new draft" in desk.browser.get(page).text

    answer = desk.browser.post(f"{page}/copies")

    assert answer.status_code == 303
    assert "This is the copy" in desk.browser.get(answer.location).text


def test_what_the_source_says_stands_by_the_fields_that_are_empty(db, desk):
    module = desk.module("MAT1", title="Algebra", knowledge="Knows algebra.")
    copy = copy_module(desk, module)
    copy.knowledge = None
    db.session.commit()

    page = unescape(desk.browser.get(f"/publish/modules/{copy.uuid}/learning").text)

    assert "What Algebra says" in page
    assert "Knows algebra." in page
    assert page.count("Can teach numbers.") == 1  # only in its own box


def test_a_new_run_shows_what_the_run_before_it_said(desk):
    module = desk.published_module("MAT1", title="Algebra")
    desk.published_run(module, place="Bergen", delivery=Delivery.BLENDED)
    new = desk.run(module, semester=AUTUMN, delivery=None, place=None, fee_oere=None)

    page = unescape(desk.browser.get(f"/publish/offerings/{new.uuid}/delivery").text)

    assert "What Algebra, spring 2027 says" in page
    assert "Bergen" in page


def test_nothing_is_told_where_nothing_was_said_before(desk):
    assert "What Module" not in desk.browser.get(f"/publish/offerings/{desk.run(fee_oere=None).uuid}/delivery").text


def test_a_draft_run_is_seen_as_teachers_would_see_it(desk):
    run = desk.run(desk.published_module("MAT1", title="Algebra"))
    own = f"/publish/offerings/{run.uuid}"
    assert f'href="{own}/preview"' in desk.browser.get(own).text

    page = desk.browser.get(f"{own}/preview").text

    assert "This is a preview. Only editors of your institution see it." in page
    assert "Algebra" in page
    assert run.state is Run.DRAFT
