"""What packages leave behind is filled: a seat that came free because its holder moved goes to the strongest claim.

Each step betters somebody's choice, and passes over nobody who could have had the seat. Where the strongest claim needs another seat that
a weaker one has taken meanwhile, it is heard once more; where that too leads nowhere, the seat stays free for the queue.
"""

from collections import defaultdict, deque
from collections.abc import Iterator

from enrolment.allocation.deferring import Round
from enrolment.allocation.seating import Class, Room, Wish


class Refill:
    """`waiting`: by room, the choices that somebody alone would rather have, the strongest claims first."""

    def __init__(self, round_: Round, alone: list[int]):
        self.round = round_
        self.alone = set(alone)
        self.heard: set[tuple[int, int]] = set()
        self.waiting: dict[str, list[Wish]] = defaultdict(list)
        self._gather()
        self.todo = deque(key for key in sorted(self.waiting) if any(map(round_.rooms[key].has_free, round_.rooms[key].classes)))

    def _gather(self) -> None:
        for person in sorted(self.alone):
            for number in range(len(self.round.people[person].choices)):
                wish = self.round.wish(person, number)
                for room in wish.rooms if wish else ():
                    self.waiting[room.key].append(wish)
        for key in sorted(self.waiting):
            self.waiting[key].sort(key=lambda wish: wish.claims)

    def fill(self) -> None:
        while self.todo:
            room = self.round.rooms[self.todo.popleft()]
            self._settle(room)
            while wish := self._next_for(room):
                self._move(wish)

    def _settle(self, room: Room) -> None:
        """Lets the free seats stand where precedence leaves them, unless a seat would so go past somebody who waits with a stronger claim on it."""
        before, kept = dict(room.where), room.snapshot()
        room.settle()
        moved = [wish for wish in room.seated() if room.where[wish.person] is not before[wish.person]]
        if any(self._passes_over(room, room.where[wish.person], wish) for wish in moved):
            room.restore(kept)

    def _wanting(self, room: Room) -> Iterator[Wish]:
        return (wish for wish in self.waiting[room.key] if self.round.prefers(wish.person, wish.number))

    def _next_for(self, room: Room) -> Wish | None:
        """The strongest who can have a seat here with nobody passed over; one who is due another's seat elsewhere is heard once more."""
        free = any(map(room.has_free, room.classes))
        return next((wish for wish in self._wanting(room) if (free or wish.person in room.where) and self._may_move(wish)), None)

    def _may_move(self, wish: Wish) -> bool:
        """Judged as if it had given up what it has, as others may be due that."""
        held = self.round.now.get(wish.person)
        kept = [(room, room.snapshot()) for room in held.rooms] if held else []
        for room, _seats in kept:
            room.leave(held)
        may = all(self._spot(room, wish) for room in wish.rooms) or self._may_be_heard(wish)
        for room, seats in kept:
            room.restore(seats)
        return may

    def _may_be_heard(self, wish: Wish) -> bool:
        return (wish.person, wish.number) not in self.heard and all(self._due(room, wish) for room in wish.rooms)

    def _due(self, room: Room, wish: Wish) -> bool:
        """Whether its claim leads to a seat here: it is tried, and a free seat that is filled by that must be due to whoever comes to sit in it,
        be it the one that has to move."""
        kept, held, where = room.snapshot(), [len(place.held) for place in room.classes], dict(room.where)
        out = room.take(wish, barred=False)
        filled = [place for place, before in zip(room.classes, held, strict=True) if len(place.held) > before]
        new = [one for one in room.seated() if room.where[one.person] in filled and room.where[one.person] is not where.get(one.person)]
        due = out is not wish and not any(self._passes_over(room, room.where[one.person], one) for one in new)
        room.restore(kept)
        return due

    def _spot(self, room: Room, wish: Wish) -> Class | None:
        """The class whose free seat would be this one's, if it goes past nobody."""
        free = next((place for place in room.classes if place.admits(wish) and room.is_spare(place)), None)
        return free if free and not self._passes_over(room, free, wish) else None

    def _passes_over(self, room: Room, place: Class, wish: Wish) -> bool:
        """Whether somebody with a stronger claim on this class wants it, and is kept from it by no other offering of their package."""
        claim = wish.claims[place.order]
        stronger = (one for one in self._wanting(room) if one.person != wish.person and one.claims[place.order] < claim and place.admits(one))
        return any(not self._kept_elsewhere(one, room) for one in stronger)

    def _kept_elsewhere(self, wish: Wish, room: Room) -> bool:
        return any(other is not room and other.refuses(wish) and not self._open_to(other, wish) for other in wish.rooms)

    def _open_to(self, room: Room, wish: Wish) -> bool:
        return any(place.admits(wish) and room.has_free(place) for place in room.classes)

    def _move(self, wish: Wish) -> None:
        """Gives it its seats; the ones it had are for others, and who must give way is heard at once."""
        before = self.round.now.pop(wish.person, None)
        for room in before.rooms if before else ():
            room.leave(before)
            self._look_at(room)
        spots = [(room, self._spot(room, wish)) for room in wish.rooms]
        if all(place for _room, place in spots):
            self._seat(wish, spots)
        else:
            self._hear(wish)

    def _seat(self, wish: Wish, spots: list[tuple[Room, Class]]) -> None:
        """Into free seats: nobody has to move."""
        for room, place in spots:
            room.seat_in(place, wish)
        self.round.now[wish.person] = wish

    def _hear(self, wish: Wish) -> None:
        """Once for each choice, so that it comes to an end: who has a weaker claim gives way, and asks for their next choice."""
        self.heard.add((wish.person, wish.number))
        seats_before = {room.key: set(room.where) for room in wish.rooms}
        given = [(room, room.take(wish, barred=False)) for room in wish.rooms]
        self.round.now[wish.person] = wish
        for room, out in given:
            if out is not None and self.round.now.get(out.person) is out:
                self.round.let_go(out, gone=room)
        self.round.decide()
        self._look_at_where_somebody_left(wish, seats_before)

    def _look_at(self, room: Room) -> None:
        if room.key in self.waiting and room.key not in self.todo:
            self.todo.append(room.key)

    def _look_at_where_somebody_left(self, wish: Wish, seats_before: dict[str, set[int]]) -> None:
        gone = {person for room in wish.rooms for person in seats_before[room.key] - set(room.where)}
        for person in sorted(gone):
            for choice in self.round.people[person].choices:
                for key in choice.package:
                    self._look_at(self.round.rooms[key])
