"""Writes what has happened in the runs: enrolments with every step, results, events, messages, and the counts on each run."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, insert, select, update

from accounts.models import Event, Message
from catalog.offers.models import Offering
from config.database import db
from demo.dice import Seed
from demo.histories import Lived
from demo.seats import Place, Step
from enrolment.seats.models import Enrolment, EnrolmentStep, Result

Known = dict[str, tuple[int, UUID]]  # key and UUID of a person, by their name in the histories
READ_AFTER = timedelta(days=14)


class Records:
    """Rows of all runs, gathered first and inserted table by table. `told`: who gets messages; the crowd never signs in."""

    def __init__(self, seed: Seed, people: Known, told: Iterable[str], now: datetime):
        self.seed, self.people, self.told, self.now = seed, people, set(told), now
        self.rows: dict[type, list[dict]] = {Enrolment: [], EnrolmentStep: [], Result: [], Event: [], Message: []}
        self.counts: list[dict] = []

    def write(self, lived: Iterable[Lived]) -> int:
        """Returns how many enrolments there are."""
        for one in lived:
            self._count(one)
            for place in one.line.places:
                self._place(one, place)
        self._insert(Enrolment)
        self._with_ids()
        for model in (EnrolmentStep, Result, Event, Message):
            self._insert(model)
        self._update_counts()
        return len(self.rows[Enrolment])

    def _count(self, one: Lived) -> None:
        line = one.line
        if line.places:
            self.counts.append({"run": one.offering.id, "taken": line.taken, "waits": line.waiting, "next": line.next_ticket})

    def _place(self, one: Lived, place: Place) -> None:
        uuid = self.seed.uuid("enrolment", *one.plan.key, place.ticket)
        self.rows[Enrolment].append({
            "uuid": uuid, "person_id": self.people[place.who][0], "offering_id": one.offering.id, "module_id": one.plan.module.id,
            "state": place.state, "ticket": place.ticket, "entered_at": place.entered_at, "offered_at": place.offered_at,
            "reply_by": place.reply_by, "made_up": True,
        })  # fmt: skip
        for step in place.steps:
            self._step(uuid, step, place.ticket)
        if place.mark:
            self._result(uuid, place, one.plan.module.institution_id)
        if place.who in self.told:
            self.rows[Message] += self._messages(uuid, place, one.plan.module.title or one.plan.module.code or "")

    def _step(self, enrolment: UUID, step: Step, ticket: int) -> None:
        who, uuid = self.people[step.who] if step.who else (None, None)
        known = {"at": step.at, "event": step.event, "from_state": step.from_state, "to_state": step.to_state, "why": step.why}
        self.rows[EnrolmentStep].append({"enrolment": enrolment, "by_person_id": who, **known})
        facts = {"ticket": ticket} if step.event == "enrol" else {}
        self._event("enrolment", enrolment, uuid, facts=facts, **known)

    def _event(self, kind: str, subject: UUID, person: UUID | None, *, organisation_id: int | None = None, facts: dict, **known) -> None:
        row = {"kind": kind, "subject_uuid": subject, "person_uuid": person, "organisation_id": organisation_id, "facts": facts, **known}
        self.rows[Event].append(row)

    def _result(self, enrolment: UUID, place: Place, institution_id: int) -> None:
        who, person = self.people[place.marked_by] if place.marked_by else (None, None)
        uuid = self.seed.uuid("result", enrolment)
        row = {"uuid": uuid, "enrolment": enrolment, "mark": place.mark, "recorded_at": place.marked_at, "recorded_by_id": who}
        self.rows[Result].append(row)
        self._event(
            "result", uuid, person, organisation_id=institution_id, facts={"enrolment": str(enrolment)}, at=place.marked_at,
            event="record", from_state=None, to_state=place.mark, why=None,
        )  # fmt: skip

    def _messages(self, enrolment: UUID, place: Place, module: str) -> Iterator[dict]:
        for number, news in enumerate(place.news):
            old = news.at + READ_AFTER < self.now
            yield {
                "uuid": self.seed.uuid("message", enrolment, number), "person_id": self.people[place.who][0], "at": news.at,
                "kind": news.kind, "facts": {"module": module, **news.facts}, "address": f"/me/enrolments/{enrolment}",
                "read_at": news.at + timedelta(days=1) if old else None,
            }  # fmt: skip

    def _with_ids(self) -> None:
        """Steps and results are gathered by the UUID of their enrolment; now it has a key."""
        ids = {uuid: key for key, uuid in db.session.execute(select(Enrolment.id, Enrolment.uuid).where(Enrolment.made_up))}
        for row in (*self.rows[EnrolmentStep], *self.rows[Result]):
            row["enrolment_id"] = ids[row.pop("enrolment")]

    def _insert(self, model: type) -> None:
        if self.rows[model]:
            db.session.execute(insert(model), self.rows[model])

    def _update_counts(self) -> None:
        """As enrolment writes them: plainly, since seats are no part of the catalogue's content or its version."""
        if not self.counts:
            return
        offerings = Offering.__table__
        statement = update(offerings).where(offerings.c.id == bindparam("run"))
        values = {"seats_taken": bindparam("taken"), "waiting": bindparam("waits"), "next_ticket": bindparam("next")}
        db.session.connection().execute(statement.values(values), self.counts)
