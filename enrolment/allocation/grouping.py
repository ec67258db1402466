"""Groups are placed after those who apply alone, each with the claim of its weakest member, and keep together.

A group takes free seats and those of weaker claims; who must give way asks for their next choice. Nobody displaces a group afterwards,
so somebody with a stronger claim may be let go elsewhere and find it there: such exceptions are listed.
"""

from dataclasses import dataclass

from enrolment.allocation.deferring import Round
from enrolment.allocation.rules import RADIX
from enrolment.allocation.seating import Room, Wish
from enrolment.allocation.values import Group


@dataclass(frozen=True)
class Placed:
    """What came of a group: the number of its choice (from nought; none = no choice had room) and the members who got it."""

    group: Group
    choice: int | None
    members: tuple[int, ...]


def place_groups(round_: Round) -> list[Placed]:
    """The groups one after the other, the strongest weakest member first."""
    met = [(_standing(round_, group), group) for group in round_.inputs.groups]
    placed = []
    for _claim, group in sorted(met, key=lambda one: (one[0], one[1].key)):
        placed.append(_place(round_, group))
        round_.decide()
    return placed


def _standing(round_: Round, group: Group) -> int:
    """The weakest claim of its members on what they want most."""
    people = [round_.numbers[key] for key in group.members]
    wishes = [round_.wish(person, 0) for person in people if round_.people[person].choices]
    return max((wish.claims[0] for wish in wishes if wish is not None), default=0)


def _place(round_: Round, group: Group) -> Placed:
    people = sorted(round_.numbers[key] for key in group.members)
    choices = len(round_.people[people[0]].choices) if people else 0
    for number in range(choices):
        wishes = [wish for wish in (round_.wish(person, number) for person in people) if wish is not None]
        seated = _seat(round_, group, sorted(wishes, key=lambda wish: wish.claims))
        if seated:
            return Placed(group, number, seated)
    return Placed(group, None, ())


def _seat(round_: Round, group: Group, wishes: list[Wish]) -> tuple[int, ...]:
    """Seats all, or as many of the strongest as can be where the group says so; nobody where fewer than it asks for would be."""
    least = len(group.members) if group.whole else group.least
    for size in range(len(wishes), least - 1, -1):
        tried = [round_.wish(wish.person, wish.number) for wish in wishes[:size]]
        if tried and _seat_all(round_, tried):
            return tuple(wish.person for wish in tried)
    return ()


def _seat_all(round_: Round, wishes: list[Wish]) -> bool:
    rooms = list({room.key: room for wish in wishes for room in wish.rooms}.values())
    kept = [(room, room.snapshot()) for room in rooms]
    displaced = _try(round_, wishes)
    if displaced is None:
        for room, before in kept:
            room.restore(before)
        return False
    for wish, room in displaced:
        if round_.now.get(wish.person) is wish:
            round_.let_go(wish, gone=room)
    round_.now.update({wish.person: wish for wish in wishes})
    return True


def _try(round_: Round, wishes: list[Wish]) -> list[tuple[Wish, Room]] | None:
    """Seats every member with the claim of the weakest; gives who must go, or none where one of the group finds no seat."""
    weakest = [max(wish.claims[order] for wish in wishes) for order in range(len(round_.orders))]
    out: list[tuple[Wish, Room]] = []
    for wish in wishes:
        below = [claim - _above_all(round_, order) for order, claim in enumerate(wish.claims)]
        wish.claims, wish.held = weakest, below
        for room in wish.rooms:
            if not room.has_place(wish):
                return None
            displaced = room.take(wish)
            out += [(displaced, room)] if displaced is not None else []
    return out


def _above_all(round_: Round, order: int) -> int:
    """More than any claim of an order, so that what a group holds lies below nought."""
    return round_.many * RADIX ** len(round_.orders[order])
