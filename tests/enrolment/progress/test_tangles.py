"""Dense tangles of overlaps: exact where they are small, and quick (in steps, not seconds) where they are not."""

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.values import HALF
from enrolment.progress.overlap import Overlaps
from enrolment.progress.tangle import MOST_STEPS, STEPS
from enrolment.progress.values import OverlapSet

ONE_DESCENT = 5  # times all sets: what a search needs at least, to keep a few modules and to weigh what it kept


def overlap(halves: int, *modules: str) -> OverlapSet:
    return OverlapSet(frozenset(modules), halves * HALF)


def named(number: int) -> list[str]:
    return [f"m{each:02}" for each in range(number)]


def gains(overlaps: Overlaps, credits: Mapping[str, int]) -> list[int]:
    """What each module adds to those before it, in halves."""
    held: dict[str, int] = {}
    added = []
    for module, halves in credits.items():
        added.append(overlaps.gain(module, halves, held))
        held[module] = halves
    return added


def brute(credits: Mapping[str, int], sets: Iterable[OverlapSet]) -> int:
    """The total by its definition: every part of what is held, with the deductions of its largest matching sets."""

    @cache
    def deducted(held: frozenset[str]) -> int:
        inside = {each.modules for each in sets if each.modules <= held and each.credits}
        return sum(of_set(each) for each in inside if not any(each < other for other in inside))

    @cache
    def of_set(modules: frozenset[str]) -> int:
        said = max(int(each.credits / HALF) for each in sets if each.modules == modules)
        return max([said, *(deducted(modules - {module}) for module in modules)])

    parts = (frozenset(part) for size in range(len(credits) + 1) for part in combinations(credits, size))
    return max(sum(credits[module] for module in part) - deducted(part) for part in parts)


EIGHT = named(8)
credits_held = st.lists(st.sampled_from((10, 15, 30, 30, 60)), min_size=8, max_size=8).map(lambda halves: dict(zip(EIGHT, halves, strict=True)))
pairs = st.dictionaries(st.sampled_from(list(combinations(EIGHT, 2))), st.integers(1, 30), min_size=10)
larger = st.dictionaries(st.frozensets(st.sampled_from(EIGHT), min_size=3, max_size=5), st.integers(1, 60), max_size=5)


@given(credits_held, pairs, larger)
def test_a_dense_tangle_of_eight_comes_to_what_trying_every_part_comes_to(credits, two, more):
    sets = [overlap(halves, *modules) for modules, halves in [*two.items(), *more.items()]]
    overlaps = Overlaps(credits, sets)

    assert sum(gains(overlaps, credits)) == brute(credits, sets)
    assert overlaps.exact


@given(credits_held, pairs, st.randoms(use_true_random=False))
def test_the_same_modules_joined_in_another_order_come_to_the_same(credits, two, chance):
    sets = [overlap(halves, *modules) for modules, halves in two.items()]
    mixed = dict(chance.sample(list(credits.items()), len(credits)))

    assert sum(gains(Overlaps(credits, sets), credits)) == sum(gains(Overlaps(credits, sets), mixed))


@given(st.integers(1, 30), st.integers(1, 20), st.integers(2, 9))
def test_modules_all_alike_come_to_the_best_number_of_them(halves, shared, number):
    credits = dict.fromkeys(named(number), halves)
    sets = [overlap(shared, *pair) for pair in combinations(credits, 2)]

    best = max(count * halves - shared * count * (count - 1) // 2 for count in range(number + 1))
    assert sum(gains(Overlaps(credits, sets), credits)) == best


def test_forty_modules_that_all_share_five_credits_give_thirty_in_few_steps():
    credits = dict.fromkeys(named(40), 30)
    overlaps = Overlaps(credits, [overlap(10, *pair) for pair in combinations(credits, 2)])

    assert gains(overlaps, credits) == [30, 20, 10, *[0] * 37]
    assert overlaps.exact
    assert overlaps.steps < 100 * len(overlaps.sets)


@pytest.mark.parametrize("seed", range(3))
def test_forty_modules_that_overlap_any_how_are_counted_in_bounded_steps(seed):
    dice = Random(seed)
    credits = {module: dice.choice((10, 15, 20, 30, 60)) for module in named(40)}
    overlaps = Overlaps(credits, [overlap(dice.randint(1, 6), *pair) for pair in combinations(credits, 2)])

    added = gains(overlaps, credits)

    assert all(0 <= gain <= halves for gain, halves in zip(added, credits.values(), strict=True))
    assert overlaps.steps <= MOST_STEPS + STEPS + ONE_DESCENT * len(credits) * len(overlaps.sets)


def test_where_the_search_is_broken_off_what_counts_is_still_a_part_of_what_is_held():
    dice = Random(1)
    credits = dict.fromkeys(named(40), 30)
    sets = [overlap(dice.randint(1, 6), *pair) for pair in combinations(credits, 2)]
    overlaps = Overlaps(credits, sets)

    counted = sum(gains(overlaps, credits))

    (tangle,) = overlaps.tangles
    whole, part = tangle.total(credits)
    kept = {module for module, bit in tangle.bit.items() if part & bit}
    deducted = sum(int(each.credits / HALF) for each in sets if each.modules <= kept)
    assert not overlaps.exact
    assert counted == whole == 30 * len(kept) - deducted


def test_the_same_history_is_always_counted_the_same_however_long_it_would_take():
    dice = Random(2)
    credits = dict.fromkeys(named(30), 30)
    sets = [overlap(dice.randint(1, 6), *pair) for pair in combinations(credits, 2)]

    assert gains(Overlaps(credits, sets), credits) == gains(Overlaps(credits, reversed(sets)), credits)
