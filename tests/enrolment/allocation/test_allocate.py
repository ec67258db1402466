"""The allocation as a whole, judged by a checker that knows nothing of how it is done."""

import json
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.settings import ROOT
from enrolment.allocation import allocate, values
from enrolment.allocation.values import Applicant, Choice, Group, Inputs, InputsWrong, Offering, Owner, Quota, QuotaKind
from tests.enrolment.allocation import checker

RULE_SETS = {one["code"]: one for one in json.loads((ROOT / "enrolment/allocation/rule_sets.json").read_text())}
BANDS, LOT = RULE_SETS["owner-bands"], RULE_SETS["lot-only"]


def inputs(applicants, offerings, owners=(), groups=(), on="2026-04-30"):
    return Inputs(on, tuple(applicants), tuple(offerings), tuple(owners), tuple(groups))


def applicant(key, *packages, **facts):
    choices = tuple(Choice(tuple(package.split("+")), "matematikk", "substitute") for package in packages)
    return Applicant(key, facts.pop("owner", "sandnes"), choices, **facts)


def placed(outcome):
    return {one["key"]: one["choice"] for one in outcome["people"]}


@st.composite
def rounds(draw, packages=True, groups=True):
    """A small round with more wishes than seats."""
    keys = [f"o{number}" for number in range(draw(st.integers(1, 4)))]
    quota = st.builds(
        Quota, st.sampled_from([QuotaKind.REGION, QuotaKind.OWNER, QuotaKind.SCHEME]), st.just("a"), st.integers(0, 1),
        st.sampled_from([None, "2026-01-01"]),
    )  # fmt: skip
    quotas = st.lists(quota, max_size=2, unique_by=lambda one: one.kind).map(tuple)
    offerings = [Offering(key, draw(st.integers(2, 4)), quotas=draw(quotas)) for key in keys]
    package = st.lists(st.sampled_from(keys), min_size=1, max_size=2 if packages else 1, unique=True).map(tuple)
    choice = st.builds(Choice, package, st.sampled_from(["matematikk", "musikk"]), st.sampled_from("ab"))
    ranks = {owner: draw(st.permutations(range(1, 15))) for owner in "ab"}
    people = []
    for number in range(draw(st.integers(1, 14))):
        owner = draw(st.sampled_from("ab"))
        regions = draw(st.sampled_from([("a",), ("b",), ("a", "b")]))
        people.append(Applicant(f"p{number}", owner, tuple(draw(st.lists(choice, min_size=1, max_size=3))), ranks[owner][number], True, regions))
    together = ()
    if groups and len(people) >= 3 and draw(st.booleans()):
        people[1] = replace(people[1], choices=people[0].choices)
        together = (Group("g", ("p0", "p1"), draw(st.booleans()), 1),)
    return inputs(people, offerings, groups=together)


@given(rounds(), st.sampled_from(["owner-bands", "lot-only"]), st.text(max_size=4))
def test_nobody_is_passed_over_and_nothing_is_oversold(round_, code, seed):
    outcome = allocate.allocate(round_, RULE_SETS[code], seed)

    assert list(checker.problems(round_, RULE_SETS[code], seed, outcome)) == []


@given(rounds(), st.integers())
def test_the_order_of_the_lists_changes_no_byte(round_, number):
    chance = Random(number)
    mixed = {name: tuple(chance.sample(getattr(round_, name), len(getattr(round_, name)))) for name in ("applicants", "offerings", "groups")}

    first, second = allocate.freeze(round_, BANDS), allocate.freeze(replace(round_, **mixed), BANDS)

    assert first == second
    assert allocate.replay(first.written, "seed") == allocate.replay(second.written, "seed")
    assert json.loads(allocate.replay(first.written, "seed"))["people"] == allocate.allocate(replace(round_, **mixed), BANDS, "seed")["people"]


