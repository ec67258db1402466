"""Several institutions own one module: who is asked, what each may do, whose the seats are, and where it is held by turn."""

import json
from datetime import date
from decimal import Decimal
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from catalog.equivalence import services as equivalence
from catalog.joint import queries, services, words
from catalog.joint.lifecycle import Part
from catalog.joint.rules import shared, whose_turn
from catalog.offers.lifecycle import Publication
from catalog.offers.models import Module
from catalog.publishing import queries as publishing_queries
from catalog.publishing import services as publishing
from catalog.publishing.queries import work_list
from catalog.publishing.rollover import services as rollover
from catalog.publishing.rollover.values import Span
from catalog.publishing.services import copying, deleting
from catalog.publishing.services.modules import OnlyTheLead
from catalog.publishing.values import Owner
from catalog.values import Band, Delivery, Semester, Term
from config.errors import BadInput, NotFound, StepRefused
from regions.coverage import matrix
from tests import factories as f
from tests.catalog.publishing.conftest import boxes, desk, edit, neighbour  # noqa: F401
from tests.factories import AUTUMN, MONDAY

TODAY = MONDAY.date()
HVL, UIB = Owner("HVL", 1, "Bergen"), Owner("UIB", 1, "Voss")


def own_together(desk, module: Module, *owners: Owner, rotates_from: Semester | None = None) -> Module:  # noqa: F811
    sent = edit(module, "joint", confirmed=True, partners=owners, rotates_from=rotates_from)
    return publishing.edit_module(module.uuid, sent, actor=desk.editor, at=MONDAY)


@pytest.fixture
def module(db, desk, neighbour):  # noqa: F811
    """A published module led by HVL, in which UiB is asked to take part."""
    return own_together(desk, desk.published_module("TEG1", title="Teiknspråk"), HVL, UIB)


@pytest.fixture
def accepted(module, neighbour):  # noqa: F811
    services.answer(part_of(module, neighbour).uuid, "accept", actor=neighbour.editor, at=MONDAY)
    return module


def part_of(module, desk):  # noqa: F811
    return next(part for part in module.partners if part.institution_id == desk.institution.organisation_id)


def test_the_lead_takes_part_and_the_others_are_asked_before_teachers_read_their_names(client, app, module, neighbour):  # noqa: F811
    assert [(part.institution.code, part.state) for part in module.partners] == [("HVL", Part.ACCEPTED), ("UIB", Part.ASKED)]
    page = app.test_client().get("/modules/HVL/TEG1").text
    assert "Given together" not in page
    assert "asks you to own a module together" in neighbour.browser.get("/publish").text

    neighbour.browser.post(f"/publish/joint/{part_of(module, neighbour).uuid}/acceptance")

    page = unescape(app.test_client().get("/modules/HVL/TEG1").text)
    assert "Given together with UIB" in page
    assert "Universitetet i Bergen" in page
    assert "asks you to own" not in neighbour.browser.get("/publish").text


def test_what_is_the_same_content_is_said_and_taken_back_by_the_lead_alone(db, desk, accepted, neighbour):  # noqa: F811
    other = desk.module("TEG2")
    said = {"institution": "HVL", "code": other.code, "source": "The board"}
    made = equivalence.state_equivalent(accepted.uuid, **said, actor=desk.editor, at=MONDAY)

    for act in (lambda: equivalence.state_equivalent(accepted.uuid, **said, actor=neighbour.editor, at=MONDAY),
                lambda: equivalence.take_back(accepted.uuid, made.uuid, actor=neighbour.editor, at=MONDAY)):  # fmt: skip
        with pytest.raises(OnlyTheLead):
            act()
    assert "equivalents" not in neighbour.browser.get(f"/publish/modules/{accepted.uuid}").text
    assert "equivalents" in desk.browser.get(f"/publish/modules/{accepted.uuid}").text


def test_who_has_declined_or_left_is_not_named_and_cannot_come_back_unasked(module, neighbour):  # noqa: F811
    part = part_of(module, neighbour)
    services.answer(part.uuid, "accept", actor=neighbour.editor, at=MONDAY)
    services.answer(part.uuid, "leave", actor=neighbour.editor, at=MONDAY)

    assert words.together(module) == ""
    with pytest.raises(NotFound):
        publishing_queries.own_module(neighbour.institution.organisation_id, module.uuid)
    with pytest.raises(StepRefused):
        services.answer(part.uuid, "accept", actor=neighbour.editor, at=MONDAY)


