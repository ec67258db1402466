"""Applying on a phone at the kitchen table: from the page of a study to the receipt, and taking it back again."""

from datetime import UTC, date, datetime, timedelta

import pytest

from catalog.institutions.models import Institution
from catalog.subjects.models import Subject
from catalog.values import EnrolmentMode, Semester, Strand, Term
from config.clock import day_of, start_of
from config.database import db
from config.languages import date as written
from config.languages import in_language
from enrolment.rounds.values import Step
from tests import factories

PHONE = {"width": 390, "height": 844}
TITLE = "Brøk og prosent ved kjøkkenbordet"


@pytest.fixture
def last_day(beginning) -> date:
    """An open round with one study in it; the last day to apply."""
    today = day_of(datetime.now(UTC))
    days = {step: today + timedelta(days=10 * place) for place, step in enumerate(Step)} | {Step.OPENS: today - timedelta(days=5)}
    with beginning.app.app_context():
        hvl = db.session.query(Institution).filter_by(code="HVL").one()
        subject = db.session.query(Subject).filter_by(code="matematikk").one()
        course = factories.course(hvl, subject, TITLE, published_at=start_of(today), slug="kitchen-table")
        factories.offering(factories.module(course, "KJB1", title=TITLE), mode=EnrolmentMode.ROUND, semester=Semester(today.year + 1, Term.AUTUMN), apply_by=days[Step.APPLY])
        factories.cycle("kitchen", strands=(Strand.FURTHER,), dates=days, study_year=today.year + 1, released_at=start_of(today - timedelta(days=9)))
    return days[Step.APPLY]


def test_a_teacher_applies_on_a_phone_and_takes_it_back(beginning, visit, last_day):
    ingrid = visit(beginning, "Ingrid Solheim", viewport=PHONE)
    with beginning.app.app_context(), in_language("nb"):
        until = written(last_day)

    ingrid.open("/modules/HVL/KJB1")
    ingrid.press("Apply")
    ingrid.follow("Change", inside="main")
    ingrid.chooses("How it is paid", "Vikarordning")
    ingrid.press("Save")
    ingrid.follow("Go on")
    ingrid.follow("Funding check")
    ingrid.chooses(ingrid.say("Will you be employed as a teacher at %(place)s in the study year?", place="Nordnes skole"), "Yes")
    ingrid.chooses("Does another study of yours have state money in the same study year?", "No")
    ingrid.press("Save and check")
    assert ingrid.say("You may get state money, if your employer approves and there is enough.") in ingrid.reads()
    ingrid.follow("Go on")
    ingrid.follow("Talk with your head")
    ingrid.main.get_by_label(ingrid.say("I have talked with my head about this application")).check()
    ingrid.press("Save and go on")
    ingrid.follow("Check and send")
    ingrid.press("Send the application")

    assert ingrid.heading == ingrid.say("Your application is sent")
    assert ingrid.say("You can change or withdraw it until %(day)s at 23:59.", day=until) in ingrid.reads()
    ingrid.follow("See the application")
    assert ingrid.main.locator("article.card").count() == 3
    assert TITLE in ingrid.reads()

    ingrid.follow("Withdraw the application")
    ingrid.press("Withdraw the application")
    assert ingrid.say("You have withdrawn. You can send it again until %(day)s at 23:59.", day=until) in ingrid.reads()
