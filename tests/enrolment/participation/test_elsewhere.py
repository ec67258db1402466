"""A study elsewhere that the state pays for: the teacher confirms each semester, the owner countersigns, and that is enough; the money follows as for a seat of ours."""

import csv
import io
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from accounts.models import Message, Role
from catalog.values import EnrolmentMode, Semester
from config.errors import BadInput, NotFound
from enrolment.money import awards, papers, statement
from enrolment.money import queries as money
from enrolment.money.models import MoneyEntry
from enrolment.money.services import book_due
from enrolment.money.values import Reason
from enrolment.participation import places, queries, services
from enrolment.participation.errors import NotNow
from enrolment.participation.models import ParticipationStep
from enrolment.participation.values import Cause, Event
from enrolment.payouts import queries as payouts
from tests import factories as f
from tests.enrolment.money import scene
from tests.enrolment.money.scene import AUTUMN, HALF, IN_AUTUMN, IN_SPRING, SPRING, adviser, both_confirm, confirm, granted_elsewhere, known_by, taking_part, teacher

A_TERM = HALF // 2


@pytest.fixture
def away(db):
    scene.repayment_rules()
    scene.work_year()
    return granted_elsewhere("Anna")


def entries() -> list[tuple]:
    return [(one.semester, one.oere, one.reason) for one in f.db.session.scalars(select(MoneyEntry).order_by(MoneyEntry.id))]


def use() -> tuple[int, int, int]:
    """What awards of the year bind, what of it is confirmed, and what is paid."""
    known = awards.of_year(2026)
    return sum(one.bound or 0 for one in known), sum(one.confirmed for one in known), sum(one.paid for one in known)


def test_what_teacher_and_owner_have_confirmed_is_booked_semester_by_semester(away):
    both_confirm(away, AUTUMN, IN_AUTUMN)
    book_due(IN_AUTUMN)
    both_confirm(away)
    book_due(IN_SPRING)

    assert entries() == [(AUTUMN, A_TERM, Reason.CONFIRMED), (SPRING, A_TERM, Reason.CONFIRMED)]
    [first, _second] = f.db.session.scalars(select(MoneyEntry).order_by(MoneyEntry.id)).all()
    choice = away.choices[0]
    assert (first.enrolment, first.application, first.owner_id, first.strand, first.scheme_id, first.subject_id) == (
        choice.uuid, away.uuid, away.owner_id, away.strand, choice.scheme_id, choice.subject_id
    )  # fmt: skip
    assert book_due(IN_SPRING + timedelta(days=1)) == 0


def test_nothing_is_paid_for_what_only_the_teacher_has_said(away):
    confirm(away, AUTUMN, IN_AUTUMN)

    assert (book_due(IN_AUTUMN), queries.to_countersign(away.owner_id)) == (0, 1)
    services.countersign([(known_by(away), AUTUMN)], actor=adviser(away), at=IN_AUTUMN)
    assert (book_due(IN_AUTUMN), queries.to_countersign(away.owner_id)) == (1, 0)


def test_the_awards_tell_what_is_bound_confirmed_and_paid_of_it(away):
    before = use()
    both_confirm(away, AUTUMN, IN_AUTUMN)
    book_due(IN_AUTUMN)

    assert (before, use()) == ((HALF, 0, 0), (HALF, A_TERM, A_TERM))


def test_of_one_that_is_interrupted_no_more_is_bound_than_is_paid_and_an_early_end_claims_back(away):
    both_confirm(away, AUTUMN, IN_AUTUMN)
    book_due(IN_AUTUMN)
    both_confirm(away)
    book_due(IN_SPRING)
    services.interrupt(known_by(away), Cause.WORKLOAD, None, actor=teacher(away), at=IN_SPRING + timedelta(hours=1))
    book_due(IN_SPRING + timedelta(hours=1))

    paid = sum(oere for _semester, oere, _reason in entries())
    assert entries()[2:] == [(SPRING, -A_TERM, Reason.INTERRUPTED)]
    assert use() == (paid, 2 * A_TERM, paid) == (A_TERM, HALF, A_TERM)
    with pytest.raises(NotNow, match="ended"):
        services.defer(known_by(away), Cause.LEAVE, None, actor=teacher(away), at=IN_SPRING + timedelta(hours=2))


