"""The check of a finished run: it agrees with the tests' own checker, and sees what is planted."""

import copy
import json

from hypothesis import given
from hypothesis import strategies as st

from enrolment.allocation import allocate
from enrolment.allocation.checking import check
from enrolment.allocation.values import Applicant, Choice, Group, Inputs, Offering, Owner, Quota, QuotaKind
from tests.enrolment.allocation.test_allocate import BANDS, RULE_SETS, applicant, inputs, rounds


def finished(round_: Inputs, rules=BANDS, seed="2026"):
    frozen = allocate.freeze(round_, rules)
    return json.loads(frozen.written), json.loads(allocate.replay(frozen.written, seed))


@given(rounds(), st.sampled_from(sorted(RULE_SETS)), st.text(max_size=4))
def test_every_run_is_sound(round_, code, seed):
    assert check(*finished(round_, RULE_SETS[code], seed)).is_sound


@given(st.integers(0, 12), st.permutations(range(1, 9)), st.lists(st.booleans(), min_size=8, max_size=8))
def test_every_run_of_shared_money_is_sound(grants, ranks, may_be_paid):
    rules = json.loads(json.dumps(RULE_SETS["2023-24"]))
    rules["steps"][-1]["grants"] = grants
    people = [Applicant(f"p{number}", "ab"[number % 2], (Choice(("x",), "krle"), Choice((), "krle")), rank, eligible=may_be_paid[number]) for number, rank in enumerate(ranks)]

    assert check(*finished(inputs(people, [Offering("x", 2)], owners=[Owner("a", 300), Owner("b", 100)]), rules)).is_sound


def test_a_grant_that_went_past_somebody_whom_the_state_may_pay_is_seen_and_past_one_it_may_not_is_none():
    rules = json.loads(json.dumps(RULE_SETS["2023-24"]))
    rules["steps"][-1]["grants"] = 1
    people = [Applicant(f"p{rank}", "a", (Choice((), "krle"),), rank, eligible=rank != 1) for rank in (1, 2, 3)]
    frozen, result = finished(inputs(people, [], owners=[Owner("a", 100)]), rules)
    assert check(frozen, result).is_sound
    _first, second, third = result["people"]
    second["choice"], third["choice"] = None, 1

    assert check(frozen, result).passed_over == [("p2", 1)]


def three():
    return finished(inputs([applicant("a", "x", rank=1), applicant("b", "x", rank=4), applicant("c", "x", "y", rank=7)], [Offering("x", 1), Offering("y", 1)]))


def test_a_seat_given_to_a_weaker_claim_is_seen():
    frozen, result = three()
    strong, _middle, weak = result["people"]
    strong["choice"], strong["seats"] = None, {}
    weak["choice"], weak["seats"] = 1, {"x": ["open", ""]}

    assert check(frozen, result).passed_over == [("a", 1), ("b", 1)]


def test_an_exception_that_is_listed_is_exempt():
    frozen, result = three()
    strong, middle, _weak = result["people"]
    strong["choice"], strong["seats"], middle["choice"], middle["seats"] = None, {}, 1, {"x": ["open", ""]}
    result["exceptions"] = [{"key": "a", "choice": 1, "cause": "group"}]

    assert check(frozen, result).is_sound


def test_a_run_that_is_oversold_and_half_a_package_are_seen():
    frozen, result = three()
    oversold, half = copy.deepcopy(result), copy.deepcopy(result)
    oversold["people"][1].update(choice=1, seats={"x": ["open", ""]})
    half["people"][0]["seats"] = {}

    assert (check(frozen, oversold).breaches, check(frozen, half).breaches) == (["x"], ["a"])


def test_a_seat_in_a_quota_for_others_is_seen():
    quota = Quota(QuotaKind.OWNER, "bergen", 1)
    frozen, result = finished(inputs([applicant("a", "x", rank=1)], [Offering("x", 2, quotas=(quota,))]))
    result["people"][0]["seats"] = {"x": ["owner", "bergen"]}

    assert check(frozen, result).breaches == ["x"]


def test_a_member_of_a_group_is_not_held_against_those_alone():
    people = [applicant("a", "x", rank=2), applicant("b", "x", rank=4), applicant("c", "x", rank=1)]

    assert check(*finished(inputs(people, [Offering("x", 2)], groups=[Group("g", ("a", "b"), False, 1)]))).is_sound
