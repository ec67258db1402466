"""What the modules of a course count together is what a person who holds them gets, and an order never comes before what it needs."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.way import picture, rules
from enrolment.progress.overlap import Overlaps
from enrolment.progress.values import OverlapSet

MODULES = st.integers(1, 6)
HALVES = st.integers(1, 60).map(lambda halves: Decimal(halves) / 2)
CREDITS = st.dictionaries(MODULES, HALVES, min_size=1)
SETS = st.dictionaries(st.frozensets(MODULES, min_size=2, max_size=4), HALVES, max_size=4)
NEEDS = st.dictionaries(MODULES, st.sets(MODULES, max_size=3))


def together(credits, sets) -> Decimal:
    return sum(rules.blocks(credits, sets).values(), Decimal(0))


def test_the_total_is_the_most_that_any_part_counts():
    credits = dict.fromkeys((1, 2, 3), Decimal(20))
    sets = {frozenset({1, 2}): Decimal(15), frozenset({1, 3}): Decimal(15), frozenset({1, 2, 3}): Decimal(30)}
    assert rules.blocks(credits, sets) == {1: 20, 2: 5, 3: 15}  # the second and the third alone lose nothing, so they count 40


def test_a_module_that_would_lower_the_sum_adds_nothing():
    credits = dict.fromkeys((1, 2, 3), Decimal(15))
    sets = {frozenset(pair): Decimal(15) for pair in ((1, 2), (1, 3), (2, 3))}
    assert rules.blocks(credits, sets) == {1: 15, 2: 0, 3: 0}


def test_a_set_with_modules_of_other_courses_takes_nothing():
    assert rules.blocks({1: Decimal(15)}, {frozenset({1, 9}): Decimal(15)}) == {1: 15}


@settings(max_examples=200)
@given(CREDITS, SETS)
def test_a_course_counts_what_it_counts_for_whoever_holds_all_of_it(credits, sets):
    held, total = {}, 0
    overlaps = Overlaps({str(module) for module in credits}, [OverlapSet(frozenset(map(str, modules)), shared) for modules, shared in sets.items()])
    for module, number in credits.items():
        total += overlaps.gain(str(module), int(number * 2), held)
        held[str(module)] = int(number * 2)
    assert together(credits, sets) * 2 == total


@given(CREDITS, SETS)
def test_no_module_takes_from_the_others_and_none_adds_more_than_its_own(credits, sets):
    assert all(0 <= adds <= credits[module] for module, adds in rules.blocks(credits, sets).items())


@given(st.lists(MODULES, unique=True), NEEDS)
def test_every_module_stands_in_one_step(modules, needs):
    assert sorted(module for step in rules.steps(modules, needs) for module in step) == sorted(modules)


@given(st.lists(MODULES, unique=True), NEEDS)
def test_a_module_stands_after_what_it_needs(modules, needs):
    forwards = {module: {other for other in needs.get(module, ()) if other < module} for module in modules}
    place = {module: number for number, step in enumerate(rules.steps(modules, forwards)) for module in step}
    assert all(place[other] < place[module] for module in modules for other in forwards[module] if other in place)


def test_a_ring_loses_no_module():
    assert rules.steps([1, 2, 3], {1: {2}, 2: {1}}) == [[3], [1, 2]]


def test_the_picture_puts_at_most_two_boxes_beside_each_other():
    drawn = picture.draw([[1, 2, 3], [4]], [(1, 4, True)], {key: (f"Modul {key}", "") for key in range(1, 5)})
    assert [(box.key, box.x, box.y) for box in drawn.boxes] == [(1, 0, 0), (2, 248, 0), (3, 124, 140), (4, 124, 280)]
    assert (drawn.width, drawn.height) == (472, 376)


def test_a_long_title_takes_three_lines_and_says_that_it_goes_on():
    drawn = picture.draw([[1]], [], {1: ("Matematikk i barnehage og grunnskole for alle som underviser", "")})
    assert drawn.boxes[0].lines == ("Matematikk i", "barnehage og", "grunnskole for alle …")


@pytest.mark.parametrize("title", ["Tall", "Tall og algebra, tall og geometri", "Utforskande matematikk og programmering"])
def test_what_is_written_stands_within_its_box_line_below_line(title):
    box = picture.draw([[1]], [], {1: (title, "MAT1 · 15 studiepoeng")}).boxes[0]
    heights = [y for y, _line in box.written] + [box.foot]
    assert heights == sorted(set(heights))
    assert box.y + picture.LINE <= heights[0] + 5 <= heights[-1] + 5 <= box.y + picture.HIGH


def test_the_largest_set_replaces_those_within_it():
    credits = dict.fromkeys((1, 2, 3), Decimal(20))
    sets = dict.fromkeys(map(frozenset, ((1, 2), (1, 3), (2, 3))), Decimal(10)) | {frozenset({1, 2, 3}): Decimal(20)}
    assert rules.blocks(credits, sets) == {1: 20, 2: 10, 3: 10}
