"""What may be told of a census: small numbers cannot be got at, neither alone, nor by subtraction, nor by going up and down the levels."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regions.census.rules import Figures, due, fits, under, whole
from regions.reports.rules import FEWEST, Line

COUNTS = st.builds(lambda parts: Figures(sum(parts), parts[0], parts[1]), st.tuples(*[st.integers(0, 12)] * 3))
NATION = st.lists(st.lists(st.lists(COUNTS, min_size=1, max_size=4), min_size=1, max_size=3), min_size=1, max_size=3)


def told(nation):
    """The lines of each region, and under them of each county, with those that they lie under."""
    regions = [[sum(county, Figures()) for county in region] for region in nation]
    top = whole(sum((sum(region, Figures()) for region in regions), Figures()))
    lines = under(top, [Line("", sum(region, Figures())) for region in regions])
    for line, counties in zip(lines, regions, strict=True):
        yield top, lines, line, under(line, [Line("", figures) for figures in counties])


@given(NATION)
@settings(max_examples=300, deadline=None)
def test_no_small_number_is_shown_at_any_level(nation):
    for top, regions, _line, counties in told(nation):
        for line in (top, *regions, *counties):
            assert line.hidden or not 0 < line.counts.teachers < FEWEST
            assert line.parts_hidden or not any(0 < part < FEWEST for part in line.counts.parts)


@given(NATION)
@settings(max_examples=300, deadline=None)
def test_what_is_hidden_cannot_be_got_by_subtraction(nation):
    for _top, _regions, line, counties in told(nation):
        hidden = [one.counts.teachers for one in counties if one.hidden]
        if hidden and not line.hidden:
            assert sum(hidden) == 0 or sum(hidden) >= FEWEST
            assert sum(hidden) == 0 or len(hidden) > 1 or all(one.hidden or not one.counts.teachers for one in counties)


@given(NATION)
@settings(max_examples=300, deadline=None)
def test_what_is_hidden_above_cannot_be_added_up_from_below(nation):
    for _top, _regions, line, counties in told(nation):
        assert not line.hidden or all(one.hidden for one in counties)
        assert not line.parts_hidden or all(one.parts_hidden for one in counties)


@pytest.mark.parametrize(("on", "yes"), [(date(2027, 2, 28), False), (date(2027, 3, 1), True), (date(2027, 3, 10), True), (date(2027, 3, 16), False)])
def test_a_reminder_is_due_from_its_day_until_the_last(on, yes):
    assert due(14, date(2027, 3, 15), on) is yes


@pytest.mark.parametrize(("figures", "yes"), [((3, 2, 1), True), ((3, 2, 2), False), ((0, 0, 0), True)])
def test_nobody_is_counted_twice(figures, yes):
    assert fits(*figures) is yes