def test_a_partner_edits_the_runs_and_what_one_learns_and_the_lead_alone_the_rest(desk, neighbour, accepted):  # noqa: F811
    theirs = neighbour.editor
    run = publishing.create_offering(accepted.uuid, {"semester": AUTUMN, "semesters": 1}, actor=theirs, at=MONDAY)
    publishing.edit_offering(run.uuid, edit(run, "seats", seats=20), actor=theirs, at=MONDAY)
    publishing.edit_module(accepted.uuid, edit(accepted, "learning", confirmed=True, skills="Can sign."), actor=theirs, at=MONDAY)

    assert (run.seats, accepted.skills) == (20, "Can sign.")
    for refused in (
        lambda: publishing.edit_module(accepted.uuid, edit(accepted, "basics", confirmed=True, title="Ours"), actor=theirs, at=MONDAY),
        lambda: publishing.edit_module(accepted.uuid, edit(accepted, "joint", confirmed=True, partners=()), actor=theirs, at=MONDAY),
        lambda: publishing.withdraw_module(accepted.uuid, actor=theirs, at=MONDAY),
        lambda: copying.copy_module(accepted.uuid, actor=theirs, at=MONDAY),
        lambda: deleting.delete_module(accepted.uuid, actor=theirs, at=MONDAY),
    ):
        with pytest.raises(OnlyTheLead):
            refused()
    assert (accepted.title, accepted.state) == ("Teiknspråk", Publication.PUBLISHED)


def test_the_partners_page_offers_what_it_may_change_and_tells_who_leads(neighbour, accepted):  # noqa: F811
    page = unescape(neighbour.browser.get(f"/publish/modules/{accepted.uuid}").text)

    assert "HVL leads this module and publishes it." in page
    assert f"/publish/modules/{accepted.uuid}/learning" in page
    assert f"/publish/modules/{accepted.uuid}/basics" not in page
    assert "Take out of the catalogue" not in page
    assert "led by HVL" in neighbour.browser.get("/publish").text


def test_who_is_only_asked_can_neither_see_nor_edit(neighbour, module):  # noqa: F811
    assert neighbour.browser.get(f"/publish/modules/{module.uuid}").status_code == 404
    found = work_list.page_of(neighbour.institution.organisation_id, work_list.Wanted(), page=1, on=TODAY)
    assert module not in found.things


def test_an_institution_answers_for_itself_only(desk, neighbour, module):  # noqa: F811
    with pytest.raises(NotFound):
        services.answer(part_of(module, neighbour).uuid, "accept", actor=desk.editor, at=MONDAY)
    with pytest.raises(NotFound):
        services.answer(part_of(module, desk).uuid, "accept", actor=desk.editor, at=MONDAY)


def test_an_institution_keeps_its_answer_while_its_line_is_edited_and_goes_with_it(desk, neighbour, accepted):  # noqa: F811
    own_together(desk, accepted, HVL, Owner("UIB", 2, "Voss"))
    assert [(part.state, part.share) for part in accepted.partners] == [(Part.ACCEPTED, 1), (Part.ACCEPTED, 2)]

    own_together(desk, accepted)
    assert accepted.partners == []


@pytest.mark.parametrize(
    ("owners", "rotates_from", "field"),
    [
        ((HVL, Owner("NOWHERE", row=2)), None, "institution-2"),
        ((HVL, Owner("UIB", row=1), Owner("UIB", row=2)), None, "institution-2"),
        ((Owner("UIB", row=1),), None, "institution-1"),
        ((Owner("HVL", row=1),), None, "institution-1"),
        ((Owner("HVL", 1, row=1), Owner("UIB", None, row=2)), None, "share-2"),
        ((Owner("HVL", 0, row=1), Owner("UIB", 0, row=2)), None, "share-1"),
        ((Owner("HVL", None, "Bergen"), Owner("UIB")), AUTUMN, "rotates_from"),
    ],
)
def test_what_cannot_be_is_refused_at_its_box(desk, neighbour, owners, rotates_from, field):  # noqa: F811
    module = desk.module("TEG1")

    with pytest.raises(BadInput) as refused:
        own_together(desk, module, *owners, rotates_from=rotates_from)
    assert list(refused.value.errors) == [field]


def test_the_form_is_read_line_by_line_and_what_was_typed_is_kept(db, desk, neighbour):  # noqa: F811
    module = desk.module("TEG1")
    typed = {"institution-1": "HVL", "share-1": "2", "place-1": "Bergen", "institution-2": "UIB", "share-2": "1", "place-2": "Voss", "rotates_from": "2027h"}

    half = desk.browser.post(f"/publish/modules/{module.uuid}/joint", data=boxes(module, "joint", **typed, **{"place-3": "Oslo"}))
    assert (half.status_code, 'value="Oslo"' in half.text, "Choose the institution." in half.text) == (422, True, True)

    desk.browser.post(f"/publish/modules/{module.uuid}/joint", data=boxes(module, "joint", **typed))
    db.session.refresh(module)
    assert [(part.institution.code, part.share, part.place) for part in module.partners] == [("HVL", 2, "Bergen"), ("UIB", 1, "Voss")]
    assert module.rotates_from == AUTUMN


