"""Confirmed by the teacher, countersigned by the owner, seen by the institution, paid in arrears; put off, taken up again, interrupted."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from accounts.models import Message, Role
from catalog.values import EnrolmentMode, Semester
from config.errors import NotFound
from enrolment.applications.lifecycle import Employer, Money
from enrolment.participation import places, queries, services
from enrolment.participation.errors import NotNow
from enrolment.participation.models import ParticipationStep
from enrolment.participation.values import Cause
from enrolment.rounds.models import WorkYearCost
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment
from tests import factories as f

SPRING = Semester.from_code("2027v")
IN_SPRING = datetime(2027, 2, 10, 9, 0, tzinfo=UTC)


@pytest.fixture
def place(db):
    """A teacher who has accepted a seat of 15 credits in spring 2027, under a scheme of which the state bears half."""
    db.session.add(WorkYearCost(code="test", oere=800_000_00, source="test", confirmed=True))
    return taking_part("Anna", f.module(f.course(f.institution(), f.subject())))


def taking_part(name, module, like=None, **case_facts):
    """`like`: another case, of whose round and scheme this one is."""
    run = f.offering(module, mode=EnrolmentMode.ROUND)
    facts = {"employer": Employer.APPROVED, "money": Money.FUNDED, "rank": 1} | case_facts
    case = f.application(f.teacher(name=name), like.cycle if like else f.cycle(f"round of {name}"), [run], scheme=like.choices[0].scheme if like else f.scheme(f"scheme of {name}"), **facts)
    seat = Enrolment(person_id=case.person_id, offering_id=run.id, module_id=module.id, state=Seat.PLACED, ticket=1, entered_at=f.MONDAY)
    f.db.session.add(seat)
    f.db.session.flush()
    case.choices[0].runs[0].enrolment_id = seat.id
    f.db.session.commit()
    return case


def seat_of(case):
    return case.choices[0].runs[0].enrolment


def teacher(case):
    return f.acting(case.person)


def adviser(case):
    known = [hat for hat in f.db.session.scalars(select(f.Membership).where(f.Membership.organisation_id == case.owner_id))]
    return f.acting(known[0].person if known else f.member(case.owner_id, Role.OWNER, "Adviser"))


def both_confirm(case):
    services.confirm(seat_of(case).uuid, SPRING, actor=teacher(case), at=IN_SPRING)
    return services.countersign([(seat_of(case).uuid, SPRING)], actor=adviser(case), at=IN_SPRING)


def test_the_owner_is_paid_half_of_a_quarter_of_a_work_year_once_both_have_said_so(place):
    services.confirm(seat_of(place).uuid, SPRING, actor=teacher(place), at=IN_SPRING)
    before = places.payment(places.places(queries.of_owner(adviser(place))), SPRING)

    services.countersign([(seat_of(place).uuid, SPRING)], actor=adviser(place), at=IN_SPRING)

    [due] = places.payment(places.places(queries.of_owner(adviser(place))), SPRING)
    assert (before, due.oere) == ([], 100_000_00)  # 15 of 60 credits of kr 800 000, of which the state bears 50 per cent


def test_without_money_nothing_is_paid(place):
    other = taking_part("Bo", f.module(place.choices[0].runs[0].offering.module.course), money=Money.UNFUNDED, rank=2)
    both_confirm(other)

    assert [one.oere for one in places.payment(places.places(queries.of_owner(adviser(other))), SPRING)] == [0]


def test_the_payment_of_a_day_can_be_worked_out_again_later(place):
    both_confirm(place)
    services.interrupt(seat_of(place).uuid, Cause.ILLNESS, None, actor=teacher(place), at=datetime(2027, 4, 1, tzinfo=UTC))

    runs = queries.of_owner(adviser(place))
    assert [one.oere for one in places.payment(places.places(runs, IN_SPRING), SPRING)] == [100_000_00]
    assert places.payment(places.places(runs, datetime(2027, 2, 1, tzinfo=UTC)), SPRING) == []


def test_confirming_twice_is_one_step(db, place):
    for _number in range(2):
        services.confirm(seat_of(place).uuid, SPRING, actor=teacher(place), at=IN_SPRING)

    assert both_confirm(place) == 1
    assert services.countersign([(seat_of(place).uuid, SPRING)], actor=adviser(place), at=IN_SPRING) == 0
    assert len(db.session.scalars(select(ParticipationStep)).all()) == 2


def test_a_semester_is_confirmed_from_its_first_day_and_only_one_of_the_study(place):
    for semester, at in ((SPRING, datetime(2026, 12, 31, 12, 0, tzinfo=UTC)), (Semester.from_code("2027h"), IN_SPRING)):
        with pytest.raises(NotNow):
            services.confirm(seat_of(place).uuid, semester, actor=teacher(place), at=at)


def test_what_waits_for_the_owner_is_counted_until_it_is_countersigned(place):
    owner = place.owner_id
    before = queries.to_countersign(owner)
    services.confirm(seat_of(place).uuid, SPRING, actor=teacher(place), at=IN_SPRING)
    waiting = queries.to_countersign(owner)
    services.countersign([(seat_of(place).uuid, SPRING)], actor=adviser(place), at=IN_SPRING)

    assert (before, waiting, queries.to_countersign(owner), queries.to_countersign(None)) == (0, 1, 0, 0)


def test_another_owner_countersigns_nothing(place):
    services.confirm(seat_of(place).uuid, SPRING, actor=teacher(place), at=IN_SPRING)
    elsewhere = f.owner(f.municipality("0301", "Oslo"))
    stranger = f.acting(f.member(elsewhere.organisation_id, Role.OWNER))

    assert services.countersign([(seat_of(place).uuid, SPRING)], actor=stranger, at=IN_SPRING) == 0


def test_another_teacher_confirms_nothing(place):
    with pytest.raises(NotFound):
        services.confirm(seat_of(place).uuid, SPRING, actor=f.acting(f.teacher(name="Bo")), at=IN_SPRING)


def test_putting_off_keeps_the_seat_and_tells_the_owner(db, place):
    who = adviser(place)
    services.defer(seat_of(place).uuid, Cause.LEAVE, "Until autumn.", actor=teacher(place), at=IN_SPRING)

    assert seat_of(place).state is Seat.PLACED
    assert [(one.person_id, one.kind) for one in db.session.scalars(select(Message))] == [(who.person_id, "participation-deferred")]
    with pytest.raises(NotNow, match="put off"):
        services.defer(seat_of(place).uuid, Cause.LEAVE, None, actor=teacher(place), at=IN_SPRING)
    services.resume(seat_of(place).uuid, actor=teacher(place), at=IN_SPRING)
    services.confirm(seat_of(place).uuid, SPRING, actor=teacher(place), at=IN_SPRING)


def test_who_acts_for_the_owner_on_the_day_is_told_also_where_the_role_has_a_last_day(db, place):
    who = adviser(place)
    [hat] = db.session.scalars(select(f.Membership).where(f.Membership.person_id == who.person_id))
    hat.valid_to = date(2027, 6, 30)
    gone = f.member(place.owner_id, Role.OWNER, "Gone")
    gone.memberships[0].valid_to = date(2027, 1, 31)
    db.session.commit()

    services.defer(seat_of(place).uuid, Cause.LEAVE, None, actor=teacher(place), at=IN_SPRING)

    assert db.session.scalars(select(Message.person_id)).all() == [who.person_id]


def test_an_interruption_ends_the_seat_with_its_cause_on_the_timeline(place):
    services.interrupt(seat_of(place).uuid, Cause.WORKLOAD, "Too much this spring.", actor=teacher(place), at=IN_SPRING)

    assert seat_of(place).state is Seat.INTERRUPTED
    [noted] = [one for one in place.steps if one.event == "interrupt"]
    assert (noted.event, noted.facts["cause"], noted.why) == ("interrupt", "workload", "Too much this spring.")
    with pytest.raises(NotNow, match="ended"):
        services.resume(seat_of(place).uuid, actor=teacher(place), at=IN_SPRING)


def test_the_pages_of_teacher_owner_and_institution_say_the_same(app, place):
    app.config["CLOCK"] = lambda: IN_SPRING
    seat, run = seat_of(place).uuid, place.choices[0].runs[0].offering
    browser = f.signed_in(app.test_client(), place.person, IN_SPRING)
    owner = f.signed_in(app.test_client(), f.db.session.get(f.Person, adviser(place).person_id), IN_SPRING)
    editor = f.signed_in(app.test_client(), f.editor(run.module.institution), IN_SPRING)
    path = f"/publish/offerings/{run.uuid}/participation"

    assert "I take part" in browser.get("/me/participation").text
    browser.post(f"/me/enrolments/{seat}/participation/2027v")
    assert "Confirmed by the teacher, waits for the owner" in editor.get(path).text
    owner.post("/owner/participation", data={"said": f"{seat}:2027v"})

    assert all("Confirmed by teacher and owner" in page.text for page in (browser.get("/me/participation"), owner.get("/owner/participation"), editor.get(path)))
    assert "kr 100,000" in owner.get("/owner/participation/2027v").text
    assert "Anna;" in owner.get("/owner/participation/2027v.csv").text


def test_what_is_typed_wrong_comes_back(app, place):
    browser = f.signed_in(app.test_client(), place.person)
    page = browser.post(f"/me/enrolments/{seat_of(place).uuid}/pause", data={"how": "interrupt", "why": "I must."})

    assert (page.status_code, "I must." in page.text, "Cause" in page.text) == (422, True, True)


def test_the_owners_page_asks_as_often_for_three_as_for_one(place, count_queries):
    def asked() -> int:
        f.db.session.expire_all()
        with count_queries() as seen:
            places.payment(places.places(queries.of_owner(adviser(place))), SPRING)
        return len(seen)

    both_confirm(place)
    few = asked()
    course = place.choices[0].runs[0].offering.module.course
    for number, name in enumerate(("Bo", "Cecilie"), 2):
        both_confirm(taking_part(name, f.module(course), like=place, rank=number))

    assert asked() == few


def test_countersigning_asks_as_often_for_three_as_for_one(place, count_queries):
    who = adviser(place)

    def asked(cases) -> int:
        for case in cases:
            services.confirm(seat_of(case).uuid, SPRING, actor=teacher(case), at=IN_SPRING)
        said = [(seat_of(case).uuid, SPRING) for case in cases]
        f.db.session.expire_all()
        with count_queries() as seen:
            assert services.countersign(said, actor=who, at=IN_SPRING) == len(said)
        return len([one for one in seen if one.startswith("SELECT")])

    alone = asked([place])

    assert asked([taking_part(name, seat_of(place).module, like=place, owner_id=place.owner_id, rank=rank) for rank, name in enumerate(("Bo", "Cecilie", "Dag"), 2)]) == alone
