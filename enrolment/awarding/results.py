"""Reading what a run keeps: its frozen inputs, its result, what differs between two of them, and whether it keeps its promises."""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from enrolment.allocation import allocate, checking, values

LEVEL = 6  # of compression: the bytes are text of few words, a tenth is left


def packed(written: bytes) -> bytes:
    return zlib.compress(written, LEVEL)


def unpacked(kept: bytes) -> bytes:
    return zlib.decompress(kept)


def read(kept: bytes) -> dict[str, Any]:
    return json.loads(unpacked(kept))


def counts(frozen: bytes, written: bytes) -> dict[str, int]:
    """The figures of a run, from its documents before they are compressed: people, with a seat or a grant, with their first choice, funded, and
    what the check found. They are kept with the run, as neither document changes."""
    result = json.loads(written)
    verdict, people = checking.check(json.loads(frozen), result), result["people"]
    return {
        "people": len(people), "placed": sum(one["choice"] is not None for one in people), "first": sum(one["choice"] == 1 for one in people),
        "funded": sum(one["money"] for one in people), "exceptions": len(result["exceptions"]), "breaches": len(verdict.breaches),
        "passed_over": len(verdict.passed_over),
    }  # fmt: skip


def comes_out_the_same(frozen: bytes, seed: str, result: bytes) -> bool:
    """Whether the kept inputs give the kept result, byte by byte."""
    return allocate.replay(unpacked(frozen), seed) == unpacked(result)


def digest(written: bytes) -> str:
    return values.digest(written)


@dataclass(frozen=True)
class Changed:
    """One person in two runs: the choice they got before and after, none = nothing."""

    key: str
    before: int | None
    after: int | None

    @property
    def gains(self) -> bool:
        return self.before is None or (self.after is not None and self.after < self.before)


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Changed]:
    """Everybody who got something else, those who gain first. Who took part in one of the runs only got nothing in the other."""
    old, new = ({one["key"]: one["choice"] for one in result["people"]} for result in (before, after))
    found = [Changed(key, old.get(key), new.get(key)) for key in sorted(old.keys() | new.keys()) if old.get(key) != new.get(key)]
    return sorted(found, key=lambda one: (not one.gains, one.key))