def test_the_owner_takes_its_word_back_and_gives_it_again_and_the_teacher_is_told(away):
    both_confirm(away, AUTUMN, IN_AUTUMN)
    services.retract(known_by(away), AUTUMN, "Never began.", actor=adviser(away), at=IN_AUTUMN + timedelta(hours=1))
    book_due(IN_AUTUMN + timedelta(hours=1))
    taken_back = sum(oere for _semester, oere, _reason in entries())
    services.restore(known_by(away), AUTUMN, actor=adviser(away), at=IN_AUTUMN + timedelta(hours=2))
    book_due(IN_AUTUMN + timedelta(hours=2))

    assert (taken_back, sum(oere for _semester, oere, _reason in entries())) == (0, A_TERM)
    told = f.db.session.scalars(select(Message.kind).where(Message.person_id == away.person_id).order_by(Message.id)).all()
    assert told == ["participation-retracted", "participation-restored"]


def test_who_has_put_it_off_confirms_nothing_until_they_take_it_up_again(away):
    who = adviser(away)
    services.defer(known_by(away), Cause.LEAVE, None, actor=teacher(away), at=IN_AUTUMN)
    with pytest.raises(NotNow):
        confirm(away, AUTUMN, IN_AUTUMN)
    services.resume(known_by(away), actor=teacher(away), at=IN_AUTUMN)
    confirm(away, AUTUMN, IN_AUTUMN)

    assert f.db.session.scalars(select(Message.kind).where(Message.person_id == who.person_id)).all() == ["participation-deferred"]


def test_a_second_grant_of_the_same_semester_is_claimed_back_whichever_kind_it_is(away):
    both_confirm(away, AUTUMN, IN_AUTUMN)
    both_confirm(away)
    run = f.offering(scene.module(away.choices[0].subject), mode=EnrolmentMode.ROUND, semester=SPRING)
    other = f.application(away.person, f.cycle("another"), [run], scheme=away.choices[0].scheme, employer=away.employer, money=away.money, rank=9)
    scene.give_seat(other)
    both_confirm(other, SPRING, IN_SPRING + timedelta(hours=1))
    book_due(IN_SPRING + timedelta(hours=1))

    assert sum(oere for semester, oere, _reason in entries() if semester == SPRING) == A_TERM


def test_the_owners_statement_has_it_on_the_page_and_in_every_file(app, away):
    both_confirm(away, AUTUMN, IN_AUTUMN)
    book_due(IN_AUTUMN)
    said = statement.of_owner(adviser(away), 2026)
    browser = f.signed_in(app.test_client(), f.db.session.get(f.Person, adviser(away).person_id))
    page = browser.get("/owner/money/2026").text
    rows = list(csv.reader(io.StringIO(browser.get("/owner/money/2026.csv").text.lstrip("\ufeff")), delimiter=";"))

    assert [(row.award, row.paid, row.back) for row in said.rows] == [(HALF, A_TERM, 0)]
    assert "Statistikk" in page and "Autumn 2026: Confirmed by teacher and owner" in page
    assert rows[1][:2] == ["Anna", "Statistikk"] and rows[1][5:7] == ["100000.00", "50000.00"]
    assert [kind.status_code for kind in (browser.get("/owner/money/2026.xlsx"), browser.get("/owner/money/2026.pdf"))] == [200, 200]
    assert [row[2] for row in papers.entry_rows(said)] == ["Statistikk"]


