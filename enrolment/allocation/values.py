"""What an allocation is decided from: pure values that are frozen, written one way and hashed.

Keys are texts (of people and offerings their UUID). Nothing here knows a name: the one who may see names looks them up.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any


class InputsWrong(ValueError):
    """The inputs contradict themselves. `sentences` name each person, offering or group, and what is wrong with it."""

    def __init__(self, sentences: list[str]):
        super().__init__(" ".join(sentences))
        self.sentences = sentences


class QuotaKind(StrEnum):
    REGION = "region"
    OWNER = "owner"
    SCHEME = "scheme"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Quota:
    """Seats of an offering kept for those of a region, an owner or a scheme; `open` is for all and has the seats that are left.

    `release_on`: the first day on which what is unused may be taken by anybody (ISO date; none = never).
    """

    kind: QuotaKind
    value: str = ""
    seats: int = 0
    release_on: str | None = None


@dataclass(frozen=True, slots=True)
class Offering:
    """`quotas` stand in their declared precedence; where `open` is not named it comes last. `minimum`: with fewer it does not start."""

    key: str
    seats: int
    minimum: int = 0
    cancelled: bool = False
    quotas: tuple[Quota, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """A package of offerings, held together or not at all; an empty one is a study elsewhere: money, and no seat here."""

    package: tuple[str, ...]
    subject: str
    scheme: str = ""
    points: int = 0


@dataclass(frozen=True, slots=True)
class Applicant:
    """`rank`: the owner's, counted from one; none = not ranked. `choices` stand in the applicant's own order. `eligible`: whether the state may pay; whoever it
    may not pay gets no grant and takes none from others, and may have a seat all the same."""

    key: str
    owner: str
    choices: tuple[Choice, ...]
    rank: int | None = None
    approved: bool = True
    regions: tuple[str, ...] = ()
    eligible: bool = True


@dataclass(frozen=True, slots=True)
class Owner:
    """`fte`: the owner's teachers in hundredths of a full post."""

    key: str
    fte: int


@dataclass(frozen=True, slots=True)
class Group:
    """Colleagues who apply together. `whole`: all or nobody; else as many as possible, but at least `least`."""

    key: str
    members: tuple[str, ...]
    whole: bool = True
    least: int = 2


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything the allocation looks at. `on` is the day that the quotas' release is judged by (ISO date)."""

    on: str
    applicants: tuple[Applicant, ...]
    offerings: tuple[Offering, ...]
    owners: tuple[Owner, ...] = ()
    groups: tuple[Group, ...] = ()

    def __post_init__(self):
        if problems := list(_problems(self)):
            raise InputsWrong(problems)


def canonical(thing: Any) -> bytes:
    """The one way of writing a value down: JSON in UTF-8, keys sorted, no spaces."""
    return json.dumps(thing, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(written: bytes) -> str:
    """SHA-256, hexadecimal."""
    return hashlib.sha256(written).hexdigest()


def as_json(inputs: Inputs) -> dict[str, Any]:
    """The inputs as plain values, each list in the order of its keys, so that the order they were gathered in leaves no trace."""
    plain = asdict(inputs)
    for name in ("applicants", "offerings", "owners", "groups"):
        plain[name] = sorted(plain[name], key=lambda one: one["key"])
    for one in plain["groups"]:
        one["members"] = sorted(one["members"])
    for one in plain["applicants"]:
        one["regions"] = sorted(one["regions"])
        if one["eligible"]:  # said only where it is not so: inputs in which it is said of nobody are written as they always were
            del one["eligible"]
    return plain


def from_json(plain: Mapping[str, Any]) -> Inputs:
    """The inputs again. Raises InputsWrong, KeyError or TypeError for what is not such a document."""
    chosen = cache(Choice)  # many choose the same: one object for them all takes a third of the memory, and less time wherever it is read
    return Inputs(
        on=plain["on"],
        applicants=tuple(_applicant(one, chosen) for one in plain["applicants"]),
        offerings=tuple(_offering(one) for one in plain["offerings"]),
        owners=tuple(Owner(**one) for one in plain["owners"]),
        groups=tuple(Group(**{**one, "members": tuple(one["members"])}) for one in plain["groups"]),
    )


def _applicant(plain: Mapping[str, Any], chosen: Callable[..., Choice]) -> Applicant:
    choices = tuple(chosen(**{**one, "package": tuple(one["package"])}) for one in plain["choices"])
    return Applicant(**{**plain, "choices": choices, "regions": tuple(plain["regions"])})


def _offering(plain: Mapping[str, Any]) -> Offering:
    return Offering(**{**plain, "quotas": tuple(Quota(**{**one, "kind": QuotaKind(one["kind"])}) for one in plain["quotas"])})


def _problems(inputs: Inputs) -> Iterable[str]:
    date.fromisoformat(inputs.on)
    for name in ("applicants", "offerings", "owners", "groups"):
        counted = Counter(one.key for one in getattr(inputs, name))
        yield from (f"{key} stands {number} times among the {name}." for key, number in sorted(counted.items()) if number > 1)
    for offering in inputs.offerings:
        yield from _problems_of_offering(offering)
    known = {one.key for one in inputs.offerings}
    for applicant in inputs.applicants:
        yield from _problems_of_applicant(applicant, known)
    ranks = Counter((one.owner, one.rank) for one in inputs.applicants if one.rank is not None)
    yield from (f"{owner} gives rank {rank} to {number}." for (owner, rank), number in sorted(ranks.items()) if number > 1)
    yield from _problems_of_groups(inputs)


def _problems_of_offering(offering: Offering) -> Iterable[str]:
    kept = sum(quota.seats for quota in offering.quotas if quota.kind is not QuotaKind.OPEN)
    if offering.seats < 0 or any(quota.seats < 0 for quota in offering.quotas):
        yield f"{offering.key} has fewer than no seats."
    if kept > offering.seats:
        yield f"{offering.key} has {offering.seats} seats, and its quotas {kept}."
    if len({(quota.kind, quota.value) for quota in offering.quotas}) < len(offering.quotas):
        yield f"{offering.key} has the same quota twice."


def _problems_of_applicant(applicant: Applicant, known: set[str]) -> Iterable[str]:
    if applicant.rank is not None and applicant.rank < 1:
        yield f"{applicant.key} has rank {applicant.rank}; ranks begin at one."
    for number, choice in enumerate(applicant.choices, 1):
        if len(set(choice.package)) < len(choice.package):
            yield f"{applicant.key} has an offering twice in choice {number}."
        yield from (f"{applicant.key} chooses {key}, which is not among the offerings." for key in choice.package if key not in known)


def _problems_of_groups(inputs: Inputs) -> Iterable[str]:
    people = {one.key: one for one in inputs.applicants}
    together = Counter(key for group in inputs.groups for key in group.members)
    yield from (f"{key} is in {number} groups." for key, number in sorted(together.items()) if number > 1)
    for group in inputs.groups:
        missing = sorted(set(group.members) - people.keys())
        yield from (f"{group.key} has the member {key}, who has not applied." for key in missing)
        packages = {tuple(choice.package for choice in people[key].choices) for key in group.members if key in people}
        if len(packages) > 1:
            yield f"The members of {group.key} have not chosen the same, in the same order."
        if not 1 <= group.least <= max(1, len(group.members)):
            yield f"{group.key} asks for at least {group.least} of its {len(group.members)}."
