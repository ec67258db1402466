"""The owner's list: its order, its reasons, its budget, and what it comes to."""

import re

import pytest

from config.errors import NotFound, StaleEdit
from enrolment.applications.lifecycle import Money
from enrolment.board import gates
from enrolment.board.services import ranking
from enrolment.board.values import Cuts
from enrolment.board.values import Money as Sum
from tests import factories
from tests.enrolment.board.scenes import FURTHER, WITH_OWNER, visiting

ROUND = "2027"


def rank(scene, typed, reasons=None, **known):
    said = {"version": scene.board().list.version, "actor": scene.bjorn, "at": WITH_OWNER} | known
    return ranking.rank(ROUND, FURTHER, {str(case.uuid): number for case, number in typed.items()}, {str(case.uuid): why for case, why in (reasons or {}).items()}, **said)


def names(scene) -> list[str]:
    return [row.case.person.name for row in scene.board().ranked]


def three(scene):
    cases = [scene.approved(name, rank=number) for number, name in enumerate("ABC", 1)]
    return cases


def test_another_number_moves_a_case_and_the_others_make_room(scene):
    _a, _b, c = three(scene)
    rank(scene, {c: 1})

    assert names(scene) == ["C", "A", "B"]
    assert [row.case.rank for row in scene.board().ranked] == [1, 2, 3]


def test_a_case_without_a_number_joins_the_list(scene):
    three(scene)
    new = scene.approved("New")
    rank(scene, {new: 2})

    assert names(scene) == ["A", "New", "B", "C"]


def test_the_same_number_twice_is_told_and_changes_nothing(client, scene):
    a, b, c = three(scene)
    version = scene.board().list.version
    sent = {"version": version, f"rank-{a.uuid}": "1", f"rank-{b.uuid}": "3", f"rank-{c.uuid}": "3"} | {f"rank-{c.uuid}": "1", f"rank-{a.uuid}": "3"}

    answer = visiting(client, scene.bjorn).post("/owner/rounds/2027/further/ranking", data=sent)

    assert answer.status_code == 422
    assert "Two applications were given the number 3." in answer.text
    assert names(scene) == ["A", "B", "C"]


def test_up_and_down_work_by_buttons_alone(client, scene):
    _a, b, _c = three(scene)
    visitor = visiting(client, scene.bjorn)
    for way, expected in (("up", ["B", "A", "C"]), ("up", ["B", "A", "C"]), ("down", ["A", "B", "C"]), ("down", ["A", "C", "B"])):
        page = visitor.get("/owner/rounds/2027/further/ranking").text
        sent = dict(re.findall(r'name="(rank-[^"]+)"[^>]*value="(\d+)"', page)) | {"version": re.search(r'name="version" value="(\d+)"', page)[1], way: str(b.uuid)}
        assert visitor.post("/owner/rounds/2027/further/ranking", data=sent).status_code == 302
        assert names(scene) == expected


def test_two_windows_do_not_rank_past_each_other(client, scene):
    a, _b, c = three(scene)
    seen = scene.board().list.version
    rank(scene, {c: 1})

    with pytest.raises(StaleEdit):
        rank(scene, {a: 3}, version=seen, actor=scene.berit)
    answer = visiting(client, scene.berit).post("/owner/rounds/2027/further/ranking", data={"version": seen, f"rank-{a.uuid}": "3"})
    assert (answer.status_code, names(scene)) == (409, ["C", "A", "B"])
    assert re.search(rf'name="rank-{a.uuid}"[^>]*value="3"', answer.text)


def test_only_the_owners_own_approved_cases_are_ranked(scene):
    waiting = scene.case("Waits")
    three(scene)

    with pytest.raises(NotFound):
        rank(scene, {waiting: 1})


def test_a_deviation_asks_a_reason_and_the_reason_is_kept(client, scene):
    needs, has = scene.approved("Needs"), scene.approved("Has", teaches=False)
    rank(scene, {has: 1, needs: 2})
    assert [row.case.person.name for row in scene.board().unexplained] in (["Has"], ["Needs"])
    page = visiting(client, scene.bjorn).get("/owner/rounds/2027/further/ranking").text
    assert page.count("Why elsewhere than suggested</label>") == 1

    [odd] = scene.board().unexplained
    rank(scene, {}, {odd.case: "Leaves the subject's team alone otherwise."})

    assert scene.board().unexplained == []
    assert gates.what_is_missing(scene.board()) == []


def test_as_suggested_the_rest_come_last_or_the_whole_list_is_ordered_anew(scene):
    needs, has = scene.approved("Needs"), scene.approved("Has", teaches=False)
    rank(scene, {has: 1}, {has: "First here."})
    ranking.rank_as_suggested(ROUND, FURTHER, whole=False, version=scene.board().list.version, actor=scene.bjorn, at=WITH_OWNER)
    assert names(scene) == ["Has", "Needs"]

    ranking.rank_as_suggested(ROUND, FURTHER, whole=True, version=scene.board().list.version, actor=scene.bjorn, at=WITH_OWNER)
    assert names(scene) == ["Needs", "Has"]
    assert (has.rank_reason, needs.rank_reason) == (None, None)


def test_the_totals_are_the_sum_of_the_rows_and_the_lines_stand_where_the_money_ends(scene):
    three(scene)
    ranking.set_budget(ROUND, FURTHER, budget=250_000_00, work_year=None, state_places=1, actor=scene.bjorn, at=WITH_OWNER)

    board = scene.board()
    assert board.total(board.ranked) == Sum(600_000_00, 300_000_00, 300_000_00)
    assert board.cuts == Cuts(state=1, budget=2, seats=3)


def test_what_a_post_costs_the_owner_goes_before_the_common_figure(scene):
    three(scene)
    ranking.set_budget(ROUND, FURTHER, budget=None, work_year=1_000_000_00, state_places=None, actor=scene.bjorn, at=WITH_OWNER)

    assert scene.board().total(scene.board().ranked).owner == 3 * 125_000_00


def test_as_many_are_reckoned_to_be_funded_as_in_the_last_round_until_the_owner_says_otherwise(scene):
    case = three(scene)[0]
    before = factories.cycle("2026", study_year=2025)
    factories.application(case.person, before, money=Money.FUNDED)

    assert scene.board().state_places == 1


def test_what_if_one_more_is_taken(client, scene):
    three(scene)
    ranking.set_budget(ROUND, FURTHER, budget=250_000_00, work_year=None, state_places=None, actor=scene.bjorn, at=WITH_OWNER)
    visitor = visiting(client, scene.bjorn)

    two, all_three = (visitor.get(f"/owner/rounds/2027/further/ranking{asked}").text for asked in ("?upto=2", "?upto=3"))

    assert "We pay kr 200,000. kr 50,000 of the budget are left." in two
    assert "That is kr 50,000 over the budget." in all_three


def test_a_budget_may_be_more_than_a_computer_word_and_is_never_a_word(client, scene):
    visitor = visiting(client, scene.bjorn)
    good = visitor.post("/owner/rounds/2027/further/budget", data={"budget": "kr 1 250 000 000"})
    bad = [visitor.post("/owner/rounds/2027/further/budget", data=sent) for sent in ({"budget": "-5"}, {"budget": "9" * 30}, {"state_places": "many"}, {"work_year": "12,50"})]

    assert good.status_code == 302
    assert [answer.status_code for answer in bad] == [422] * 4
    assert scene.board().list.budget_oere == 1_250_000_000_00
