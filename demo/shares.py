"""What the made-up teachers let others see: Amina her progress and a plan, so that her head and her owner have something to read."""

from datetime import date, timedelta

from sqlalchemy import select

from accounts.models import Person
from config.clock import start_of
from config.database import db
from demo.dice import Seed
from enrolment.byhand.models import StudyPlan
from enrolment.sharing.models import PlanShare, ProgressShare, Reader


def add(seed: Seed, amina: Person, today: date) -> None:
    at = start_of(today - timedelta(days=3)) + timedelta(hours=20)
    plan = db.session.scalars(select(StudyPlan).where(StudyPlan.uuid == seed.uuid("plan", "amina", "Plan A: ferdig først"))).one()
    db.session.add_all(ProgressShare(uuid=seed.uuid("share", "amina", reader), person_id=amina.id, reader=reader, given_at=at) for reader in Reader)
    db.session.add(PlanShare(uuid=seed.uuid("share", plan.uuid), plan_id=plan.id, made_at=at))
    db.session.flush()
