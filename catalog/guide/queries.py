"""What is required in a subject."""

from datetime import date
from decimal import Decimal

from sqlalchemy import select

from catalog.subjects.models import Requirement, Subject
from catalog.values import Band
from config.database import db, holds


def required_credits(subject: str, band: Band, on: date) -> Decimal | None:
    """The credits a teacher should hold in a subject in a band on a day; none where no requirement is stated."""
    stated = select(Requirement.credits).join(Subject).where(Subject.code == subject, Requirement.band == band)
    return db.session.scalar(stated.where(holds(Requirement, on)).order_by(Requirement.valid_from.desc()).limit(1))
