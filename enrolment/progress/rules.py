"""The rules of credit progress: what each credit counts towards a subject, what is missing, which prerequisites are lacking.

Credits are counted in one order: first the verified, then the running, then the planned; among the verified those with the better
grade first, and of two with equal grades the earlier. Each counts what the total (`overlap`) grows by when it joins those before it.
So a deduction falls on the credit with the lowest grade, if equal on the most recently completed (NTNU, credit reduction), and never
on the verified for the sake of a plan; what each counts adds up to the total exactly; and the order in which credits are handed in
makes no difference.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from catalog.values import Strand
from catalog.values import credits as exact
from enrolment.progress.overlap import Overlaps
from enrolment.progress.values import (
    PASSES_BEST_FIRST,
    SIXTY,
    Amounts,
    Because,
    Counted,
    Credit,
    CreditsNeeded,
    Kind,
    Lacking,
    ModuleNeeded,
    OverlapSet,
    Progress,
    Reason,
    Target,
    Threshold,
)

NONE = exact(0)
SUREST_FIRST = (Kind.VERIFIED, Kind.RUNNING, Kind.PLANNED, Kind.CLAIMED)
WITHOUT_CLAIMS = SUREST_FIRST[:3]
WITHOUT_PLANS = (Kind.VERIFIED, Kind.CLAIMED)


def evaluate(
    credits: Iterable[Credit],
    *,
    subject: str,
    targets: Iterable[Target] = (),
    overlap_sets: Iterable[OverlapSet] = (),
    goal: Decimal = SIXTY,
) -> Progress:
    """The way to the goal in one subject, from all credits of a person, of which those in the subject count.

    Claims stand apart: they add nothing to what is held, running or planned, and take nothing from it. In-service training and what
    was not passed count nothing. Overlaps are deducted within this subject alone. A row handed in twice is one row.
    """
    own = sorted({credit for credit in credits if credit.subject == subject}, key=_surest_and_best_first)
    overlaps = Overlaps({credit.content for credit in own}, overlap_sets)
    coming = _counted(own, WITHOUT_CLAIMS, overlaps)
    claims = [row for row in _counted(own, WITHOUT_PLANS, overlaps) if row.credit.kind is Kind.CLAIMED]
    if_verified = _sum(_counted(own, SUREST_FIRST, overlaps)) if claims else _sum(coming)
    within, beyond = _amounts(coming, claims, goal)
    return Progress(
        subject=subject,
        goal=goal,
        within=within,
        beyond=beyond,
        missing=max(goal - _sum(coming), NONE),
        missing_if_verified=max(goal - if_verified, NONE),
        counted=(*coming, *claims),
        thresholds=_thresholds(targets, subject, coming),
    )


def missing_prerequisites(
    needed: Iterable[ModuleNeeded | CreditsNeeded], held: Iterable[Credit], overlap_sets: Iterable[OverlapSet] = ()
) -> list[Lacking]:
    """What is needed and not held, in the order asked. Empty: all are met.

    The caller chooses what counts as held: verified alone to be admitted, running and planned too to plan.
    """
    held, overlap_sets = list(held), list(overlap_sets)
    lacking = (_lacking(each, held, overlap_sets) for each in needed)
    return [each for each in lacking if each]


def _surest_and_best_first(credit: Credit) -> tuple:
    rank = PASSES_BEST_FIRST.index(credit.grade if credit.grade in PASSES_BEST_FIRST else "pass")
    return SUREST_FIRST.index(credit.kind), rank, credit.finished_on or date.min, credit.key


def _counted(credits: Iterable[Credit], kinds: Iterable[Kind], overlaps: Overlaps) -> list[Counted]:
    """Each credit of these kinds with what it adds to those before it."""
    pile = _Pile(overlaps)
    return [pile.add(credit) for credit in credits if credit.kind in kinds]


class _Pile:
    """The credits counted so far."""

    def __init__(self, overlaps: Overlaps):
        self.overlaps = overlaps
        self.halves: dict[str, int] = {}  # of each content, the most that one credit gives
        self.keys: dict[str, tuple[str, ...]] = {}

    def add(self, credit: Credit) -> Counted:
        refused = _refused(credit)
        if refused:
            return Counted(credit, NONE, refused)
        content, halves = credit.content, int(credit.credits * 2)
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


def _thresholds(targets: Iterable[Target], subject: str, coming: list[Counted]) -> tuple[Threshold, ...]:
    have, will_have = _sum(coming, Kind.VERIFIED), _sum(coming)
    own = sorted({target for target in targets if target.subject == subject}, key=lambda each: (each.credits, each.band, each.source))
    return tuple(Threshold(each, have >= each.credits, max(each.credits - will_have, NONE)) for each in own)


def _lacking(needed: ModuleNeeded | CreditsNeeded, held: list[Credit], overlap_sets: list[OverlapSet]) -> Lacking | None:
    if isinstance(needed, ModuleNeeded):
        passed = {credit.module for credit in held if not _refused(credit)}
        return None if needed.module in passed else Lacking(needed)
    own = sorted((credit for credit in held if credit.subject == needed.subject), key=_surest_and_best_first)
    short = needed.credits - _sum(_counted(own, SUREST_FIRST, Overlaps({credit.content for credit in own}, overlap_sets)))
    return Lacking(needed, short) if short > 0 else None
