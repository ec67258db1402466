"""What teachers say they have studied before: claimed, verified, refused, each laid before the owner of their school."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy import insert

from accounts.models import Event, Message
from config.database import db
from demo.crowd import FOLLOWED, Crowd, Extra
from demo.dice import Dice, Seed
from demo.histories import at_noon
from demo.people import LEADS
from demo.records import Known
from demo.registers import Registers
from enrolment.progress.lifecycle import CLAIM_LIFE, Claim
from enrolment.progress.models import PriorCredit

REFUSED = "Vitnemålet viser ikke hvor mange studiepoeng som var i faget. Send karakterutskriften."
KINDS = (
    ("{subject} grunnfag", "30", 1996, 2003), ("{subject} årsstudium", "60", 2003, 2018), ("{subject} 1", "30", 2006, 2021),
    ("{subject} i allmennlærerutdanningen", "15", 1998, 2010), ("Fordypning i faget {subject}", "15", 2010, 2022),
)  # fmt: skip
PLACES = (
    "Universitetet i Oslo", "Universitetet i Bergen", "Høgskolen i Bergen", "Høgskolen i Tromsø", "Høgskolen i Oslo",
    "Universitetet i Agder",
)  # fmt: skip


@dataclass(frozen=True)
class Said:
    """One claim and what became of it; `days` ago it was laid before the owner."""

    who: str
    subject: str
    title: str
    institution: str
    credits: str
    finished_on: date
    owner_id: int
    days: int
    event: str | None = None  # of the claim's life: verify, refuse; none = it waits
    decided_by: str | None = None


class Claims:
    def __init__(self, seed: Seed, registers: Registers, people: Known, owners: dict[int, str], today: date):
        """`owners`: who decides for a school owner, by its key."""
        self.seed, self.registers, self.people, self.owners, self.today = seed, registers, people, owners, today
        self.rows: dict[type, list[dict]] = {PriorCredit: [], Event: [], Message: []}

    def add(self, crowd: Crowd) -> int:
        """Returns how many there are."""
        for number, said in enumerate((*self._of_lars(), *self._of_crowd(crowd))):
            self._claim(said, number)
        for model, rows in self.rows.items():
            if rows:
                db.session.execute(insert(model), rows)
        return len(self.rows[PriorCredit])

    def _of_lars(self) -> Iterator[Said]:
        """One of each, so that his page and his owner's show all that can become of a claim."""
        school = next(lead.school for lead in LEADS if lead.key == "lars")
        owner = self.registers.schools[school].owner_id
        known = {"who": "lars", "subject": "norsk", "owner_id": owner}
        by = self.owners[owner]
        yield Said(
            **known, title="Norsk i allmennlærerutdanningen", institution="Høgskolen i Stavanger", credits="15",
            finished_on=date(2004, 6, 15), days=70, event="verify", decided_by=by,
        )  # fmt: skip
        yield Said(
            **known, title="Nordisk grunnfag", institution="Universitetet i Bergen", credits="30", finished_on=date(2001, 6, 15),
            days=40, event="refuse", decided_by=by,
        )  # fmt: skip
        yield Said(
            **known, title="Norsk 2, påbygging", institution="Universitetet i Stavanger", credits="30", finished_on=date(2015, 6, 15),
            days=6,
        )  # fmt: skip

    def _of_crowd(self, crowd: Crowd) -> Iterator[Said]:
        followed = {self.registers.owners[owner] for owner in FOLLOWED}
        for extra in crowd.extras:
            dice = self.seed.dice("claim", extra.key)
            if dice.chance(0.7 if extra.school.owner_id in followed else 0.3):
                yield self._chosen(extra, dice)

    def _chosen(self, extra: Extra, dice: Dice) -> Said:
        title, credits, first, last = dice.one_of(KINDS)
        subject = self.registers.subjects[extra.subject].name_nb
        event, owner = dice.one_of(("verify", "verify", None, None, None, "refuse")), extra.school.owner_id
        return Said(
            extra.key, extra.subject, title.format(subject=subject), dice.one_of(PLACES), credits,
            date(dice.between(first, last), 6, 15), owner, dice.between(2, 90) + (14 if event else 0), event,
            self.owners.get(owner) if event else None,
        )  # fmt: skip

    def _claim(self, said: Said, number: int) -> None:
        uuid, at = self.seed.uuid("claim", said.who, number), at_noon(self.today - timedelta(days=said.days))
        state = CLAIM_LIFE.after(Claim.CLAIMED, said.event) if said.event else Claim.CLAIMED
        decided_at = at + timedelta(days=1, hours=2) if said.event else None
        why = REFUSED if state is Claim.REFUSED else None
        self.rows[PriorCredit].append({
            "uuid": uuid, "person_id": self.people[said.who][0], "subject_id": self.registers.subjects[said.subject].id,
            "title": said.title, "institution": said.institution, "credits": Decimal(said.credits), "finished_on": said.finished_on,
            "state": state, "claimed_at": at, "decided_at": decided_at,
            "decided_by_id": self.people[said.decided_by][0] if said.decided_by else None, "owner_id": said.owner_id, "why": why,
        })  # fmt: skip
        self._event(said, uuid, "claim", at, None, Claim.CLAIMED, said.who)
        if said.event:
            self._event(said, uuid, said.event, decided_at, Claim.CLAIMED, state, said.decided_by, why)
            self._tell(said, uuid, decided_at, why)

    def _event(
        self, said: Said, uuid: UUID, event: str, at: datetime, before: str | None, after: str, who: str | None, why: str | None = None
    ) -> None:
        self.rows[Event].append({
            "at": at, "person_uuid": self.people[who][1] if who else None, "organisation_id": said.owner_id, "kind": "claim",
            "subject_uuid": uuid, "event": event, "from_state": before, "to_state": after, "why": why, "facts": {},
        })  # fmt: skip

    def _tell(self, said: Said, uuid: UUID, at: datetime, why: str | None) -> None:
        if said.who in {lead.key for lead in LEADS}:
            kind = "claim-verified" if said.event == "verify" else "claim-refused"
            self.rows[Message].append({
                "uuid": self.seed.uuid("message", uuid), "person_id": self.people[said.who][0], "at": at, "kind": kind,
                "address": "/me/progress", "facts": {"title": said.title, "why": why or ""}, "read_at": None,
            })  # fmt: skip
