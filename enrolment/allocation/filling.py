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
            room.settle()
            while wish := self._next_for(room):
                self._move(wish)

    def _wanting(self, room: Room) -> Iterator[Wish]:
        return (wish for wish in self.waiting[room.key] if self.round.prefers(wish.person, wish.number))

    def _next_for(self, room: Room) -> Wish | None:
        """The strongest who can have a seat here with nobody passed over; one who is due another's seat elsewhere is heard once more."""
        for wish in self._wanting(room):
            if not any(room.has_free(place) for place in room.classes):
                return None
            if all(self._spot(each, wish) for each in wish.rooms):
                return wish
            if self._may_be_heard(wish):
                return wish
        return None

    def _may_be_heard(self, wish: Wish) -> bool:
        again = (wish.person, wish.number) not in self.heard and all(room.has_place(wish, barred=False) for room in wish.rooms)
        return again and all(self._due(room, wish) for room in wish.rooms)

    def _due(self, room: Room, wish: Wish) -> bool:
        """Whether its claim leads to a seat here: somebody weaker's, or a free one that is due to nobody stronger."""
        return any(place.admits(wish) and place.beaten_by(wish) for place in room.classes) or bool(self._spot(room, wish))

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
        spots = [(room, self._spot(room, wish)) for room in wish.rooms]
        before = self.round.now.pop(wish.person, None)
        for room in before.rooms if before else ():
            room.leave(before)
            self._look_at(room)
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
        self.round.place(wish, barred=False)
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
