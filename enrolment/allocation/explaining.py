"""The outcome as plain values: for each person what they got and why not what they wanted more, for each offering its queue.

A reason names no other person: what is said of who got the last place is the owner, the rank and what decided.
"""

from collections.abc import Iterable
from typing import Any

from enrolment.allocation.deferring import MONEY, Round
from enrolment.allocation.grouping import Placed
from enrolment.allocation.rules import RADIX, Grant
from enrolment.allocation.seating import Class, Room, Wish


class Told:
    """Reads a finished round."""

    def __init__(self, round_: Round, placed: list[Placed]):
        self.round = round_
        self.groups = {person: one for one in placed for person in map(round_.numbers.get, one.group.members)}
        self.exceptions: list[dict[str, Any]] = []
        self.queues: dict[str, list[tuple[int, int, int]]] = {}

    def people(self) -> list[dict[str, Any]]:
        """Everybody, in the order of their keys."""
        told = [self._of(person) for person in range(len(self.round.people))]
        return sorted(told, key=lambda one: one["key"])

    def _of(self, person: int) -> dict[str, Any]:
        applicant, held = self.round.people[person], self.round.now.get(person)
        got = held.number if held else len(applicant.choices)
        why = [{"choice": number + 1, **self._refused(person, number)} for number in range(got)]
        return {
            "key": applicant.key,
            "choice": held.number + 1 if held else None,
            "seats": self._seats(held) if held else {},
            "money": self._money(person, held),
            "why": why,
            **self._group(person),
        }

    def _seats(self, held: Wish) -> dict[str, list[str]]:
        """By offering, the class of its seat."""
        found = {room.key: room.where[held.person] for room in held.rooms if not room.key.startswith(MONEY)}
        return {key: [place.kind, place.value] for key, place in found.items()}

    def _money(self, person: int, held: Wish | None) -> bool:
        """Whether it is granted money: with its seats, or where a step grants to everybody whether or not a seat was free."""
        applicant = self.round.people[person]
        open_to_all = (choice for choice in applicant.choices if not self.round.why_out(applicant, choice))
        return held is not None or any(self.round.grant(choice) in (Grant.ALL, Grant.RUNNING) for choice in open_to_all)

    def _group(self, person: int) -> dict[str, Any]:
        if person not in self.groups:
            return {}
        one = self.groups[person]
        return {"group": {"key": one.group.key, "whole": one.group.whole, "of": len(one.group.members), "placed": len(one.members)}}

    def _refused(self, person: int, number: int) -> dict[str, Any]:
        applicant = self.round.people[person]
        choice = applicant.choices[number]
        if out := self.round.why_out(applicant, choice):
            return {"cause": out, "offering": next((key for key in choice.package if key in self.round.idle), None)}
        wish = self.round.wish(person, number)
        for room in wish.rooms:
            if not room.key.startswith(MONEY):
                self._queue(room, wish)
        full = next((room for room in wish.rooms if room.refuses(wish) and not _has_seat(room, wish)), None)
        if full is None:
            return self._held_apart(person, wish)
        return {"cause": "money" if full.key.startswith(MONEY) else "full", "offering": _offering(full), **self._last(full, wish)}

    def _queue(self, room: Room, wish: Wish) -> None:
        place = next((number for number, one in enumerate(room.classes) if one.admits(wish)), None)
        if place is not None:
            claim = wish.claims[room.classes[place].order]
            self.queues.setdefault(room.key, []).append((place, claim, wish.person))

    def _held_apart(self, person: int, wish: Wish) -> dict[str, Any]:
        """Nothing but its group, or another offering of somebody's package, stood in the way."""
        room = next((room for room in wish.rooms if room.refuses(wish)), wish.rooms[0] if wish.rooms else None)
        cause = "group" if person in self.groups else "kept" if room and room.refuses(wish) else "exception"
        if cause != "kept":
            self.exceptions.append({"key": self.round.people[person].key, "choice": wish.number + 1, "cause": cause})
        return {"cause": cause, "offering": _offering(room) if room else None}

    def _last(self, room: Room, wish: Wish) -> dict[str, Any]:
        """Who got the last place of the class that came nearest: the owner, the rank, and the key of the claim that decided."""
        places = [place for place in room.classes if place.admits(wish) and place.held]
        if not places:
            return {"last": None}
        place = max(places, key=lambda one: (not one.value, one.held[-1]))
        last = place.weakest
        other = self.round.people[last.person]
        mine = self.round.people[wish.person].owner == other.owner
        decided = "group" if last.held is not last.claims else self._decided(place, wish, last)
        return {"last": {"owner": other.owner, "same": mine, "rank": other.rank, "by": decided, "quota": [place.kind, place.value]}}

    def _decided(self, place: Class, wish: Wish, last: Wish) -> str:
        """The first key in which two claims differ."""
        order = self.round.orders[place.order]
        ours, theirs = wish.claims[place.order] // self.round.many, last.claims[place.order] // self.round.many
        for (key, _known), weight in zip(order, reversed(range(len(order))), strict=True):
            if ours // RADIX**weight != theirs // RADIX**weight:
                return key
        return "lot"

    def in_line(self) -> dict[str, list[str]]:
        """By offering, those who are in its queue: by quota class in its precedence, then by claim."""
        people = self.round.people
        return {key: [people[person].key for _place, _claim, person in sorted(line)] for key, line in sorted(self.queues.items())}

    def offerings(self) -> dict[str, dict[str, Any]]:
        rooms = [self.round.rooms[one.key] for one in self.round.inputs.offerings]
        return {room.key: {"taken": len(room.where), "quotas": _quotas(room)} for room in rooms}


def _offering(room: Room) -> str | None:
    return None if room.key.startswith(MONEY) else room.key


def _has_seat(room: Room, wish: Wish) -> bool:
    """Whether a free seat stands there that it might have had: then fullness was not what stood in the way."""
    return any(place.admits(wish) and room.has_free(place) and wish.claims[place.order] < place.bar for place in room.classes)


def _quotas(room: Room) -> list[list[Any]]:
    return [[place.kind, place.value, place.seats, len(place.held)] for place in room.classes if place.seats or place.held]


def outcome(round_: Round, placed: Iterable[Placed]) -> dict[str, Any]:
    told = Told(round_, list(placed))
    people = told.people()
    return {"people": people, "queues": told.in_line(), "offerings": told.offerings(), "exceptions": sorted(told.exceptions, key=str)}
