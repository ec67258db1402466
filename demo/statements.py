"""A statement that Amina has made of the modules she has passed, and one that she has ended."""

from datetime import date, timedelta

from accounts.models import Person
from config import secret
from config.clock import start_of
from config.database import db
from demo.dice import Seed
from enrolment.statements import queries, services
from enrolment.statements.models import Statement

# Whom it is for, how many days ago it was made, whether the marks are shown, and whether it has been ended.
MADE = (("Lønnssamtale", 12, True, False), ("Stilling på Sandnes", 70, False, True))


def add(seed: Seed, who: Person, today: date) -> None:
    """Adds both, of all the results there are."""
    results = sorted(queries.results_to_share(who.id), key=lambda result: str(result.uuid))
    for purpose, days, with_marks, ended in MADE:
        uuid, at = seed.uuid("statement", purpose), start_of(today - timedelta(days=days)) + timedelta(hours=19)
        db.session.add(Statement(
            uuid=uuid, person_id=who.id, holder=who.name, purpose=purpose, with_marks=with_marks, token_digest=secret.digest(services.token_of(uuid)),
            made_at=at, revoked_at=at + timedelta(days=30) if ended else None, lines=[services.line_of_result(result, with_marks) for result in results],
        ))  # fmt: skip
    db.session.flush()
