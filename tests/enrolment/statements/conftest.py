"""A teacher who has passed a module, and whose earlier education has been verified."""

from datetime import date
from decimal import Decimal

import pytest

from enrolment.progress import services as progress
from enrolment.results import services as results
from enrolment.results.values import Mark
from enrolment.seats import services as seats
from enrolment.seats.models import Enrolment
from enrolment.statements import services
from tests import factories as f
from tests.factories import MONDAY


@pytest.fixture
def hvl(db):
    made = f.institution()
    made.domain, made.organisation.number = "hvl.no", "917641404"
    db.session.commit()
    return made


@pytest.fixture
def lars(db, hvl):
    return f.teacher(name="Lars Lærer")


@pytest.fixture
def passed(lars, hvl):
    """Somebody passes a module of HVL's: gives the enrolment."""
    course = f.course(hvl, f.subject())

    def passing(mark: Mark = Mark.B, title: str = "Tall og algebra", who=lars, **facts) -> Enrolment:
        run = f.offering(f.module(course, title=title, language="nb", **facts), **f.UNDER_WAY)
        seat = seats.enrol(run.uuid, actor=f.acting(who), at=MONDAY)
        record(hvl, seat, mark)
        return seat

    return passing


def record(hvl, seat: Enrolment, mark: Mark, at=MONDAY) -> None:
    results.record_results(seat.offering.uuid, {seat.uuid: mark}, actor=f.acting(f.editor(hvl)), at=at, why="Feil")


@pytest.fixture
def verified(lars, passed):
    """Earlier education of Lars's, verified by his owner."""
    claim = progress.claim(
        title="Matematikk grunnfag", institution="Universitetet i Oslo", subject="matematikk", credits=Decimal(30), finished_on=date(2001, 6, 15),
        actor=f.acting(lars), at=MONDAY,
    )  # fmt: skip
    owner = f.member(claim.owner_id, f.Role.OWNER, "Oda Eier")
    progress.decide(claim.uuid, verify=True, why=None, actor=f.acting(owner), at=MONDAY)
    return claim


@pytest.fixture
def make(lars):
    def making(*shared, with_marks: bool = True):
        return services.make([one.uuid for one in shared], with_marks=with_marks, purpose=None, actor=f.acting(lars), at=MONDAY)

    return making
