"""The catalogue's version: raised by whatever changes the catalogue, in the same transaction, so nobody can forget it; and told after the commit."""

from flask import current_app
from sqlalchemy import event, select, update
from sqlalchemy.orm import Session

from catalog.institutions.models import Institution
from catalog.offers.models import CatalogVersion, ContentTag, Course, Gathering, Module, Offering, OverlapSet, Prerequisite
from catalog.places.models import DistanceRule, Region, RegionCounty, RegionInstitution
from catalog.plans.models import PlannedSemester
from catalog.subjects.models import PriorityGroup, Requirement, StudyTarget, Subject, SubjectPriority
from catalog.synonyms.models import Synonym
from config.database import db

OF_THE_CATALOGUE = (
    Institution, Course, Module, Offering, Gathering, ContentTag, Prerequisite, OverlapSet, DistanceRule, Region, RegionCounty,
    RegionInstitution, PriorityGroup, Requirement, StudyTarget, Subject, SubjectPriority, Synonym, PlannedSemester,
)  # fmt: skip


def current() -> int:
    """The number now; nought before the first change."""
    return db.session.scalar(select(CatalogVersion.number)) or 0


def raise_version(session: Session) -> None:
    if session.execute(update(CatalogVersion).values(number=CatalogVersion.number + 1)).rowcount == 0:
        session.execute(CatalogVersion.__table__.insert().values(id=1, number=1))


@event.listens_for(Session, "before_flush")
def note_changes(session: Session, _context, _instances) -> None:
    """Any flush that touches the catalogue raises the number, once a transaction. Seats are no part of it: they are told apart, as of when."""
    if session.info.get("raised"):
        return
    changed = (row for rows in (session.new, session.deleted, session.dirty) for row in rows if isinstance(row, OF_THE_CATALOGUE))
    if any(row in session.new or row in session.deleted or session.is_modified(row) for row in changed):
        session.info["raised"] = True
        raise_version(session)


@event.listens_for(Session, "after_commit")
def tell(session: Session) -> None:
    """The other processes of this machine read the number at their next request."""
    if session.info.get("raised"):
        current_app.extensions["catalogue_stamp"].renew()


@event.listens_for(Session, "after_transaction_end")
def forget(session: Session, transaction) -> None:
    if transaction.parent is None:
        session.info.pop("raised", None)
