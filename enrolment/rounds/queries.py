"""What is read of rounds and of what changes from year to year."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from catalog.subjects.models import Subject
from catalog.values import Strand
from config.database import db
from config.errors import NotFound
from config.languages import _
from enrolment.rounds.models import Criterion, Cycle, CycleDate, RefusalReason, Scheme, SchemeRate, SeatSource, WorkYearCost
from enrolment.rounds.values import Dates

_WITH_DATES = selectinload(Cycle.dates).joinedload(CycleDate.scheme)


def released(at: datetime) -> list[Cycle]:
    """Every round that has been let out, the latest first."""
    return [one for one in every() if one.is_released(at)]


def strands(at: datetime) -> list[tuple[Cycle, Strand, Dates]]:
    """Every round that has been let out, the latest first, with each strand that takes part in it and its dates there."""
    return [(cycle, strand, dates) for cycle in released(at) for strand in Strand if (dates := cycle.dates_of(strand)).common]


def every() -> list[Cycle]:
    """Every round, let out or not, the latest first: for the national authority."""
    return list(db.session.scalars(select(Cycle).options(_WITH_DATES).order_by(Cycle.study_year.desc(), Cycle.id.desc())))


def cycle(code: str, at: datetime | None = None) -> Cycle:
    """A round by its code; with a moment, only one let out by then. Raises NotFound."""
    found = db.session.scalar(select(Cycle).options(_WITH_DATES).filter_by(code=code))
    if found is None or (at is not None and not found.is_released(at)):
        raise NotFound(_("There is no such round."))
    return found


def schemes() -> list[Scheme]:
    """In the order they are shown, each with its rates."""
    return list(db.session.scalars(select(Scheme).options(selectinload(Scheme.rates)).order_by(Scheme.position)))


def criteria(on: date, at: datetime) -> list[Criterion]:
    """Of each kind the version that holds on a day and has been let out, the latest where several do; the heaviest first."""
    found = db.session.scalars(select(Criterion).where(Criterion.released_at <= at).order_by(Criterion.valid_from, Criterion.id))
    latest = {one.kind: one for one in found if one.holds(on)}
    return sorted(latest.values(), key=lambda one: (-one.weight, one.code))


def refusal_reasons(on: date) -> list[RefusalReason]:
    return [one for one in db.session.scalars(select(RefusalReason).order_by(RefusalReason.position)) if one.holds(on)]


def every_reason() -> list[RefusalReason]:
    """Those of all years, so that what was decided before can be read."""
    return list(db.session.scalars(select(RefusalReason).order_by(RefusalReason.position)))


def work_year_oere(on: date) -> int | None:
    """What a full post costs a work year where the owner has stated nothing else; none where it is not known."""
    found = (one.oere for one in db.session.scalars(select(WorkYearCost).order_by(WorkYearCost.valid_from.desc())) if one.holds(on))
    return next(found, None)


def day(uuid: UUID) -> CycleDate:
    """One day of a table of dates. Raises NotFound."""
    found = db.session.scalar(select(CycleDate).filter_by(uuid=uuid))
    if found is None:
        raise NotFound(_("There is no such day."))
    return found


def seat_sources() -> list[SeatSource]:
    """Those of all years, so that what was written before can be read."""
    return list(db.session.scalars(select(SeatSource).order_by(SeatSource.position)))


def hidden() -> list[SchemeRate | Criterion | SeatSource]:
    """The rates, criteria and sources of seats that have not been let out."""
    return [one for model in (SchemeRate, Criterion, SeatSource) for one in db.session.scalars(select(model).where(model.released_at.is_(None)))]


def every_criterion() -> list[Criterion]:
    """With all its versions, the latest of each kind first."""
    return list(db.session.scalars(select(Criterion).order_by(Criterion.kind, Criterion.valid_from.desc(), Criterion.id.desc())))


def criterion(code: str) -> Criterion:
    """Raises NotFound."""
    found = db.session.scalar(select(Criterion).filter_by(code=code))
    if found is None:
        raise NotFound(_("There is no such criterion."))
    return found


def subjects() -> list[Subject]:
    return list(db.session.scalars(select(Subject).order_by(Subject.position)))


def subject_codes() -> set[str]:
    return {one.code for one in subjects()}
