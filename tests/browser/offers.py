"""What is on offer in a story that is not about putting it there. In another subject than the one whose coverage is told of."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from catalog.institutions.models import Institution
from catalog.offers.models import Module
from catalog.offers.rules import first_day_of, last_day_of
from catalog.subjects.models import Subject
from catalog.values import Grades, Semester, Term
from config.clock import day_of
from config.database import db
from tests import factories
from tests.browser.sites import Site


def open_runs(site: Site, title: str, *seats: int) -> None:
    """A module in natural science at HVL with a run of so many seats in each of the coming semesters, open for enrolment from today."""
    with site.app.app_context():
        by = db.session.scalars(select(Institution).filter_by(code="HVL")).one()
        about = db.session.scalars(select(Subject).filter_by(code="naturfag")).one()
        course = factories.course(by, about, f"{title}, hele studiet")
        module = factories.module(course, title=title, grades=Grades.of(range(1, 11)))
        for number, each in enumerate(seats, start=1):
            _run(module, each, number)


def _run(module: Module, seats: int, semesters_ahead: int) -> None:
    today = day_of(datetime.now(UTC))
    semester = Semester(today.year, Term.SPRING if today.month < 8 else Term.AUTUMN).plus(semesters_ahead)
    starts = first_day_of(semester) + timedelta(days=20)
    dates = {"opens_on": today, "apply_by": starts, "queue_closes_on": starts, "starts_on": starts, "ends_on": last_day_of(semester)}
    factories.offering(module, seats=seats, semester=semester, **dates)
