"""The order, the deviations, the lines and the sums of a board."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrolment.applications.lifecycle import Employer
from enrolment.board import rules
from enrolment.board.values import Claim, Facts, Money, Need

WEIGHTS = {"gap-at-school": 40, "teaches-without": 30, "gap-in-subject": 20, "refused-before": 10}
shares = st.fractions(0, 1, max_denominator=60)
facts = st.builds(Facts, st.none() | shares, st.booleans(), shares, st.booleans())
claims = st.lists(st.builds(Claim, st.uuids().map(str), facts, st.fractions(0, 120, max_denominator=2), st.dates().map(str)), unique_by=lambda one: one.key, max_size=12)
orders = st.permutations([f"k{number}" for number in range(8)])


@pytest.mark.parametrize(
    ("employer", "rank", "last", "needs"),
    [
        (Employer.WITH_HEAD, None, date(2027, 3, 15), Need.OTHERS), (Employer.WITH_OWNER, None, date(2027, 3, 1), Need.OVERDUE),
        (Employer.WITH_OWNER, None, date(2027, 3, 2), Need.SOON), (Employer.WITH_OWNER, None, date(2027, 3, 8), Need.SOON),
        (Employer.WITH_OWNER, None, date(2027, 3, 9), Need.DECIDE), (Employer.WITH_OWNER, None, None, Need.DECIDE),
        (Employer.APPROVED, None, date(2027, 3, 15), Need.RANK), (Employer.APPROVED, 3, date(2027, 3, 15), Need.DONE),
        (Employer.REFUSED, None, date(2027, 3, 15), Need.DONE), (Employer.UNANSWERED, None, date(2027, 3, 1), Need.DONE),
    ],
)  # fmt: skip
def test_each_case_waits_for_one_thing(employer, rank, last, needs):
    assert rules.need(employer, rank, last, date(2027, 3, 2)) is needs


@given(claims, st.randoms())
def test_the_suggested_order_is_the_same_however_the_cases_come(these, dice):
    shuffled = list(these)
    dice.shuffle(shuffled)

    assert rules.suggested(shuffled, WEIGHTS) == rules.suggested(these, WEIGHTS)
    assert sorted(rules.suggested(these, WEIGHTS)) == sorted(one.key for one in these)


@given(claims, st.integers(2, 9))
def test_what_counts_is_how_the_weights_stand_to_each_other(these, times):
    assert rules.suggested(these, {kind: weight * times for kind, weight in WEIGHTS.items()}) == rules.suggested(these, WEIGHTS)


@given(claims.filter(bool), shares)
def test_a_larger_gap_never_moves_a_case_down(these, larger):
    first, *others = these
    worse = Claim(first.key, Facts(max(larger, first.facts.gap_at_school or Fraction(0)), *list(vars(first.facts).values())[1:]), first.credits, first.sent)
    before, after = (rules.suggested([one, *others], WEIGHTS).index(first.key) for one in (first, worse))

    assert after <= before


@given(orders, st.dictionaries(st.sampled_from([f"k{number}" for number in range(8)]), st.integers(1, 8), max_size=8))
def test_whoever_is_given_a_number_stands_at_it_and_the_others_keep_their_order(order, typed):
    if len(set(typed.values())) < len(typed):
        with pytest.raises(rules.RankTwice):
            rules.reordered(order, typed)
        return
    result = rules.reordered(order, typed)

    assert sorted(result) == sorted(order)
    assert {key: result.index(key) + 1 for key in typed} == typed
    assert [key for key in result if key not in typed] == [key for key in order if key not in typed]


def test_a_number_past_the_end_is_the_end_and_a_new_case_joins():
    assert rules.reordered(["a", "b"], {"a": 99}) == ["b", "a"]
    assert rules.reordered(["a", "b"], {"c": 2}) == ["a", "c", "b"]


@given(orders, orders)
def test_the_fewest_are_explained_and_the_rest_stand_as_suggested(order, suggestion):
    odd = rules.deviating(order, falling(suggestion))
    left = [key for key in order if key not in odd]

    assert left == [key for key in suggestion if key not in odd]
    assert len(left) == longest(order, suggestion)
    assert rules.deviating(order, falling(order)) == set()


def falling(suggestion) -> dict[str, Fraction]:
    """Points that suggest this order."""
    return {key: Fraction(-place) for place, key in enumerate(suggestion)}


def longest(order, suggestion) -> int:
    """By trying: the longest run of `order` that stands as in `suggestion`."""
    lengths: dict[int, int] = {}
    for key in order:
        place = suggestion.index(key)
        lengths[place] = 1 + max((length for other, length in lengths.items() if other < place), default=0)
    return max(lengths.values(), default=0)


@given(orders, st.integers(0, 7), st.integers(1, 8))
def test_where_one_was_moved_it_is_the_one_to_explain(order, which, to):
    moved = order[which]
    result = rules.reordered(order, {moved: to})

    assert rules.deviating(result, falling(order), {moved}) == (set() if result == list(order) else {moved})


@given(orders)
def test_those_with_equal_points_may_stand_either_way(order):
    assert rules.deviating(order, dict.fromkeys(order, Fraction(7))) == set()


@given(st.lists(st.integers(0, 50), max_size=10), st.integers(0, 200))
def test_the_budget_reaches_as_far_as_it_can_and_no_further(amounts, budget):
    reached = rules.within(amounts, budget)

    assert sum(amounts[:reached]) <= budget
    assert reached == len(amounts) or sum(amounts[: reached + 1]) > budget
    assert rules.within(amounts, None) is None


def test_seats_are_likely_down_to_the_first_that_is_not():
    assert rules.first_unlikely([True, None, False, True]) == 2
    assert rules.first_unlikely([True, True]) == 2
    assert rules.first_unlikely([None, None]) is None


@given(st.integers(0, 50), st.integers(1, 50), st.data())
def test_no_more_seats_are_called_likely_than_there_are(free, wanted, data):
    ours = data.draw(st.integers(1, wanted))
    likely = sum(rules.seat_is_likely(free=free, wanted=wanted, ours=ours, number=number) for number in range(1, ours + 1))

    assert likely <= free
    assert likely == ours if wanted <= free else likely <= ours


@given(st.lists(st.none() | st.builds(Money, *[st.integers(0, 10**9)] * 4), max_size=10))
def test_totals_are_the_sum_of_the_rows(rows):
    whole = rules.total(rows)

    assert (whole.state, whole.owner, whole.own, whole.extra) == tuple(sum(getattr(row, part) for row in rows if row) for part in ("state", "owner", "own", "extra"))
    assert whole.ours == sum(row.ours for row in rows if row)


def test_the_same_rows_have_the_same_digest_however_they_are_written():
    assert rules.digest([{"b": 1, "a": "å"}]) == rules.digest([{"a": "å", "b": 1}])
    assert rules.digest([{"a": 1}, {"a": 2}]) != rules.digest([{"a": 2}, {"a": 1}])
