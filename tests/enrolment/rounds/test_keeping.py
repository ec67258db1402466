"""The national authority keeps the rounds: days are moved with a word to everybody they concern, and what is yearly is let out at once."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import Event, Message, OrganisationKind, Role
from catalog.values import Strand
from config.errors import BadInput, NotAllowed, StaleEdit
from enrolment.applications.lifecycle import Case, Employer
from enrolment.awarding.models import AllocationRun, Outcome
from enrolment.registers import rounds
from enrolment.rounds import affected, queries, rules, services
from enrolment.rounds.errors import OutAlready, ThereAlready
from enrolment.rounds.models import SeatSource
from enrolment.rounds.values import Step
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment
from tests import factories
from tests.factories import DATES, MONDAY


@pytest.fixture
def authority(db):
    nation = factories.organisation(OrganisationKind.AUTHORITY, "The directorate")
    return factories.member(nation.id, Role.AUTHORITY, "Eva Strand")


def day_of(cycle, step):
    return next(one for one in cycle.dates if one.step is step)


def move(cycle, step, to, actor, version=1):
    return services.change_day(day_of(cycle, step).uuid, day=to, version=version, actor=factories.acting(actor), at=MONDAY)


def told(kind):
    return [message.person_id for message in factories.db.session.query(Message).filter_by(kind=kind).order_by(Message.person_id)]


def test_a_day_that_is_moved_is_told_to_applicants_and_owners_and_to_nobody_else(db, authority):
    cycle, other = factories.cycle(), factories.cycle("2028")
    applicant, stranger, gone = factories.teacher(), factories.teacher(name="Stranger"), factories.teacher(name="Gone")
    body = factories.application(applicant, cycle).owner_id
    owner = factories.member(body, Role.OWNER, "Owner")
    factories.member(body, Role.OWNER, "Former", valid_to=date(2026, 1, 1))
    factories.application(stranger, other)
    factories.application(gone, cycle, state=Case.WITHDRAWN, employer=Employer.NOT_SENT)

    move(cycle, Step.APPLY, date(2026, 12, 3), authority)

    assert told("round-day-changed") == sorted([applicant.id, owner.id])
    assert queries.cycle("2027").dates_of(Strand.FURTHER).on(Step.APPLY) == date(2026, 12, 3)
    event = db.session.query(Event).filter_by(kind="round").one()
    assert (event.event, event.facts["before"], event.facts["after"]) == ("change day", "2026-12-01", "2026-12-03")


def test_the_page_says_whom_it_concerns_before_anything_is_changed(client, authority):
    cycle = factories.cycle()
    for number in range(3):
        factories.application(factories.teacher(name=f"Teacher {number}"), cycle)
    factories.application(factories.teacher(name="Not yet"), cycle, state=Case.DRAFT, employer=Employer.NOT_SENT)
    day = day_of(cycle, Step.APPLY)

    page = factories.signed_in(client, authority).post(f"/national/rounds/days/{day.uuid}/preview", data={"day": "2026-12-03", "version": "1"})

    assert "3 teachers have sent an application" in page.text
    assert "1 teacher has begun an application and not sent it" in page.text
    assert queries.day(day.uuid).day == DATES[Step.APPLY]


def test_those_who_are_counted_are_those_who_are_told_and_a_day_concerns_who_has_something_to_do_by_it(client, authority, db):
    cycle = factories.cycle()
    run = factories.offering(factories.module(factories.course(factories.institution(), factories.subject())))
    known = {"Draft": {"state": Case.DRAFT, "employer": Employer.NOT_SENT}, "Refused": {"employer": Employer.REFUSED}, "Waits": {"employer": Employer.WITH_HEAD}}
    cases = {name: factories.application(factories.teacher(name=name), cycle, [run], **facts) for name, facts in known.items()}
    made = AllocationRun(cycle_id=cycle.id, strand=Strand.FURTHER, rule_set="x", seed="x", on=MONDAY.date(), frozen=b"", digest="", result=b"", result_digest="", counts={}, made_at=MONDAY)
    for name, state in (("Offered", Seat.OFFERED), ("Placed", Seat.PLACED), ("Nothing", None)):
        case = cases[name] = factories.application(factories.teacher(name=name), cycle, [run], employer=Employer.APPROVED)
        if state:
            case.choices[0].runs[0].enrolment = Enrolment(person_id=case.person_id, offering_id=run.id, module_id=run.module_id, state=state, ticket=case.id, entered_at=MONDAY)
        made.outcomes.append(Outcome(application_id=case.id, choice=None, money=False, line={}))
    db.session.add(made)
    head = factories.member(cases["Waits"].school_id, Role.HEAD, "Head")
    union, owner = (factories.member(cases["Waits"].owner_id, role, str(role)) for role in (Role.UNION, Role.OWNER))
    names = {case.person_id: name for name, case in cases.items()} | {head.id: "Head", union.id: "Union", owner.id: "Owner"}

    told = {step: {names[one] for one in affected.people(day_of(cycle, step), MONDAY.date())} for step in (Step.APPLY, Step.HEAD, Step.UNION, Step.ANSWER, Step.REPLY, Step.SPRING)}
    sent = {"Refused", "Waits", "Offered", "Placed", "Nothing"}
    assert told == {
        Step.APPLY: sent | {"Draft", "Owner"}, Step.HEAD: sent | {"Head"}, Step.UNION: sent | {"Union"}, Step.ANSWER: sent - {"Refused"} | {"Owner"},
        Step.REPLY: {"Waits", "Offered", "Owner"}, Step.SPRING: {"Waits", "Placed", "Owner"},
    }  # fmt: skip
    for step, who in told.items():
        counted = affected.count(day_of(cycle, step), MONDAY.date())
        assert counted.drafts + counted.sent + counted.acting == len(who), step
    page = factories.signed_in(client, authority).post(f"/national/rounds/days/{day_of(cycle, Step.UNION).uuid}/preview", data={"day": "2026-12-12", "version": "1"}).text
    assert ("5 teachers have sent an application" in page, "1 representative of the unions" in page) == (True, True)


def test_days_that_would_stand_in_another_order_are_refused_with_both_named(client, authority):
    cycle = factories.cycle()
    day = day_of(cycle, Step.APPLY)

    page = factories.signed_in(client, authority).post(f"/national/rounds/days/{day.uuid}", data={"day": "2026-12-30", "version": "1"})

    assert page.status_code == 422
    assert "must come before" in page.text
    assert 'value="2026-12-30"' in page.text
    assert queries.day(day.uuid).day == DATES[Step.APPLY]


@pytest.mark.parametrize("typed", ["", "soon", "1926-13-40", "0000-00-00"])
def test_what_is_no_day_is_said_at_the_field(client, authority, typed):
    day = day_of(factories.cycle(), Step.APPLY)

    page = factories.signed_in(client, authority).post(f"/national/rounds/days/{day.uuid}/preview", data={"day": typed, "version": "1"})

    assert page.status_code == 422
    assert "This is not a date" in page.text or "Fill this in" in page.text


def test_two_who_move_the_same_day_do_not_overrule_each_other_unseen(db, authority):
    cycle = factories.cycle()
    move(cycle, Step.APPLY, date(2026, 12, 3), authority)

    with pytest.raises(StaleEdit, match="It is now 3 December 2026."):
        move(cycle, Step.APPLY, date(2026, 12, 4), authority, version=1)


def test_a_hidden_round_tells_nobody(db, authority):
    cycle = factories.cycle(released_at=None)
    factories.application(factories.teacher(), cycle)

    move(cycle, Step.APPLY, date(2026, 12, 3), authority)

    assert told("round-day-changed") == []


def test_only_the_authority_keeps_rounds(db):
    cycle = factories.cycle()
    with pytest.raises(NotAllowed):
        move(cycle, Step.APPLY, date(2026, 12, 3), factories.teacher())


def test_another_year_begins_hidden_with_the_days_carried_on_and_once(registers, db, authority):
    made = services.begin(2029, actor=factories.acting(authority), at=MONDAY)

    assert not made.is_released(MONDAY)
    assert (made.dates_of(Strand.FURTHER).on(Step.APPLY), made.dates_of(Strand.FURTHER).on(Step.SPRING)) == (date(2029, 3, 1), date(2030, 3, 15))
    with pytest.raises(ThereAlready):
        services.begin(2029, actor=factories.acting(authority), at=MONDAY)


def test_a_round_is_let_out_with_every_hidden_rate_in_one_moment(registers, db, authority):
    rate = {
        "scheme": "stipend", "strand": Strand.FURTHER, "subjects": [], "state_percent": 0, "owner_percent": 0, "own_percent": 100, "stipend_kroner": 120_000,
        "valid_from": date(2027, 8, 1), "valid_to": None, "source": "The budget",
    }  # fmt: skip
    services.add_rate(rate, actor=factories.acting(authority), at=MONDAY)

    def stipend() -> int:
        return next(one for one in queries.schemes() if one.code == "stipend").rate(Strand.FURTHER, "norsk", date(2027, 8, 1)).stipend_oere

    before = stipend()
    services.release("2027", actor=factories.acting(authority), at=MONDAY)

    assert (before, stipend()) == (116_000_00, 120_000_00)
    assert "2027" in [one.code for one in queries.released(MONDAY)]
    with pytest.raises(OutAlready):
        services.release("2027", actor=factories.acting(authority), at=MONDAY)


def test_a_source_of_seats_is_let_out_with_the_next_round_and_stays_so_when_the_registers_are_loaded_again(registers, db, authority, client):
    kept = db.session.query(SeatSource).filter_by(code="bought-by-owner").one()
    db.session.add(SeatSource(code="from-a-fund", position=9, by_authority=False, name_nb="Betalt av et fond", source="test"))
    kept.released_at = None
    db.session.commit()
    visitor = factories.signed_in(client, authority)
    page, asked = visitor.get("/national/yearly").text, visitor.get("/national/rounds/2027/release").text
    services.release("2027", actor=factories.acting(authority), at=MONDAY)
    rounds.load()
    db.session.commit()

    assert ("Betalt av et fond" in page, page.count("Not yet")) == (True, 2)
    assert "2 hidden lines of what is yearly are let out in the same moment" in asked
    assert [one.is_offered(MONDAY.date()) for one in queries.seat_sources()] == [True] * 4
    assert not any(one.is_offered(MONDAY.date() - timedelta(days=1)) for one in queries.seat_sources() if one.code == "from-a-fund")


def test_a_rate_whose_shares_do_not_make_the_whole_is_refused_and_what_was_typed_kept(client, registers, authority):
    sent = {"scheme": "substitute", "strand": "further", "state_percent": "60", "owner_percent": "25", "own_percent": "25", "valid_from": "2027-08-01", "source": "The budget"}

    page = factories.signed_in(client, authority).post("/national/yearly/rates", data=sent)

    assert page.status_code == 422
    assert "The three shares must make 100 per cent." in page.text
    assert 'value="60"' in page.text


def test_a_criterion_gets_another_weight_from_a_day_on_that_nobody_sees_until_the_next_round_is_let_out(client, registers, authority, db):
    agreed = {"weight": "25", "agreed_by": "KS and the unions, 2026", "source": "Minutes", "valid_from": "2027-01-01"}
    visitor = factories.signed_in(client, authority)
    visitor.post("/national/yearly/criteria/refused-before", data=agreed)
    [made] = [one for one in queries.every_criterion() if one.kind == "refused-before" and one.code != "refused-before"]
    visitor.post(f"/national/yearly/criteria/{made.code}", data=agreed | {"weight": "20"})
    later = datetime(2027, 2, 1, tzinfo=UTC)

    def weight(on: date) -> int:
        return next(one.weight for one in queries.criteria(on, later) if one.kind == "refused-before")

    assert (made.weight, made.agreed_by, made.confirmed, made.released_at, weight(date(2027, 2, 1))) == (20, "KS and the unions, 2026", True, None, 10)
    assert "Not yet" in visitor.get("/national/yearly").text
    services.release("2027", actor=factories.acting(authority), at=factories.MONDAY)
    assert [weight(day) for day in (date(2026, 12, 31), date(2027, 1, 1))] == [10, 20], "what was is kept"
    assert len(queries.criteria(date(2027, 2, 1), later)) == 4


@pytest.mark.parametrize(("field", "value", "sentence"), [("valid_from", "2012-01-01", "It must hold from a later day"), ("valid_from", "", "Fill this in"), ("weight", "101", "Between 0 and 100.")])
def test_a_criterion_that_cannot_be_kept_comes_back_with_what_was_typed(client, registers, authority, field, value, sentence):
    typed = {"weight": "25", "agreed_by": "KS and the unions", "source": "Minutes", "valid_from": "2027-01-01", field: value}
    answer = factories.signed_in(client, authority).post("/national/yearly/criteria/refused-before", data=typed)

    assert (answer.status_code, sentence in answer.text, "KS and the unions" in answer.text) == (422, True, True)
    assert queries.criterion("refused-before").weight == 10


def test_everybody_reads_the_days_and_the_rates_of_a_round(client, registers):
    page = client.get("/rounds/2026").text

    assert "1 March 2026" in page
    assert "state 60 %, owner 15 %, own time 25 %" in page
    assert client.get("/rounds/2027").status_code == 404


@pytest.mark.parametrize("cases", [1, 3])
def test_counting_whom_a_day_concerns_asks_the_same_however_many(db, count_queries, cases):
    cycle = factories.cycle()
    for number in range(cases):
        factories.application(factories.teacher(name=f"Teacher {number}"), cycle)
    day = day_of(cycle, Step.APPLY)

    with count_queries() as seen:
        counted = affected.count(day, MONDAY.date())

    assert counted.sent == cases
    assert len([one for one in seen if one.startswith("SELECT")]) <= 3


def test_a_leap_day_is_carried_on_to_the_28th_and_all_other_days_keep_their_date():
    assert rules.a_year_on(date(2028, 2, 29)) == date(2029, 2, 28)
    every = [date(2027, 1, 1) + timedelta(days=days) for days in range(365)]
    assert [(one.month, one.day) for one in map(rules.a_year_on, every)] == [(one.month, one.day) for one in every]


def test_what_is_no_year_is_kept_as_it_was_typed(client, registers, authority):
    page = factories.signed_in(client, authority).post("/national/rounds", data={"study_year": "tomorrow"})

    assert page.status_code == 422
    assert 'value="tomorrow"' in page.text


def test_a_rate_for_nothing_known_is_refused(db, authority):
    with pytest.raises(BadInput):
        services.add_rate(
            {"scheme": "gold", "strand": Strand.FURTHER, "subjects": ["alchemy"], "state_percent": 0, "owner_percent": 0, "own_percent": 100, "stipend_kroner": 0,
             "valid_from": date(2027, 8, 1), "valid_to": date(2026, 8, 1), "source": "x"},
            actor=factories.acting(authority), at=MONDAY,
        )  # fmt: skip
