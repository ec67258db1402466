"""The seats of one offering, or the grants of one owner: classes in precedence, each with those who hold it in the order of their claims.

A class that has once turned somebody away takes nobody with a weaker claim into a seat that comes free: so nobody is passed over.
"""

from bisect import bisect_left, insort
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

NO_BAR = float("inf")


class Wish:
    """One choice of one applicant while it is decided. `claims` has one number for each order of claims; `held` is what is written
    into a class: the same, but below nought for members of a group, whom nobody displaces."""

    __slots__ = ("person", "number", "rooms", "claims", "held", "fits")

    def __init__(self, person: int, number: int, rooms: tuple["Room", ...], claims: tuple[int, ...], fits: Callable[[str, str], bool]):
        self.person, self.number, self.rooms, self.fits = person, number, rooms, fits
        self.claims = self.held = claims


@dataclass(slots=True, eq=False)
class Class:
    """One quota. `order`: which of the orders of claims it goes by; `released`: what is unused goes to the class of the released."""

    kind: str
    value: str
    seats: int
    order: int = 0
    released: bool = False
    held: list[int] = field(default_factory=list)
    holders: dict[int, Wish] = field(default_factory=dict)
    bar: float = NO_BAR

    def admits(self, wish: Wish) -> bool:
        return not self.value or wish.fits(self.kind, self.value)

    def seat(self, wish: Wish) -> None:
        claim = wish.held[self.order]
        insort(self.held, claim)
        self.holders[claim] = wish

    def unseat(self, wish: Wish) -> None:
        claim = wish.held[self.order]
        del self.held[bisect_left(self.held, claim)], self.holders[claim]

    @property
    def weakest(self) -> Wish:
        return self.holders[self.held[-1]]

    def beaten_by(self, wish: Wish) -> bool:
        """Whether somebody here has a weaker claim."""
        return bool(self.held) and wish.claims[self.order] < self.held[-1]


@dataclass(slots=True, eq=False)
class Room:
    """`classes` in precedence; the last one, `spill`, has the seats that the released quotas do not use."""

    key: str
    classes: list[Class]
    where: dict[int, Class] = field(default_factory=dict)

    @property
    def spill(self) -> Class:
        return self.classes[-1]

    def spilt(self) -> int:
        return sum(one.seats - len(one.held) for one in self.classes if one.released)

    def has_free(self, place: Class) -> bool:
        """Whether a class has a seat to give. One of a released quota that is in use is taken back only from who can lose it."""
        if place is self.spill:
            return self.spilt() > len(place.held)
        if len(place.held) >= place.seats:
            return False
        spill = self.spill
        return not place.released or self.spilt() > len(spill.held) or spill.held[-1] >= 0

    def is_spare(self, place: Class) -> bool:
        """Whether a class has a seat that nobody must give up."""
        return self.has_free(place) and (not place.released or self.spilt() > len(self.spill.held))

    def seat_in(self, place: Class, wish: Wish) -> None:
        """Seats it in a spare seat of a class."""
        place.seat(wish)
        self.where[wish.person] = place

    def has_place(self, wish: Wish, *, barred: bool = True) -> bool:
        """Whether it would have a seat here: one of somebody weaker, or a free one that no stronger claim was refused."""
        return any(self._takes(place, wish, barred) for place in self.classes if place.admits(wish))

    def _takes(self, place: Class, wish: Wish, barred: bool) -> bool:
        return place.beaten_by(wish) or ((not barred or wish.claims[place.order] < place.bar) and self.has_free(place))

    def take(self, wish: Wish, *, barred: bool = True) -> Wish | None:
        """Seats it; gives whoever has no seat here any more: somebody weaker, itself, or nobody."""
        moving = wish
        for place in self.classes:
            if not place.admits(moving):
                continue
            if (not barred or moving.claims[place.order] < place.bar) and self.has_free(place):
                return self._seat(place, moving)
            if place.beaten_by(moving):
                moving = self._swap(place, moving)
            else:
                place.bar = min(place.bar, moving.claims[place.order])
        return moving

    def _seat(self, place: Class, wish: Wish) -> Wish | None:
        place.seat(wish)
        self.where[wish.person] = place
        overfull = place.released and self.spilt() < len(self.spill.held)
        return self._unseat_weakest(self.spill) if overfull else None

    def _swap(self, place: Class, wish: Wish) -> Wish:
        weaker = self._unseat_weakest(place)
        place.seat(wish)
        self.where[wish.person] = place
        return weaker

    def _unseat_weakest(self, place: Class) -> Wish:
        weaker = place.weakest
        place.bar = min(place.bar, weaker.claims[place.order])
        self.leave(weaker)
        return weaker

    def turn_away(self, wish: Wish) -> None:
        for place in self.classes:
            if place.admits(wish):
                place.bar = min(place.bar, wish.claims[place.order])

    def leave(self, wish: Wish) -> None:
        """Somebody gives up their seat here, as their package lost another one or as they have got something better."""
        self.where.pop(wish.person).unseat(wish)

    def refuses(self, wish: Wish) -> bool:
        """Whether nobody with a weaker claim has a seat that this one might have had."""
        return not any(place.beaten_by(wish) for place in self.classes if place.admits(wish))

    def seated(self) -> Iterator[Wish]:
        return (wish for place in self.classes for wish in place.holders.values())

    def settle(self) -> None:
        """Seats those who are here anew, so that the free seats stand where precedence leaves them. Groups keep their seats."""
        kept, moving = self.snapshot(), sorted((wish for wish in self.seated() if wish.held is wish.claims), key=lambda wish: wish.claims)
        for wish in moving:
            self.leave(wish)
        lost = [wish for wish in moving if self.take(wish, barred=False)]
        if lost:
            self.restore(kept)
        for place, (_held, _holders, bar) in zip(self.classes, kept[0], strict=True):
            place.bar = bar

    def snapshot(self) -> tuple:
        return [(list(place.held), dict(place.holders), place.bar) for place in self.classes], dict(self.where)

    def restore(self, kept: tuple) -> None:
        classes, where = kept
        self.where = dict(where)
        for place, (held, holders, bar) in zip(self.classes, classes, strict=True):
            place.held, place.holders, place.bar = list(held), dict(holders), bar
