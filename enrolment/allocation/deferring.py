"""Deferred acceptance by applicants: everybody asks for their best choice, the seats keep the strongest claims, who is let go asks anew.

A choice is asked for whole: all offerings of its package, and a grant where the rules share grants out. Losing one seat is losing them all.
"""

from collections import Counter
from collections.abc import Iterable
from heapq import heappop, heappush

from enrolment.allocation import rules as by
from enrolment.allocation.rules import Grant, RuleSet
from enrolment.allocation.seating import Class, Room, Wish
from enrolment.allocation.values import Applicant, Choice, Inputs, Offering, QuotaKind

MONEY = "money:"  # before an owner's key: the room of its grants


class Round:
    """The state of one allocation. People are numbered in the order of their lots, so a number is the lot: the last key of every claim.

    `now`: by person, the wish that holds its seats; who studies elsewhere is there too, with no rooms. `idle`: offerings that do not run, and why.
    """

    def __init__(self, inputs: Inputs, rules: RuleSet, seed: str):
        self.inputs, self.rules = inputs, rules
        applicants = {one.key: one for one in inputs.applicants}
        self.people = [applicants[key] for key in by.drawn(seed, applicants)]
        self.many = max(1, len(self.people))
        self.orders = rules.orders()
        self.numbers = {one.key: number for number, one in enumerate(self.people)}
        self.idle = self._that_do_not_run()
        self.rooms = {one.key: self._room(one) for one in sorted(inputs.offerings, key=lambda one: one.key)} | self._money()
        self.now: dict[int, Wish] = {}
        self.asking: list[tuple[int, Wish]] = []

    def _that_do_not_run(self) -> dict[str, str]:
        """Offerings that nobody can be placed in: cancelled, or too few want them where the rules ask for that."""
        idle = {one.key: "cancelled" for one in self.inputs.offerings if one.cancelled}
        wanted, asked = Counter(), set()
        for applicant in self.people:
            for key in {key for choice in applicant.choices for key in choice.package} if applicant.approved else ():
                wanted[key] += 1
            asked.update(key for choice in applicant.choices if self.grant(choice) is Grant.RUNNING for key in choice.package)
        return {one.key: "too-few" for one in self.inputs.offerings if one.key in asked and wanted[one.key] < one.minimum} | idle

    def grant(self, choice: Choice) -> Grant | None:
        """How far the money of its step reaches; none where no step grants in its subject."""
        number = self.rules.step_of(choice.subject)
        return self.rules.steps[number].grant if number < len(self.rules.steps) else None

    def _room(self, offering: Offering) -> Room:
        quotas = list(offering.quotas)
        kept = sum(quota.seats for quota in quotas if quota.kind is not QuotaKind.OPEN)
        classes = [self._class(quota, offering.seats - kept) for quota in quotas]
        if all(quota.kind is not QuotaKind.OPEN for quota in quotas):
            classes.append(self._open(offering.seats - kept))
        return Room(offering.key, [*classes, Class("released", "", 0, self.rules.order_of("open"))])

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
                wanted = Counter(one.owner for one in self.people if one.approved and self._wants(one, number))
                for owner, grants in by.shares(step.grants, self.inputs.owners, wanted).items():
                    key = f"{MONEY}{owner}"
                    known = rooms.setdefault(key, Room(key, [Class("money", "", 0, ranked), Class("released", "", 0, ranked)]))
                    known.classes[0].seats += grants
        return rooms

    def _wants(self, applicant: Applicant, step: int) -> bool:
        return any(self.rules.step_of(choice.subject) == step for choice in applicant.choices)

    def why_out(self, applicant: Applicant, choice: Choice) -> str | None:
        """Why a choice cannot be granted whatever the claims; none where it can."""
        if not applicant.approved:
            return "not-approved"
        if self.grant(choice) is None:
            return "not-funded"
        return next((self.idle[key] for key in choice.package if key in self.idle), None)

    def wish(self, person: int, number: int) -> Wish | None:
        """A choice (from nought) as it is decided; none where it is out of the question."""
        applicant = self.people[person]
        choice = applicant.choices[number]
        if self.why_out(applicant, choice):
            return None
        keys = [*choice.package, f"{MONEY}{applicant.owner}"] if self.grant(choice) is Grant.SHARE else choice.package
        claims = tuple(by.claim(self.rules, order, applicant, choice) * self.many + person for order in self.orders)
        return Wish(person, number, tuple(self.rooms[key] for key in keys), claims, self._fits(applicant, choice))

    def _fits(self, applicant: Applicant, choice: Choice):
        def fits(kind: str, value: str) -> bool:
            if kind == "region":
                return value in applicant.regions
            return value == (applicant.owner if kind == "owner" else choice.scheme)

        return fits

    def ask(self, person: int, after: int = -1) -> None:
        """Puts the next choice that can be granted in line; the strongest claims are heard first."""
        for number in range(after + 1, len(self.people[person].choices)):
            wish = self.wish(person, number)
            if wish is not None:
                heappush(self.asking, (wish.claims[0], wish))
                return

    def decide(self) -> None:
        """Hears everybody in line, until nobody asks for more."""
        while self.asking:
            _claim, wish = heappop(self.asking)
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
