"""Sums by owner, of which those that could tell of single persons are hidden. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from enrolment.money.values import Award
from regions.reports.rules import Counts, Line, listed, suppressed, total_of


@dataclass(frozen=True)
class Moved:
    """What the ledger says of one person under one owner, in whole øre: `paid` nought or more, `back` nought or less."""

    owner: int
    person: int
    paid: int
    back: int


@dataclass
class Sums:
    """Of one owner, or of all of them, in whole øre, and whom it concerns."""

    bound: int = 0
    confirmed: int = 0
    paid: int = 0
    back: int = 0
    people: set[int] = field(default_factory=set)
    paid_for: set[int] = field(default_factory=set)
    claimed_of: set[int] = field(default_factory=set)

    @property
    def counts(self) -> Counts:
        """People; of them those paid for in full, those something is claimed back of, and those nothing is entered of yet."""
        return Counts(len(self.people), len(self.paid_for - self.claimed_of), len(self.claimed_of))


@dataclass(frozen=True)
class Told:
    """A line as it may be shown: none where a figure could tell of single persons."""

    name: str
    people: int | None
    bound: int | None
    confirmed: int | None
    paid: int | None
    back: int | None


def by_owner(awards: Iterable[Award], moved: Iterable[Moved]) -> dict[int, Sums]:
    found: dict[int, Sums] = {}
    for one in awards:
        sums = found.setdefault(one.owner, Sums())
        sums.bound, sums.confirmed = sums.bound + (one.bound or 0), sums.confirmed + one.confirmed
        sums.people.add(one.person)
    for one in moved:
        sums = found.setdefault(one.owner, Sums())
        sums.paid, sums.back = sums.paid + one.paid, sums.back + one.back
        sums.people.add(one.person)
        (sums.claimed_of if one.back else sums.paid_for).add(one.person)
    return found


def told(sums: dict[str, Sums]) -> tuple[list[Told], Told]:
    """The lines by name, and all of them together, by the rule for small numbers."""
    lines = suppressed(Line(name, one.counts) for name, one in sorted(sums.items()))
    whole = total_of(lines)
    together = _shown("", whole, _added(list(sums.values())))
    return [_shown(line.name, line, sums[line.name]) for line in listed(lines)], together


def _added(many: list[Sums]) -> Sums:
    """Amounts alone: people of several owners are counted by the lines."""
    return Sums(*(sum(getattr(one, name) for one in many) for name in ("bound", "confirmed", "paid", "back")))


def _shown(name: str, line: Line, sums: Sums) -> Told:
    if line.hidden:
        return Told(name, None, None, None, None, None)
    if line.parts_hidden:
        return Told(name, line.counts.participants, sums.bound, None, None, None)
    return Told(name, line.counts.participants, sums.bound, sums.confirmed, sums.paid, sums.back)
