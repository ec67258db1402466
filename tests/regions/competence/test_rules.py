"""Needs beside what is planned: pure rules."""

from hypothesis import given
from hypothesis import strategies as st

from catalog.values import Band
from regions.competence.rules import Beside, Planned, needs_beside, share

PRIMARY, LOWER = Band.PRIMARY, Band.LOWER


def test_a_need_stands_beside_what_is_planned_with_state_and_own_money():
    planned = [Planned(1, PRIMARY, True, 4), Planned(1, PRIMARY, False, 2), Planned(1, None, True, 9), Planned(2, LOWER, True, 1)]

    beside = needs_beside({(1, PRIMARY): 10, (1, LOWER): 0}, planned)

    assert beside == {(1, PRIMARY): Beside(10, 4, 2), (2, LOWER): Beside(0, 1, 0)}
    assert {column: one.left for column, one in beside.items()} == {(1, PRIMARY): 4, (2, LOWER): 0}


COLUMN = st.tuples(st.integers(1, 3), st.sampled_from(Band))


@given(st.dictionaries(COLUMN, st.integers(0, 20)), st.lists(st.builds(Planned, st.integers(1, 3), st.sampled_from(Band), st.booleans(), st.integers(0, 20))))
def test_nothing_planned_is_lost_and_nobody_is_left_twice(lacking, planned):
    beside = needs_beside(lacking, planned)

    assert sum(one.state + one.own for one in beside.values()) == sum(one.participants for one in planned)
    assert sum(one.lacking for one in beside.values()) == sum(lacking.values())
    assert all(0 <= one.left <= one.lacking for one in beside.values())


def test_what_came_of_it_is_told_in_per_cent():
    assert [share(8, 10), share(12, 10), share(0, 0)] == [80, 120, None]
