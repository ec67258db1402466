"""Deciding, cancelling and joining: who is told of what, that nobody is told twice, and that no run is filled beyond its seats."""

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from accounts.models import Event, Message
from accounts.wording import sentence_of
from catalog.offers.lifecycle import Run
from config.errors import NotFound, Refusal
from enrolment.gonogo import consequences, queries, services
from enrolment.gonogo.models import Alternative, StartDecision
from enrolment.gonogo.services import ChangedMeanwhile, NoRoom
from enrolment.gonogo.values import Reach, Seen
from enrolment.seats import services as seats
from enrolment.seats.lifecycle import ACTIVE, Seat
from enrolment.seats.models import Enrolment
from tests import factories as f
from tests.enrolment.gonogo.conftest import LATER
from tests.factories import MONDAY

TODAY = date(2026, 11, 23)


def seen(run) -> Seen:
    return consequences.seen(consequences.of_cancelling(run, TODAY))


def states(db, run) -> list[Seat]:
    return list(db.session.scalars(select(Enrolment.state).where(Enrolment.offering_id == run.id).order_by(Enrolment.ticket)))


def messages(db) -> list[tuple[str, str]]:
    """(who, kind) of all messages."""
    return sorted((db.session.get(f.Person, row.person_id).name, row.kind) for row in db.session.scalars(select(Message)))


def count(db, model) -> int:
    return db.session.scalar(select(func.count()).select_from(model))


def test_a_run_is_at_risk_from_28_days_before_while_it_lacks_participants(office):
    lacking = office.run()
    office.run(starts_on=date(2026, 12, 22))
    enough = office.run(minimum=1)
    office.run(state=Run.DRAFT)
    office.join(enough, "Kari")

    found = consequences.radar(office.institution.organisation_id, TODAY)

    assert ([run.id for run in found.lacking], [run.id for run in found.enough]) == ([lacking.id], [enough.id])
    assert queries.lacking(office.institution.organisation_id, TODAY) == 1


def test_another_institutions_runs_are_not_ones_own(office):
    office.run(f.module(f.course(f.institution("NORD", "Nord"))))

    assert consequences.radar(office.institution.organisation_id, TODAY).lacking == []


def test_deciding_twice_is_one_decision(db, office):
    run = office.run()

    services.decide_to_start(run.uuid, actor=office.editor, at=MONDAY)
    services.decide_to_start(run.uuid, actor=office.editor, at=MONDAY)

    assert count(db, StartDecision) == 1
    assert db.session.scalars(select(Event.event).where(Event.subject_uuid == run.uuid)).all() == ["decide-to-start"]
    assert queries.lacking(office.institution.organisation_id, TODAY) == 0


def test_a_draft_cannot_be_decided_on(office):
    with pytest.raises(Refusal, match="Only a published run"):
        services.decide_to_start(office.run(state=Run.DRAFT).uuid, actor=office.editor, at=MONDAY)


def test_each_person_sees_the_runs_within_their_reach_with_free_seats(db, office):
    run, other = office.run(), f.module(office.module.course, "MAT2")
    online = office.run(other, delivery="online", municipality_id=None, starts_on=LATER)
    same = office.run(starts_on=LATER, semester=f.AUTUMN)
    office.run(other, seats=0, minimum=0, starts_on=LATER)
    office.run(f.module(f.course(office.institution), "ELSE"), starts_on=LATER)
    office.join(run, "Anna near")
    office.join(run, "Bjarne far", at=office.far)

    near, far = consequences.of_cancelling(run, TODAY)

    assert [(option.run.id, option.reach) for option in near.options] == [(same.id, Reach.REGION), (online.id, Reach.DISTANCE)]
    assert [(option.run.id, option.reach) for option in far.options] == [(online.id, Reach.DISTANCE)]


