"""The whole allocation as one pure function of its inputs, its rules and its seed."""

import gc
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from enrolment.allocation import deferring, explaining, grouping, values
from enrolment.allocation import rules as by
from enrolment.allocation.filling import Refill
from enrolment.allocation.values import Inputs

FORMAT = 1


@dataclass(frozen=True)
class Frozen:
    """Inputs and rules as they are kept, written one way, with the hash of both."""

    written: bytes
    digest: str


def freeze(inputs: Inputs, rules: dict[str, Any]) -> Frozen:
    """Raises RuleSetWrong for a rule set that cannot be read."""
    by.from_json(rules)
    written = values.canonical({"format": FORMAT, "inputs": values.as_json(inputs), "rules": rules})
    return Frozen(written, values.digest(written))


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Without the collector of circles, which goes through all the inputs again and again, and finds nothing to throw away: a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@_nothing_collected()
def allocate(inputs: Inputs, rules: dict[str, Any], seed: str) -> dict[str, Any]:
    """Who gets which seats, the queues, and why: deferred acceptance by those who apply alone, then the groups, then what packages
    left behind.

    Returns plain values: `people` (key, choice from one or none, seats by offering, money, why), `queues`, `offerings`, `exceptions`.
    The order in which the inputs were gathered changes nothing. What is said of many is one and the same object: it is there to be read.
    """
    round_ = deferring.Round(inputs, by.from_json(rules), seed)
    alone = [person for person in round_.gathered if round_.people[person].key not in round_.numbers]
    deferring.run(round_, alone)
    placed = grouping.place_groups(round_)
    if any(len(choice.package) > 1 for applicant in inputs.applicants for choice in applicant.choices) or _shares(round_):
        Refill(round_, alone).fill()
    return explaining.outcome(round_, placed)


def _shares(round_: deferring.Round) -> bool:
    return any(key.startswith(deferring.MONEY) for key in round_.rooms)


@_nothing_collected()
def replay(frozen: bytes, seed: str) -> bytes:
    """What these frozen inputs give with this seed, as the bytes that are kept. Raises InputsWrong or RuleSetWrong."""
    document = json.loads(frozen)
    inputs = values.from_json(document["inputs"])
    result = allocate(inputs, document["rules"], seed)
    return values.canonical({"format": FORMAT, "inputs": values.digest(frozen), "seed": seed, **result})
