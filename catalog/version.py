"""The catalogue's version: raised by whatever changes the catalogue, in the same transaction, so nobody can forget it; and told after the commit.

Beside the number stands what it changed, so that who keeps the catalogue in memory can look at that alone.
"""

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import NamedTuple

from flask import current_app
from sqlalchemy import delete, event, insert, inspect, select, update
from sqlalchemy.orm import Session

from catalog.equivalence.models import EquivalenceSet
from catalog.institutions.models import Institution
from catalog.offers.models import CatalogChange, CatalogVersion, ContentTag, Course, Gathering, Module, Offering, OverlapSet, Partner, Prerequisite, TermClash
from catalog.places.models import DistanceRule, Region, RegionCounty, RegionInstitution, TravelTime
from catalog.plans.models import PlannedSemester
from catalog.subjects.models import PriorityGroup, Requirement, StudyTarget, Subject, SubjectPriority
from catalog.synonyms.models import Synonym
from config.database import db

OF_THE_CATALOGUE = (
    Institution, Course, Module, Offering, Gathering, ContentTag, Prerequisite, OverlapSet, EquivalenceSet, DistanceRule, Region, RegionCounty,
    RegionInstitution, Partner, TermClash, PriorityGroup, Requirement, StudyTarget, Subject, SubjectPriority, Synonym, PlannedSemester, TravelTime,
)  # fmt: skip
RAISED = "catalogue raised"  # in a session: the savepoint within which its number was raised, and what stands around it
NUMBERS_KEPT = 500
MOST_TOLD = 200  # things of one flush; more are told as «anything»


class Touched(NamedTuple):
    """One thing that changed; neither = anything may have."""

    module: int | None = None
    course: int | None = None


ANYTHING = Touched()


class Changes(NamedTuple):
    """The keys of what changed between two numbers."""

    modules: frozenset[int]
    courses: frozenset[int]

    @property
    def size(self) -> int:
        return len(self.modules) + len(self.courses)


def current() -> int:
    """The number now; nought before the first change."""
    return db.session.scalar(select(CatalogVersion.number)) or 0


def changes(since: int, until: int) -> Changes | None:
    """What the numbers after `since` up to `until` changed; none where that may be anything, or is not kept any more."""
    wanted = select(CatalogChange.number, CatalogChange.module_id, CatalogChange.course_id)
    found = db.session.execute(wanted.where(CatalogChange.number > since, CatalogChange.number <= until)).all()
    told = {row.number for row in found}
    if since > until or len(told) < until - since or any(Touched(*row[1:]) == ANYTHING for row in found):
        return None
    return Changes(frozenset(row.module_id for row in found) - {None}, frozenset(row.course_id for row in found) - {None})


def raise_version(session: Session) -> None:
    """For what is written past the session's own rows: says that anything may have changed."""
    _raise(session)
    _note(session, {ANYTHING})


def _raise(session: Session) -> None:
    if session.execute(update(CatalogVersion).values(number=CatalogVersion.number + 1)).rowcount == 0:
        session.execute(insert(CatalogVersion).values(id=1, number=1))
    session.execute(delete(CatalogChange).where(CatalogChange.number <= _number() - NUMBERS_KEPT))


def _number():
    return select(CatalogVersion.number).scalar_subquery()


def _note(session: Session, touched: Iterable[Touched]) -> None:
    rows = [{"module_id": module, "course_id": course} for module, course in touched]
    session.execute(insert(CatalogChange).values(number=_number()), rows)


@event.listens_for(Session, "before_flush")
def note_changes(session: Session, _context, _instances) -> None:
    """Any flush that touches the catalogue raises the number, once a transaction. Seats are no part of it: they are told apart, as of when."""
    if RAISED not in session.info and any(_changed(session)):
        session.info[RAISED] = [session.get_nested_transaction() or session.get_transaction()]
        _raise(session)


@event.listens_for(Session, "after_flush")
def note_what(session: Session, _context) -> None:
    """Here new rows have their keys, and changed ones still know what they were."""
    changed = list(islice(_changed(session), MOST_TOLD + 1))
    if len(changed) > MOST_TOLD:
        _note(session, {ANYTHING})
    elif changed:
        _note(session, {each for row in changed for each in _touched(row)} | _met(session, changed))


def _changed(session: Session) -> Iterator:
    """The rows of the catalogue that this flush writes."""
    yield from (row for rows in (session.new, session.deleted) for row in rows if isinstance(row, OF_THE_CATALOGUE))
    yield from (row for row in session.dirty if isinstance(row, OF_THE_CATALOGUE) and session.is_modified(row))


def _touched(row) -> Iterable[Touched]:
    """What of the catalogue reads otherwise now: where it is, and where it was."""
    if isinstance(row, Module) and not _left_unseen(row):
        return [Touched(module=row.id), *(Touched(course=key) for key in _now_and_before(row, "course_id"))]
    if isinstance(row, Course):
        return [Touched(course=row.id)]
    if isinstance(row, (Offering, ContentTag, Prerequisite, Partner, PlannedSemester)):
        return [Touched(module=key) for key in _now_and_before(row, "module_id")]
    if isinstance(row, (OverlapSet, EquivalenceSet)):
        return [Touched(module=module.id) for module in _each(row, "modules")] or [ANYTHING]
    if isinstance(row, TermClash):
        return [Touched(module=key) for name in ("module_id", "other_id") for key in _now_and_before(row, name)]
    return [] if isinstance(row, Gathering) else [ANYTHING]


def _left_unseen(module: Module) -> bool:
    """Whether it is in another course now, and which it was in before is not in memory."""
    course = inspect(module).attrs.course_id.history
    return inspect(module).persistent and bool(course.added) and not course.deleted


def _met(session: Session, changed: Iterable) -> set[Touched]:
    """The modules whose runs have other gatherings now."""
    runs = {key for row in changed if isinstance(row, Gathering) for key in _now_and_before(row, "offering_id")}
    return {Touched(module=key) for key in session.scalars(select(Offering.module_id).where(Offering.id.in_(runs)))} if runs else set()


def _now_and_before(row, name: str) -> set[int]:
    return {key for key in _each(row, name) if key is not None}


def _each(row, name: str) -> Iterator:
    """What an attribute holds and held, as far as it is in memory."""
    return chain.from_iterable(keys or () for keys in inspect(row).attrs[name].history)


@event.listens_for(Session, "after_commit")
def tell(session: Session) -> None:
    """The other processes of this machine read the number at their next request."""
    if RAISED in session.info:
        current_app.extensions["catalogue_stamp"].renew()


@event.listens_for(Session, "after_soft_rollback")
def take_back(session: Session, transaction) -> None:
    """With a savepoint goes what was raised within it, so that the next change raises again."""
    if transaction in session.info.get(RAISED, ()):
        del session.info[RAISED]


@event.listens_for(Session, "after_transaction_end")
def hand_over(session: Session, transaction) -> None:
    """What was raised within a savepoint is, once that is over, within what stands around it too; and forgotten when all is over."""
    if transaction.parent is None:
        session.info.pop(RAISED, None)
    elif transaction in session.info.get(RAISED, ()):
        session.info[RAISED].append(transaction.parent)
