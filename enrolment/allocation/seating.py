"""The seats of one offering, or the grants of one owner: classes in precedence, each with those who hold it in the order of their claims.

A class that has once turned somebody away takes nobody with a weaker claim into a seat that comes free: so nobody is passed over.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from enrolment.allocation.values import Applicant, Choice

NO_BAR = float("inf")


class Wish:
    """One choice of one applicant while it is decided. `claims` has one number for each order of claims; `held` is what is written
    into a class: the same, but below nought for members of a group, whom nobody displaces."""

    __slots__ = ("person", "number", "applicant", "choice", "rooms", "claims", "held")

    def __init__(self, person: int, number: int, applicant: Applicant, choice: Choice, rooms: tuple["Room", ...], claims: list[int]):
        self.person, self.number, self.applicant, self.choice, self.rooms = person, number, applicant, choice, rooms
        self.claims = self.held = claims


@dataclass(slots=True, eq=False)
class Class:
    """One quota. `order`: which of the orders of claims it goes by; `released`: what is unused goes to the class of the released.

    `held` are the claims in their order, the weakest last, and `holders` whose they are.
    """

    kind: str
    value: str
    seats: int
    order: int = 0
    released: bool = False
    held: list[int] = field(default_factory=list)
    holders: list[Wish] = field(default_factory=list)
    bar: float = NO_BAR

    def admits(self, wish: Wish) -> bool:
        if not self.value:
            return True
        if self.kind == "region":
            return self.value in wish.applicant.regions
        return self.value == (wish.applicant.owner if self.kind == "owner" else wish.choice.scheme)

    def seat(self, wish: Wish) -> None:
        claim = wish.held[self.order]
        spot = bisect_left(self.held, claim)
        self.held.insert(spot, claim)
        self.holders.insert(spot, wish)

    def unseat(self, wish: Wish) -> None:
        spot = bisect_left(self.held, wish.held[self.order])
        del self.held[spot], self.holders[spot]

    @property
    def weakest(self) -> Wish:
        return self.holders[-1]

    def beaten_by(self, wish: Wish) -> bool:
        """Whether somebody here has a weaker claim."""
        return bool(self.held) and wish.claims[self.order] < self.held[-1]

    def turn_away(self, wish: Wish) -> None:
        self.bar = min(self.bar, wish.claims[self.order])


@dataclass(slots=True, eq=False)
class Room:
    """`classes` in precedence. Where quotas are `released`, the last class, `spill`, has the seats that they do not use."""

    key: str
    classes: list[Class]
    spill: Class | None = None
    where: dict[int, Class] = field(default_factory=dict)
    released: list[Class] = field(init=False)

    def __post_init__(self):
        self.released = [place for place in self.classes if place.released]
        if self.spill is not None:
            self.classes = [*self.classes, self.spill]

    def spilt(self) -> int:
        return sum([place.seats - len(place.held) for place in self.released])

    def has_free(self, place: Class) -> bool:
        """Whether a class has a seat to give. One of a released quota that is in use is taken back only from who can lose it."""
        spill = self.spill
        if place is spill:
            return self.spilt() > len(spill.held)
        if len(place.held) >= place.seats:
            return False
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
        for place in self.classes:
            if place.admits(wish) and self._takes(place, wish, barred):
                return True
        return False

    def _takes(self, place: Class, wish: Wish, barred: bool) -> bool:
        return place.beaten_by(wish) or ((not barred or wish.claims[place.order] < place.bar) and self.has_free(place))

    def take(self, wish: Wish, *, barred: bool = True) -> Wish | None:
        """Seats it; gives whoever has no seat here any more: somebody weaker, itself (then it is turned away), or nobody. Who must give way in
        one class looks through all of them anew: somebody may hold a seat in an earlier one by a weaker claim than when it was taken."""
        for place in self.classes:
            if not place.admits(wish):
                continue
            if (not barred or wish.claims[place.order] < place.bar) and self.has_free(place):
                out = self._seat(place, wish)
                return out and self.take(out, barred=barred)
            if place.beaten_by(wish):
                return self.take(self._swap(place, wish), barred=barred)
            place.turn_away(wish)
        return wish

    def _seat(self, place: Class, wish: Wish) -> Wish | None:
        self.seat_in(place, wish)
        overfull = place.released and self.spilt() < len(self.spill.held)
        return self._unseat_weakest(self.spill) if overfull else None

    def _swap(self, place: Class, wish: Wish) -> Wish:
        weaker = self._unseat_weakest(place)
        self.seat_in(place, wish)
        return weaker

    def _unseat_weakest(self, place: Class) -> Wish:
        weaker = place.holders.pop()
        place.held.pop()
        del self.where[weaker.person]
        place.turn_away(weaker)
        return weaker

    def turn_away(self, wish: Wish) -> None:
        for place in self.classes:
            if place.admits(wish):
                place.turn_away(wish)

    def leave(self, wish: Wish) -> None:
        """Somebody gives up their seat here, as their package lost another one or as they have got something better."""
        self.where.pop(wish.person).unseat(wish)

    def refuses(self, wish: Wish) -> bool:
        """Whether nobody with a weaker claim has a seat that this one might have had."""
        return not any(place.beaten_by(wish) for place in self.classes if place.admits(wish))

    def seated(self) -> Iterator[Wish]:
        return (wish for place in self.classes for wish in place.holders)

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
        return [(list(place.held), list(place.holders), place.bar) for place in self.classes], dict(self.where)

    def restore(self, kept: tuple) -> None:
        classes, where = kept
        self.where = dict(where)
        for place, (held, holders, bar) in zip(self.classes, classes, strict=True):
            place.held, place.holders, place.bar = list(held), list(holders), bar
