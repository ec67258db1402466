"""Credits towards sixty: what counts, what overlaps, what is missing; by example and by thousands of made-up histories."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import combinations, cycle, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.values import HALF, Band, Strand
from enrolment.progress.asked import THIRTY, Rule
from enrolment.progress.rules import evaluate, missing_prerequisites
from enrolment.progress.values import (
    FAILS,
    PASSES_BEST_FIRST,
    Because,
    Credit,
    CreditsNeeded,
    Kind,
    Lacking,
    ModuleNeeded,
    OverlapSet,
    Progress,
    Reason,
    Target,
)

MATHS = "matematikk"
V, R, P, C = Kind.VERIFIED, Kind.RUNNING, Kind.PLANNED, Kind.CLAIMED
SURELY = (V, R, P)

# Norwegian 2 for grades 5–10 (MGL2322, 30 credits) covers two modules of 15; the institution states three overlaps of 15, 15 and 30.
UIS = (
    OverlapSet(frozenset({"MGL2122", "MGL2322"}), Decimal(15)),
    OverlapSet(frozenset({"MGL2220", "MGL2322"}), Decimal(15)),
    OverlapSet(frozenset({"MGL2122", "MGL2220", "MGL2322"}), Decimal(30)),
)
many = settings(max_examples=2 * settings.default.max_examples)


def credit(module: str | None, credits="15", kind: Kind = V, grade: str | None = None, on: date | None = None, **facts) -> Credit:
    key = facts.pop("key", f"{kind}-{module}")
    return Credit(key=key, subject=MATHS, credits=Decimal(credits), kind=kind, module=module, grade=grade, finished_on=on, **facts)


def overlap(credits, *modules: str) -> OverlapSet:
    return OverlapSet(frozenset(modules), Decimal(credits))


def maths(credits: Iterable[Credit], *overlaps: OverlapSet, **asked) -> Progress:
    on = asked.pop("on", None)
    return evaluate(credits, Rule(MATHS, overlap_sets=overlaps, **{name: value if name in ("goal", "bare_after") else tuple(value) for name, value in asked.items()}), on)


def counts(progress: Progress) -> dict[str, Decimal]:
    return {row.credit.key: row.counted for row in progress.counted}


# ---- what a teacher has, and what is missing


def test_verified_running_planned_and_missing_are_said_apart_with_halves_exact():
    progress = maths([credit("a", 30), credit("b", "7.5", R), credit("c", 15, P)])

    assert (progress.verified, progress.running, progress.planned, progress.missing) == (30, Decimal("7.5"), 15, Decimal("7.5"))


def test_nothing_held_is_sixty_missing():
    assert maths([]).parts == {"verified": 0, "claimed": 0, "running": 0, "planned": 0, "missing": 60}


def test_a_claim_is_never_part_of_what_one_has_nor_of_what_is_to_come():
    progress = maths([credit("a", 15), credit("b", 30, C), credit("c", 15, P)])

    assert (progress.verified, progress.claimed, progress.planned, progress.missing) == (15, 30, 15, 30)
    assert progress.missing_if_verified == 0


def test_a_claim_that_a_plan_overlaps_is_told_in_full_but_fills_the_bar_once():
    progress = maths([credit("a", 30, C), credit("b", 15, P)], overlap(15, "a", "b"))

    assert (progress.claimed, progress.planned, progress.missing, progress.missing_if_verified) == (30, 15, 45, 30)
    assert progress.parts == {"verified": 0, "claimed": 15, "running": 0, "planned": 15, "missing": 30}


def test_sixty_is_a_cap_and_the_surplus_stands_apart():
    progress = maths([credit("a", 45), credit("b", 30), credit("c", "7.5", P)])

    assert (progress.verified, progress.planned, progress.missing) == (60, 0, 0)
    assert (progress.beyond.verified, progress.beyond.planned, progress.surplus) == (15, Decimal("7.5"), Decimal("22.5"))


def test_a_plan_that_passes_sixty_fills_it_and_goes_beyond():
    progress = maths([credit("a", 45), credit("b", 30, P)])

    assert (progress.verified, progress.planned, progress.surplus) == (45, 15, 15)


def test_principals_go_to_thirty():
    assert maths([credit("a", 15)], goal=THIRTY).missing == 15


def test_thirty_and_sixty_are_both_marked_on_the_same_bar():
    thirty, sixty = Target(MATHS, Band.PRIMARY, Decimal(30), "F30"), Target(MATHS, Band.LOWER, Decimal(60), "F60")
    elsewhere = Target("norsk", Band.LOWER, Decimal(60))

    progress = maths([credit("a", 30), credit("b", "7.5", P)], targets=[sixty, elsewhere, thirty])

    marks = [(mark.target, mark.reached, mark.missing) for mark in progress.thresholds]
    assert marks == [(thirty, True, 0), (sixty, False, Decimal("22.5"))]


def test_a_threshold_is_reached_by_the_verified_alone():
    thirty = Target(MATHS, Band.PRIMARY, Decimal(30))

    (mark,) = maths([credit("a", 15), credit("b", 15, R), credit("c", 15, C)], targets=[thirty]).thresholds

    assert (mark.reached, mark.missing) == (False, 0)


def test_no_requirement_is_reached_with_nothing():
    (mark,) = maths([], targets=[Target(MATHS, Band.PRIMARY, Decimal(0))]).thresholds

    assert (mark.reached, mark.missing) == (True, 0)


def test_what_gives_no_credits_is_listed_with_the_reason():
    course, failed = credit("a", 15, strand=Strand.IN_SERVICE), credit("b", 15, grade="F")

    progress = maths([course, failed, credit("c", 15, grade="E")])

    assert progress.verified == 15
    assert {row.credit.module: (row.counted, row.reason) for row in progress.counted} == {
        "a": (0, Reason.IN_SERVICE), "b": (0, Reason.NOT_PASSED), "c": (15, Reason.IN_FULL),
    }  # fmt: skip


def test_the_same_module_passed_twice_counts_once_by_its_best_grade():
    progress = maths([credit("a", 15, grade="D", key="first"), credit("a", 15, grade="B", key="second")])

    assert counts(progress) == {"second": 15, "first": 0}
    assert (progress.counted[1].reason, progress.counted[1].because) == (Reason.SAME_MODULE, (Because(("second",)),))


def test_a_module_planned_again_adds_nothing():
    progress = maths([credit("a", 15), credit("a", 15, P)])

    assert (progress.verified, progress.planned) == (15, 0)


def test_studies_without_a_module_are_each_their_own():
    assert maths([credit(None, 30, key="x"), credit(None, 10, key="y")]).verified == 40


# ---- overlap


def test_all_three_overlapping_modules_give_thirty_not_sixty():
    held = [credit("MGL2122", 15, grade="B"), credit("MGL2220", 15, grade="C"), credit("MGL2322", 30, grade="D")]

    progress = maths(held, *UIS)

    assert progress.verified == 30
    assert counts(progress) == {"verified-MGL2122": 15, "verified-MGL2220": 15, "verified-MGL2322": 0}
    assert progress.counted[2].because == (Because(("verified-MGL2122", "verified-MGL2220"), UIS[2]),)


def test_two_of_the_three_lose_what_their_own_set_states():
    small, other, large = credit("MGL2122", 15), credit("MGL2220", 15), credit("MGL2322", 30)

    assert [counts(maths(pair, *UIS)) for pair in ([small, large], [other, large], [small, other])] == [
        {"verified-MGL2122": 15, "verified-MGL2322": 15},
        {"verified-MGL2220": 15, "verified-MGL2322": 15},
        {"verified-MGL2122": 15, "verified-MGL2220": 15},
    ]


def test_a_module_that_would_cost_more_than_it_gives_counts_nothing_but_takes_nothing():
    """Were the three modules of 15 each, the sets would leave 15 of 45, less than the first two alone; they still give 30."""
    alike = [credit(module, 15) for module in ("MGL2122", "MGL2220", "MGL2322")]

    assert maths(alike[:2], *UIS).verified == 30
    assert maths(alike, *UIS).verified == 30


def test_a_new_version_of_two_old_modules_takes_nothing_from_them():
    old_and_new = [credit("old-1"), credit("old-2"), credit("new")]

    assert maths(old_and_new, overlap(15, "new", "old-1"), overlap(15, "new", "old-2")).verified == 30


def test_a_deduction_is_never_more_than_the_smaller_side():
    assert maths([credit("a", 30), credit("b", "7.5")], overlap(15, "a", "b")).verified == 30


def test_a_larger_set_that_states_less_hands_nothing_back():
    sets = [overlap(15, "a", "b"), overlap("7.5", "a", "b", "c")]

    assert maths([credit("a"), credit("b")], *sets).verified == 15
    assert maths([credit("a"), credit("b"), credit("c")], *sets).verified == 30


def test_a_set_with_a_module_not_held_deducts_nothing():
    assert maths([credit("a"), credit("b")], overlap(15, "a", "b", "c")).verified == 30


def test_a_set_of_one_says_nothing():
    assert maths([credit("a"), credit("b")], overlap(15, "a")).verified == 30


def test_a_set_of_no_credits_says_nothing_and_replaces_nothing():
    sets = [overlap("7.5", "a", "b"), overlap("7.5", "a", "c"), overlap(0, "a", "b", "c")]

    assert maths([credit("a"), credit("b"), credit("c")], *sets).verified == 30


def test_a_study_without_a_module_may_overlap_by_its_own_key():
    assert maths([credit(None, 30, key="degree"), credit("a", 15)], overlap(10, "degree", "a")).verified == 35


def test_overlap_with_what_counts_in_another_subject_deducts_nothing():
    other = replace(credit("b"), subject="norsk")

    assert maths([credit("a"), other], overlap(15, "a", "b")).verified == 15


def test_a_running_module_bears_the_overlap_with_a_verified_one():
    progress = maths([credit("a", 15, grade="E"), credit("b", 10, R)], overlap("2.5", "a", "b"))

    assert (progress.verified, progress.running) == (15, Decimal("7.5"))
    assert progress.counted[1].deducted == Decimal("2.5")
    assert progress.counted[1].because == (Because(("verified-a",), overlap("2.5", "a", "b")),)


@pytest.mark.parametrize(("better", "worse"), [("A", "B"), ("C", "pass"), ("pass", "D"), ("D", "E"), (None, "D"), ("C", None)])
def test_the_deduction_falls_on_the_lowest_grade_and_a_bare_pass_ranks_between_c_and_d(better, worse):
    held = [credit("x", 15, grade=better, on=date(2025, 6, 1)), credit("y", 15, grade=worse, on=date(2020, 6, 1))]

    assert counts(maths(held, overlap(10, "x", "y"))) == {"verified-x": 15, "verified-y": 5}


def test_of_equal_grades_the_most_recently_completed_bears_the_deduction():
    held = [credit("x", 15, grade="B", on=date(2025, 6, 1)), credit("y", 15, grade="B", on=date(2020, 6, 1))]

    assert counts(maths(held, overlap(10, "x", "y"))) == {"verified-x": 5, "verified-y": 15}


def test_a_hundred_credits_in_one_tangle_are_counted_exactly():
    held = [credit(f"m{number:03}") for number in range(100)]
    chain = [overlap(15, one.module, other.module) for one, other in zip(held, held[1:], strict=False)]

    assert sum(counts(maths(held, *chain)).values()) == 50 * 15


@pytest.mark.parametrize("wrong", ["7.3", "-5", "x"])
def test_credits_that_are_not_in_halves_are_refused(wrong):
    with pytest.raises(ValueError, match="redits"):
        Credit("k", MATHS, wrong, V)
    with pytest.raises(ValueError, match="redits"):
        OverlapSet(frozenset("ab"), wrong)


def test_an_unknown_grade_is_refused():
    with pytest.raises(ValueError, match="“G” is not a grade"):
        credit("a", grade="G")


# ---- prerequisites


def test_a_prerequisite_is_lacking_until_its_module_is_passed():
    needed = [ModuleNeeded("a"), ModuleNeeded("b"), ModuleNeeded("c")]

    assert missing_prerequisites(needed, [credit("a"), credit("b", grade="F")]) == [Lacking(ModuleNeeded("b")), Lacking(ModuleNeeded("c"))]


def test_credits_in_a_subject_are_lacking_by_what_the_overlap_leaves():
    needed = CreditsNeeded(MATHS, Decimal(30))
    held = [credit("a"), credit("b"), replace(credit("c"), subject="norsk")]

    assert missing_prerequisites([needed], held) == []
    assert missing_prerequisites([needed], held, [overlap("7.5", "a", "b")]) == [Lacking(needed, Decimal("7.5"))]


# ---- thousands of histories

MODULES = tuple("abcdef")
halves = st.integers(0, 60).map(lambda number: number * HALF)


@st.composite
def credits_of(draw, kinds=tuple(Kind), modules=(*MODULES, None)) -> Credit:
    kind = draw(st.sampled_from(kinds))
    grade = draw(st.sampled_from((None, *PASSES_BEST_FIRST, *FAILS[:1]))) if kind in (V, C) else None
    return Credit(
        key=draw(st.uuids()).hex,
        subject=draw(st.sampled_from((MATHS, MATHS, MATHS, "norsk"))),
        credits=draw(halves),
        kind=kind,
        module=draw(st.sampled_from(modules)),
        grade=grade,
        finished_on=draw(st.none() | st.dates(date(2019, 1, 1), date(2019, 1, 3))),
        strand=draw(st.sampled_from((Strand.FURTHER, Strand.FURTHER, Strand.PRINCIPAL, Strand.IN_SERVICE))),
    )


histories = st.lists(credits_of(), max_size=8, unique_by=lambda each: each.key)
stated = st.lists(st.builds(OverlapSet, st.frozensets(st.sampled_from(MODULES), min_size=2, max_size=4), halves), max_size=6)


def brute(credits: Iterable[Credit], overlaps: Iterable[OverlapSet], *kinds: Kind) -> Decimal:
    """The total by its definition, from all parts of all that counts: slow, and written apart from the rules."""
    content: dict[str, Decimal] = {}
    for each in credits:
        if each.kind in kinds and each.subject == MATHS and each.strand is not Strand.IN_SERVICE and each.grade not in FAILS:
            content[each.module or each.key] = max(each.credits, content.get(each.module or each.key, Decimal(0)))

    @cache
    def deducted(held: frozenset[str]) -> Decimal:
        inside = {each.modules for each in overlaps if each.modules <= held and each.credits}
        return sum((of_set(each) for each in inside if not any(each < other for other in inside)), Decimal(0))

    @cache
    def of_set(modules: frozenset[str]) -> Decimal:
        said = max(each.credits for each in overlaps if each.modules == modules)
        return max(said, *(deducted(modules - {module}) for module in modules))

    parts = (frozenset(part) for size in range(len(content) + 1) for part in combinations(content, size))
    return max(sum((content[module] for module in part), Decimal(0)) - deducted(part) for part in parts)


def totals(progress: Progress) -> tuple[Decimal, ...]:
    """What is held; with what runs; with what is planned; and, apart, what is held with what is claimed."""
    verified, running, planned, claimed = (getattr(progress.within, kind) + getattr(progress.beyond, kind) for kind in (V, R, P, C))
    return verified, verified + running, verified + running + planned, verified + claimed


@many
@given(histories, stated)
def test_every_total_is_what_brute_force_finds(history, overlaps):
    progress = maths(history, *overlaps)

    asked = [(V,), (V, R), (V, R, P), (V, C)]
    assert totals(progress) == tuple(brute(history, overlaps, *kinds) for kinds in asked)
    assert progress.missing == max(60 - brute(history, overlaps, V, R, P), 0)
    assert progress.missing_if_verified == max(60 - brute(history, overlaps, V, R, P, C), 0)


@many
@given(histories, stated, st.randoms(use_true_random=False))
def test_the_order_of_credits_and_sets_makes_no_difference(history, overlaps, chance):
    before = maths(history, *overlaps)
    mixed, mixed_sets = chance.sample(history, len(history)), chance.sample(overlaps, len(overlaps))

    assert maths(mixed, *mixed_sets) == before


@settings(max_examples=60)
@given(st.lists(credits_of(modules=("a", "b", "c")), max_size=4, unique_by=lambda each: each.key), stated)
def test_every_permutation_gives_the_same(history, overlaps):
    assert {maths(order, *overlaps) for order in permutations(history)} == {maths(history, *overlaps)}


@many
@given(histories, stated, credits_of())
def test_adding_never_lowers_and_removing_never_raises(history, overlaps, another):
    targets = [Target(MATHS, Band.PRIMARY, THIRTY), Target(MATHS, Band.UPPER, Decimal(60))]
    without, with_it = (maths(held, *overlaps, targets=targets) for held in (history, [*history, another]))

    assert all(less <= more for less, more in zip(totals(without), totals(with_it), strict=True))
    assert with_it.verified >= without.verified
    assert with_it.missing <= without.missing
    assert with_it.missing_if_verified <= without.missing_if_verified
    assert all(had.reached <= has.reached for had, has in zip(without.thresholds, with_it.thresholds, strict=True))


@many
@given(histories, stated, credits_of())
def test_a_credit_never_adds_more_than_itself(history, overlaps, another):
    without, with_it = totals(maths(history, *overlaps)), totals(maths([*history, another], *overlaps))

    assert all(more - less <= another.credits for less, more in zip(without, with_it, strict=True))


@many
@given(histories, stated)
def test_a_step_surer_never_lowers_what_one_has(history, overlaps):
    surer = {P: R, R: V, C: V, V: V}
    later = [replace(each, kind=surer[each.kind]) for each in history]

    assert all(less <= more for less, more in zip(totals(maths(history, *overlaps))[:3], totals(maths(later, *overlaps))[:3], strict=True))


@many
@given(histories, stated)
def test_nothing_is_counted_twice_and_every_credit_adds_up(history, overlaps):
    progress = maths(history, *overlaps)

    assert sorted(row.credit.key for row in progress.counted) == sorted(each.key for each in history if each.subject == MATHS)
    assert all(0 <= row.counted <= row.credit.credits and row.counted % HALF == 0 for row in progress.counted)
    for kind in Kind:
        rows = sum((row.counted for row in progress.counted if row.credit.kind is kind), Decimal(0))
        assert rows == getattr(progress.within, kind) + getattr(progress.beyond, kind)


@many
@given(histories, stated, st.sampled_from([Decimal(60), THIRTY]))
def test_the_parts_fill_the_bar_exactly(history, overlaps, goal):
    progress = maths(history, *overlaps, goal=goal)

    assert progress.verified + progress.running + progress.planned + progress.missing == goal
    assert sum(progress.parts.values()) == goal
    assert all(part >= 0 and part % HALF == 0 for part in progress.parts.values())
    assert all(amount >= 0 for amount in (progress.claimed, progress.surplus, progress.beyond.claimed))
    assert progress.verified + progress.claimed <= goal


@many
@given(histories, stated)
def test_what_one_has_is_the_verified_alone(history, overlaps):
    verified = [each for each in history if each.kind is V]

    assert maths(history, *overlaps).within.verified == maths(verified, *overlaps).within.verified


@many
@given(histories, stated)
def test_claims_change_nothing_but_the_claimed(history, overlaps):
    claimed, without = maths(history, *overlaps), maths([each for each in history if each.kind is not C], *overlaps)

    assert totals(claimed)[:3] == totals(without)[:3]
    assert claimed.missing == without.missing == without.missing_if_verified
    assert [row for row in claimed.counted if row.credit.kind is not C] == list(without.counted)


@many
@given(histories, stated, st.lists(credits_of(), max_size=3))
def test_in_service_training_other_subjects_and_failures_never_count(history, overlaps, others):
    nothing = [replace(each, strand=Strand.IN_SERVICE) for each in others]
    nothing += [replace(each, key=each.key + "f", kind=V, grade="F", strand=Strand.FURTHER) for each in others]
    nothing += [replace(each, key=each.key + "s", subject="norsk") for each in others]

    with_them, without = maths([*history, *nothing], *overlaps), maths(history, *overlaps)

    assert (with_them.within, with_them.beyond, with_them.missing) == (without.within, without.beyond, without.missing)
    added = {each.key for each in nothing}
    assert all(row.counted == 0 for row in with_them.counted if row.credit.key in added)


@many
@given(histories, stated, st.sets(st.sampled_from(MODULES)))
def test_no_deduction_is_more_than_the_smaller_side(history, overlaps, one_side):
    one = [each for each in history if each.module in one_side]
    other = [each for each in history if each.module not in one_side]
    both, left, right = (totals(maths(side, *overlaps))[2] for side in (history, one, other))

    assert left + right - both <= min(left, right)


@many
@given(histories, stated)
def test_every_deduction_is_explained_by_credits_that_count_before_it(history, overlaps):
    earlier: set[str] = set()
    for row in maths(history, *overlaps).counted:
        named = {key for because in row.because for key in because.credits}
        assert bool(named) == (row.deducted > 0 and row.reason in (Reason.OVERLAP, Reason.SAME_MODULE))
        assert (row.deducted == 0) == (row.reason is Reason.IN_FULL) or row.credit.credits == 0
        assert named <= earlier
        earlier.add(row.credit.key)


@many
@given(st.lists(credits_of(kinds=(V,), modules=("a",)), min_size=1, max_size=5, unique_by=lambda each: each.key))
def test_however_often_one_module_is_passed_it_counts_once(attempts):
    passed = [each.credits for each in attempts if each.subject == MATHS and each.passed and each.strand is not Strand.IN_SERVICE]

    assert totals(maths(attempts))[0] == max(passed, default=0)


contents = st.dictionaries(st.sampled_from(MODULES), st.frozensets(st.integers(0, 30), max_size=20), max_size=5)


@many
@given(contents)
def test_true_overlaps_leave_exactly_the_content_there_is(content):
    """Modules as what they really contain: where every overlap is stated and true, what counts is the content they have between them."""

    def has(modules: Iterable[str]) -> Decimal:
        return len(frozenset().union(*(content[module] for module in modules))) * HALF

    def shares(modules: Iterable[str]) -> Decimal:
        return sum(has([module]) for module in modules) - has(modules)

    sets = [OverlapSet(frozenset(part), shares(part)) for size in (2, 3, 4, 5) for part in combinations(content, size)]
    held = [credit(module, has([module]), kind) for module, kind in zip(content, cycle(SURELY), strict=False)]

    assert totals(maths(held, *sets))[2] == has(content)


@many
@given(halves, halves, halves, *[st.tuples(st.sampled_from(PASSES_BEST_FIRST), st.dates(date(2019, 1, 1), date(2019, 1, 3)))] * 2)
def test_of_any_two_the_lower_grade_then_the_later_bears_it_all(first, second, shared, one, other):
    x, y = credit("x", first, grade=one[0], on=one[1]), credit("y", second, grade=other[0], on=other[1])
    lower = max((x, y), key=lambda each: (PASSES_BEST_FIRST.index(each.grade), each.finished_on, each.key))

    rows = {row.credit: row.deducted for row in maths([x, y], OverlapSet(frozenset("xy"), shared)).counted}

    assert rows[lower] == min(first, second, shared)
    assert sum(rows.values()) == rows[lower]


@many
@given(histories, stated, credits_of(), halves)
def test_holding_more_never_makes_a_prerequisite_lacking(history, overlaps, another, asked):
    needed = [*map(ModuleNeeded, MODULES), CreditsNeeded(MATHS, asked)]

    fewer, more = missing_prerequisites(needed, history, overlaps), missing_prerequisites(needed, [*history, another], overlaps)

    assert {each.needed for each in more} <= {each.needed for each in fewer}
    assert sum(each.missing or 0 for each in more) <= sum(each.missing or 0 for each in fewer)
