"""A census that a school has answered, for tests of what is read out of it."""

from datetime import date
from uuid import uuid4

from catalog.values import Band
from config.database import db
from regions.census.lifecycle import Answer
from regions.census.models import Census, CensusAnswer, CensusLine
from tests import factories as f


def census(school, of: dict, band: Band) -> None:
    """By subject, how many teach it in a band and how many of them lack credits."""
    made = Census(uuid=uuid4(), name="Census", period_first=2026, opens_on=date(2026, 1, 1), answer_by=date(2026, 12, 31), reminders=[], made_at=f.MONDAY)
    lines = [CensusLine(subject_id=subject.id, band=band, teachers=teachers, without=without, unknown=0) for subject, (teachers, without) in of.items()]
    db.session.add(CensusAnswer(
        uuid=uuid4(), census=made, school_id=school.organisation_id, owner_id=school.owner_id, state=Answer.SENT, changed_at=f.MONDAY, sent_at=f.MONDAY, lines=lines
    ))  # fmt: skip
    db.session.commit()
