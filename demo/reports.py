"""Reports that those who act for an owner and for a region have kept under a name, each with a file that the clock has made of it."""

from datetime import date

from accounts.models import Person, Role
from config.clock import start_of
from config.database import db
from demo.dice import Seed
from regions.reporting.models import KeptReport, ReportFile
from regions.reporting.services import sheets_of
from regions.reporting.values import By, Every, next_day

KEPT = (("bjorn", Role.OWNER, "Skolene våre", By.SCHOOL, Every.MONTH), ("randi", Role.COORDINATOR, "Fagene i vest", By.SUBJECT, Every.WEEK))


def add(seed: Seed, leads: dict[str, Person], today: date) -> None:
    for key, role, name, by, every in KEPT:
        [hat] = [one for one in leads[key].memberships if one.role is role]
        kept = KeptReport(uuid=seed.uuid("report", key), membership=hat, name=name, by=by, years=3, every=every, next_on=next_day(every, today), made_at=start_of(today))
        db.session.add(kept)
        db.session.flush()
        kept.files = [ReportFile(uuid=seed.uuid("report file", key), made_at=start_of(today), sheets=sheets_of(kept, today))]
