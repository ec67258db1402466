"""The rules of credit progress: what each credit counts towards a subject, what is missing, which prerequisites are lacking.

Credits are counted in one order: first the verified, then the running, then the planned; among the verified those with the better
grade first, and of two with equal grades the earlier. Each counts what the total (`overlap`) grows by when it joins those before it.
So a deduction falls on the credit with the lowest grade, if equal on the most recently completed (NTNU, credit reduction), and never
on the verified for the sake of a plan; what each counts adds up to the total exactly; and the order in which credits are handed in
makes no difference. Content (`Block`) is counted the same way, each credit being worth what it states of that content.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from catalog.values import Band, Strand
from catalog.values import credits as exact
from enrolment.progress.asked import BARE_AFTER, Block, Dispensation, Rule, Target
from enrolment.progress.overlap import Overlaps
from enrolment.progress.values import (
    Amounts,
    Because,
    BlockMet,
    Counted,
    Credit,
    CreditsNeeded,
    Kind,
    Lacking,
    ModuleNeeded,
    OverlapSet,
    Progress,
    Reason,
    Threshold,
    passes_best_first,
)

NONE = exact(0)
SUREST_FIRST = (Kind.VERIFIED, Kind.RUNNING, Kind.PLANNED, Kind.CLAIMED)
WITHOUT_CLAIMS = SUREST_FIRST[:3]
WITHOUT_PLANS = (Kind.VERIFIED, Kind.CLAIMED)


def evaluate(credits: Iterable[Credit], rule: Rule, on: date | None = None) -> Progress:
    """The way to the goal in the subject of a rule on a day, from all credits of a person, of which those in the subject count.

    Claims stand apart: they add nothing to what is held, running or planned, and take nothing from it. In-service training and what
    was not passed count nothing. Overlaps are deducted within this subject alone. A row handed in twice is one row.
    """
    order, same = _order(rule.bare_after), one_name_each(rule.equivalents)
    own = sorted({credit for credit in credits if credit.subject == rule.subject}, key=order)
    known = _Known({same.get(credit.content, credit.content) for credit in own}, _by_one_name(rule.overlap_sets, same), same)
    coming = _counted(own, WITHOUT_CLAIMS, known)
    claims = [row for row in _counted(own, WITHOUT_PLANS, known) if row.credit.kind is Kind.CLAIMED]
    if_verified = _sum(_counted(own, SUREST_FIRST, known)) if claims else _sum(coming)
    within, beyond = _amounts(coming, claims, rule.goal)
    blocks = [block for block in rule.blocks if block.holds(on)]
    return Progress(
        subject=rule.subject,
        goal=rule.goal,
        within=within,
        beyond=beyond,
        missing=max(rule.goal - _sum(coming), NONE),
        missing_if_verified=max(rule.goal - if_verified, NONE),
        counted=(*_with_unused(coming, rule.goal), *_with_unused(claims, rule.goal - within.verified)),
        thresholds=_thresholds(rule, on, coming, [_met(block, own, known) for block in blocks if block.band is not None]),
        blocks=_in_order(_met(block, own, known) for block in blocks if block.band is None),
    )


def missing_prerequisites(
    needed: Iterable[ModuleNeeded | CreditsNeeded], held: Iterable[Credit], overlap_sets: Iterable[OverlapSet] = (),
    equivalents: Iterable[frozenset[str]] = (),
) -> list[Lacking]:  # fmt: skip
    """What is needed and not held, in the order asked. Empty: all are met. A module is met by one that is the same content.

    The caller chooses what counts as held: verified alone to be admitted, running and planned too to plan.
    """
    held, same = list(held), one_name_each(equivalents)
    sets = _by_one_name(overlap_sets, same)
    lacking = (_lacking(each, held, sets, same) for each in needed)
    return [each for each in lacking if each]


def one_name_each(equivalents: Iterable[frozenset[str]]) -> dict[str, str]:
    """By module, the name that all modules of the same content go by. Sets that share a module are one."""
    groups: list[frozenset[str]] = []
    for each in equivalents:
        tied = [group for group in groups if group & each]
        groups = [group for group in groups if not group & each] + [each.union(*tied)]
    return {module: min(group) for group in groups for module in group}


def _by_one_name(sets: Iterable[OverlapSet], same: Mapping[str, str]) -> list[OverlapSet]:
    return [replace(each, modules=frozenset(same.get(module, module) for module in each.modules)) for each in sets] if same else list(sets)


def _order(bare_after: str = BARE_AFTER):
    """The key that sorts the surest first, then the best grade, then the earliest."""
    ranks = {grade: place for place, grade in enumerate(passes_best_first(bare_after))}
    ranked = {Kind(kind): place for place, kind in enumerate(SUREST_FIRST)}
    return lambda credit: (ranked[credit.kind], ranks.get(credit.grade, ranks["pass"]), credit.finished_on or date.min, credit.key)


class _Known:
    """The overlaps within a history, and the names its contents go by."""

    def __init__(self, contents: set[str], sets: Iterable[OverlapSet], same: Mapping[str, str]):
        self.contents, self.sets, self.same = contents, list(sets), same
        self.overlaps = Overlaps(contents, self.sets)

    def afresh(self) -> "_Known":
        """The same for other amounts."""
        return _Known(self.contents, self.sets, self.same)


def _counted(credits: Iterable[Credit], kinds: Iterable[Kind], known: _Known) -> list[Counted]:
    """Each credit of these kinds with what it adds to those before it."""
    pile = _Pile(known)
    return [pile.add(credit) for credit in credits if credit.kind in kinds]


class _Pile:
    """The credits counted so far."""

    def __init__(self, known: _Known):
        self.overlaps, self.same = known.overlaps, known.same
        self.halves: dict[str, int] = {}  # of each content, the most that one credit gives
        self.keys: dict[str, tuple[str, ...]] = {}

    def add(self, credit: Credit) -> Counted:
        refused = _refused(credit)
        if refused:
            return Counted(credit, NONE, refused)
        content, halves = self.same.get(credit.content, credit.content), int(credit.credits * 2)
        gain = self.overlaps.gain(content, halves, self.halves)
        reason, because = self._why(content) if gain < halves else (Reason.IN_FULL, ())
        self.halves[content] = max(halves, self.halves.get(content, 0))
        self.keys[content] = (*self.keys.get(content, ()), credit.key)
        return Counted(credit, exact(Decimal(gain) / 2), reason, because)

    def _why(self, content: str) -> tuple[Reason, tuple[Because, ...]]:
        if content in self.keys:
            return Reason.SAME_MODULE, (Because(self.keys[content]),)
        stating = self.overlaps.stating(content, {content, *self.keys})
        return Reason.OVERLAP, tuple(Because(self._others(content, each), each) for each in stating)

    def _others(self, content: str, overlap: OverlapSet) -> tuple[str, ...]:
        return tuple(sorted(key for other in overlap.modules - {content} for key in self.keys[other]))


def _refused(credit: Credit) -> Reason | None:
    if credit.strand is Strand.IN_SERVICE:
        return Reason.IN_SERVICE
    return None if credit.passed else Reason.NOT_PASSED


def _sum(rows: Iterable[Counted], *kinds: Kind) -> Decimal:
    return sum((row.counted for row in rows if not kinds or row.credit.kind in kinds), NONE)


def _amounts(coming: list[Counted], claims: list[Counted], goal: Decimal) -> tuple[Amounts, Amounts]:
    """What counts up to the goal, and what goes past it: each kind fills what those before it have left."""
    verified, running, planned = (_sum(coming, kind) for kind in WITHOUT_CLAIMS)
    claimed = _sum(claims)
    all_of_it = (verified, running, planned, claimed)
    left = (goal, goal - verified, goal - verified - running, goal - verified)
    within = [max(min(amount, room), NONE) for amount, room in zip(all_of_it, left, strict=True)]
    return Amounts(*within), Amounts(*(amount - fitting for amount, fitting in zip(all_of_it, within, strict=True)))


def _with_unused(rows: list[Counted], room: Decimal) -> list[Counted]:
    """Each with what of it goes past the room there is, which those before it fill first."""
    told = []
    for row in rows:
        used = min(row.counted, room)
        room -= used
        told.append(replace(row, unused=row.counted - used) if used < row.counted else row)
    return told


def _thresholds(rule: Rule, on: date | None, coming: list[Counted], blocks: list[BlockMet]) -> tuple[Threshold, ...]:
    have, will_have = _sum(coming, Kind.VERIFIED), _sum(coming)
    own = {target for target in rule.targets if target.subject == rule.subject and target.holds(on)}
    return tuple(
        _threshold(target, _let_off(rule, target.band, on), have, will_have, [one for one in blocks if one.block.band is target.band])
        for target in sorted(own, key=lambda each: (each.credits, each.band, each.source))
    )


def _let_off(rule: Rule, band: Band, on: date | None) -> Dispensation | None:
    """The dispensation that asks for the least, of those that hold."""
    own = [each for each in rule.dispensations if each.holds(on) and each.band in (None, band)]
    return min(own, key=lambda each: (each.credits, each.last is not None, each.why), default=None)


def _threshold(target: Target, let_off: Dispensation | None, have: Decimal, will_have: Decimal, blocks: list[BlockMet]) -> Threshold:
    """A dispensation asks for its credits alone; else what a requirement lacks is the most that its credits or one of its blocks lack."""
    asked = min(target.credits, let_off.credits) if let_off else target.credits
    bound = [] if let_off else blocks
    missing = max([asked - will_have, NONE, *(one.missing for one in bound)])
    return Threshold(target, have >= asked and all(one.reached for one in bound), missing, _in_order(blocks), let_off)


def _in_order(blocks: Iterable[BlockMet]) -> tuple[BlockMet, ...]:
    """The largest first."""
    return tuple(sorted(blocks, key=lambda one: (-one.block.credits, one.block.tag, one.block.source)))


def _met(block: Block, own: list[Credit], known: _Known) -> BlockMet:
    """How far what one has, and what is to come, meets a block."""
    stated = [(credit, amount) for credit in own for tag, amount in credit.contents if tag is block.tag and not _refused(credit)]
    worth = [replace(credit, credits=min(amount or NONE, credit.credits)) for credit, amount in stated]
    rows, kinds = _counted(worth, WITHOUT_CLAIMS, known.afresh()), {credit.kind for credit in worth}
    return BlockMet(block, _sum(rows, Kind.VERIFIED), _sum(rows), Kind.VERIFIED in kinds, bool(kinds & set(WITHOUT_CLAIMS)))


def _lacking(needed: ModuleNeeded | CreditsNeeded, held: list[Credit], sets: list[OverlapSet], same: Mapping[str, str]) -> Lacking | None:
    if isinstance(needed, ModuleNeeded):
        passed = {same.get(credit.module, credit.module) for credit in held if credit.module and not _refused(credit)}
        return None if same.get(needed.module, needed.module) in passed else Lacking(needed)
    own = sorted((credit for credit in held if credit.subject == needed.subject), key=_order())
    known = _Known({same.get(credit.content, credit.content) for credit in own}, sets, same)
    short = needed.credits - _sum(_counted(own, SUREST_FIRST, known))
    return Lacking(needed, short) if short > 0 else None
