"""An allocation from the rows to the seats: dry runs, two approvals, laying, telling, and being stopped in the middle."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts.models import Event, Message
from catalog.values import Strand
from config.clock import end_of
from config.errors import Refusal, StepRefused
from enrolment.allocation.values import QuotaKind
from enrolment.applications.lifecycle import Case, Employer, Money
from enrolment.applications.models import CaseStep
from enrolment.awarding import gathering, results, writing
from enrolment.awarding.lifecycle import Run
from enrolment.awarding.models import AllocationRun, Outcome
from enrolment.awarding.services import publishing, running
from enrolment.quotas.models import Quota
from enrolment.seats import services as seats
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment
from tests import factories as f
from tests.enrolment.awarding.conftest import DECIDED, LATER, TOLD


def stand(db, run):
    """Who is where in a run: state, ticket and name, in the order of the tickets."""
    found = db.session.scalars(select(Enrolment).where(Enrolment.offering_id == run.id).order_by(Enrolment.ticket))
    return [(one.state, one.ticket, one.person.name) for one in found]


def counts(run):
    return run.seats_taken, run.waiting, run.next_ticket


def test_a_dry_run_tells_nobody_and_can_be_replayed_byte_by_byte(db, round_):
    round_.case("Anna", [round_.run(1)])

    made = round_.try_out()

    assert (made.state, made.counts["people"], made.counts["placed"], made.counts["breaches"]) == (Run.DRY, 1, 1, 0)
    assert running.replay(made.uuid)
    assert (db.session.scalars(select(Enrolment)).all(), db.session.scalars(select(Message)).all()) == ([], [])


def test_the_same_rows_and_seed_give_the_same_fingerprints(round_):
    place = round_.run(1)
    for name in ("Anna", "Bo", "Cecilie"):
        round_.case(name, [place])

    first, second, other = round_.try_out("lot-only"), round_.try_out("lot-only"), round_.try_out("lot-only", seed="another")

    assert (first.digest, first.result_digest) == (second.digest, second.result_digest)
    assert first.digest == other.digest
    assert first.result_digest != other.result_digest


def test_a_result_that_was_changed_is_seen_by_its_replay(db, round_):
    round_.case("Anna", [round_.run(1)])
    made = round_.try_out()
    document = results.read(made.result)
    document["people"][0]["choice"] = None
    made.result = results.packed(json.dumps(document).encode())
    db.session.commit()

    assert not running.replay(made.uuid)


def test_only_those_whose_owner_approved_take_part(round_):
    place = round_.run(3)
    round_.case("Approved", [place])
    round_.case("Refused", [place], employer=Employer.REFUSED, rank=None)
    round_.case("Withdrawn", [place], state=Case.WITHDRAWN, rank=None)

    assert round_.try_out().counts["people"] == 1


def test_one_person_cannot_approve_twice_and_one_approval_is_not_enough(round_):
    round_.case("Anna", [round_.run(1)])
    made = round_.try_out()
    running.approve(made.uuid, actor=f.acting(round_.authority), at=DECIDED)

    with pytest.raises(running.ApprovedAlready):
        running.approve(made.uuid, actor=f.acting(round_.authority), at=DECIDED)
    with pytest.raises(Refusal, match="Two people"):
        running.set_time(made.uuid, TOLD, actor=f.acting(round_.authority), at=DECIDED)


def test_a_run_that_breaks_its_promises_cannot_be_approved(db, round_):
    round_.case("Anna", [round_.run(1)])
    made = round_.try_out()
    made.counts = made.counts | {"passed_over": 1}
    db.session.commit()

    with pytest.raises(Refusal, match="faults"):
        running.approve(made.uuid, actor=f.acting(round_.authority), at=DECIDED)


def test_seats_are_offered_and_the_queue_stands_in_the_order_of_the_allocation(db, round_):
    place = round_.run(2)
    for name in ("Anna", "Bo", "Cecilie", "Dag", "Eli", "Finn", "Geir"):
        round_.case(name, [place])
    expected = results.read(round_.approved().result)["queues"][str(place.uuid)]

    publishing.make_known(TOLD)

    names = {str(case.uuid): name for name, case in round_.cases.items()}
    laid = stand(db, place)
    assert [(state, ticket) for state, ticket, _name in laid] == [(Seat.OFFERED, 1), (Seat.OFFERED, 2), *((Seat.WAITING, ticket) for ticket in range(3, 8))]
    assert [name for state, _ticket, name in laid if state is Seat.WAITING] == [names[key] for key in expected]
    assert counts(place) == (2, 5, 8)


def test_nothing_is_made_known_before_its_time(db, round_):
    place = round_.run(1)
    round_.case("Anna", [place])
    round_.approved()

    assert publishing.make_known(TOLD - timedelta(seconds=1)) == 0
    assert stand(db, place) == []


def test_money_goes_only_to_those_whom_the_funding_check_lets_have_it(app, db, round_):
    place = round_.run(4)
    for name, money in (("May", Money.ELIGIBLE), ("Not", Money.NOT_ELIGIBLE), ("Unknown", Money.OPEN)):
        round_.case(name, [place], money=money)
    away = round_.case("Away", [], money=Money.NOT_ELIGIBLE)
    own = f.scheme("owner", f.SchemeKind.OWNER, (0, 75, 25))
    round_.case("Owned", [place], scheme_id=own.id)
    round_.made_known(rules="2023-24", grants=9)

    outcomes = {one.application.person.name: one for one in db.session.scalars(select(Outcome))}
    assert {name: one.money for name, one in outcomes.items()} == {"May": True, "Not": False, "Unknown": False, "Away": False, "Owned": False}
    assert [round_.cases[name].money for name in ("May", "Not", "Unknown")] == [Money.FUNDED, Money.NOT_ELIGIBLE, Money.OPEN]
    assert (outcomes["Away"].choice, outcomes["Not"].choice) == (None, 1), "a seat may be had without money, a study elsewhere is nothing else"
    page = f.signed_in(app.test_client(), away.person, at=LATER).get(f"/me/applications/{away.uuid}/seats").text
    assert "a study elsewhere is money alone, so nothing was given." in page and "Money granted" not in page


def test_making_known_again_changes_nothing(db, round_):
    place = round_.run(1)
    round_.case("Anna", [place])
    round_.case("Bo", [place])
    made = round_.made_known()

    assert publishing.make_known(LATER) == 0
    assert (made.state, len(stand(db, place)), len(db.session.scalars(select(Message)).all())) == (Run.PUBLISHED, 2, 2)


def test_each_is_told_once_with_the_day_to_answer_and_the_money(db, round_):
    place = round_.run(1)
    seat, line = round_.case("Anna", [place]), round_.case("Bo", [place])
    round_.made_known()

    told = {one.person_id: one for one in db.session.scalars(select(Message))}
    [offered] = [one for one in db.session.scalars(select(Enrolment)) if one.state is Seat.OFFERED]

    assert offered.reply_by.isoformat() == "2027-01-18T23:00:00+00:00"  # the round's day for answers ends at midnight at home
    assert (told[seat.person_id].kind, told[line.person_id].kind) == ("allocation-seat", "allocation-waiting")
    assert told[seat.person_id].facts["reply_by"] == offered.reply_by.isoformat()
    assert (seat.money, line.money) == (Money.FUNDED, Money.UNFUNDED)
    assert [(one.track, one.event) for one in seat.steps] == [("money", "fund"), ("seat", "seat")]
    assert seat.choices[0].runs[0].enrolment is offered


def test_a_package_is_offered_whole(db, round_):
    autumn, spring = round_.run(1), round_.run(1, module=1)
    round_.case("Anna", [autumn, spring])
    round_.case("Bo", [autumn, spring])
    round_.made_known()

    assert [[state for state, _ticket, _name in stand(db, run)] for run in (autumn, spring)] == [[Seat.OFFERED, Seat.WAITING]] * 2


def test_one_who_withdrew_meanwhile_is_given_nothing_and_their_seat_goes_to_the_next(db, round_):
    place = round_.run(1)
    gone = round_.case("Anna", [place])
    round_.case("Bo", [place])
    round_.approved()
    gone.state = Case.WITHDRAWN
    db.session.commit()

    publishing.make_known(TOLD)
    seats.tend(TOLD)

    assert [(state, name) for state, _ticket, name in stand(db, place)] == [(Seat.OFFERED, "Bo")]


def test_one_who_withdrew_meanwhile_is_told_of_no_money_and_no_queue(db, round_):
    """Got a study elsewhere, or nothing: what they are told is that they have withdrawn."""
    elsewhere, nothing = round_.case("Anna", []), round_.case("Bo", [round_.run(0)])
    made = round_.approved()
    elsewhere.state, nothing.state = Case.WITHDRAWN, Case.WITHDRAWN
    db.session.commit()

    publishing.make_known(TOLD)

    outcomes = db.session.scalars(select(Outcome).where(Outcome.run_id == made.id).order_by(Outcome.id)).all()
    assert [(one.choice, one.money, one.line["left_out"]) for one in outcomes] == [(None, False, "withdrawn")] * 2
    assert {one.kind for one in db.session.scalars(select(Message))} == {"allocation-none"}


def test_of_two_approved_runs_the_first_is_made_known_and_the_other_gives_way(db, round_):
    place = round_.run(1)
    round_.case("Anna", [place])
    first, second = round_.approved(), round_.approved(seed="another")

    publishing.make_known(TOLD)

    assert [(one.state, one.publish_at) for one in (first, second)] == [(Run.PUBLISHED, TOLD), (Run.APPROVED, None)]
    assert publishing.make_known(LATER) == 0


def test_where_seats_were_lost_meanwhile_nothing_is_made_known_and_the_page_says_so(db, round_):
    place = round_.run(2)
    round_.case("Anna", [place])
    round_.case("Bo", [place])
    made = round_.approved()
    place.seats = 1
    db.session.commit()

    publishing.make_known(TOLD)

    assert (made.state, made.publish_at, made.halted, stand(db, place)) == (Run.APPROVED, None, str(place.uuid), [])


def test_who_holds_another_run_of_the_module_stands_first_in_line(db, round_):
    place, other = round_.run(1), f.offering(round_.modules[0], seats=5)
    case = round_.case("Anna", [place])
    seats.enrol(other.uuid, actor=f.acting(case.person), at=f.MONDAY)
    round_.made_known()

    assert [(state, name) for state, _ticket, name in stand(db, place)] == [(Seat.WAITING, "Anna")]
    assert place.seats_taken == 0


def test_who_gets_no_offer_yet_is_told_that_they_stand_in_line_and_not_of_a_study_elsewhere(db, round_):
    place, other = round_.run(1), f.offering(round_.modules[0], seats=5)
    case = round_.case("Anna", [place])
    seats.enrol(other.uuid, actor=f.acting(case.person), at=f.MONDAY)
    round_.made_known()

    assert db.session.scalars(select(Message.kind).where(Message.kind.startswith("allocation-"))).all() == ["allocation-waiting"]


def test_an_offer_is_answered_three_days_before_the_first_of_the_package_starts_and_is_not_made_when_it_is_too_late(db, round_):
    soon, later = round_.run(1, starts_on=(TOLD + timedelta(days=8)).date()), round_.run(1, module=1)
    tomorrow = round_.run(1, module=2, starts_on=(TOLD + timedelta(days=4)).date())
    package, late = round_.case("Anna", [soon, later]), round_.case("Bo", [tomorrow])
    round_.made_known()

    parts = [run.enrolment for run in package.choices[0].runs]
    assert [(one.state, one.reply_by) for one in parts] == [(Seat.OFFERED, end_of((TOLD + timedelta(days=5)).date()))] * 2, "one day for the whole package"
    assert (late.choices[0].runs[0].enrolment.state, tomorrow.seats_taken, tomorrow.waiting) == (Seat.WAITING, 0, 1)


def test_a_seat_of_a_quota_is_marked_with_it(db, round_):
    place = round_.run(2)
    quota = Quota(offering_id=place.id, kind=QuotaKind.OWNER, value="municipality:1103", seats=1, position=1)
    db.session.add(quota)
    db.session.commit()
    round_.case("Anna", [place])
    round_.case("Bo", [place])
    round_.made_known()

    held = db.session.scalars(select(Enrolment).order_by(Enrolment.ticket)).all()
    assert sorted(str(one.quota_id) for one in held) == sorted([str(quota.id), "None"])


def test_stopped_between_two_batches_it_goes_on_and_tells_nobody_twice(db, round_, monkeypatch):
    place = round_.run(2)
    for number in range(7):
        round_.case(f"Teacher {number}", [place])
    round_.approved()
    monkeypatch.setattr(publishing, "BATCH", 3)
    tell, told = publishing._tell, []

    def stops(outcome, at):
        told.append(outcome.id)
        if len(told) == 5:
            raise KeyboardInterrupt
        tell(outcome, at)

    monkeypatch.setattr(publishing, "_tell", stops)
    with pytest.raises(KeyboardInterrupt):
        publishing.make_known(TOLD)
    db.session.rollback()
    assert len(db.session.scalars(select(Outcome).where(Outcome.told_at.is_not(None))).all()) == 3

    monkeypatch.setattr(publishing, "_tell", tell)
    publishing.make_known(LATER)

    assert len(db.session.scalars(select(Message)).all()) == 7
    assert sorted(state for state, _ticket, _name in stand(db, place)) == [Seat.OFFERED] * 2 + [Seat.WAITING] * 5
    assert db.session.scalar(select(AllocationRun)).state is Run.PUBLISHED


def test_stopped_while_seats_are_laid_nothing_is_there_and_the_next_round_lays_them(db, round_, monkeypatch):
    place = round_.run(1)
    round_.case("Anna", [place])
    round_.approved()
    written = writing.write_outcomes
    monkeypatch.setattr(writing, "write_outcomes", lambda *_known: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        publishing.make_known(TOLD)
    db.session.rollback()
    assert stand(db, place) == []

    monkeypatch.setattr(writing, "write_outcomes", written)
    publishing.make_known(LATER)

    assert [state for state, _ticket, _name in stand(db, place)] == [Seat.OFFERED]


def test_what_is_made_known_is_not_taken_back_and_no_other_run_follows(round_):
    round_.case("Anna", [round_.run(1)])
    made = round_.made_known()

    with pytest.raises(StepRefused):
        running.take_back(made.uuid, actor=f.acting(round_.authority), at=LATER)
    with pytest.raises(running.MadeKnownAlready):
        round_.try_out(at=LATER)


def test_every_step_of_a_run_is_an_event(db, round_):
    round_.case("Anna", [round_.run(1)])
    made = round_.made_known()

    events = db.session.scalars(select(Event).where(Event.subject_uuid == made.uuid).order_by(Event.id))
    assert [one.event for one in events] == ["try", "approve", "approve", "set time", "lay", "finish"]


def test_the_difference_tells_who_gains_and_who_loses(round_):
    place = round_.run(1)
    anna, bo = round_.case("Anna", [place]), round_.case("Bo", [place])
    before = round_.try_out()
    anna.rank, bo.rank = None, None
    bo.rank = 1
    after = round_.try_out()

    changed = results.difference(results.read(before.result), results.read(after.result))

    assert [(one.key, one.before, one.after, one.gains) for one in changed] == [(str(bo.uuid), None, 1, True), (str(anna.uuid), 1, None, False)]


def test_the_number_of_selects_does_not_grow_with_the_applicants(db, round_, count_queries):
    place = round_.run(9)

    def asked() -> int:
        db.session.expire_all()
        with count_queries() as queries_of_one:
            gathering.gather(round_.cycle, Strand.FURTHER, DECIDED.date())
        return len(queries_of_one)

    round_.case("Anna", [place])
    few = asked()
    for name in ("Bo", "Cecilie"):
        round_.case(name, [place])

    assert asked() == few


def test_steps_of_seats_stand_on_the_timeline_of_the_case(db, round_):
    place = round_.run(1)
    case = round_.case("Anna", [place])
    round_.made_known()
    mine = case.choices[0].runs[0].enrolment

    seats.decline(mine.uuid, actor=f.acting(case.person), at=LATER)

    lines = db.session.scalars(select(CaseStep).where(CaseStep.application_id == case.id).order_by(CaseStep.id)).all()
    assert (lines[-1].event, lines[-1].facts) == ("decline", {"choice": 1})