def test_the_sentence_of_a_second_choice_knows_who_got_the_last_place():
    round_ = inputs([applicant("a", "x", rank=1), applicant("b", "x", "y", rank=3)], [Offering("x", 1), Offering("y", 1)])

    outcome = allocate.allocate(round_, BANDS, "2026")

    assert placed(outcome) == {"a": 1, "b": 2}
    assert outcome["people"][1]["why"] == [
        {"choice": 1, "cause": "full", "offering": "x", "last": {"owner": "sandnes", "same": True, "rank": 1, "by": "owner-first", "quota": ["open", ""]}}
    ]
    assert outcome["queues"] == {"x": ["b"]}


def test_a_package_is_placed_whole_or_not_at_all():
    round_ = inputs([applicant("a", "x", rank=1), applicant("b", "x+y", "y", rank=2)], [Offering("x", 1), Offering("y", 1)])

    assert [one["seats"] for one in allocate.allocate(round_, BANDS, "")["people"]] == [{"x": ["open", ""]}, {"y": ["open", ""]}]


@pytest.mark.parametrize(("whole", "expected"), [(True, {"a": None, "b": None, "c": 1}), (False, {"a": 1, "b": None, "c": 1})])
def test_a_group_is_placed_whole_or_as_many_as_possible(whole, expected):
    people = [applicant("a", "x", rank=2), applicant("b", "x", rank=4), applicant("c", "x", rank=1)]
    round_ = inputs(people, [Offering("x", 2)], groups=[Group("g", ("a", "b"), whole, 1)])

    assert placed(allocate.allocate(round_, BANDS, "")) == expected


def test_the_unused_of_a_quota_go_to_anybody_from_the_day_it_is_released():
    quota = Quota(QuotaKind.OWNER, "bergen", 1, "2026-05-01")
    people = [applicant("a", "x", rank=1), applicant("b", "x", rank=2)]

    before = inputs(people, [Offering("x", 2, quotas=(quota,))], on="2026-04-30")
    after = replace(before, on="2026-05-01")

    assert placed(allocate.allocate(before, BANDS, "")) == {"a": 1, "b": None}
    assert placed(allocate.allocate(after, BANDS, "")) == {"a": 1, "b": 1}


def test_in_the_order_of_2023_24_every_owners_first_is_granted_and_the_rest_is_shared_by_teachers():
    rules = json.loads(json.dumps(RULE_SETS["2023-24"]))
    rules["steps"][-1]["grants"] = 4
    people = [Applicant(f"{owner}{rank}", owner, (Choice((), "krle"),), rank) for owner in ("big", "small") for rank in (1, 2, 3)]
    round_ = inputs(people, [], owners=[Owner("big", 90_000), Owner("small", 100)])

    assert placed(allocate.allocate(round_, rules, "")) == {"big1": 1, "big2": 1, "big3": 1, "small1": 1, "small2": None, "small3": None}


def test_whom_the_state_may_not_pay_takes_no_grant_from_others_and_may_have_a_seat_all_the_same():
    rules = json.loads(json.dumps(RULE_SETS["2023-24"]))
    rules["steps"][-1]["grants"] = 1
    people = [Applicant(f"p{rank}", "a", (Choice(("x",), "krle"),), rank, eligible=rank != 1) for rank in (1, 2, 3)]
    outcome = allocate.allocate(inputs([*people, Applicant("core", "b", (Choice((), "matematikk"),), 1, eligible=False)], [Offering("x", 3)], owners=[Owner("a", 100)]), rules, "")

    assert placed(outcome) == {"core": 1, "p1": 1, "p2": 1, "p3": None}
    assert {one["key"]: one["money"] for one in outcome["people"]} == {"core": False, "p1": False, "p2": True, "p3": False}


def test_a_rank_twice_is_refused_with_a_sentence():
    with pytest.raises(InputsWrong, match="sandnes gives rank 1 to 2"):
        inputs([applicant("a", "x", rank=1), applicant("b", "x", rank=1)], [Offering("x", 1)])


