"""Deferred acceptance by applicants: everybody asks for their best choice, the seats keep the strongest claims, who is let go asks anew.

A choice is asked for whole: all offerings of its package, and a grant where the rules share grants out. Losing one seat is losing them all.
"""

from collections import Counter
from collections.abc import Iterable
from functools import cache
from heapq import heappop, heappush
from typing import NamedTuple

from enrolment.allocation import rules as by
from enrolment.allocation.rules import Grant, RuleSet, Standing
from enrolment.allocation.seating import Class, Room, Wish
from enrolment.allocation.values import Applicant, Choice, Inputs, Offering, QuotaKind

MONEY = "money:"  # before an owner's key: the room of its grants


class Aim(NamedTuple):
    """What a package in a subject comes to for everybody. `out`: why it cannot be granted whatever the claims, and `idle`: the offering that
    it is for; `rooms`: those of its offerings; `shared`: whether it needs a grant of the owner's as well."""

    step: int
    grant: Grant | None
    out: str | None
    idle: str | None
    rooms: tuple[Room, ...]
    shared: bool


class Round:
    """The state of one allocation. People are numbered in the order of their lots, so a number is the lot: the last key of every claim.

    `gathered`: the numbers in the order of the inputs, where the facts of one lie beside the next one's: who goes through everybody goes that
    way, as it is much faster. `numbers`: those of the members of groups, by their keys. `now`: by person, the wish that holds its seats; who
    studies elsewhere is there too, with no rooms. `asking`: the claims in line, and `asked` whose they are. `idle`: offerings that do not
    run, and why.
    """

    def __init__(self, inputs: Inputs, rules: RuleSet, seed: str):
        self.inputs, self.rules = inputs, rules
        drawn = by.drawn(seed, [one.key for one in inputs.applicants])
        self.people = [inputs.applicants[place] for place in drawn]
        self.gathered = sorted(range(len(drawn)), key=drawn.__getitem__)
        self.many = max(1, len(self.people))
        self.orders = rules.orders()
        together = {key for group in inputs.groups for key in group.members}
        self.numbers = {one.key: number for number, one in enumerate(self.people) if one.key in together}
        self.step_of, self.aim, self._first_claims = cache(rules.step_of), cache(self._aim), cache(self._claims)
        self.idle = self._that_do_not_run()
        self.rooms = {one.key: self._room(one) for one in sorted(inputs.offerings, key=lambda one: one.key)} | self._money()
        self.now: dict[int, Wish] = {}
        self.asking: list[int] = []
        self.asked: dict[int, Wish] = {}

    def _that_do_not_run(self) -> dict[str, str]:
        """Offerings that nobody can be placed in: cancelled, or too few want them where the rules ask for that."""
        idle = {one.key: "cancelled" for one in self.inputs.offerings if one.cancelled}
        if all(step.grant is not Grant.RUNNING for step in self.rules.steps):
            return idle
        wanted, asked = Counter(), set()
        for applicant in self.people:
            for key in {key for choice in applicant.choices for key in choice.package} if applicant.approved else ():
                wanted[key] += 1
            asked.update(key for choice in applicant.choices if self._grant(choice.subject) is Grant.RUNNING for key in choice.package)
        return {one.key: "too-few" for one in self.inputs.offerings if one.key in asked and wanted[one.key] < one.minimum} | idle

    def _grant(self, subject: str) -> Grant | None:
        """How far the money of its step reaches; none where no step grants in a subject."""
        number = self.step_of(subject)
        return self.rules.steps[number].grant if number < len(self.rules.steps) else None

    def _aim(self, package: tuple[str, ...], subject: str) -> Aim:
        grant = self._grant(subject)
        idle = next((key for key in package if key in self.idle), None)
        out = "not-funded" if grant is None else self.idle.get(idle)
        return Aim(self.step_of(subject), grant, out, idle, tuple(self.rooms[key] for key in package), grant is Grant.SHARE)

    def _room(self, offering: Offering) -> Room:
        quotas = list(offering.quotas)
        kept = sum(quota.seats for quota in quotas if quota.kind is not QuotaKind.OPEN)
        classes = [self._class(quota, offering.seats - kept) for quota in quotas]
        if all(quota.kind is not QuotaKind.OPEN for quota in quotas):
            classes.append(self._open(offering.seats - kept))
        spill = Class("released", "", 0, self.rules.order_of("open")) if any(one.released for one in classes) else None
        return Room(offering.key, classes, spill)

    def _class(self, quota, left: int) -> Class:
        if quota.kind is QuotaKind.OPEN:
            return self._open(left)
        released = quota.release_on is not None and quota.release_on <= self.inputs.on
        return Class(quota.kind.value, quota.value, quota.seats, self.rules.order_of(quota.kind.value), released)

    def _open(self, seats: int) -> Class:
        return Class("open", "", seats, self.rules.order_of("open"))

    def _money(self) -> dict[str, Room]:
        """A room of grants for each owner, where a step shares them out."""
        rooms, ranked = {}, len(self.orders) - 1
        for number, step in enumerate(self.rules.steps):
            if step.grant is Grant.SHARE:
                wanted = Counter(one.owner for one in self.people if one.approved and one.eligible and self._wants(one, number))
                for owner, grants in by.shares(step.grants, self.inputs.owners, wanted).items():
                    key = f"{MONEY}{owner}"
                    known = rooms.setdefault(key, Room(key, [Class("money", "", 0, ranked)]))
                    known.classes[0].seats += grants
        return rooms

    def _wants(self, applicant: Applicant, step: int) -> bool:
        return any(self.step_of(choice.subject) == step for choice in applicant.choices)

    def wish(self, person: int, number: int) -> Wish | None:
        """A choice (from nought) as it is decided; none where it is out of the question."""
        applicant = self.people[person]
        choice = applicant.choices[number]
        aim = self.aim(choice.package, choice.subject)
        return None if aim.out or not applicant.approved else self.wished(person, number, applicant, choice, aim)

    def wished(self, person: int, number: int, applicant: Applicant, choice: Choice, aim: Aim) -> Wish:
        """The same for a choice that nothing is in the way of."""
        rooms = (*aim.rooms, self.rooms[f"{MONEY}{applicant.owner}"]) if aim.shared and applicant.eligible else aim.rooms
        claims = [first + person for first in self._first_claims(applicant.rank, aim.step, choice.points)]
        return Wish(person, number, applicant, choice, rooms, claims)

    def _claims(self, rank: int | None, step: int, points: int) -> list[int]:
        """By order, what a claim is with the first lot: what all who stand alike have in common."""
        standing = Standing(rank, step, points)
        return [by.claim(order, standing) * self.many for order in self.orders]

    def ask(self, person: int, after: int = -1) -> None:
        """Puts the next choice that can be granted in line."""
        for number in range(after + 1, len(self.people[person].choices)):
            wish = self.wish(person, number)
            if wish is not None:
                self.asked[person] = wish
                heappush(self.asking, wish.claims[0])
                return

    def decide(self) -> None:
        """Hears everybody in line, the strongest claims first, until nobody asks for more."""
        while self.asking:
            wish = self.asked.pop(heappop(self.asking) % self.many)
            if len(wish.rooms) == 1:
                self._place_in_one(wish)
            else:
                self._place_in_all(wish)

    def _place_in_one(self, wish: Wish) -> None:
        """A room that has no place turns the wish away by itself."""
        room = wish.rooms[0]
        displaced = room.take(wish)
        if displaced is not wish:
            self.now[wish.person] = wish
            if displaced is not None:
                self.let_go(displaced, gone=room)
        else:
            self.ask(wish.person, wish.number)

    def _place_in_all(self, wish: Wish) -> None:
        full = next((room for room in wish.rooms if not room.has_place(wish)), None)
        if full is None:
            self.place(wish)
        else:
            full.turn_away(wish)
            self.ask(wish.person, wish.number)

    def place(self, wish: Wish, *, barred: bool = True) -> None:
        """Seats a wish in all its rooms; whoever must give way loses the whole package, and asks for the next choice."""
        self.now[wish.person] = wish
        for room in wish.rooms:
            displaced = room.take(wish, barred=barred)
            if displaced is not None:
                self.let_go(displaced, gone=room)

    def let_go(self, wish: Wish, gone: Room | None = None) -> None:
        del self.now[wish.person]
        for room in wish.rooms:
            if room is not gone and room.where.get(wish.person):
                room.leave(wish)
        self.ask(wish.person, wish.number)

    def prefers(self, person: int, number: int) -> bool:
        """Whether a choice is better than what somebody has."""
        held = self.now.get(person)
        return held is None or number < held.number


def run(round_: Round, alone: Iterable[int]) -> None:
    """Places those who apply alone."""
    for person in alone:
        round_.ask(person)
    round_.decide()
