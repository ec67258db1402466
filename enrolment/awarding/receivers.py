"""What happens to a seat that came of a choice stands on the case's timeline. Part of the transaction that moves the seat."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from accounts.acting import Actor
from config.database import db
from enrolment.applications import timeline
from enrolment.applications.models import Choice, ChoiceRun
from enrolment.applications.values import Track
from enrolment.seats.models import Enrolment
from enrolment.seats.signals import stepped


@stepped.connect
def note(enrolment: Enrolment, *, event: str, by: Actor | None, at: datetime, **_more) -> None:
    """One line for a package, however many runs it has. An interruption has a line of its own, with its cause."""
    if event == "interrupt":
        return
    mine = select(ChoiceRun).where(ChoiceRun.enrolment_id == enrolment.id).options(joinedload(ChoiceRun.choice).joinedload(Choice.application))
    run = db.session.scalar(mine) if enrolment.id else None
    if run is not None and run.position == 1:
        timeline.note(run.choice.application, Track.SEAT, event, by=by, at=at, choice=run.choice.position)