def test_it_is_part_of_the_payment_basis_and_of_what_waits_to_be_paid_out(away):
    both_confirm(away, AUTUMN, IN_AUTUMN)
    book_due(IN_AUTUMN)

    [due] = places.payment(places.places(queries.of_owner(adviser(away))), AUTUMN)
    assert (due.oere, [(one.owner_id, one.oere) for one in payouts.waiting_by_owner()]) == (A_TERM, [(away.owner_id, A_TERM)])


def test_who_has_no_money_for_it_has_nothing_to_confirm(db, away):
    [outcome] = db.session.scalars(select(scene.Outcome))
    outcome.money = False
    db.session.commit()

    with pytest.raises(NotFound):
        confirm(away, AUTUMN, IN_AUTUMN)
    assert (queries.own(teacher(away)), queries.takes_part(teacher(away))) == ([], False)


def test_it_is_private_to_its_teacher_and_its_owner(away):
    confirm(away, AUTUMN, IN_AUTUMN)
    stranger = f.acting(f.teacher(name="Bo"))
    other = f.acting(f.member(f.owner(f.municipality("0301", "Oslo")).organisation_id, Role.OWNER))

    for act in (services.confirm, lambda *said, **who: services.date_study(*said, 1, **who)):
        with pytest.raises(NotFound):
            act(known_by(away), SPRING, actor=stranger, at=IN_SPRING)
    with pytest.raises(NotFound):
        services.retract(known_by(away), AUTUMN, "No.", actor=other, at=IN_SPRING)
    assert services.countersign([(known_by(away), AUTUMN)], actor=other, at=IN_SPRING) == 0


def test_where_nobody_has_stated_when_it_is_given_the_teacher_says_so_before_confirming(db, away):
    old = granted_elsewhere("Bo", like=away, semester=None, semesters=None)
    with pytest.raises(NotNow):
        confirm(old, SPRING, IN_SPRING)
    with pytest.raises(BadInput, match="2026/2027"):
        services.date_study(known_by(old), Semester.from_code("2027h"), 1, actor=teacher(old), at=IN_SPRING)
    db.session.rollback()
    services.date_study(known_by(old), SPRING, 1, actor=teacher(old), at=IN_SPRING)
    both_confirm(old)

    assert book_due(IN_SPRING) == 1 and entries() == [(SPRING, HALF, Reason.CONFIRMED)]
    with pytest.raises(NotNow, match="stands as it is"):
        services.date_study(known_by(old), AUTUMN, 2, actor=teacher(old), at=IN_SPRING)


def test_when_a_seat_of_ours_is_given_is_not_the_teachers_to_say(away):
    seated = taking_part("Bo", scene.module(away.choices[0].subject))
    with pytest.raises(NotFound):
        services.date_study(known_by(seated), SPRING, 1, actor=teacher(seated), at=IN_SPRING)


def test_a_step_belongs_to_a_seat_or_to_a_study_elsewhere_and_never_to_both_or_neither(db, away):
    seat = scene.seat_of(taking_part("Bo", scene.module(away.choices[0].subject)))
    for known in ({}, {"enrolment_id": seat.id, "choice_id": away.choices[0].id}):
        with pytest.raises(IntegrityError):
            db.session.execute(ParticipationStep.__table__.insert().values(event=Event.CONFIRM, semester=AUTUMN, at=IN_AUTUMN, **known))
        db.session.rollback()


def test_said_once_is_said_also_of_a_study_elsewhere(db, away):
    for _number in range(2):
        confirm(away, AUTUMN, IN_AUTUMN)
    with pytest.raises(IntegrityError):
        db.session.execute(ParticipationStep.__table__.insert().values(event=Event.CONFIRM, semester=AUTUMN, at=IN_AUTUMN, choice_id=away.choices[0].id))
    db.session.rollback()


def test_who_is_erased_leaves_the_entries_and_takes_the_steps_along(db, away):
    both_confirm(away, AUTUMN, IN_AUTUMN)
    book_due(IN_AUTUMN)
    db.session.delete(away.person)
    db.session.commit()

    assert (db.session.scalars(select(ParticipationStep)).all(), len(entries())) == ([], 1)


