"""Every select on the funding checks that wait for the national authority."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from catalog.offers.models import Module, Offering
from config.database import db
from config.errors import NotFound
from config.languages import _
from enrolment.applications.lifecycle import Case, Money
from enrolment.applications.models import Application, Choice, ChoiceRun
from enrolment.applications.values import Reason
from enrolment.rounds.models import Cycle
from enrolment.schools.models import School, SchoolOwner

_WAITS = (Application.state == Case.SENT, Application.money == Money.OPEN, Application.funding_reason == Reason.TO_REVIEW)


def waits(case: Application) -> bool:
    return case.state is Case.SENT and case.money is Money.OPEN and case.funding_reason == Reason.TO_REVIEW


def waiting(cycle_id: int) -> Sequence[Application]:
    """Those of a round, the one sent first at the top."""
    found = select(Application).where(Application.cycle_id == cycle_id, *_WAITS).options(*_shown())
    return db.session.scalars(found.order_by(Application.sent_at, Application.id)).all()


def how_many(cycle_id: int) -> int:
    return db.session.scalar(select(func.count()).select_from(Application).where(Application.cycle_id == cycle_id, *_WAITS)) or 0


def one(case: UUID) -> Application:
    """Any that is sent, settled or not. Raises NotFound."""
    return _found(select(Application).where(Application.uuid == case, Application.state == Case.SENT).options(*_shown()))


def locked(case: UUID) -> Application:
    """The same, and nobody else changes it meanwhile. Raises NotFound."""
    return _found(select(Application).where(Application.uuid == case, Application.state == Case.SENT).with_for_update().execution_options(populate_existing=True))


def _found(wanted: Select) -> Application:
    case = db.session.scalar(wanted)
    if case is None:
        raise NotFound(_("There is no such application."))
    return case


def _shown():
    runs = selectinload(Application.choices).selectinload(Choice.runs).joinedload(ChoiceRun.offering).joinedload(Offering.module)
    return (
        joinedload(Application.person), joinedload(Application.cycle).selectinload(Cycle.dates), joinedload(Application.school).joinedload(School.organisation),
        joinedload(Application.owner).joinedload(SchoolOwner.organisation), selectinload(Application.choices).joinedload(Choice.scheme),
        runs.options(joinedload(Module.institution), joinedload(Module.course)),
    )  # fmt: skip
