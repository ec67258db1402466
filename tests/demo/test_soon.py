"""Runs that begin soon, plans for the years ahead, a run that was moved, and letters: the demonstration has some of each."""

from datetime import timedelta

from hypothesis import given
from sqlalchemy import select

from accounts.mail.lifecycle import Post
from accounts.mail.models import Letter
from accounts.models import Membership, Message, Person, Role
from catalog.offers.models import Module, Offering
from catalog.plans.models import PlannedSemester
from catalog.plans.rules import ahead
from catalog.publishing.rules import date_problems
from demo import dates
from demo.dice import Seed
from enrolment.changes import queries as changes
from enrolment.gonogo import consequences, queries
from enrolment.seats.models import Enrolment
from tests import factories
from tests.demo.conftest import TODAY
from tests.demo.test_dates import DAYS, SEEDS


def lead(db, name: str) -> Person:
    return db.session.scalars(select(Person).where(Person.name == name, Person.story.is_not(None))).one()


def radar(db):
    mine = db.session.scalar(select(Membership.organisation_id).where(Membership.person == lead(db, "Torunn Hagen"), Membership.role == Role.EDITOR))
    return consequences.radar(mine, TODAY)


@given(DAYS, SEEDS)
def test_an_editor_could_have_typed_the_dates_of_a_run_that_begins_soon(today, number):
    told = dates.begins_soon(today, Seed(number).dice("soon"))
    semester = dates.first_coming(told.starts_on).plus(-1)

    assert date_problems(semester=semester, semesters=2, gatherings=[], **told.__dict__) == []
    assert today < told.apply_by < told.starts_on <= today + timedelta(days=28)


def test_two_runs_are_at_risk_and_one_of_them_can_be_joined_with_another(demonstration, db):
    found = radar(db)

    assert sorted((run.module.code, run.seats_taken, run.minimum) for run in found.lacking) == [("SX-MAT1", 3, 8), ("SX-MAT2", 4, 8)]
    assert [(one.source.group_name, one.target.group_name, one.pair.people) for one in found.joinings] == [("Gruppe 1", "Gruppe 2", 3)]
    assert [(run.group_name, found.decided[run.id].taken) for run in found.enough] == [("Gruppe 2", 9)]


def test_those_whose_run_was_cancelled_were_told_of_another_all_but_one(demonstration, db):
    run = db.session.scalars(select(Offering).join(Module).where(Module.code == "SX-MAT4", Offering.cancelled_reason.is_not(None))).one()

    told = [len(instead) for _name, instead, _moved in queries.ended_with(run)]

    assert sorted(told) == [0, 1, 1, 1, 1]


def test_modules_are_planned_in_every_other_of_the_semesters_ahead(demonstration, db):
    module = db.session.scalars(select(Module).where(Module.code == "SX-MAT2", Module.made_up).order_by(Module.id)).first()

    planned = db.session.scalars(select(PlannedSemester.semester).where(PlannedSemester.module_id == module.id).order_by(PlannedSemester.semester)).all()

    assert planned == ahead(TODAY)[0::2]


def test_amina_may_leave_a_run_that_was_moved_and_has_been_told(demonstration, db, client):
    amina = lead(db, "Amina Hassan")
    seat = db.session.scalars(select(Enrolment).join(Module).where(Enrolment.person == amina, Module.code == "SX-MAT4")).one()
    told = db.session.scalars(select(Message).where(Message.person_id == amina.id, Message.kind == "offering-changed")).one()

    page = factories.signed_in(client, amina).get(f"/me/enrolments/{seat.uuid}").text

    assert changes.opening(seat, TODAY).free_until == TODAY + timedelta(days=13)
    assert told.address == f"/me/enrolments/{seat.uuid}"
    assert "You may withdraw without consequence until 6 December 2026 at 23:59." in page


def test_each_message_has_a_letter_and_none_can_go_out(demonstration, db):
    letters = db.session.scalars(select(Letter)).all()

    assert len({letter.message.kind for letter in letters}) >= 5
    assert sorted(letter.message_id for letter in letters) == sorted(db.session.scalars(select(Message.id)))
    assert {(letter.state, letter.why) for letter in letters} == {(Post.KEPT, "no-address")}
