"""Reports that those who act for an owner and for a region have kept under a name."""

from datetime import date

from accounts.models import Person, Role
from config.clock import start_of
from config.database import db
from demo.dice import Seed
from regions.reporting.models import KeptReport
from regions.reporting.values import By, Every, next_day

KEPT = (("bjorn", Role.OWNER, "Skolene våre", By.SCHOOL, Every.MONTH), ("randi", Role.COORDINATOR, "Fagene i vest", By.SUBJECT, Every.WEEK))


def add(seed: Seed, leads: dict[str, Person], today: date) -> None:
    for key, role, name, by, every in KEPT:
        [hat] = [one for one in leads[key].memberships if one.role is role]
        db.session.add(
            KeptReport(
                uuid=seed.uuid("report", key), membership_id=hat.id, name=name, by=by, years=3, every=every, next_on=next_day(every, today), made_at=start_of(today)
            )
        )  # fmt: skip