def test_what_somebody_has_taken_already_is_not_offered(office):
    run, other = office.run(), f.module(office.module.course, "MAT2")
    second = office.run(other, starts_on=LATER)
    (anna,) = office.join(run, "Anna")
    seats.enrol(second.uuid, actor=f.acting(anna.person), at=MONDAY)

    (one,) = consequences.of_cancelling(run, TODAY)

    assert one.options == ()


def test_cancelling_lets_everybody_go_with_one_message_that_names_what_was_chosen(db, office):
    run, same = office.run(seats=1, minimum=1), office.run(starts_on=LATER)
    anna, bjarne = office.join(run, "Anna", "Bjarne")

    done = services.cancel(run.uuid, "Too few.", seen(run), {anna.uuid: [same.uuid]}, actor=office.editor, at=MONDAY)

    assert (done, run.state, run.seats_taken, run.waiting) == (True, Run.CANCELLED, 0, 0)
    assert states(db, run) == [Seat.WITHDRAWN, Seat.WITHDRAWN]
    assert messages(db) == [("Anna", "offering-cancelled"), ("Bjarne", "offering-cancelled")]
    told = {row.person_id: sentence_of(row) for row in db.session.scalars(select(Message))}
    assert told[anna.person_id] == (
        "Module MAT1 has been cancelled: Too few. What you can take instead, with free seats today: Module MAT1, spring 2027, HVL."
    )
    assert told[bjarne.person_id] == "Module MAT1 has been cancelled: Too few."
    assert [(row.enrolment_id, row.offering_id) for row in db.session.scalars(select(Alternative))] == [(anna.id, same.id)]


def test_cancelling_twice_tells_nobody_again(db, office):
    run = office.run()
    office.join(run, "Anna")
    before = seen(run)
    services.cancel(run.uuid, "Too few.", before, {}, actor=office.editor, at=MONDAY)

    again = services.cancel(run.uuid, "Too few.", before, {}, actor=office.editor, at=MONDAY)

    assert (again, count(db, Message)) == (False, 1)


def test_nothing_is_done_where_somebody_has_come_since(db, office):
    run = office.run()
    office.join(run, "Anna")
    before = seen(run)
    (late,) = office.join(run, "Late")

    with pytest.raises(ChangedMeanwhile) as refusal:
        services.cancel(run.uuid, "Too few.", before, {}, actor=office.editor, at=MONDAY)

    assert refusal.value.changed.came == (str(late.uuid),)
    assert (run.state, count(db, Message)) == (Run.PUBLISHED, 0)


def test_what_is_out_of_reach_cannot_be_chosen(db, office):
    run, far_away = office.run(), office.run(starts_on=LATER)
    (bjarne,) = office.join(run, "Bjarne", at=office.far)

    services.cancel(run.uuid, "Too few.", seen(run), {bjarne.uuid: [far_away.uuid, uuid4()]}, actor=office.editor, at=MONDAY)

    assert count(db, Alternative) == 0


def test_another_institutions_run_does_not_exist(office):
    stranger = office.run(f.module(f.course(f.institution("NORD", "Nord"))))

    with pytest.raises(NotFound):
        services.cancel(stranger.uuid, "Mine.", Seen({}), {}, actor=office.editor, at=MONDAY)
    with pytest.raises(NotFound):
        services.join(stranger.uuid, office.run().uuid, "Mine.", Seen({}), actor=office.editor, at=MONDAY)


def joined(office, source, target):
    return services.join(source.uuid, target.uuid, "Better together.", seen_people(source), actor=office.editor, at=MONDAY)


def seen_people(run) -> Seen:
    return Seen(seen(run).people)