def test_the_seats_of_a_run_are_told_by_institution(app, desk, accepted):  # noqa: F811
    own_together(desk, accepted, Owner("HVL", 2), Owner("UIB", 1))
    run = desk.published_run(accepted, seats=35)

    assert words.seats(run) == "HVL 23 and UIB 12"
    assert "HVL 23 and UIB 12" in app.test_client().get(f"/offerings/{run.uuid}").text


def test_a_new_run_and_one_that_is_rolled_over_are_held_where_it_is_that_terms_turn(desk, accepted):  # noqa: F811
    town = f.municipality("4621", "Voss")
    own_together(desk, accepted, HVL, UIB, rotates_from=Semester(2026, Term.AUTUMN))

    run = publishing.create_offering(accepted.uuid, {"semester": f.SPRING, "semesters": 1}, actor=desk.editor, at=MONDAY)
    assert (run.place, run.municipality) == ("Voss", town)
    desk.published_run(accepted, semester=AUTUMN, place="Bergen", starts_on=date(2027, 9, 1), ends_on=date(2027, 12, 1), opens_on=None, apply_by=None, queue_closes_on=None)

    rollover.roll_over(Span.from_code("2027h"), actor=desk.editor, at=MONDAY)
    [copy] = [one for one in accepted.offerings if one.semester == AUTUMN.plus(2)]
    assert copy.place == "Bergen"
    assert [whose.place for _semester, whose in words.turns(accepted, TODAY)] == ["Bergen", "Voss", "Bergen", "Voss"]


def test_where_a_run_is_held_out_of_turn_its_editors_are_told(desk, accepted):  # noqa: F811
    own_together(desk, accepted, HVL, UIB, rotates_from=AUTUMN)
    run = desk.run(accepted, semester=AUTUMN, place="Voss", starts_on=None, ends_on=None)

    assert "By turn, runs of this semester are held in Bergen (HVL)." in desk.browser.get(f"/publish/offerings/{run.uuid}").text


def test_a_module_counts_in_the_regions_of_all_who_own_it_where_no_place_is_known(desk, neighbour, accepted):  # noqa: F811
    west = f.region("vest", institutions=[desk.institution])
    bergen = f.region("sor", institutions=[neighbour.institution])
    f.offering(accepted, semester=AUTUMN, delivery=Delivery.GATHERINGS, starts_on=None, ends_on=None, apply_by=None)

    cells = matrix.Judge(matrix.Asked(2026, Band.PRIMARY), TODAY).cells(desk.subject, [west, bergen])

    assert {key: cell.halves for key, cell in cells.items()} == {west.organisation_id: 30, bergen.organisation_id: 30}


def test_it_stands_on_the_pages_of_all_who_own_it_and_machines_are_told_of_them(app, neighbour, accepted):  # noqa: F811
    page = app.test_client().get("/institutions/UIB").text
    assert ("Teiknspråk" in page, "Given together with others" in page) == (True, True)

    told = app.test_client().get("/modules/HVL/TEG1").text
    script = told[told.index("application/ld+json") :]
    facts = json.loads(script[script.index(">") + 1 : script.index("</script>")])
    assert [one["name"] for one in facts["provider"]] == ["Høgskulen på Vestlandet", "Universitetet i Bergen"]


def test_the_list_of_parts_asks_the_database_as_often_for_three_as_for_one(desk, neighbour, module, count_queries):  # noqa: F811
    with count_queries() as one:
        neighbour.browser.get("/publish/joint")
    for code in ("TEG2", "TEG3"):
        own_together(desk, desk.module(code), HVL, UIB)
    with count_queries() as three:
        neighbour.browser.get("/publish/joint")

    assert len(three) == len(one)
    assert len(queries.parts_of(neighbour.institution.organisation_id)) == 3


shares = st.dictionaries(st.integers(), st.integers(0, 1000), min_size=1, max_size=8)


@given(st.integers(0, 10_000), shares)
def test_all_seats_are_shared_and_each_gets_its_part_but_for_less_than_one(seats, of):
    given_ = shared(seats, of)
    whole = sum(of.values())

    assert sum(given_.values()) == (seats if whole else 0)
    assert all(abs(given_[key] - Decimal(seats * of[key]) / whole) < 1 for key in given_)


@given(st.integers(1, 6), st.integers(-8, 40))
def test_each_holds_it_once_in_a_round_and_nobody_before_the_first_term(hosts, ahead):
    named, semester = list(range(hosts)), AUTUMN.plus(ahead)
    turn = whose_turn(named, AUTUMN, semester)

    assert turn == (ahead % hosts if ahead >= 0 else None)
    assert whose_turn(named, None, semester) is None


def test_nobody_else_changes_what_is_asked_of_another(db, desk, neighbour, module):  # noqa: F811
    assert neighbour.browser.get(f"/publish/modules/{module.uuid}/joint").status_code == 404
    assert db.session.scalars(select(Module).where(Module.uuid == module.uuid)).one().partners[1].state is Part.ASKED