def test_the_teacher_dates_confirms_and_stops_on_pages_and_the_case_tells_of_it(app, away):
    away.choices[0].semester = away.choices[0].semesters = None
    f.db.session.commit()
    browser, study = f.signed_in(app.test_client(), away.person), known_by(away)
    mine = browser.get("/me/participation").text
    wrong = browser.post(f"/me/studies-elsewhere/{study}/semesters", data={"semester": "2030h", "semesters": "7"})
    late = browser.post(f"/me/studies-elsewhere/{study}/semesters", data={"semester": "2030h", "semesters": "2"})
    browser.post(f"/me/studies-elsewhere/{study}/semesters", data={"semester": "2026h", "semesters": "2"})
    offered = browser.get("/me/participation").text
    browser.post(f"/me/enrolments/{study}/participation/2026h")
    case = browser.get(f"/me/applications/{away.uuid}").text

    assert "Say when it is given" in mine and "That you and your school owner confirm it is enough." in mine
    assert (wrong.status_code, late.status_code) == (422, 422) and "Write a number from 1 to 4" in wrong.text and "2026/2027" in late.text
    assert "I take part" in offered
    assert "Autumn 2026: Confirmed by the teacher, waits for the owner" in case and "Said when the study elsewhere is given" in case
    assert "Tell the institution yourself" in browser.get(f"/me/enrolments/{study}/pause").text
    assert browser.get(f"/me/studies-elsewhere/{study}/semesters").status_code == 404
    browser.post(f"/me/enrolments/{study}/pause", data={"how": "interrupt", "cause": "workload"})
    assert "Interrupted: Too much beside the post" in browser.get("/me/participation").text


def test_the_owner_countersigns_and_retracts_on_its_page(app, away):
    confirm(away, AUTUMN, IN_AUTUMN)
    browser, study = f.signed_in(app.test_client(), f.db.session.get(f.Person, adviser(away).person_id)), known_by(away)
    before = browser.get("/owner/participation").text
    browser.post("/owner/participation", data={"said": f"{study}:2026h"})
    after = browser.get("/owner/participation").text

    assert "Statistikk, Universitetet i Agder" in before and "No institution here can say who takes part in a study elsewhere." in before
    assert "Autumn 2026: Confirmed by teacher and owner" in after
    assert browser.get(f"/owner/participation/{study}/2026h/retraction").status_code == 200
    browser.post(f"/owner/participation/{study}/2026h/retraction", data={"why": "Never began."})
    assert "Taken back by the owner" in browser.get("/owner/participation").text


def test_lists_ask_as_often_for_three_as_for_one(away, count_queries):
    def asked() -> int:
        f.db.session.expire_all()
        who = adviser(away)
        with count_queries() as seen:
            places.payment(places.places(queries.of_owner(who)), AUTUMN)
            statement.of_owner(who, 2026)
            awards.of_year(2026)
        return len(seen)

    both_confirm(away, AUTUMN, IN_AUTUMN)
    book_due(IN_AUTUMN)
    few = asked()
    for name in ("Bo", "Cecilie"):
        more = granted_elsewhere(name, like=away)
        both_confirm(more, AUTUMN, IN_AUTUMN)
    book_due(IN_AUTUMN + timedelta(minutes=1))

    assert asked() == few


def test_what_happens_to_a_study_elsewhere_is_news_for_the_ledger_the_same_day(away):
    both_confirm(away, AUTUMN, IN_AUTUMN)
    later = IN_AUTUMN + timedelta(minutes=30)
    book_due(later - timedelta(minutes=10))
    before = money.people_due(later.date())
    services.retract(known_by(away), AUTUMN, "Never began.", actor=adviser(away), at=later)

    assert (before, money.people_due(later.date())) == ([], [away.person_id])
