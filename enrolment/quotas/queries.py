"""Every select on quotas, and the names of those they are for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from accounts.acting import Actor
from accounts.models import Organisation, Role
from catalog.offers.lifecycle import Publication, Run
from catalog.offers.models import Module, Offering
from catalog.places.models import Region, RegionCounty
from catalog.publishing.permissions import institution_of
from catalog.values import EnrolmentMode, Semester
from config.database import db, holds
from config.errors import NotFound
from config.languages import _
from enrolment.allocation.values import QuotaKind
from enrolment.quotas.models import Quota
from enrolment.quotas.rules import Kept
from enrolment.rounds.models import Scheme
from enrolment.schools.models import SchoolOwner
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment

USED = (Seat.OFFERED, Seat.PLACED, Seat.COMPLETED, Seat.INTERRUPTED)


def offering(actor: Actor, uuid: UUID) -> Offering:
    """A run with seats given through a round: an editor's own, any of them for the national authority. Raises NotFound."""
    mine = select(Offering).join(Offering.module).options(contains_eager(Offering.module).joinedload(Module.institution)).where(Offering.uuid == uuid)
    if actor.role is not Role.AUTHORITY:
        mine = mine.where(Module.institution_id == institution_of(actor))
    found = db.session.scalar(mine.where(Offering.mode == EnrolmentMode.ROUND))
    if found is None:
        raise NotFound(_("There is no such run whose seats are given through a round."))
    return found


def of_offering(offering_id: int) -> list[Quota]:
    return list(db.session.scalars(select(Quota).where(Quota.offering_id == offering_id).order_by(Quota.position, Quota.id)))


def of_offerings(ids: Iterable[int]) -> Mapping[int, list[Quota]]:
    """By run, its quotas in their precedence."""
    found: defaultdict[int, list[Quota]] = defaultdict(list)
    for quota in db.session.scalars(select(Quota).where(Quota.offering_id.in_(list(ids))).order_by(Quota.position, Quota.id)):
        found[quota.offering_id].append(quota)
    return found


def held(ids: Iterable[int]) -> Mapping[int, int]:
    """By quota, how many of its seats are offered, placed or used."""
    counted = select(Enrolment.quota_id, func.count()).where(Enrolment.quota_id.in_(list(ids)), Enrolment.state.in_(USED)).group_by(Enrolment.quota_id)
    return dict(db.session.execute(counted).all())


def as_kept(quotas: Iterable[Quota], on: date) -> list[Kept]:
    """Quotas as they stand on a day, in their order."""
    rows = list(quotas)
    used = held(one.id for one in rows) if rows else {}
    return [Kept(one.id, one.kind, one.value, one.seats, used.get(one.id, 0), one.is_released(on)) for one in rows]


def regions() -> list[Region]:
    return list(db.session.scalars(select(Region).order_by(Region.code)))


def regions_by_county(on: date) -> Mapping[int, set[str]]:
    """By county, the codes of the regions that it is in on a day."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    for county, code in db.session.execute(select(RegionCounty.county_id, Region.code).join(RegionCounty.region).where(holds(RegionCounty, on))):
        found[county].add(code)
    return found


def schemes() -> list[Scheme]:
    return list(db.session.scalars(select(Scheme).order_by(Scheme.position)))


def owners_called(name: str) -> list[SchoolOwner]:
    """Owners of a name, whatever its capitals; of exactly it before those that begin with it. At most ten."""
    called = select(SchoolOwner).join(SchoolOwner.organisation).options(contains_eager(SchoolOwner.organisation))
    exact = list(db.session.scalars(called.where(func.lower(Organisation.name) == name.lower())))
    return exact or list(db.session.scalars(called.where(func.lower(Organisation.name).startswith(name.lower(), autoescape=True)).limit(10)))


def names(quotas: Iterable[Quota]) -> dict[tuple[QuotaKind, str], str]:
    """Whom quotas are for, by kind and value, in the reader's language."""
    wanted = {(one.kind, one.value) for one in quotas}
    found = {(QuotaKind.REGION, one.code): one.name for one in regions() if (QuotaKind.REGION, one.code) in wanted}
    found |= {(QuotaKind.SCHEME, one.code): one.name for one in schemes() if (QuotaKind.SCHEME, one.code) in wanted}
    keys = [value for kind, value in wanted if kind is QuotaKind.OWNER]
    owners = select(SchoolOwner).options(joinedload(SchoolOwner.organisation)).where(SchoolOwner.key.in_(keys))
    return found | {(QuotaKind.OWNER, one.key): one.organisation.name for one in (db.session.scalars(owners) if keys else ())}


def given_in_rounds(first: Semester, last: Semester) -> list[tuple[Offering, int]]:
    """The runs whose seats are given through a round and that begin within these semesters, each with how many quotas it has."""
    number = select(func.count()).where(Quota.offering_id == Offering.id).correlate(Offering).scalar_subquery()
    found = select(Offering, number).join(Offering.module).options(contains_eager(Offering.module).joinedload(Module.institution))
    found = found.where(Offering.mode == EnrolmentMode.ROUND, Offering.state == Run.PUBLISHED, Module.state == Publication.PUBLISHED)
    found = found.where(Offering.semester.between(first, last)).order_by(Module.institution_id, Module.title, Offering.id)
    return [(run, count) for run, count in db.session.execute(found)]
