"""What counts for me: on cards and on the pages of modules and runs, and as choices of the search."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.offers.models import Module, Prerequisite
from catalog.values import Band, Delivery, EnrolmentMode, Grades, Semester, Term
from enrolment.counting import rules
from enrolment.counting.rules import Busy
from enrolment.progress.lifecycle import Claim
from enrolment.progress.models import PriorCredit
from enrolment.results.values import Mark
from enrolment.seats import services
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment, Result
from tests import factories
from tests.factories import MONDAY

LAST_YEAR = Semester(2026, Term.SPRING)


@pytest.fixture
def maths(db):
    return factories.subject(requires={Band.PRIMARY: 30, Band.LOWER: 60})


@pytest.fixture
def course(maths):
    return factories.course(factories.institution(), maths)


@pytest.fixture
def lars(maths, client):
    teacher = factories.teacher(teaches=((maths, Band.PRIMARY),))
    factories.signed_in(client, teacher)
    return teacher


def module(course, code: str, **facts):
    return factories.module(course, code, **{"title": code, **facts})


def has_passed(db, person, what, run=None) -> None:
    """A verified result, in an earlier run."""
    run = run or factories.offering(what, semester=LAST_YEAR, starts_on=date(2026, 2, 1), ends_on=date(2026, 6, 1))
    seat = Enrolment(person_id=person.id, offering_id=run.id, module_id=what.id, state=Seat.COMPLETED, ticket=1, entered_at=MONDAY)
    seat.result = Result(mark=Mark.B, recorded_at=MONDAY - timedelta(days=100))
    db.session.add(seat)
    db.session.commit()


def lines(page, title: str | None = None) -> list[str]:
    """The personal lines of the page, or of one card on it."""
    cards = page.text.split("<article")
    about = "".join(card for card in cards if title is None or re.search(rf"<h[23]>(<a [^>]*>)?{title}<", card))
    return [re.sub(r"<[^>]*>", "", one) for part in re.findall(r'<ul class="for-me">(.*?)</ul>', about, re.DOTALL) for one in re.findall(r"<li[^>]*>(.*?)</li>", part)]


def shown(page) -> list[str]:
    return re.findall(r'<article class="card module">.*?<h2><a href="[^"]*">([^<]*)</a>', page.text, re.DOTALL)


def test_a_card_counts_towards_the_nearest_requirement_of_what_i_teach(course, lars, client):
    factories.offering(module(course, "Algebra"))

    assert "Counts 15 of the 30 credits you lack in matematikk for grades 1–7." in lines(client.get("/search"), "Algebra")


def test_once_the_requirement_is_met_it_counts_towards_the_sixty(db, course, maths, lars, client):
    db.session.add(PriorCredit(person_id=lars.id, subject_id=maths.id, credits=Decimal(30), title="Before", institution="UiB", state=Claim.VERIFIED, claimed_at=MONDAY))
    db.session.commit()
    factories.offering(module(course, "Algebra"))

    assert "Counts 15 of the 30 credits you lack in matematikk." in lines(client.get("/search"), "Algebra")


def test_strangers_and_editors_see_no_personal_line_and_no_personal_choice(db, course, lars, client, app):
    factories.offering(module(course, "Algebra"))
    for visitor in (app.test_client(), factories.signed_in(app.test_client(), factories.editor(course.institution))):
        for address in ("/search?mine=counts", f"/modules/{course.institution.code}/Algebra"):
            page = visitor.get(address)
            assert (lines(page), 'name="mine"' in page.text) == ([], False)
        assert shown(visitor.get("/search?mine=counts")) == ["Algebra"]


def test_what_is_required_is_met_or_named(db, course, maths, lars, client):
    first, second, third = module(course, "Algebra"), module(course, "Analyse"), module(course, "Statistikk")
    for one in (second, third):
        factories.offering(one)
    factories.requires(second, first)
    db.session.add(Prerequisite(module_id=third.id, subject_id=maths.id, credits=Decimal(30), required=True))
    db.session.commit()

    assert "You lack what is required: Algebra." in lines(client.get("/search"), "Analyse")
    assert "You lack what is required: 30 credits in matematikk." in lines(client.get("/search"), "Statistikk")
    has_passed(db, lars, first)
    assert "You meet the requirements." in lines(client.get("/search"), "Analyse")
    assert "You lack what is required: 15 credits in matematikk." not in lines(client.get("/search"), "Analyse")


def test_what_is_on_its_way_is_told_apart_from_what_is_met(db, course, lars, client):
    first, second = module(course, "Algebra"), module(course, "Analyse")
    factories.offering(second)
    factories.requires(second, first)
    services.enrol(factories.offering(first).uuid, actor=factories.acting(lars), at=MONDAY)

    assert "You meet the requirements once you have passed Algebra." in lines(client.get("/search"), "Analyse")


def test_a_clash_names_the_day_and_the_study(db, course, lars, client):
    mine, same_days, other_days = (factories.offering(module(course, code), delivery=Delivery.GATHERINGS) for code in ("Algebra", "Analyse", "Statistikk"))
    factories.gathering(mine, date(2027, 2, 3), date(2027, 2, 5))
    factories.gathering(same_days, date(2027, 2, 5), date(2027, 2, 6))
    factories.gathering(other_days, date(2027, 3, 3))
    services.enrol(mine.uuid, actor=factories.acting(lars), at=MONDAY)
    page = client.get("/search")

    assert "Clashes with Algebra on 5 February 2027." in lines(page, "Analyse")
    assert "Clashes with nothing of yours." in lines(page, "Statistikk")
    assert "1 day away at most in a semester." in lines(page, "Statistikk")
    assert lines(page, "Algebra")[:2] == ["You have this module already, or are on your way.", "You have a seat."]
    assert "Clashes with Algebra on 5 February 2027." in lines(client.get(f"/offerings/{same_days.uuid}"))


def test_my_place_in_line_is_told(db, course, lars, client):
    full = factories.offering(module(course, "Algebra"), seats=1)
    for person in (factories.teacher(name="First"), factories.teacher(name="Second"), lars):
        services.enrol(full.uuid, actor=factories.acting(person), at=MONDAY)

    assert "You are number 2 of 2 waiting." in lines(client.get("/search"), "Algebra")


def test_how_it_went_the_last_time_is_told_from_five_applicants_on(db, course, lars, client):
    algebra = module(course, "Algebra")
    factories.offering(algebra)
    before = factories.offering(algebra, 2, semester=LAST_YEAR, starts_on=date(2026, 2, 1), ends_on=date(2026, 6, 1))
    states = [Seat.COMPLETED, Seat.WITHDRAWN, Seat.COMPLETED, Seat.WAITING, Seat.WAITING]
    for ticket, state in enumerate(states, start=1):
        db.session.add(Enrolment(person_id=factories.person().id, offering_id=before.id, module_id=algebra.id, state=state, ticket=ticket, entered_at=MONDAY))
        db.session.commit()
        said = lines(client.get("/search"), "Algebra")
        assert ("Last time fewer than 5 applied." in said) is (ticket < 5)

    assert "Last time 5 applied for 2 seats; the last to get one was number 3." in said


def test_the_days_left_and_the_risk_are_told(course, lars, client):
    factories.offering(
        module(course, "Algebra"), minimum=8, starts_on=date(2026, 12, 14), apply_by=date(2026, 11, 25), semester=Semester(2026, Term.AUTUMN), ends_on=date(2027, 3, 1)
    )
    said = lines(client.get("/search"), "Algebra")

    assert said[-2:] == ["2 days left to apply.", "May not start: 8 participants are missing, and it begins on 14 December 2026."]


def test_the_choices_narrow_and_stand_in_the_address(db, course, lars, client):
    norsk = factories.course(course.institution, factories.subject("norsk", "Norsk"), "Norsk 1")
    mine, clashing, requiring = (factories.offering(module(course, code)) for code in ("Algebra", "Analyse", "Statistikk"))
    factories.offering(module(norsk, "Dikt"))
    factories.requires(requiring.module, module(course, "Geometri"))
    for run in (mine, clashing):
        factories.gathering(run, date(2027, 2, 3))
    services.enrol(mine.uuid, actor=factories.acting(lars), at=MONDAY)

    assert sorted(shown(client.get("/search?mine=counts"))) == ["Analyse", "Geometri", "Statistikk"]
    assert sorted(shown(client.get("/search?mine=clash-free"))) == ["Algebra", "Dikt", "Geometri", "Statistikk"]
    assert sorted(shown(client.get("/search?mine=met"))) == ["Algebra", "Analyse", "Dikt", "Geometri"]
    page = client.get("/search?mine=counts&mine=met&mine=clash-free")
    assert shown(page) == ["Geometri"]
    assert re.findall(r'name="mine" value="([\w-]+)" checked>.*?<span class="count">(\d+)<', page.text) == [("counts", "1"), ("met", "1"), ("clash-free", "1")]
    assert 'href="/search?mine=met&amp;mine=clash-free"' in page.text


def test_a_run_that_does_not_clash_is_the_one_that_is_told_of(course, lars, client):
    mine, other = factories.offering(module(course, "Algebra")), module(course, "Analyse")
    clashing = factories.offering(other)
    later = factories.offering(other, semester=factories.AUTUMN, starts_on=date(2027, 9, 1), ends_on=date(2027, 12, 1))
    for run, day in ((mine, date(2027, 2, 3)), (clashing, date(2027, 2, 3)), (later, date(2027, 9, 3))):
        factories.gathering(run, day)
    services.enrol(mine.uuid, actor=factories.acting(lars), at=MONDAY)

    assert "Clashes with Algebra on 3 February 2027." in lines(client.get("/search"), "Analyse")
    assert "Clashes with nothing of yours." in lines(client.get("/search?mine=clash-free"), "Analyse")
    assert shown(client.get("/search?mine=clash-free&semester=2027v")) == ["Algebra"]


def test_what_is_at_risk_of_not_starting_is_left_out_and_another_run_of_it_is_told_of(course, lars, client):
    unsure, sure = module(course, "Algebra"), module(course, "Analyse")
    soon = {"starts_on": date(2026, 12, 14), "apply_by": date(2026, 11, 25), "minimum": 8}
    factories.offering(unsure, **soon)
    factories.offering(sure, seats_taken=8, **soon)
    both = module(course, "Statistikk")
    factories.offering(both, **soon)
    factories.offering(both, semester=factories.AUTUMN, starts_on=date(2027, 9, 1), ends_on=date(2027, 12, 1), apply_by=date(2027, 4, 1))
    factories.offering(module(course, "Dikt"), mode=EnrolmentMode.ELSEWHERE, **soon)

    assert sorted(shown(client.get("/search?mine=sure"))) == ["Analyse", "Dikt", "Statistikk"]
    assert not any("May not start" in line for line in lines(client.get("/search?mine=sure"), "Statistikk"))
    assert any("May not start" in line for line in lines(client.get("/search"), "Algebra"))


def test_what_overlaps_wholly_with_what_i_have_does_not_count(db, course, lars, client):
    old, new = module(course, "Algebra"), module(course, "Analyse")
    factories.offering(new)
    factories.overlap("15", old, new)
    has_passed(db, lars, old)

    assert shown(client.get("/search?mine=counts")) == []
    assert "Counts 0 of the 15 credits you lack in matematikk for grades 1–7." in lines(client.get("/search"), "Analyse")


def test_a_module_for_other_grades_is_shown_and_marked(course, lars, client):
    factories.offering(module(course, "Algebra", grades=Grades.of(range(8, 11))))

    assert "It is for other grades than those you teach." in lines(client.get("/search"), "Algebra")


def test_a_page_of_three_takes_no_more_statements_than_a_page_of_one(db, course, lars, client, count_queries):
    def a_study(code: str) -> None:
        what = module(course, code)
        factories.gathering(factories.offering(what, delivery=Delivery.GATHERINGS, mode=EnrolmentMode.ELSEWHERE), date(2027, 2, 3))
        factories.requires(what, before)

    before = module(course, "Before", state="draft")
    a_study("One")
    address = f"/modules/{course.institution.code}/One"
    for page in ("/search?mine=met", address):
        client.get(page)
    with count_queries() as few:
        assert len(shown(client.get("/search"))) == 1
    with count_queries() as few_runs:
        client.get(address)
    for code in ("Two", "Three"):
        a_study(code)
        factories.offering(db.session.query(Module).filter_by(code="One").one(), semester=factories.AUTUMN, mode=EnrolmentMode.ELSEWHERE)
    client.get("/search?mine=met")
    with count_queries() as many:
        assert len(shown(client.get("/search"))) == 3
    with count_queries() as many_runs:
        client.get(address)

    assert (len(many), len(many_runs)) == (len(few), len(few_runs))


days = st.dates(date(2027, 1, 1), date(2027, 2, 15))
spans = st.lists(st.tuples(days, st.integers(0, 3)).map(lambda span: (span[0], span[0] + timedelta(days=span[1]))), max_size=5)


@given(spans, spans)
def test_the_first_common_day_is_what_looking_at_each_day_finds(its, mine):
    def each(spans) -> set[date]:
        return {first + timedelta(days=number) for first, last in spans for number in range((last - first).days + 1)}

    found = rules.clash(its, [Busy(first, last, "Algebra") for first, last in mine])
    assert (found[0] if found else None) == min(each(its) & each(mine), default=None)


@pytest.mark.parametrize(
    ("facts", "risk"),
    [
        ({}, True), ({"taken": 8}, False), ({"minimum": 0}, False), ({"minimum": None}, False), ({"starts_on": date(2026, 12, 21)}, True),
        ({"starts_on": date(2026, 12, 22)}, False), ({"starts_on": date(2026, 11, 22)}, False), ({"starts_on": None}, False),
    ],
)  # fmt: skip
def test_a_run_is_at_risk_when_it_lacks_participants_within_28_days(facts, risk):
    known = {"taken": 7, "minimum": 8, "starts_on": date(2026, 12, 1)} | facts
    assert rules.may_not_start(**known, on=date(2026, 11, 23)) is risk
