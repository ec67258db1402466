"""What of a frame is used. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from catalog.values import Strand
from enrolment.money.values import Award


@dataclass(frozen=True)
class Room:
    """A frame by its keys; none = every group, every scheme."""

    key: int
    strand: Strand
    group: int | None
    scheme: int | None
    oere: int

    def holds(self, award: Award, groups: Mapping[int, int]) -> bool:
        """`groups`: by subject, the group it stands in."""
        in_group = self.group is None or (award.subject is not None and groups.get(award.subject) == self.group)
        return award.strand is self.strand and in_group and self.scheme in (None, award.scheme)


@dataclass(frozen=True)
class Use:
    """In whole øre. `unknown`: how many awards cannot be worked out, and are not in the sums."""

    bound: int = 0
    confirmed: int = 0
    paid: int = 0
    unknown: int = 0

    def __add__(self, other: "Use") -> "Use":
        return Use(self.bound + other.bound, self.confirmed + other.confirmed, self.paid + other.paid, self.unknown + other.unknown)


def of(award: Award) -> Use:
    return Use(unknown=1) if award.bound is None else Use(award.bound, award.confirmed, award.paid)


def used(rooms: Iterable[Room], awards: Iterable[Award], groups: Mapping[int, int]) -> dict[int | None, Use]:
    """By frame, what the awards in it come to; an award counts in every frame that holds it. Under none: those that no frame holds."""
    known, found = list(rooms), {}
    for award in awards:
        places = [room.key for room in known if room.holds(award, groups)] or [None]
        for place in places:
            found[place] = found.get(place, Use()) + of(award)
    return found


@dataclass(frozen=True)
class Excess:
    """A frame, and by how many øre it would be exceeded."""

    room: Room
    bound: int
    wanted: int

    @property
    def over(self) -> int:
        return self.bound + self.wanted - self.room.oere


def exceeded(rooms: Iterable[Room], bound: Iterable[Award], wanted: Iterable[Award], groups: Mapping[int, int]) -> list[Excess]:
    """The frames that what is wanted has no room in, beside what is bound."""
    known = list(rooms)
    before, more = used(known, bound, groups), used(known, wanted, groups)
    found = [Excess(room, before.get(room.key, Use()).bound, more[room.key].bound) for room in known if room.key in more]
    return [one for one in found if one.over > 0 and one.wanted]
