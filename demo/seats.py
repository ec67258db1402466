"""One run's seats and queue, lived through in memory step by step, as enrolment/seats does it in the database.

The services commit one step at a time and give each enrolment an identity of chance; a demonstration is made whole or not at
all, and the same everywhere. So its histories are lived here, by the same lifecycle and the same rule for the days to answer,
and a test leads the services through the same days and compares.
"""

from dataclasses import dataclass, field
from datetime import datetime

from catalog.offers.lifecycle import Run
from config.clock import day_of, end_of
from enrolment.results.values import Mark
from enrolment.seats.lifecycle import ACTIVE, HELD, SEAT_LIFE, Seat
from enrolment.seats.rules import last_day_to_answer


@dataclass(frozen=True)
class Step:
    """One step of an enrolment: `who` took it; none = Seksti, when a date passed or a seat freed."""

    at: datetime
    event: str
    from_state: Seat | None
    to_state: Seat
    who: str | None
    why: str | None = None


@dataclass(frozen=True)
class News:
    """Something a person is told: the kind of message and what fills it."""

    at: datetime
    kind: str
    facts: dict[str, str] = field(default_factory=dict)


@dataclass
class Place:
    """One person's seat or place in the queue. People are known by their names in the demonstration."""

    who: str
    ticket: int
    state: Seat
    entered_at: datetime
    offered_at: datetime | None = None
    reply_by: datetime | None = None
    mark: Mark | None = None
    marked_at: datetime | None = None
    marked_by: str | None = None
    steps: list[Step] = field(default_factory=list)
    news: list[News] = field(default_factory=list)


class Line:
    """The seats and the queue of one run. Everything is told in the order in which it happens."""

    def __init__(self, *, seats: int, starts_on, queue_closes_on, state: Run = Run.PUBLISHED):
        self.seats, self.starts_on, self.queue_closes_on, self.state = seats, starts_on, queue_closes_on, state
        self.places: list[Place] = []

    @property
    def taken(self) -> int:
        return sum(place.state in HELD for place in self.places) + self.over

    @property
    def over(self) -> int:
        """Seats of those who have completed or interrupted: they were used and are not given to others."""
        return sum(place.state in (Seat.COMPLETED, Seat.INTERRUPTED) for place in self.places)

    @property
    def waiting(self) -> int:
        return sum(place.state is Seat.WAITING for place in self.places)

    @property
    def next_ticket(self) -> int:
        return len(self.places) + 1

    def enrol(self, who: str, at: datetime) -> Place:
        """A seat while one is free and nobody waits, else a place in the queue."""
        free = self.taken < self.seats and not self.waiting
        place = Place(who, self.next_ticket, Seat.PLACED if free else Seat.WAITING, at)
        place.steps.append(Step(at, "enrol", None, place.state, who))
        self.places.append(place)
        return place

    def withdraw(self, who: str, at: datetime, why: str | None = None) -> None:
        self._step(self.place_of(who), "withdraw", at, who, why)
        self._offer_free_seats(at)

    def accept(self, who: str, at: datetime) -> None:
        self._step(self.place_of(who), "accept", at, who)

    def decline(self, who: str, at: datetime) -> None:
        self._step(self.place_of(who), "decline", at, who)
        self._offer_free_seats(at)

    def let_lapse(self, who: str) -> None:
        """At the midnight that ends the last day for an answer."""
        place = self.place_of(who)
        self._step(place, "let lapse", place.reply_by, None)
        place.news.append(News(place.reply_by, "seat-lapsed"))
        self._offer_free_seats(place.reply_by)

    def complete(self, who: str, mark: Mark, at: datetime, by: str | None) -> None:
        place = self.place_of(who)
        self._step(place, "complete", at, by)
        place.mark, place.marked_at, place.marked_by = mark, at, by
        place.news.append(News(at, "result-recorded"))

    def interrupt(self, who: str, at: datetime, why: str) -> None:
        self._step(self.place_of(who), "interrupt", at, who, why)

    def cancel(self, at: datetime, by: str | None, why: str) -> None:
        """The run will not be held: everybody is let go and told."""
        self.state = Run.CANCELLED
        for place in [place for place in self.places if place.state in ACTIVE]:
            self._step(place, "let lapse" if place.state is Seat.OFFERED else "withdraw", at, by, why)
            place.news.append(News(at, "offering-cancelled", {"why": why}))

    def place_of(self, who: str) -> Place:
        """The latest of a person. Raises StopIteration for somebody who has none."""
        return next(place for place in reversed(self.places) if place.who == who)

    def _step(self, place: Place, event: str, at: datetime, who: str | None, why: str | None = None) -> None:
        before, place.state = place.state, SEAT_LIFE.after(place.state, event)
        place.steps.append(Step(at, event, before, place.state, who, why))

    def _offer_free_seats(self, at: datetime) -> None:
        last = last_day_to_answer(day_of(at), starts_on=self.starts_on, queue_closes_on=self.queue_closes_on)
        while last and self.taken < self.seats and (first := self._first_in_line()):
            self._step(first, "offer", at, None)
            first.offered_at, first.reply_by = at, end_of(last)
            first.news.append(News(at, "seat-offered", {"reply_by": first.reply_by.isoformat()}))

    def _first_in_line(self) -> Place | None:
        return next((place for place in self.places if place.state is Seat.WAITING), None)
