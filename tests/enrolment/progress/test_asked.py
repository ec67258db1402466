"""What is asked for beside the credits: content, dispensations, the same content under other names, and where a bare pass ranks."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.values import HALF, Band, Tag
from enrolment.progress.asked import Block, Dispensation, OverlapSet, Rule, Target
from enrolment.progress.rules import evaluate, missing_prerequisites
from enrolment.progress.values import Credit, CreditsNeeded, Kind, ModuleNeeded, Progress, Reason
from tests.enrolment.progress.test_rules import MATHS, MODULES, counts, credit, credits_of, halves, histories, many, stated

DIDACTICS = Tag.DIDACTICS
SIXTY = Target(MATHS, Band.LOWER, Decimal(60), "the act")
TODAY = date(2026, 11, 23)


def maths(credits: Iterable[Credit], on: date | None = TODAY, **asked) -> Progress:
    return evaluate(credits, Rule(MATHS, **asked), on)


def with_didactics(module: str, credits, amount, kind: Kind = Kind.VERIFIED, **facts) -> Credit:
    return credit(module, credits, kind, contents=((DIDACTICS, None if amount is None else Decimal(amount)),), **facts)


def block(credits, band: Band | None = None, **dates) -> Block:
    return Block(DIDACTICS, Decimal(credits), band, **dates)


# ---- content


def test_a_block_is_met_by_what_credits_state_of_its_content_and_by_nothing_else():
    held = [with_didactics("a", 15, 5), with_didactics("b", 15, "2.5", Kind.RUNNING), credit("c", 30), with_didactics("d", 15, 15, Kind.CLAIMED)]

    (met,) = maths(held, blocks=(block(15),)).blocks

    assert (met.verified, met.coming, met.missing, met.reached) == (5, Decimal("7.5"), Decimal("7.5"), False)


def test_content_that_is_touched_without_an_amount_satisfies_touched_and_counts_nought():
    held = [with_didactics("a", 15, None)]

    touched, amount = (maths(held, blocks=(block(number),)).blocks[0] for number in (0, "0.5"))

    assert (touched.reached, touched.lacking) == (True, False)
    assert (amount.verified, amount.reached, amount.missing) == (0, False, HALF)


def test_content_that_is_only_planned_is_not_reached_and_lacks_nothing():
    (met,) = maths([with_didactics("a", 15, None, Kind.PLANNED)], blocks=(block(0),)).blocks

    assert (met.reached, met.lacking) == (False, False)


def test_a_requirement_is_not_reached_until_its_content_is_and_lacks_the_most_of_the_two():
    rule = {"targets": (SIXTY,), "blocks": (block(15, Band.LOWER), block(60, Band.UPPER))}
    sixty = [with_didactics("a", 30, 5), credit("b", 30)]

    (before,), (after,) = (maths(held, **rule).thresholds for held in (sixty, [*sixty, with_didactics("c", "7.5", 10, Kind.VERIFIED)]))

    assert (before.reached, before.missing) == (False, 10)
    assert (after.reached, after.missing) == (False, Decimal("2.5")), "a module has no more of a content than it has credits"


def test_what_is_missing_is_named_by_its_content():
    progress = maths([with_didactics("a", 45, 10)], targets=(SIXTY,), blocks=(block(15, Band.LOWER), block(0)))

    assert progress.short_of == {DIDACTICS: 5}


def test_content_shared_by_an_overlap_is_not_counted_twice():
    shared = OverlapSet(frozenset("ab"), Decimal(10))

    (met,) = maths([with_didactics("a", 15, 10), with_didactics("b", 15, 10)], blocks=(block(15),), overlap_sets=(shared,)).blocks

    assert met.verified == 10


contents = st.none() | halves
kinds_of_content = st.lists(st.tuples(credits_of(), contents), max_size=6, unique_by=lambda pair: pair[0].key)


def _with(pairs) -> list[Credit]:
    return [replace(each, contents=((DIDACTICS, amount),)) for each, amount in pairs]


@many
@given(kinds_of_content, stated, st.tuples(credits_of(), contents), halves)
def test_more_of_a_content_never_makes_it_less(pairs, overlaps, another, asked):
    rule = {"overlap_sets": tuple(overlaps), "blocks": (block(asked), block(asked, Band.LOWER)), "targets": (SIXTY,)}
    without, with_it = (maths(_with(held), **rule) for held in (pairs, [*pairs, another]))

    less, more = without.blocks[0], with_it.blocks[0]
    assert (less.verified <= more.verified, less.coming <= more.coming, less.missing >= more.missing) == (True, True, True)
    assert without.thresholds[0].reached <= with_it.thresholds[0].reached
    assert without.thresholds[0].missing >= with_it.thresholds[0].missing


@many
@given(kinds_of_content, stated, halves)
def test_a_content_is_never_more_than_is_stated_of_it_nor_than_the_credits_it_is_part_of(pairs, overlaps, asked):
    (met,) = maths(_with(pairs), overlap_sets=tuple(overlaps), blocks=(block(asked),)).blocks

    assert 0 <= met.verified <= met.coming <= sum(min(amount or 0, each.credits) for each, amount in pairs)


@many
@given(histories, stated, st.lists(st.tuples(halves, st.sampled_from([None, *Band])), max_size=3))
def test_blocks_change_neither_what_counts_nor_what_is_missing(history, overlaps, asked):
    blocks = tuple(Block(DIDACTICS, number, band) for number, band in asked)
    with_them, without = (maths(history, overlap_sets=tuple(overlaps), blocks=each) for each in (blocks, ()))

    assert (with_them.within, with_them.beyond, with_them.missing, with_them.counted) == (without.within, without.beyond, without.missing, without.counted)


# ---- surplus by credit


@many
@given(histories, stated)
def test_what_is_unused_of_each_credit_is_together_what_goes_beyond(history, overlaps):
    progress = maths(history, overlap_sets=tuple(overlaps))

    for kind in Kind:
        unused = sum((row.unused for row in progress.counted if row.credit.kind is kind), Decimal(0))
        assert unused == getattr(progress.beyond, kind)
    assert all(0 <= row.unused <= row.counted <= row.awarded for row in progress.counted)


def test_the_last_to_fill_sixty_is_used_in_part_and_the_next_not_at_all():
    rows = maths([credit("a", 45, grade="A"), credit("b", 30, grade="B"), credit("c", 15, Kind.PLANNED)]).counted

    assert [(row.counted, row.unused) for row in rows] == [(45, 0), (30, 15), (15, 15)]


# ---- days


def test_each_row_is_held_against_on_its_own_days_alone():
    old = replace(SIXTY, credits=Decimal(30), last=date(2024, 7, 31), source="the old act")
    new = replace(SIXTY, first=date(2024, 8, 1), source="the new act")
    blocks = (block(15, first=date(2027, 1, 1)),)

    told = {
        day: ([(one.target.source, one.reached) for one in found.thresholds], len(found.blocks))
        for day in (date(2024, 7, 31), date(2024, 8, 1), date(2027, 1, 1))
        for found in (maths([credit("a", 30)], day, targets=(old, new), blocks=blocks),)
    }

    assert told == {
        date(2024, 7, 31): ([("the old act", True)], 0), date(2024, 8, 1): ([("the new act", False)], 0), date(2027, 1, 1): ([("the new act", False)], 1),
    }  # fmt: skip


# ---- dispensations


@pytest.mark.parametrize(
    ("day", "asked", "reached", "missing"),
    [(date(2026, 7, 31), 60, False, 45), (date(2026, 8, 1), 0, True, 0), (date(2027, 7, 31), 0, True, 0), (date(2027, 8, 1), 60, False, 45)],
)
def test_a_dispensation_for_nought_asks_for_nothing_on_its_days_and_gives_no_credits(day, asked, reached, missing):
    let_off = Dispensation(Decimal(0), Band.LOWER, "Wait for the module", "Stavanger", first=date(2026, 8, 1), last=date(2027, 7, 31))

    progress = maths([credit("a", 15)], day, targets=(SIXTY,), dispensations=(let_off,), blocks=(block(15, Band.LOWER),) if not asked else ())

    (mark,) = progress.thresholds
    assert (mark.asked, mark.reached, mark.missing) == (asked, reached, missing)
    assert (progress.verified, progress.missing) == (15, 45)


def test_a_dispensation_is_for_its_band_and_the_mildest_of_two_holds():
    targets = (SIXTY, replace(SIXTY, band=Band.UPPER))
    half, none = Dispensation(Decimal(30), Band.LOWER), Dispensation(Decimal(0), Band.LOWER)

    lower, upper = maths([], targets=targets, dispensations=(half, none)).thresholds

    assert [(one.target.band, one.asked) for one in (lower, upper)] == [(Band.LOWER, 0), (Band.UPPER, 60)]


def test_a_dispensation_never_asks_for_more_than_the_requirement():
    assert maths([], targets=(replace(SIXTY, credits=Decimal(30)),), dispensations=(Dispensation(Decimal(60)),)).thresholds[0].asked == 30


# ---- the same content under other names


def test_a_module_and_its_equivalent_are_one_content():
    progress = maths([credit("old", 15, grade="B"), credit("new", 15, grade="A")], equivalents=(frozenset(("old", "new")),))

    assert counts(progress) == {"verified-new": 15, "verified-old": 0}
    assert progress.counted[1].reason is Reason.SAME_MODULE


def test_what_overlaps_with_a_module_overlaps_with_its_equivalent():
    shared = OverlapSet(frozenset(("old", "other")), Decimal(10))

    assert maths([credit("new"), credit("other")], equivalents=(frozenset(("old", "new")),), overlap_sets=(shared,)).verified == 20


def test_an_equivalent_module_meets_a_prerequisite():
    needed = [ModuleNeeded("old"), CreditsNeeded(MATHS, Decimal(15))]

    assert missing_prerequisites(needed, [credit("new")], equivalents=[frozenset(("old", "new"))]) == []
    assert missing_prerequisites(needed, [credit("new")])[0].needed == needed[0]


same_content = st.lists(st.frozensets(st.sampled_from(MODULES), min_size=2, max_size=3), max_size=3)


@many
@given(histories, stated, same_content, st.randoms(use_true_random=False))
def test_equivalents_are_as_if_every_module_had_one_name(history, overlaps, equivalents, chance):
    """Names are exchanged by hand, one set after the other until nothing changes: slow, and written apart from the rules."""
    name = {module: module for module in MODULES}
    for _round in MODULES:
        for each in equivalents:
            least = min(name[module] for module in each)
            name |= {module: least for module in MODULES if name[module] in {name[one] for one in each}}
    renamed = [replace(each, module=name[each.module] if each.module else None) for each in history]
    sets = [replace(each, modules=frozenset(name[module] for module in each.modules)) for each in overlaps]
    mixed = chance.sample(equivalents, len(equivalents))

    assert counts(maths(history, overlap_sets=tuple(overlaps), equivalents=tuple(mixed))) == counts(maths(renamed, overlap_sets=tuple(sets)))


# ---- a bare pass


@pytest.mark.parametrize(("after", "worse"), [("C", "D"), ("E", "pass"), ("A", "B"), ("D", "pass")])
def test_where_a_bare_pass_ranks_is_told_by_the_rule(after, worse):
    held = [credit("x", 15, grade="pass"), credit("y", 15, grade="D" if worse in ("D", "pass") else "B")]
    bears = {"pass": "verified-x"}.get(worse, "verified-y")

    rows = counts(maths(held, overlap_sets=(OverlapSet(frozenset("xy"), Decimal(10)),), bare_after=after))

    assert rows[bears] == 5 and sum(rows.values()) == 20


def test_a_rule_that_ranks_a_bare_after_no_grade_is_refused():
    with pytest.raises(ValueError):
        maths([], bare_after="G")
