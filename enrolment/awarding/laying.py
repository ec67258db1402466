"""What a result means in rows: who is offered which seat, who stands where in which queue. Works on rows already read; commits nothing.

Whoever has withdrawn, lost the owner's approval, or chosen otherwise since the inputs were frozen is left out, and their seats stay free for the queue.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from catalog.offers.lifecycle import Run
from catalog.offers.models import Offering
from enrolment.allocation.values import QuotaKind
from enrolment.applications.lifecycle import Case, Employer
from enrolment.applications.models import Application, Choice, ChoiceRun
from enrolment.awarding.gathering import package
from enrolment.quotas.models import Quota
from enrolment.seats import rules as seat_rules
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment


@dataclass
class Entry:
    """One run of a choice as it is laid: a seat or a place in line, in the order of the tickets. `before`: an enrolment that is there already;
    `last_day`: to answer the offer of a seat, the same for all of a package."""

    run: ChoiceRun
    person_id: int
    state: Seat
    quota_id: int | None = None
    before: Enrolment | None = None
    last_day: date | None = None


@dataclass
class Laid:
    """By run, the entries in the order of their tickets; `left_out`: by applicant, why nothing is laid of what they got."""

    entries: dict[int, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    left_out: dict[str, str] = field(default_factory=dict)


class Laying:
    """Reads a result against the rows. `active` and `holding` as the queries give them; `on` the day it is laid, and `last_day` the round's for answers."""

    def __init__(
        self, frozen: dict[str, Any], result: dict[str, Any], cases: dict[str, Application], runs: dict[int, Offering], quotas: dict[int, list[Quota]],
        active: dict[tuple[int, int], Enrolment], holding: dict[tuple[int, int], int], on: date, last_day: date,
    ):  # fmt: skip
        self.on, self.last_day = on, last_day
        self.people = {one["key"]: one for one in frozen["inputs"]["applicants"]}
        self.result, self.cases, self.runs, self.active, self.holding = result, cases, runs, active, holding
        self.quotas = {(number, one.kind, one.value): one.id for number, rows in quotas.items() for one in rows}
        self.got = {one["key"]: one["choice"] for one in result["people"]}
        self._laid_by: dict[tuple[int, int], int] = {}  # by person and run, the choice that it is laid for
        self.numbers = {str(run.uuid): number for number, run in runs.items()}

    def lay(self) -> Laid:
        """Seats first, then the queues: whoever got a seat but holds another run of the module, or could not answer before it starts, stands first in line."""
        laid = Laid()
        for one in self.result["people"]:
            choice = self.choice(one["key"], one["choice"]) if one["choice"] else None
            why = self._why_left_out(one, choice)
            if why:
                laid.left_out[one["key"]] = why
            elif one["seats"]:
                self._lay_seats(one, choice, laid)
        for key, line in self.result["queues"].items():
            for person in line:
                self._lay_wait(person, key, laid)
        return laid

    def _why_left_out(self, one: dict[str, Any], choice: Choice | None) -> str | None:
        """Also of those who got money alone, or nothing: whoever has withdrawn is told that, and stands in no queue."""
        case = self.cases.get(one["key"])
        if case is None or case.state is not Case.SENT or case.employer is not Employer.APPROVED:
            return "withdrawn"
        return self._why_not(choice) if one["choice"] else None

    def _lay_seats(self, one: dict[str, Any], choice: Choice, laid: Laid) -> None:
        case = self.cases[one["key"]]
        rows = [run for run in choice.runs if str(run.offering.uuid) in one["seats"]]
        last_day = seat_rules.before_start(self.on, self.last_day, [self.runs[run.offering_id].starts_on for run in rows])
        state = Seat.WAITING if last_day is None or any(self._holds_another(case.person_id, run) for run in rows) else Seat.OFFERED
        for run in rows:
            kind, value = one["seats"][str(run.offering.uuid)]
            quota = self.quotas.get((run.offering_id, QuotaKind(kind), value)) if kind not in ("open", "released") and state is Seat.OFFERED else None
            self._laid_by[(case.person_id, run.offering_id)] = choice.id
            laid.entries[run.offering_id].append(Entry(run, case.person_id, state, quota, self.active.get((case.person_id, run.offering_id)), last_day))

    def choice(self, key: str, number: int) -> Choice | None:
        """The choice as it stands now: the one that asks for what the applicant's choice of this number asked for."""
        case = self.cases.get(key)
        asked = tuple(self.people[key]["choices"][number - 1]["package"])
        return next((one for one in case.ranked_choices if package(one) == asked), None) if case else None

    def _why_not(self, choice: Choice | None) -> str | None:
        if choice is None:
            return "changed"
        if any(run.offering_id in self.runs and self.runs[run.offering_id].state is not Run.PUBLISHED for run in choice.runs):
            return "cancelled"
        return None

    def _holds_another(self, person: int, run: ChoiceRun) -> bool:
        held = self.holding.get((person, run.offering.module_id))
        return held is not None and held != run.offering_id

    def _lay_wait(self, key: str, offering: str, laid: Laid) -> None:
        """In line once for each run. A choice that shares a run with one that is laid already is not queued for: one has no two rows in a run."""
        case, number = self.cases.get(key), self.numbers.get(offering)
        if case is None or number is None or key in laid.left_out:
            return
        for run in self._wanted_runs(key, offering):
            if self._why_not(run.choice) is None and self._may_queue(case.person_id, run):
                self._laid_by[(case.person_id, number)] = run.choice_id
                laid.entries[number].append(Entry(run, case.person_id, Seat.WAITING, None, self.active.get((case.person_id, number))))
                return

    def _may_queue(self, person: int, run: ChoiceRun) -> bool:
        if (person, run.offering_id) in self._laid_by:
            return False
        return all(self._laid_by.get((person, each.offering_id), run.choice_id) == run.choice_id for each in run.choice.runs)

    def _wanted_runs(self, key: str, offering: str) -> Iterator[ChoiceRun]:
        """The runs of the choices that the applicant wanted more than what they got, in their order."""
        for number in range(1, self.got[key] or len(self.people[key]["choices"]) + 1):
            choice = self.choice(key, number)
            yield from (run for run in (choice.runs if choice else ()) if str(run.offering.uuid) == offering)
