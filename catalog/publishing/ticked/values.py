"""The steps that can be taken for many at once, and what becomes of each thing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

KINDS = ("course", "module", "offering")  # in the order they are taken: a run needs its module, and a module those it asks for
MOST = 300  # things at a time


class Step(StrEnum):
    """The events of the lifecycles that may be asked of many; what tells people is done one by one."""

    PUBLISH = "publish"
    PLAN = "plan"


class Why(StrEnum):
    """Why a thing is skipped."""

    DONE = "done"
    NOT_FROM_HERE = "not-from-here"
    LACKS = "lacks"


@dataclass(frozen=True)
class Facts:
    """What decides whether a step can be taken: whether the lifecycle has it, what is missing, and which modules have to be in sight first."""

    key: str
    done: bool
    possible: bool
    gaps: tuple[str, ...]
    waits_for: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Skipped:
    """Why a thing is skipped; `gaps` name what it lacks."""

    why: Why
    gaps: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """One ticked thing; none of `skipped` means that the step is taken."""

    thing: Any
    skipped: Skipped | None


def key_of(kind: str, uuid: UUID) -> str:
    """What a thing is called in a tick box: offering-2f1c…"""
    return f"{kind}-{uuid}"


def by_kind(keys: Iterable[str]) -> Mapping[str, list[UUID]]:
    """The ticked things by their kinds. Raises ValueError for what is no tick of ours."""
    found: dict[str, list[UUID]] = {kind: [] for kind in KINDS}
    for key in dict.fromkeys(keys):
        kind, _hyphen, uuid = key.partition("-")
        if kind not in found:
            raise ValueError(f"“{key}” is no course, module or run.")
        found[kind].append(UUID(uuid))
    return found
