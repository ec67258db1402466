"""An appeal of Amina's that HVL has answered."""

from datetime import timedelta

from accounts.models import Person
from config.database import db
from demo.dice import Seed
from enrolment.appeals.lifecycle import AppealState
from enrolment.appeals.models import Appeal
from enrolment.results.values import Mark
from enrolment.statements import queries


def add(seed: Seed, who: Person) -> None:
    """Adds it, against the C, if there is one."""
    result = next((one for one in queries.results_to_share(who.id) if one.mark is Mark.C), None)
    if result:
        db.session.add(Appeal(
            uuid=seed.uuid("appeal", result.uuid), result_id=result.id, state=AppealState.KEPT, mark=result.mark, reason="Jeg mener oppgave 3 er rettet for strengt.",
            sent_at=result.recorded_at + timedelta(days=4), answered_at=result.recorded_at + timedelta(days=30), answer="Ny sensur er gjort av to andre. Karakteren står.",
        ))  # fmt: skip
        db.session.flush()
