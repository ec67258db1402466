"""What has happened in every run: who enrolled when, who waits, who was offered a seat, who passed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from catalog.offers.models import Offering
from config.clock import start_of
from demo import dates, scenes
from demo.crowd import Crowd
from demo.dice import Dice, Seed
from demo.runs import Kind, Plan, Runs
from demo.seats import Line, Place
from enrolment.results.values import Mark
from enrolment.seats.lifecycle import Seat

LETTERS = (Mark.A,) * 3 + (Mark.B,) * 7 + (Mark.C,) * 8 + (Mark.D,) * 4 + (Mark.E,) * 2 + (Mark.F,)
PASS_OR_FAIL = (Mark.PASS,) * 19 + (Mark.FAIL,)
NO_TIME = "Fekk for liten tid ved sidan av jobben."
DAY_BEGINS, DAY_LASTS = time(7, tzinfo=UTC), 600  # minutes in which people sit at their machines


@dataclass(frozen=True)
class Lived:
    """One run with what has happened in it."""

    plan: Plan
    offering: Offering
    line: Line


class Histories:
    """`share`: how full runs are against what is usual, since a small crowd cannot fill them all.

    `editors`: who records results, by institution.
    """

    def __init__(self, seed: Seed, crowd: Crowd, editors: dict[str, str], today: date, share: float):
        self.seed, self.crowd, self.editors, self.today, self.share = seed, crowd, editors, today, share

    def live(self, runs: Runs) -> Iterator[Lived]:
        """The runs that are told of beforehand come first, so that there are people enough for them."""
        told = [key for key in runs.rows if self._is_told(key)]
        for key in (*told, *(key for key in runs.rows if key not in set(told))):
            plan, offering = runs.rows[key]
            line = Line(seats=plan.seats, starts_on=plan.dates.starts_on, queue_closes_on=plan.dates.queue_closes_on)
            self._live_one(plan, line)
            yield Lived(plan, offering, line)

    def _is_told(self, key: tuple) -> bool:
        run = key[:3]
        tables = (scenes.QUEUES, scenes.OFFERS, scenes.MOVED, scenes.NEARLY_FULL, scenes.CANCELLED, scenes.SEATED, scenes.PASSED)
        return key[3] == 0 and any(run in table for table in tables)

    def _live_one(self, plan: Plan, line: Line) -> None:
        dice = self.seed.dice("history", *plan.key)
        if plan.kind is Kind.HELD:
            self._hold(plan, line, dice)
        elif plan.kind is Kind.OPEN:
            self._fill(plan, line, dice)
        elif plan.kind is Kind.CANCELLED:
            self._cancel(plan, line, dice)

    # Runs that have begun, or are over

    def _hold(self, plan: Plan, line: Line, dice: Dice) -> None:
        run = plan.key[:3] if plan.number == 0 else None
        leads = (*scenes.PASSED.get(run, {}), *scenes.SEATED.get(run, ()))
        self._enrol(plan, line, dice, self._usual(plan, dice, 50, 95), leads)
        self._some_withdraw(line, dice)
        if plan.is_over:
            self._some_interrupt(plan, line, dice)
        if plan.is_over and run not in scenes.UNMARKED:
            self._mark(plan, line, dice, scenes.PASSED.get(run, {}))

    def _usual(self, plan: Plan, dice: Dice, least: int, most: int) -> int:
        """A number of people between two shares of the seats, in hundredths."""
        return round(plan.seats * dice.between(least, most) / 100 * self.share)

    def _enrol(self, plan: Plan, line: Line, dice: Dice, count: int, leads: tuple[str, ...] = ()) -> None:
        extras = self._extras(plan, dice, min(count, plan.seats - len(leads)))
        people = dice.some_of((*extras, *leads), len(extras) + len(leads))
        first, last = plan.dates.opens_on, min(plan.dates.apply_by, self.today - timedelta(days=1))
        for who, at in zip(people, moments(dice, first, last, len(people)), strict=True):
            line.enrol(who, at)

    def _extras(self, plan: Plan, dice: Dice, count: int) -> list[str]:
        return self.crowd.some_for(plan.module.id, plan.module.subject.code, count, dice, to_come=plan.offset >= 0)

    def _some_withdraw(self, line: Line, dice: Dice) -> None:
        for place in self._of_crowd(line):
            at = place.entered_at + timedelta(days=dice.between(2, 12), minutes=7)
            if at < start_of(self.today) and dice.chance(0.06):
                line.withdraw(place.who, at)

    def _of_crowd(self, line: Line) -> list[Place]:
        """Those with a seat of whom nothing is told beforehand."""
        return [place for place in line.places if place.state is Seat.PLACED and place.who.startswith("teacher-")]

    def _some_interrupt(self, plan: Plan, line: Line, dice: Dice) -> None:
        last = min(plan.dates.ends_on, self.today) - timedelta(days=20)
        for place in self._of_crowd(line):
            if dice.chance(0.05) and plan.dates.starts_on < last:
                line.interrupt(place.who, at_noon(last - timedelta(days=dice.between(0, 10))), NO_TIME)

    def _mark(self, plan: Plan, line: Line, dice: Dice, told: dict[str, Mark]) -> None:
        at, editor = at_noon(dates.recorded_on(plan.dates, self.today, dice)), self.editors.get(plan.named[0])
        scale = LETTERS if plan.in_letters else PASS_OR_FAIL
        for place in [place for place in line.places if place.state is Seat.PLACED]:
            line.complete(place.who, told.get(place.who) or dice.one_of(scale), at, editor)

    # Runs one can enrol in

    def _fill(self, plan: Plan, line: Line, dice: Dice) -> None:
        run = plan.key[:3] if plan.number == 0 else None
        full = scenes.QUEUES.get(run) or scenes.OFFERS.get(run) or scenes.MOVED.get(run)
        if plan.people is not None:
            self._enrol(plan, line, dice, plan.people)
        elif full:
            self._fill_up(plan, line, dice, full)
            self._move(run, line)
        elif run in scenes.NEARLY_FULL:
            self._enrol(plan, line, dice, plan.seats - scenes.NEARLY_FULL[run])
        elif self.share == 1 and plan.offset == 0 and dice.chance(0.1):
            self._fill_up(plan, line, dice, scenes.Full(("",) * dice.between(2, 15)))
        else:
            least, most = (5, 70) if plan.offset == 0 else (0, 30)
            self._enrol(plan, line, dice, self._usual(plan, dice, least, most), scenes.SEATED.get(run, ()))
            self._some_withdraw(line, dice)

    def _fill_up(self, plan: Plan, line: Line, dice: Dice, full: scenes.Full) -> None:
        """All seats in the first days, then the queue; all but who is named are of the crowd."""
        extras = self._extras(plan, dice, plan.seats + full.queue.count(""))
        queue = [who or extras.pop() for who in full.queue]
        opens = plan.dates.opens_on
        enrolled = moments(dice, opens, opens + timedelta(days=3), len(extras))
        waited = moments(dice, opens + timedelta(days=4), opens + timedelta(days=6), len(queue))
        for who, at in (*zip(extras, enrolled, strict=True), *zip(queue, waited, strict=True)):
            line.enrol(who, at)

    def _move(self, run: scenes.Run, line: Line) -> None:
        if run in scenes.OFFERS:
            line.withdraw(line.places[0].who, at_noon(self.today - timedelta(days=1)))
        if run in scenes.MOVED:
            first, second = (place for place in line.places if place.state is Seat.WAITING and place.ticket <= line.seats + 2)
            line.withdraw(line.places[0].who, first.entered_at + timedelta(days=1))
            line.let_lapse(first.who)
            line.accept(second.who, second.offered_at + timedelta(hours=10))

    def _cancel(self, plan: Plan, line: Line, dice: Dice) -> None:
        run = plan.key[:3]
        if run in scenes.CANCELLED:
            self._enrol(plan, line, dice, 4, scenes.CANCELLED[run])
        elif plan.people is not None:
            self._enrol(plan, line, dice, plan.people)
        line.cancel(start_of(self.today), self.editors.get(plan.named[0]), plan.reason)


def at_noon(day: date) -> datetime:
    return datetime.combine(day, time(11, tzinfo=UTC))


def moments(dice: Dice, first: date, last: date, count: int) -> list[datetime]:
    """So many moments by day between two days, both included, in order and no two alike."""
    length = ((last - first).days + 1) * DAY_LASTS
    chosen = sorted(dice.between(0, length - 1) for _ in range(count))
    begin = datetime.combine(first, DAY_BEGINS)
    return [
        begin + timedelta(days=minute // DAY_LASTS, minutes=minute % DAY_LASTS, milliseconds=place) for place, minute in enumerate(chosen)
    ]
