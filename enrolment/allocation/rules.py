"""Rule sets as data: what is granted to whom, in which order claims stand, and how lots are drawn and money is shared.

A claim is a tuple of whole numbers, the smaller the stronger, packed into one number; its last key is always the lot.
"""

import hmac
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from heapq import heapify, heappop, heappush
from typing import Any, NamedTuple

from enrolment.allocation.values import Owner

RADIX = 1 << 24  # every key of a claim is smaller than this
LAST = RADIX - 1


class RuleSetWrong(ValueError):
    """The rule set names something that is not known."""


class Grant(StrEnum):
    """How far the money of a step reaches."""

    ALL = "all"  # to every approved application
    RUNNING = "where-it-runs"  # to all, where enough want it for it to start
    SEATS = "up-to-seats"  # as far as the seats reach, and to all in studies elsewhere
    SHARE = "share-by-fte"  # a number of grants, split between the owners by their teachers, each owner's first guaranteed


@dataclass(frozen=True)
class Step:
    """One step of the order in which money is granted. `subjects` empty = every subject that no earlier step names."""

    name: str
    grant: Grant
    subjects: tuple[str, ...] = ()
    grants: int = 0  # for `share-by-fte`: how many in the whole country


@dataclass(frozen=True)
class RuleSet:
    """`claims`: the order of claims in an offering, as (key, parameters); `claims_in`: another order for the quotas of a kind."""

    code: str
    steps: tuple[Step, ...]
    claims: tuple[tuple[str, Mapping[str, int]], ...]
    claims_in: Mapping[str, tuple[tuple[str, Mapping[str, int]], ...]] = field(default_factory=dict)

    def step_of(self, subject: str) -> int:
        """The number of the step that grants in a subject, from nought; past the last where none does."""
        named = (number for number, step in enumerate(self.steps) if subject in step.subjects)
        rest = (number for number, step in enumerate(self.steps) if not step.subjects)
        return next(named, next(rest, len(self.steps)))

    def orders(self) -> list[tuple[tuple[str, Mapping[str, int]], ...]]:
        """Every order of claims: the one of offerings first, that of the owner's money last where grants are shared out."""
        shares = any(step.grant is Grant.SHARE for step in self.steps)
        return [self.claims, *(self.claims_in[kind] for kind in sorted(self.claims_in)), *([OWNERS_ORDER] if shares else [])]

    def order_of(self, kind: str) -> int:
        """Which of `orders` the quotas of a kind go by."""
        return 1 + sorted(self.claims_in).index(kind) if kind in self.claims_in else 0


OWNERS_ORDER: tuple[tuple[str, Mapping[str, int]], ...] = (("owner-rank", {}),)


def from_json(plain: Mapping[str, Any]) -> RuleSet:
    """Reads a rule set. Raises RuleSetWrong for a key, grant or parameter that is not known."""
    try:
        steps = tuple(_step(one) for one in plain["steps"])
        claims_in = {kind: _order(order) for kind, order in plain.get("claims_in", {}).items()}
        return RuleSet(plain["code"], steps, _order(plain["claims"]), claims_in)
    except (KeyError, TypeError, ValueError) as problem:
        raise RuleSetWrong(f"The rule set cannot be read: {problem}") from problem


def _step(plain: Mapping[str, Any]) -> Step:
    return Step(plain["name"], Grant(plain["grant"]), tuple(plain.get("subjects", ())), int(plain.get("grants", 0)))


def _order(plain: Iterable[Mapping[str, Any]]) -> tuple[tuple[str, Mapping[str, int]], ...]:
    order = tuple((one["key"], {name: int(value) for name, value in one.items() if name != "key"}) for one in plain)
    for key, parameters in order:
        if key not in KEYS:
            raise ValueError(f"there is no key «{key}»; the keys are {', '.join(sorted(KEYS))}")
        if key == "owner-band" and parameters.get("size", 0) < 1:
            raise ValueError("«owner-band» needs a size of at least one")
    return order


class Standing(NamedTuple):
    """All that a claim may go by but its lot; many a choice stands alike. `rank`: the owner's; `step`: the number of the step that grants."""

    rank: int | None
    step: int
    points: int


# What one key of a claim is for a choice: (parameters, standing) -> a whole number, the smaller the stronger.
Key = Callable[[Mapping[str, int], Standing], int]
KEYS: dict[str, Key] = {
    "step": lambda _known, one: one.step,
    "owner-first": lambda _known, one: 0 if one.rank == 1 else 1,
    "owner-rank": lambda _known, one: LAST if one.rank is None else min(one.rank, LAST),
    "owner-band": lambda known, one: LAST if one.rank is None else min((one.rank - 1) // known["size"], LAST),
    "points": lambda _known, one: LAST - max(0, min(one.points, LAST)),
}


def claim(order: Iterable[tuple[str, Mapping[str, int]]], standing: Standing) -> int:
    """The claim without its lot, packed into one number: the keys in their order, the first one the heaviest."""
    packed = 0
    for key, parameters in order:
        packed = packed * RADIX + KEYS[key](parameters, standing)
    return packed


def decided(order: Sequence[tuple[str, Mapping[str, int]]], ours: int, theirs: int) -> str:
    """The first key in which two claims without their lots differ; the lot where they are the same."""
    for (key, _parameters), weight in zip(order, reversed(range(len(order))), strict=True):
        if ours // RADIX**weight != theirs // RADIX**weight:
            return key
    return "lot"


def lot(seed: str, key: str) -> bytes:
    """One's lot: HMAC-SHA256 with the published seed as its key, over the identity. The lowest is drawn first.

    It depends on nothing else, so anybody can draw it again, and no order of the lists changes it.
    """
    return hmac.digest(seed.encode(), key.encode(), "sha256")


def drawn(seed: str, keys: Sequence[str]) -> list[int]:
    """The places of the identities in their list, in the order of their lots."""
    lots = [(lot(seed, key), key) for key in keys]
    return sorted(range(len(keys)), key=lots.__getitem__)


def shares(grants: int, owners: Iterable[Owner], wanted: Mapping[str, int]) -> dict[str, int]:
    """How many grants each owner has: one each, then the next to whoever has most teachers for what they have (Sainte-Laguë),
    none more than wanted. The guarantee goes before the number: there may be more owners than grants."""
    weight = {one.key: one.fte for one in owners}
    given = {key: 1 for key in sorted(wanted) if wanted[key] > 0}
    line = [_turn(weight.get(key, 0), 1, key) for key in given if wanted[key] > 1]
    heapify(line)
    for _one in range(max(0, grants - len(given))):
        if not line:
            break
        _weight, key = heappop(line)
        given[key] += 1
        if given[key] < wanted[key]:
            heappush(line, _turn(weight.get(key, 0), given[key], key))
    return given


def _turn(fte: int, given: int, key: str) -> tuple[Fraction, str]:
    return -Fraction(fte, 2 * given + 1), key
