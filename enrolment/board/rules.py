"""What needs doing, in which order the criteria suggest, what deviates from it, and where the lines go. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from hashlib import sha256
import json

from enrolment.applications.lifecycle import Employer
from enrolment.board.values import Claim, Facts, Money, Need

WAITING = frozenset({Employer.WITH_HEAD, Employer.WITH_OWNER})  # for the employer's answer
A_WEEK = timedelta(days=7)
_MOVED = 1000  # the weight of a row that stays, against one more for a row that nobody has moved


class RankTwice(ValueError):
    """Two cases were given the same number; `number` is which."""

    def __init__(self, number: int):
        super().__init__(str(number))
        self.number = number


def need(employer: Employer, rank: int | None, last_day: date | None, on: date) -> Need:
    """What a case waits for on a day; `last_day` is the owner's."""
    if employer is Employer.WITH_HEAD:
        return Need.OTHERS
    if employer is Employer.APPROVED and rank is None:
        return Need.RANK
    if employer is not Employer.WITH_OWNER:
        return Need.DONE
    if last_day is None:
        return Need.DECIDE
    return Need.OVERDUE if last_day < on else Need.SOON if last_day - on < A_WEEK else Need.DECIDE


def decided_alike(one: Employer, other: Employer) -> bool:
    """Whether one decision can be said of two cases: both wait for the employer, or both have been told the same."""
    return one is other or {one, other} <= WAITING


def points(facts: Facts, weights: Mapping[str, int]) -> Fraction:
    """The weighted sum of what the criteria weigh; a criterion of a kind that is not known here weighs nothing."""
    told = {
        "gap-at-school": facts.gap_at_school or Fraction(0), "teaches-without": Fraction(facts.teaches_without),
        "gap-in-subject": facts.gap_in_subject, "refused-before": Fraction(facts.refused_before),
    }  # fmt: skip
    return sum((weight * told.get(kind, Fraction(0)) for kind, weight in weights.items()), Fraction(0))


def suggested(claims: Iterable[Claim], weights: Mapping[str, int]) -> list[str]:
    """The keys in the order the criteria suggest, whatever order they come in."""
    return [one.key for one in sorted(claims, key=lambda one: (-points(one.facts, weights), one.credits, one.sent, one.key))]


def reordered(order: Sequence[str], typed: Mapping[str, int]) -> list[str]:
    """The list after some have been given other numbers: each of those stands at its number, the rest keep their order around them.

    A number past the end is the end. Raises RankTwice where two that are moved got the same number.
    """
    asked = sorted(typed.items(), key=lambda pair: pair[1])
    for (_key, number), (_other, again) in zip(asked, asked[1:], strict=False):
        if number == again:
            raise RankTwice(number)
    result = [key for key in order if key not in typed]
    for key, number in asked:
        result.insert(max(number, 1) - 1, key)
    return result


def deviating(order: Sequence[str], points: Mapping[str, Fraction], moved: Collection[str] = ()) -> set[str]:
    """The fewest cases that must be explained for the rest to stand as the criteria's points say; where it could be one or another, one that was
    moved. Two with equal points may stand either way."""
    known = list(order)
    best: list[tuple[int, int | None]] = []
    for number, key in enumerate(known):
        before = max(((best[other][0], -other) for other in range(number) if points[known[other]] >= points[key]), default=(0, None))
        weight = _MOVED + (key not in moved)
        best.append((before[0] + weight, None if before[1] is None else -before[1]))
    return set(known) - _kept(known, best)


def _kept(known: list[str], best: list[tuple[int, int | None]]) -> set[str]:
    """The heaviest run of rows that stand as suggested."""
    at = max(range(len(best)), key=lambda number: best[number][0], default=None)
    kept = set()
    while at is not None:
        kept.add(known[at])
        at = best[at][1]
    return kept


def within(amounts: Sequence[int], budget: int | None) -> int | None:
    """How many of the first rows a budget reaches for, taken in order; none where there is no budget."""
    if budget is None:
        return None
    spent = 0
    for number, amount in enumerate(amounts):
        spent += amount
        if spent > budget:
            return number
    return len(amounts)


def first_unlikely(likely: Sequence[bool | None]) -> int | None:
    """After how many rows a seat is no longer likely; none where it is known of none."""
    if all(one is None for one in likely):
        return None
    return next((number for number, one in enumerate(likely) if one is False), len(likely))


def seat_is_likely(*, free: int | None, wanted: int, ours: int, number: int) -> bool | None:
    """Whether the owner's `number`th for a run gets a seat, if every owner gets its part of the free ones: `wanted` is all who want it first,
    `ours` those of this owner. None where the run's seats are not known."""
    if free is None:
        return None
    return wanted <= free or number <= free * ours // wanted


def total(parts: Iterable[Money | None]) -> Money:
    """The sum of the rows; what is not known adds nothing."""
    return sum((one for one in parts if one is not None), Money())


def digest(rows: list) -> str:
    """SHA-256 of the rows in canonical JSON, hexadecimal: the same rows give the same on every machine."""
    return sha256(json.dumps(rows, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
