"""What the made-up teachers have asked to have recognised: of Lars, one that counts and one that waits for his owner."""

from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select

from accounts.acting import Actor
from accounts.models import Person
from config.clock import start_of
from config.database import db
from demo.dice import Seed
from demo.studies import Studies
from enrolment.progress.lifecycle import Claim
from enrolment.progress.models import PriorCredit
from enrolment.recognition.lifecycle import Recognised
from enrolment.recognition.models import Recognition

WHY = "Emnet hadde lesing og andrespråk som tema, og er relevant i faget."


def add(seed: Seed, studies: Studies, lars: Person, owner: Actor, today: date) -> None:
    """`owner`: who has decided, acting for the school owner."""
    claims = db.session.scalars(select(PriorCredit).where(PriorCredit.person_id == lars.id)).all()
    held = next(one for one in claims if one.state is Claim.VERIFIED)
    asked = start_of(today - timedelta(days=30)) + timedelta(hours=19)
    known = {"person_id": lars.id, "claim_id": held.id, "owner_id": owner.organisation_id, "asked_at": asked}
    decided = {"credits": Decimal("7.5"), "why": WHY, "decided_by_id": owner.person_id, "decided_at": asked + timedelta(days=6)}
    subjects = studies.registers.subjects
    db.session.add(Recognition(uuid=seed.uuid("recognition", "lars", 1), subject_id=subjects["leseopplaering"].id, state=Recognised.RECOGNISED, **known, **decided))
    db.session.add(Recognition(uuid=seed.uuid("recognition", "lars", 2), subject_id=subjects["andresprak"].id, words="Jeg har tre elever som lærer norsk.", **known))
    db.session.flush()