@given(rounds(groups=False), st.sampled_from(sorted(RULE_SETS)), st.text(max_size=3))
def test_there_are_no_exceptions_where_everybody_applies_alone(round_, code, seed):
    assert allocate.allocate(round_, RULE_SETS[code], seed)["exceptions"] == []


@given(rounds(groups=False, packages=False), st.text(max_size=3))
def test_without_packages_no_seat_stands_free_that_somebody_wants(round_, seed):
    people = allocate.allocate(round_, BANDS, seed)["people"]

    assert {why["cause"] for one in people for why in one["why"]} <= {"full"}


def everything_at_once():
    """A round with packages, groups, ranks, quotas and days of release in it, the same at all times."""
    kinds = (QuotaKind.REGION, QuotaKind.OWNER, QuotaKind.SCHEME)
    quotas = [tuple(Quota(kind, "ab"[number % 2], 1, (None, "2026-01-01")[(number + turn) % 2]) for turn, kind in enumerate(kinds)) for number in range(8)]
    offerings = [Offering(f"o{number}", 4 + number % 3, 3, number == 7, quotas[number]) for number in range(8)]
    subjects = ("matematikk", "musikk", "spesped", "krle")

    def choices(one):
        packages = [tuple(f"o{(one * step + step * step) % 8}" for step in range(1, 2 + (one + turn) % 2)) for turn in range(3)]
        return tuple(Choice(tuple(sorted(set(package))), subjects[(one + turn) % 4], "ab"[turn % 2], one % 5) for turn, package in enumerate(packages))

    people = [Applicant(f"p{one}", "abc"[one % 3], choices(one), one + 1 if one % 4 else None, one % 11 != 0, ("ab"[one % 2],)) for one in range(60)]
    groups = []
    for first in (3, 20, 41):
        people[first + 1] = replace(people[first + 1], choices=people[first].choices)
        groups.append(Group(f"g{first}", (f"p{first}", f"p{first + 1}"), first != 20, 1))
    return inputs(people, offerings, [Owner("a", 900), Owner("b", 80), Owner("c", 7)], groups)


@pytest.mark.parametrize(
    ("code", "digest"),
    [
        ("2023-24", "b7f194bbd8a5c34a70bded96d464cac76a6cec48ce7b04ce26aefb630a948877"),
        ("owner-bands", "2ec9c9c539c4a4359a2ff8600556d4e3c1d04ab4b18f8db026faeb9400ce2ca2"),
        ("lot-only", "a47c7b6f4c74ca5a5c1ca037e23ebdbc3de481aa9ed2739bddfabdd62fe293f6"),
    ],
)
def test_what_was_decided_once_comes_out_the_same_whenever_it_is_worked_out_again(code, digest):
    """Kept runs are replayed byte by byte, so a change that moves these is a change of what was promised."""
    rules = json.loads(json.dumps(RULE_SETS[code]))
    rules["steps"][-1]["grants"] = 9

    assert values.digest(allocate.replay(allocate.freeze(everything_at_once(), rules).written, "2026")) == digest


def test_a_seat_that_would_go_past_somebody_stays_free():
    """A would rather have y, where a seat stands free. But C is before A there, and before D on the owner's list; only A's seat in x keeps C from both."""
    rules = {"code": "own", "steps": LOT["steps"], "claims": [], "claims_in": {"owner": [{"key": "owner-rank"}]}}
    people = [applicant("a", "y", "x", rank=1), applicant("b", "y", rank=3), applicant("c", "x+y", rank=2), applicant("d", "x+y", rank=4)]
    round_ = inputs(people, [Offering("x", 2, quotas=(Quota(QuotaKind.OWNER, "sandnes", 1),)), Offering("y", 2)])

    outcome = allocate.allocate(round_, rules, "81")  # by which the lots stand in the order D, C, A, B

    assert placed(outcome) == {"a": 2, "b": None, "c": None, "d": 1}
    assert outcome["exceptions"] == []
