"""Nobody can be told from a count of plans, nor from what is left when the others are taken from the sum."""

from itertools import product

from hypothesis import example, given
from hypothesis import strategies as st

from regions.planned.rules import Line, lines
from regions.reports.rules import FEWEST, hide

counts = st.dictionaries(st.sampled_from(["vest", "nord", "midt", "sorost", None]), st.integers(0, 12), min_size=1)


def test_five_are_shown_and_four_are_not():
    assert lines([("matematikk", 4054, "vest", 5)]) == [Line("matematikk", 4054, {"vest": 5}, 5)]
    assert lines([("matematikk", 4054, "vest", 4)]) == []


def test_one_hidden_count_takes_the_smallest_other_with_it():
    assert hide({"vest": 9, "nord": 3, "midt": 6}) == ({"nord", "midt"}, False)


def test_two_hidden_counts_that_add_up_to_less_than_five_take_another_with_them():
    assert hide({"vest": 9, "nord": 1, "midt": 2}) == ({"nord", "midt", "vest"}, False)


def test_where_nothing_else_can_be_hidden_the_sum_is():
    assert hide({"vest": 0, "nord": 3}) == ({"nord"}, True)
    assert hide({"vest": 2, "nord": 2}) == ({"nord", "vest"}, True)


def test_the_lines_stand_by_subject_and_then_by_term():
    told = lines([("norsk", 4055, "vest", 6), ("matematikk", 4056, "vest", 6), ("matematikk", 4054, "nord", 7)])

    assert [(line.subject, line.term, line.total) for line in told] == [("matematikk", 4054, 7), ("matematikk", 4056, 6), ("norsk", 4055, 6)]


@given(counts)
def test_no_small_count_is_shown_and_none_can_be_told_by_subtraction(counted):
    hidden, whole = hide(counted)
    shown = {place: number for place, number in counted.items() if place not in hidden}
    left = sum(counted.values()) - sum(shown.values())

    assert all(number == 0 or number >= FEWEST for number in shown.values())
    assert whole or not 0 < sum(counted.values()) < FEWEST
    assert whole or not hidden or (len(hidden) >= 2 and left >= FEWEST)


@given(counts)
def test_nothing_is_hidden_where_nothing_is_small(counted):
    if all(number == 0 or number >= FEWEST for number in counted.values()):
        assert hide(counted) == (set(), False)


small_worlds = st.dictionaries(st.sampled_from(["vest", "nord", "midt"]), st.integers(0, 9), min_size=1)


@given(small_worlds)
@example({"vest": 4, "nord": 4, "midt": 5})  # eight in two hidden places can only be four in each
@example({"vest": 4, "midt": 5, "nord": 5})  # which of two equals is hidden must tell nothing
def test_whoever_knows_the_rule_cannot_tell_a_hidden_count(counted):
    """Every world that would be shown just like this one is tried: of each hidden count there is more than one that it may be."""
    hidden, whole = hide(counted)
    if whole or not hidden:
        return
    left, places = sum(counted[place] for place in hidden), sorted(hidden)
    worlds = [dict(zip(places, numbers, strict=True)) for numbers in product(range(left + 1), repeat=len(places)) if sum(numbers) == left]
    alike = [world for world in worlds if hide(counted | world) == (hidden, whole)]

    assert all(len({world[place] for world in alike}) > 1 for place in places)
