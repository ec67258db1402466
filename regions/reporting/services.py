"""Keeping reports, and sending them: one function, one use case, one commit."""

from datetime import date, datetime
from uuid import UUID, uuid4

from accounts import audit
from accounts.acting import Actor
from accounts.mail.services import SPOKEN_OTHERWISE
from config.clock import day_of
from config.database import db
from config.errors import BadInput, Refusal
from config.languages import _, in_language
from regions.coverage.facts import study_year
from regions.reporting import queries, sheets, values
from regions.reporting.models import KeptReport, ReportFile
from regions.reporting.values import Asked, Every

MOST_KEPT = 20
MOST_FILES = 12  # of each report


class NoRoom(Refusal):
    code = "no-room-for-reports"


def keep(name: str, asked: Asked, every: Every, *, actor: Actor, at: datetime) -> KeptReport:
    """Keeps a definition under a name of one's own. Raises BadInput for a name that is taken, NoRoom."""
    hat = queries.hold_hat(actor)
    mine = queries.kept(hat)
    if len(mine) >= MOST_KEPT:
        raise NoRoom(_("You keep %(most)s reports already, which is the most there is room for. Delete one first.", most=MOST_KEPT))
    if name in {one.name for one in mine}:
        sentence = _("You keep a report of this name already.")
        raise BadInput(sentence, {"name": [sentence]})
    made = KeptReport(
        uuid=uuid4(), membership_id=hat, name=name, by=asked.by, years=asked.last - asked.first + 1, subject=asked.subject, every=every,
        next_on=values.next_day(every, day_of(at)), made_at=at,
    )  # fmt: skip
    db.session.add(made)
    db.session.commit()
    return made


def delete(report: UUID, *, actor: Actor) -> None:
    """Raises NotFound."""
    db.session.delete(queries.own(queries.hat_of(actor), report))
    db.session.commit()


def send_due(at: datetime) -> int:
    """What the clock does: makes the file of each report that is due, and tells its keeper. One transaction a report; one that another node is at is left
    to it. Returns how many were sent."""
    return sum(_send(report, at) for report in queries.due(day_of(at)))


def _send(report: int, at: datetime) -> int:
    kept, on = queries.locked(report), day_of(at)
    if kept is None or kept.next_on is None or kept.next_on > on:
        db.session.rollback()
        return 0
    kept.next_on = values.next_day(kept.every, on)
    holds = kept.membership.holds(on)
    if holds:
        _make_file(kept, at)
        audit.tell(kept.membership.person_id, "report-ready", at=at, address=f"/reports/kept/{kept.uuid}/files", name=kept.name)
    db.session.commit()
    return int(holds)


def _make_file(kept: KeptReport, at: datetime) -> None:
    """The oldest beyond what is kept are let go of."""
    kept.files.insert(0, ReportFile(uuid=uuid4(), made_at=at, sheets=sheets_of(kept, day_of(at))))
    del kept.files[MOST_FILES:]


def sheets_of(kept: KeptReport, on: date) -> list[dict]:
    """What a kept report says on a day, for the hat that keeps it and in the keeper's language; as a file has it."""
    hat = kept.membership
    actor = Actor(hat.person_id, hat.person.uuid, hat.person.name, hat.role, hat.organisation_id, hat.organisation.name)
    with in_language(hat.person.language or SPOKEN_OTHERWISE):
        return [one._asdict() for one in sheets.sheets(kept.asked(study_year(on)), actor, on)]