def test_joining_moves_everybody_in_the_order_of_their_tickets_with_one_message(db, office):
    source, target = office.run(seats=2), office.run(seats=5, starts_on=LATER)
    office.join(target, "There")
    office.join(source, "Anna", "Bjarne", "Waits")

    assert joined(office, source, target) == 3

    assert (source.state, source.seats_taken, source.waiting) == (Run.CANCELLED, 0, 0)
    db.session.refresh(target)
    assert (target.seats_taken, target.waiting, target.next_ticket) == (4, 0, 5)
    moved = db.session.scalars(select(Enrolment).where(Enrolment.offering_id == target.id).order_by(Enrolment.ticket)).all()
    assert [(one.person.name, one.state, one.ticket) for one in moved] == [
        ("There", Seat.PLACED, 1), ("Anna", Seat.PLACED, 2), ("Bjarne", Seat.PLACED, 3), ("Waits", Seat.PLACED, 4),
    ]  # fmt: skip
    assert messages(db) == [("Anna", "offering-merged"), ("Bjarne", "offering-merged"), ("Waits", "offering-merged")]
    assert [(name, run.id) for name, _runs, run in queries.ended_with(source)] == [("Anna", target.id), ("Bjarne", target.id), ("Waits", target.id)]


def test_joining_twice_moves_nobody_again(db, office):
    source, target = office.run(), office.run(starts_on=LATER)
    office.join(source, "Anna")
    joined(office, source, target)

    assert services.join(source.uuid, target.uuid, "Again.", Seen({}), actor=office.editor, at=MONDAY) is None
    assert count(db, Message) == 1


def test_all_are_moved_or_nobody_is(db, office):
    source, target = office.run(), office.run(seats=2, minimum=1, starts_on=LATER)
    office.join(target, "There")
    office.join(source, "Anna", "Bjarne")

    with pytest.raises(NoRoom):
        joined(office, source, target)

    assert (states(db, source), states(db, target), count(db, Message)) == ([Seat.PLACED] * 2, [Seat.PLACED], 0)
    assert source.state is Run.PUBLISHED


def test_an_offer_stays_an_offer_with_its_last_day(db, office):
    source, target = office.run(seats=1, minimum=1, starts_on=LATER, queue_closes_on=LATER), office.run(starts_on=LATER)
    holder, waits = office.join(source, "Holder", "Waits")
    seats.withdraw(holder.uuid, actor=f.acting(holder.person), at=MONDAY)
    reply_by = waits.reply_by

    joined(office, source, target)

    moved = db.session.scalars(select(Enrolment).where(Enrolment.offering_id == target.id)).one()
    assert (waits.state, moved.state, moved.reply_by) == (Seat.LAPSED, Seat.OFFERED, reply_by)


def test_who_is_in_the_other_run_already_is_let_go_and_told_once(db, office):
    source, target = office.run(seats=1, minimum=1), office.run(starts_on=LATER)
    _holder, waits = office.join(source, "Holder", "Waits")
    seats.enrol(target.uuid, actor=f.acting(waits.person), at=MONDAY)

    assert joined(office, source, target) == 1

    assert messages(db) == [("Holder", "offering-merged"), ("Waits", "offering-cancelled")]
    active = db.session.scalars(select(Enrolment.offering_id).where(Enrolment.person_id == waits.person_id, Enrolment.state.in_(ACTIVE)))
    assert active.all() == [target.id]


def test_only_runs_of_one_module_in_one_semester_are_joined(office):
    run = office.run()
    for other in (office.run(f.module(office.module.course, "MAT2")), office.run(semester=f.AUTUMN), run):
        with pytest.raises(Refusal, match="same module"):
            services.join(run.uuid, other.uuid, "No.", Seen({}), actor=office.editor, at=MONDAY)


def test_a_merger_is_suggested_with_how_many_are_within_reach(office):
    source, target = office.run(), office.run(minimum=2, starts_on=LATER)
    office.join(source, "Anna")
    office.join(source, "Bjarne", at=office.far)
    office.join(target, "C", "D", "E")

    (joining,) = consequences.radar(office.institution.organisation_id, TODAY).joinings

    assert (joining.source.id, joining.target.id, joining.pair.people, joining.reachable) == (source.id, target.id, 2, 1)
