"""What is asked for in the demonstration beside the registers: content in one subject, a dispensation, and a module under a former name."""

from datetime import date, timedelta
from decimal import Decimal

from accounts.acting import Actor
from accounts.models import Person
from catalog.equivalence.models import EquivalenceSet
from catalog.subjects.models import ContentBlock
from catalog.values import Band, Tag
from config.clock import start_of
from config.database import db
from demo.dice import Seed
from demo.studies import Studies
from enrolment.dispensations.models import Dispensation

MADE_UP = "Laget for demonstrasjonen"
WHY = "Mangler 7,5 studiepoeng i matematikk, og tar det siste emnet i løpet av året."


def add(seed: Seed, studies: Studies, people: dict[str, Person], owner: Actor, today: date) -> None:
    """`owner`: who dispenses, acting for the school owner."""
    maths = studies.registers.subjects["matematikk"]
    db.session.add(ContentBlock(subject_id=maths.id, band=Band.LOWER, tag=Tag.DIDACTICS, credits=Decimal(15), valid_from=date(today.year, 1, 1), source=MADE_UP))
    db.session.add(
        Dispensation(
            uuid=seed.uuid("dispensation", "amina"), person_id=people["amina"].id, subject_id=maths.id, band=Band.LOWER, credits=Decimal(0),
            valid_from=today - timedelta(days=100), valid_to=today + timedelta(days=265), why=WHY, source=MADE_UP, owner_id=owner.organisation_id,
            decided_by_id=owner.person_id, decided_at=start_of(today - timedelta(days=110)) + timedelta(hours=10),
        )
    )  # fmt: skip
    same = [studies.modules["UiT", "SX-MAT9"], studies.modules["UiT", "SX-MAT2"]]
    db.session.add(EquivalenceSet(uuid=seed.uuid("equivalence", "SX-MAT9"), source=MADE_UP, modules=same))
    db.session.flush()
