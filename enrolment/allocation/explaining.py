"""The outcome as plain values: for each person what they got and why not what they wanted more, for each offering its queue.

A reason names no other person: what is said of who got the last place is the owner, the rank and what decided.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any

from enrolment.allocation.deferring import MONEY, Round
from enrolment.allocation.grouping import Placed
from enrolment.allocation.rules import Grant, decided
from enrolment.allocation.seating import Class, Room, Wish
from enrolment.allocation.values import Applicant, Choice


class Told:
    """Reads a finished round. What is said of many is made once. `lines`: by class, the claims of those who are in its queue."""

    def __init__(self, round_: Round, placed: list[Placed]):
        self.round = round_
        self.groups = {person: one for one in placed for person in map(round_.numbers.get, one.group.members)}
        self.exceptions: list[dict[str, Any]] = []
        self.lines: dict[Class, list[int]] = defaultdict(list)
        orders = round_.orders
        self.seat, self.out, self.full = cache(_seat), cache(_out), cache(_full)
        self.decided = cache(lambda order, ours, theirs: decided(orders[order], ours, theirs))

    def people(self) -> list[dict[str, Any]]:
        """Everybody, in the order of their keys."""
        told = [self._of(person) for person in self.round.gathered]
        return sorted(told, key=lambda one: one["key"])

    def _of(self, person: int) -> dict[str, Any]:
        applicant, held = self.round.people[person], self.round.now.get(person)
        got = held.number if held else len(applicant.choices)
        told = {
            "key": applicant.key,
            "choice": held.number + 1 if held else None,
            "seats": self._seats(held) if held else {},
            "money": applicant.eligible and (held is not None or self._is_granted_to_all(applicant)),
            "why": [self._refused(person, number, applicant, choice) for number, choice in enumerate(applicant.choices[:got])],
        }
        if person in self.groups:
            told["group"] = self._group(self.groups[person])
        return told

    def _seats(self, held: Wish) -> dict[str, list[str]]:
        """By offering, the class of its seat."""
        seats = [self.seat(room, room.where[held.person]) for room in held.rooms if not room.key.startswith(MONEY)]
        return seats[0] if len(seats) == 1 else {key: place for seat in seats for key, place in seat.items()}

    def _is_granted_to_all(self, applicant: Applicant) -> bool:
        """Whether a step grants one of its choices to everybody, whether or not a seat was free."""
        if not applicant.approved:
            return False
        aims = (self.round.aim(choice.package, choice.subject) for choice in applicant.choices)
        return any(aim.grant in (Grant.ALL, Grant.RUNNING) and not aim.out for aim in aims)

    def _group(self, one: Placed) -> dict[str, Any]:
        return {"key": one.group.key, "whole": one.group.whole, "of": len(one.group.members), "placed": len(one.members)}

    def _refused(self, person: int, number: int, applicant: Applicant, choice: Choice) -> dict[str, Any]:
        aim = self.round.aim(choice.package, choice.subject)
        if aim.out or not applicant.approved:
            return self.out(number, aim.out if applicant.approved else "not-approved", aim.idle)
        wish = self.round.wished(person, number, applicant, choice, aim)
        for room in wish.rooms:
            self._put_in_line(room, wish)
        full = next((room for room in wish.rooms if not room.has_place(wish)), None)
        if full is None:
            return {"choice": number + 1, **self._held_apart(person, wish)}
        return self.full(number, full, *self._last(full, wish))

    def _put_in_line(self, room: Room, wish: Wish) -> None:
        """In the queue of the first class that would take it: there is always one, as the open seats are for all."""
        place = next(place for place in room.classes if place.admits(wish))
        self.lines[place].append(wish.claims[place.order])

    def _held_apart(self, person: int, wish: Wish) -> dict[str, Any]:
        """Nothing but its group, or another offering of somebody's package, stood in the way."""
        room = next((room for room in wish.rooms if room.refuses(wish)), wish.rooms[0] if wish.rooms else None)
        cause = "group" if person in self.groups else "kept" if room and room.refuses(wish) else "exception"
        if cause != "kept":
            self.exceptions.append({"key": self.round.people[person].key, "choice": wish.number + 1, "cause": cause})
        return {"cause": cause, "offering": _offering(room) if room else None}

    def _last(self, room: Room, wish: Wish) -> tuple[Class | None, bool, str]:
        """The class that came nearest, and of who got its last place: whether the owner is the same, and the key of the claim that decided."""
        place = max([place for place in room.classes if place.held and place.admits(wish)], key=_nearness, default=None)
        if place is None:
            return None, False, ""
        last, many = place.weakest, self.round.many
        by = "group" if last.held is not last.claims else self.decided(place.order, wish.claims[place.order] // many, last.claims[place.order] // many)
        return place, wish.applicant.owner == last.applicant.owner, by

    def in_line(self) -> dict[str, list[str]]:
        """By offering, those who are in its queue: by quota class in its precedence, then by claim, whose last key tells whose it is."""
        people, many = self.round.people, self.round.many
        rooms = [room for key, room in sorted(self.round.rooms.items()) if not key.startswith(MONEY)]
        lines = {room.key: [claim for place in room.classes for claim in sorted(self.lines.get(place, ()))] for room in rooms}
        return {key: [people[claim % many].key for claim in line] for key, line in lines.items() if line}

    def offerings(self) -> dict[str, dict[str, Any]]:
        rooms = [self.round.rooms[one.key] for one in self.round.inputs.offerings]
        return {room.key: {"taken": len(room.where), "quotas": _quotas(room)} for room in rooms}


def _offering(room: Room) -> str | None:
    return None if room.key.startswith(MONEY) else room.key


def _seat(room: Room, place: Class) -> dict[str, list[str]]:
    return {room.key: [place.kind, place.value]}


def _nearness(place: Class) -> tuple[bool, int]:
    """How near somebody came to a seat of a class: the one for all is nearer than a quota, and the weaker its last claim the nearer."""
    return not place.value, place.held[-1]


def _out(number: int, cause: str, offering: str | None) -> dict[str, Any]:
    return {"choice": number + 1, "cause": cause, "offering": offering}


def _full(number: int, room: Room, place: Class | None, same: bool, by: str) -> dict[str, Any]:
    """No seat was left: what is said of who got the last place of a class, where anybody has one there."""
    told = None
    if place is not None:
        last = place.weakest.applicant
        told = {"owner": last.owner, "same": same, "rank": last.rank, "by": by, "quota": [place.kind, place.value]}
    cause = "money" if room.key.startswith(MONEY) else "full"
    return {"choice": number + 1, "cause": cause, "offering": _offering(room), "last": told}


def _quotas(room: Room) -> list[list[Any]]:
    return [[place.kind, place.value, place.seats, len(place.held)] for place in room.classes if place.seats or place.held]


def outcome(round_: Round, placed: Iterable[Placed]) -> dict[str, Any]:
    told = Told(round_, list(placed))
    people = told.people()
    return {"people": people, "queues": told.in_line(), "offerings": told.offerings(), "exceptions": sorted(told.exceptions, key=str)}
