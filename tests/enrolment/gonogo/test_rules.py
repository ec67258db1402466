"""When a run is at risk, who can get at which run, and which runs can be joined."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrolment.gonogo import rules
from enrolment.gonogo.values import Changed, Pair, Reach, Seen, Size

VEST, NORD = frozenset({1}), frozenset({2})


@pytest.mark.parametrize(
    ("own", "runs", "days", "most", "how"),
    [
        (VEST, VEST, None, 6, Reach.REGION),
        (VEST, NORD, None, 6, None),
        (VEST, NORD, 6, 6, Reach.DISTANCE),
        (VEST, NORD, 7, 6, None),
        (VEST, NORD, 3, None, None),
        (VEST, frozenset(), 0, None, Reach.DISTANCE),
        (frozenset(), NORD, 0, None, Reach.DISTANCE),
        (frozenset(), NORD, 2, 6, None),
    ],
)
def test_a_run_is_within_reach_in_the_region_or_by_the_distance_rule(own, runs, days, most, how):
    assert rules.reach(own_regions=own, run_regions=runs, days_away=days, most_days=most) is how


def test_the_last_start_that_is_looked_at_is_so_many_days_ahead():
    assert rules.last_start_at_risk(date(2026, 11, 23), 28) == date(2026, 12, 21)


def test_what_has_changed_is_told_by_kind():
    seen = Seen({"a": "placed", "b": "placed", "c": "waiting"}, frozenset({"x", "y"}))
    now = Seen({"b": "placed", "c": "placed", "d": "placed"}, frozenset({"y", "z"}))

    assert rules.changes(seen, now) == Changed(came=("d",), left=("a",), moved=("c",), opened=("z",), closed=("x",))


def test_nothing_has_changed_where_all_is_as_it_was_seen():
    assert not rules.changes(Seen({"a": "placed"}), Seen({"a": "placed"}))


def test_the_fewer_are_moved_to_the_more():
    assert rules.pairs([Size(1, 10, 4, 0, 5), Size(2, 10, 3, 0, 5)]) == [Pair(2, 1, 3, 0)]


def test_where_only_the_other_way_has_room_the_more_are_moved():
    assert rules.pairs([Size(1, 10, 4, 0, 5), Size(2, 5, 3, 0, 5)]) == [Pair(2, 1, 3, 0)]
    assert rules.pairs([Size(1, 5, 4, 0, 5), Size(2, 10, 3, 0, 5)]) == [Pair(1, 2, 4, 0)]


def test_runs_that_have_enough_or_no_room_are_not_joined():
    assert rules.pairs([Size(1, 10, 6, 0, 5), Size(2, 10, 7, 0, 5)]) == []
    assert rules.pairs([Size(1, 5, 4, 0, 5), Size(2, 5, 4, 0, 5)]) == []
    assert rules.pairs([Size(1, 4, 0, 0, 4), Size(2, 9, 4, 1, 5)]) == []


sizes = st.builds(Size, key=st.integers(1, 9), seats=st.integers(0, 12), taken=st.integers(0, 12), waiting=st.integers(0, 3), minimum=st.integers(0, 8))


@given(st.lists(sizes, max_size=5, unique_by=lambda size: size.key))
def test_a_pair_never_fills_a_run_beyond_its_seats(several):
    known = {size.key: size for size in several}

    for pair in rules.pairs(several):
        target = known[pair.target]
        assert target.taken + known[pair.source].people <= target.seats
        assert target.waiting == 0
