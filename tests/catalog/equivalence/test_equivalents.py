"""Editors say which modules are the same content; from then on they count once and each meets what asks for the other."""

from datetime import date

import pytest

from accounts.models import Event
from catalog.equivalence.models import EquivalenceSet
from enrolment.progress import account
from enrolment.results import services as results
from enrolment.results.values import Mark
from enrolment.seats import services as seats
from tests import factories as f
from tests.factories import MONDAY

SAID = {"institution": "HVL", "code": "mat2", "source": "The board, 3 March 2026"}


@pytest.fixture
def course(db):
    return f.course(f.institution(), f.subject())


@pytest.fixture
def two(course):
    return f.module(course, "MAT1", title="Tall"), f.module(course, "MAT2", title="Tall, ny versjon")


@pytest.fixture
def editor(client, course):
    f.signed_in(client, f.editor(course.institution))
    return client


def test_it_is_said_seen_by_everybody_and_taken_back(editor, db, two):
    old, new = two
    answer = editor.post(f"/publish/modules/{old.uuid}/equivalents", data=SAID, follow_redirects=True)

    assert "Tall, ny versjon (HVL)" in answer.text
    assert "The same content as:" in editor.get(f"/modules/HVL/{new.slug}").text
    (one,) = db.session.query(EquivalenceSet)
    editor.post(f"/publish/modules/{new.uuid}/equivalents/{one.uuid}/removal")
    assert "The same content as:" not in editor.get(f"/modules/HVL/{new.slug}").text
    assert [event.event for event in db.session.query(Event).filter_by(kind="module").order_by(Event.id)] == ["equivalent-stated", "equivalent-taken-back"]


def test_saying_it_twice_keeps_one_set_with_the_latest_source(editor, db, two):
    for source in ("First", "Second"):
        editor.post(f"/publish/modules/{two[0].uuid}/equivalents", data=SAID | {"source": source})

    assert [one.source for one in db.session.query(EquivalenceSet)] == ["Second"]


@pytest.mark.parametrize(("typed", "sentence"), [("MAT1", "That is this module itself."), ("NIL", "The institution has no module with this code."), ("", "Fill this in.")])
def test_a_code_that_names_no_other_module_comes_back_with_what_was_typed(editor, two, typed, sentence):
    answer = editor.post(f"/publish/modules/{two[0].uuid}/equivalents", data=SAID | {"code": typed})

    assert answer.status_code == 422
    assert sentence in answer.text and "The board, 3 March 2026" in answer.text


def test_passing_both_counts_once_for_the_teacher(editor, db, two):
    somebody, by = f.teacher(), f.acting(f.editor(two[0].institution))
    for module in two:
        run = f.offering(module, **f.UNDER_WAY)
        seat = seats.enrol(run.uuid, actor=f.acting(somebody), at=MONDAY)
        results.record_results(run.uuid, {seat.uuid: Mark.B}, actor=by, at=MONDAY)
    before = account.of(somebody.id, date(2026, 11, 23)).progress("matematikk").verified
    editor.post(f"/publish/modules/{two[0].uuid}/equivalents", data=SAID)

    assert (before, account.of(somebody.id, date(2026, 11, 23)).progress("matematikk").verified) == (30, 15)
