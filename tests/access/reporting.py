"""Reports are about what one's role answers for; what is kept belongs to the hat that kept it."""

from itertools import count
from uuid import uuid4

from sqlalchemy import select

from accounts.models import Role
from config.database import db
from regions.reporting import services
from regions.reporting.models import KeptReport, ReportFile
from regions.reporting.values import Asked, By, Every
from tests.access.policy import Rule
from tests.factories import MONDAY, acting

REPORTS = {Role.AUTHORITY, Role.COORDINATOR, Role.GOVERNOR, Role.OWNER, Role.HEAD, Role.EDITOR}
_numbers = count(1)


def _kept(half, me) -> dict:
    whose = half.people[acting(me).role] if acting(me).role in REPORTS else half.people[Role.OWNER]
    made = services.keep(f"Report {next(_numbers)}", Asked(By.YEAR, 2024, 2026), Every.NEVER, actor=acting(whose), at=MONDAY)
    return {"report": made.uuid}


def _file(half, me) -> dict:
    address = _kept(half, me)
    kept = db.session.scalar(select(KeptReport).filter_by(uuid=address["report"]))
    kept.files.append(ReportFile(uuid=uuid4(), made_at=MONDAY, sheets=[{"title": "Report", "headers": ["Year"], "rows": []}]))
    db.session.commit()
    return address | {"file": kept.files[0].uuid}


POLICY = {
    "reporting.report": Rule(REPORTS),
    "reporting.as_csv": Rule(REPORTS),
    "reporting.as_workbook": Rule(REPORTS),
    "reporting.causes_csv": Rule(REPORTS, own=404),  # a report without anybody who interrupted
    "reporting.rows": Rule(REPORTS),
    "reporting.seats": Rule(REPORTS - {Role.OWNER, Role.HEAD}),
    "reporting.files": Rule(REPORTS, address=_kept),
    "reporting.file_csv": Rule(REPORTS, address=_file),
    "reporting.file_workbook": Rule(REPORTS, address=_file),
    "reporting.keep": Rule(REPORTS, form=lambda half, me: {"name": f"Report {next(_numbers)}", "by": "subject", "first": "2024", "last": "2026", "every": "week"}),
    "reporting.kept": Rule(REPORTS, address=_kept, own=302),
    "reporting.delete": Rule(REPORTS, address=_kept),
}
