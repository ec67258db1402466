"""The queue after a round: who is next, who is passed over, packages, quotas, and that no place gets worse by itself."""

from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from accounts.models import Message
from catalog.values import Semester, Term
from config.clock import day_of, end_of
from config.database import db as database
from config.errors import BadInput, NotFound
from config.languages import in_language
from enrolment.allocation.values import QuotaKind
from enrolment.applications.lifecycle import Fellow
from enrolment.applications.models import ApplicationGroup, GroupFellow
from enrolment.applications.values import Together
from enrolment.awarding import queues
from enrolment.awarding.models import QueueDecision
from enrolment.awarding.services import queueing
from enrolment.quotas.models import Quota
from enrolment.seats import line, words
from enrolment.seats import queries as seat_queries
from enrolment.seats import services as seats
from enrolment.seats.errors import NotOpen, TooLate
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment, EnrolmentStep
from tests import factories as f
from tests.enrolment.awarding.conftest import LATER, TOLD


def mine(db, run, name):
    found = db.session.scalars(select(Enrolment).where(Enrolment.offering_id == run.id).order_by(Enrolment.id.desc()))
    return next(one for one in found if one.person.name == name)


def states(db, run):
    found = db.session.scalars(select(Enrolment).where(Enrolment.offering_id == run.id).order_by(Enrolment.ticket))
    return {one.person.name: one.state for one in found}


def answer(db, round_, run, name, do, at=LATER):
    one = mine(db, run, name)
    return do(one.uuid, actor=f.acting(one.person), at=at)


def test_a_declined_seat_goes_to_the_first_of_the_allocations_order_and_later_entrants_follow(db, round_):
    place = round_.run(1)
    for name in ("Anna", "Bo"):
        round_.case(name, [place])
    round_.made_known()
    late = f.teacher(name="Late")
    queueing.join(place.uuid, actor=f.acting(late), at=LATER)

    answer(db, round_, place, "Anna", seats.decline)

    assert states(db, place) == {"Anna": Seat.DECLINED, "Bo": Seat.OFFERED, "Late": Seat.WAITING}


def test_a_free_seat_is_offered_to_who_joins_at_once_but_never_past_the_queue(db, round_):
    place = round_.run(2)
    round_.case("Anna", [place])
    round_.made_known()

    queueing.join(place.uuid, actor=f.acting(f.teacher(name="First")), at=LATER)
    queueing.join(place.uuid, actor=f.acting(f.teacher(name="Second")), at=LATER)

    assert states(db, place) == {"Anna": Seat.OFFERED, "First": Seat.OFFERED, "Second": Seat.WAITING}


def test_one_cannot_join_before_the_round_is_made_known_nor_after_the_queue_closed(round_):
    place = round_.run(1)
    round_.case("Anna", [place])
    with pytest.raises(NotOpen):
        queueing.join(place.uuid, actor=f.acting(f.teacher(name="Early")), at=f.MONDAY)
    round_.made_known()

    with pytest.raises(NotOpen):
        queueing.join(place.uuid, actor=f.acting(f.teacher(name="Late")), at=TOLD + timedelta(days=10))


def test_a_seat_that_lapses_goes_on_and_an_answer_a_second_late_is_refused(db, round_):
    place = round_.run(1, starts_on=date(2027, 3, 1), queue_closes_on=date(2027, 2, 20))
    for name in ("Anna", "Bo"):
        round_.case(name, [place])
    round_.made_known()
    deadline = mine(db, place, "Anna").reply_by

    with pytest.raises(TooLate):
        answer(db, round_, place, "Anna", seats.accept, at=deadline)
    db.session.rollback()
    seats.tend(deadline)

    assert states(db, place) == {"Anna": Seat.LAPSED, "Bo": Seat.OFFERED}


def together(round_, *names, mode=Together.WHOLE):
    cases = [round_.cases[name] for name in names]
    fellows = [GroupFellow(person_id=one.person_id, application_id=one.id, state=Fellow.JOINED, invited_at=f.MONDAY) for one in cases]
    f._kept(ApplicationGroup(cycle_id=round_.cycle.id, strand=cases[0].strand, founder_id=cases[0].person_id, mode=mode, least=2, fellows=fellows))


def test_colleagues_who_want_all_or_nothing_wait_until_there_is_a_seat_for_each_and_lose_no_place(db, round_):
    place = round_.run(2)
    for name in ("Anna", "Bo", "Carl", "Dina", "Eli"):
        round_.case(name, [place])
    together(round_, "Carl", "Dina")
    round_.made_known()
    line = [name for name, state in states(db, place).items() if state is Seat.WAITING]
    assert (line[-1], set(line[:2])) == ("Eli", {"Carl", "Dina"})

    answer(db, round_, place, "Anna", seats.decline)
    assert states(db, place) == {"Anna": Seat.DECLINED, "Bo": Seat.OFFERED, "Carl": Seat.WAITING, "Dina": Seat.WAITING, "Eli": Seat.OFFERED}
    answer(db, round_, place, "Eli", seats.decline)
    assert [states(db, place)[name] for name in ("Carl", "Dina")] == [Seat.WAITING, Seat.WAITING], "never half of them"
    answer(db, round_, place, "Bo", seats.decline)

    assert [states(db, place)[name] for name in ("Carl", "Dina")] == [Seat.OFFERED, Seat.OFFERED]
    assert (place.seats_taken, place.waiting) == (2, 0)
    asked = db.session.scalars(select(Message).where(Message.kind == "seat-offered")).all()
    assert sorted(one.person_id for one in asked if one.person_id != mine(db, place, "Eli").person_id) == sorted(round_.cases[name].person_id for name in ("Carl", "Dina"))


def test_a_group_of_packages_is_offered_whole_or_not_at_all(db, round_):
    spring, autumn = round_.run(2), round_.run(2, module=1)
    for name in ("Anna", "Bo"):
        round_.case(name, [spring])
    round_.case("Half", [autumn])
    for name in ("Carl", "Dina"):
        round_.case(name, [spring, autumn])
    together(round_, "Carl", "Dina")
    round_.made_known()
    for name in ("Anna", "Bo"):
        answer(db, round_, spring, name, seats.decline)
    assert {states(db, run)[name] for run in (spring, autumn) for name in ("Carl", "Dina")} == {Seat.WAITING}

    answer(db, round_, autumn, "Half", seats.decline)

    assert {states(db, run)[name] for run in (spring, autumn) for name in ("Carl", "Dina")} == {Seat.OFFERED}
    assert [(run.seats_taken, run.waiting) for run in (spring, autumn)] == [(2, 0), (2, 0)]


def test_as_many_as_possible_are_offered_one_by_one(db, round_):
    place = round_.run(1)
    for name in ("Anna", "Carl", "Dina"):
        round_.case(name, [place])
    together(round_, "Carl", "Dina", mode=Together.MANY)
    round_.made_known()
    before = {name for name, state in states(db, place).items() if state is Seat.OFFERED}

    answer(db, round_, place, *before, seats.decline)

    assert len([state for state in states(db, place).values() if state is Seat.OFFERED]) == 1


def test_when_one_of_all_or_nothing_is_out_each_of_the_others_is_asked_with_three_days_to_answer(app, db, round_):
    place = round_.run(3)
    for name in ("Anna", "Bo", "Carl"):
        round_.case(name, [place])
    together(round_, "Anna", "Bo", "Carl")
    round_.made_known()
    answer(db, round_, place, "Anna", seats.accept)
    bo = mine(db, place, "Bo")
    last = bo.reply_by - timedelta(hours=1)

    answer(db, round_, place, "Carl", seats.decline, at=last)

    assert states(db, place) == {"Anna": Seat.PLACED, "Bo": Seat.OFFERED, "Carl": Seat.DECLINED}
    assert bo.reply_by == end_of(day_of(last) + timedelta(days=3))
    told = {one.person_id: one.facts for one in db.session.scalars(select(Message).where(Message.kind == "group-split"))}
    assert told.keys() == {round_.cases[name].person_id for name in ("Anna", "Bo")}
    with app.test_request_context(), in_language("en"):
        anna, other = (words.group_split(told[round_.cases[name].person_id]) for name in ("Anna", "Bo"))
    assert ("Your seat stands, and you can withdraw from it." in anna, "Your offer stands: answer by" in other) == (True, True)


def test_when_the_offers_of_all_lapse_at_once_nobody_is_asked_anew(db, round_):
    place = round_.run(2)
    for name in ("Anna", "Bo"):
        round_.case(name, [place])
    together(round_, "Anna", "Bo")
    round_.made_known()

    seats.tend(mine(db, place, "Bo").reply_by)

    assert set(states(db, place).values()) == {Seat.LAPSED}
    assert not db.session.scalars(select(Message).where(Message.kind == "group-split")).all()


def test_after_the_queue_has_closed_a_freed_seat_stays_free(db, round_):
    place = round_.run(1)
    for name in ("Anna", "Bo"):
        round_.case(name, [place])
    round_.made_known()
    answer(db, round_, place, "Anna", seats.accept)

    answer(db, round_, place, "Anna", seats.withdraw, at=TOLD + timedelta(days=12))

    assert states(db, place) == {"Anna": Seat.WITHDRAWN, "Bo": Seat.WAITING}


def test_who_takes_what_they_want_more_gives_up_what_they_wanted_less(db, round_):
    wanted, lesser = round_.run(1), round_.run(1, module=1)
    round_.case("Anna", [wanted])
    round_.case("Bo", [wanted], [lesser])
    round_.case("Cecilie", [lesser])
    round_.case("Dag", [lesser])
    round_.made_known()
    answer(db, round_, lesser, "Bo", seats.accept)
    answer(db, round_, wanted, "Anna", seats.decline)  # Bo is offered what he wants more
    assert states(db, wanted)["Bo"] is Seat.OFFERED

    answer(db, round_, wanted, "Bo", seats.accept)  # … and by taking it gives up the lesser

    assert states(db, wanted)["Bo"] is Seat.PLACED
    assert states(db, lesser) == {"Bo": Seat.WITHDRAWN, "Cecilie": Seat.OFFERED, "Dag": Seat.WAITING}


def test_one_in_two_queues_is_offered_only_the_higher_when_both_free(db, round_):
    wanted, lesser = round_.run(1), round_.run(1, module=1)
    round_.case("Anna", [wanted])
    round_.case("Bo", [lesser])
    round_.case("Cecilie", [wanted], [lesser])
    round_.case("Dag", [lesser])
    round_.made_known()
    answer(db, round_, wanted, "Anna", seats.decline)
    answer(db, round_, lesser, "Bo", seats.decline)

    assert (states(db, wanted)["Cecilie"], states(db, lesser)) == (Seat.OFFERED, {"Bo": Seat.DECLINED, "Cecilie": Seat.WAITING, "Dag": Seat.OFFERED})


def test_a_package_is_offered_accepted_and_declined_together(db, round_):
    autumn, spring = round_.run(1), round_.run(1, module=1)
    round_.case("Anna", [autumn, spring])
    round_.case("Bo", [autumn, spring])
    round_.made_known()

    answer(db, round_, autumn, "Anna", seats.decline)

    assert [states(db, run) for run in (autumn, spring)] == [{"Anna": Seat.DECLINED, "Bo": Seat.OFFERED}] * 2
    answer(db, round_, spring, "Bo", seats.accept)
    assert [states(db, run)["Bo"] for run in (autumn, spring)] == [Seat.PLACED, Seat.PLACED]
    assert [run.seats_taken for run in (autumn, spring)] == [1, 1]


def test_a_package_that_cannot_be_had_whole_is_passed_over(db, round_):
    autumn, spring = round_.run(1), round_.run(1, module=1)
    round_.case("Anna", [autumn])
    round_.case("Eva", [spring])
    round_.case("Bo", [autumn, spring])
    round_.case("Cecilie", [autumn])
    round_.made_known()

    answer(db, round_, autumn, "Anna", seats.decline)

    assert states(db, autumn) == {"Anna": Seat.DECLINED, "Bo": Seat.WAITING, "Cecilie": Seat.OFFERED}


def test_the_parts_are_answered_one_by_one_where_the_teacher_said_so(db, round_):
    autumn, spring = round_.run(1), round_.run(1, module=1)
    case = round_.case("Anna", [autumn, spring])
    case.choices[0].also_part = True
    db.session.commit()
    round_.made_known()

    answer(db, round_, autumn, "Anna", seats.accept)
    answer(db, round_, spring, "Anna", seats.decline)

    assert (states(db, autumn)["Anna"], states(db, spring)["Anna"]) == (Seat.PLACED, Seat.DECLINED)


def test_a_kept_seat_goes_to_nobody_else_before_it_is_released(db, round_):
    place = round_.run(2, starts_on=date(2027, 3, 1), queue_closes_on=date(2027, 2, 20))
    db.session.add(Quota(offering_id=place.id, kind=QuotaKind.OWNER, value="municipality:0301", seats=1, release_on=date(2027, 1, 20), position=1))
    db.session.commit()
    for name in ("Anna", "Bo"):
        round_.case(name, [place])
    round_.made_known()
    seats.tend(LATER)
    assert states(db, place) == {"Anna": Seat.OFFERED, "Bo": Seat.WAITING}

    seats.tend(TOLD + timedelta(days=10))  # released on the twentieth

    assert states(db, place)["Bo"] is Seat.OFFERED


def test_a_kept_seat_goes_past_the_line_to_whom_it_is_kept_for(db, round_):
    place = round_.run(2)
    there = f.owner(f.municipality("0301", "Oslo"))
    db.session.add(Quota(offering_id=place.id, kind=QuotaKind.OWNER, value=there.key, seats=1, position=1))
    db.session.commit()
    for name in ("Anna", "Bo"):
        round_.case(name, [place])
    round_.made_known()
    here = f.teacher(f.school(there, there.municipality, "Oslo skole"), name="Oslo")

    queueing.join(place.uuid, actor=f.acting(here), at=LATER)

    assert states(db, place) == {"Anna": Seat.OFFERED, "Bo": Seat.WAITING, "Oslo": Seat.OFFERED}


def test_a_line_of_whom_no_kept_seat_admits_is_gone_through_at_once(db, round_, count_queries):
    def asked(waiting: int) -> int:
        place = round_.run(1, module=waiting % 3)
        db.session.add(Quota(offering_id=place.id, kind=QuotaKind.OWNER, value="municipality:0301", seats=1, position=1))
        db.session.commit()
        for number in range(waiting):
            db.session.add(Enrolment(person_id=f.teacher(name=str(number)).id, offering_id=place.id, module_id=place.module_id, state=Seat.WAITING, ticket=number, entered_at=TOLD))
        place.waiting = waiting
        db.session.commit()
        with count_queries() as seen:
            assert line.following(place, TOLD.date()) is None
        return len(seen)

    assert asked(2) == asked(6)


def test_a_decision_moves_somebody_forward_and_tells_those_who_are_passed(db, round_):
    place = round_.run(1)
    for name in ("Anna", "Bo", "Cecilie", "Dag"):
        round_.case(name, [place])
    round_.made_known()
    line = [one.person.name for one in queues.line(place.id)]
    editor, last = f.editor(place.module.institution), queues.line(place.id)[-1]
    heard = db.session.scalars(select(Message).where(Message.kind == "queue-moved"))
    assert heard.all() == []

    queueing.move(place.uuid, last.uuid, 1, "The appeal was upheld.", actor=f.acting(editor), at=LATER)

    assert [one.person.name for one in queues.line(place.id)] == [line[2], line[0], line[1]]
    told = db.session.scalars(select(Message).where(Message.kind == "queue-moved"))
    assert len(told.all()) == 2
    [kept] = db.session.scalars(select(QueueDecision))
    assert (kept.from_place, kept.to_place, kept.why, kept.by_person_id) == (3, 1, "The appeal was upheld.", editor.id)


def test_nobody_is_moved_back_or_by_another_institution(round_):
    place = round_.run(1)
    for name in ("Anna", "Bo", "Cecilie"):
        round_.case(name, [place])
    round_.made_known()
    first = queues.line(place.id)[0]
    editor, stranger = f.editor(place.module.institution), f.editor(f.institution("UiB", "Universitetet i Bergen"))

    with pytest.raises(BadInput):
        queueing.move(place.uuid, first.uuid, 2, "Later.", actor=f.acting(editor), at=LATER)
    with pytest.raises(NotFound):
        queueing.move(place.uuid, first.uuid, 1, "Mine.", actor=f.acting(stranger), at=LATER)


def test_how_many_came_in_last_year_is_counted_from_their_steps(db, round_):
    place = round_.run(1)
    before = f.offering(round_.modules[0], seats=1, semester=Semester(2026, Term.SPRING))
    people = [f.teacher(name=name) for name in ("A", "B")]
    for person in people:
        seats.enrol(before.uuid, actor=f.acting(person), at=f.MONDAY)
    answer(db, round_, before, "A", seats.withdraw, at=f.MONDAY)
    answer(db, round_, before, "B", seats.accept, at=f.MONDAY)

    assert seat_queries.came_in_last_year([place.id]) == {place.id: 1}


def test_every_page_that_tells_a_place_in_line_tells_how_many_came_in_last_year(app, db, round_):
    place = round_.run(1)
    before = f.offering(round_.modules[0], seats=1, semester=Semester(2026, Term.SPRING))
    got = f.teacher(name="Before")
    db.session.add(Enrolment(person_id=f.teacher(name="First").id, offering_id=before.id, module_id=before.module_id, state=Seat.WITHDRAWN, ticket=1, entered_at=f.MONDAY))
    came = Enrolment(person_id=got.id, offering_id=before.id, module_id=before.module_id, state=Seat.COMPLETED, ticket=2, entered_at=f.MONDAY)
    came.steps.append(EnrolmentStep(at=f.MONDAY, event="offer", from_state=Seat.WAITING, to_state=Seat.OFFERED))
    db.session.add(came)
    for name in ("Anna", "Bo"):
        round_.case(name, [place])
    round_.made_known()
    bo, case = round_.cases["Bo"].person, round_.cases["Bo"].uuid
    own = mine(db, place, "Bo").uuid
    visitor = f.signed_in(app.test_client(), bo, at=LATER)

    pages = [f"/me/applications/{case}", f"/me/applications/{case}/seats", "/me/enrolments", f"/me/enrolments/{own}", f"/offerings/{place.uuid}"]
    told = {page: "You are number 1 of 1 on the waiting list." in (text := visitor.get(page).text) and "Last year 1 came in from the queue." in text for page in pages}

    assert told == dict.fromkeys(pages, True)


NUMBERS = count(1)
MOVES = st.lists(st.tuples(st.sampled_from(["decline", "withdraw", "accept", "join", "tend"]), st.integers(0, 9)), max_size=12)


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(MOVES)
def test_whatever_happens_no_place_in_line_gets_worse(app, moves):
    """Each example has a run of its own."""
    with app.app_context():
        course = f.course(f.institution(f"I{next(NUMBERS)}"), f.subject(f"s{next(NUMBERS)}"))
        place = f.offering(f.module(course), seats=2, starts_on=date(2027, 6, 1), queue_closes_on=date(2027, 5, 1))
        for number in range(6):
            seats.enrol(place.uuid, actor=f.acting(f.teacher(name=f"T{number}")), at=f.MONDAY)
        at, before = f.MONDAY, places(place)
        for move, number in moves:
            at += timedelta(days=1)
            _do(database, place, move, number, at)
            now = places(place)
            assert all(now[key] <= was for key, was in before.items() if key in now)
            before = now


def places(run) -> dict[int, int]:
    return {one.id: number for number, one in enumerate(queues.line(run.id), 1)}


def _do(db, place, move, number, at):
    if move == "tend":
        seats.tend(at)
    elif move == "join":
        seats.enrol(place.uuid, actor=f.acting(f.teacher(name="Late")), at=at)
    else:
        wanted = {"decline": (Seat.OFFERED,), "accept": (Seat.OFFERED,), "withdraw": (Seat.WAITING, Seat.PLACED)}[move]
        found = db.session.scalars(select(Enrolment).where(Enrolment.offering_id == place.id, Enrolment.state.in_(wanted)).order_by(Enrolment.id)).all()
        due = [one for one in found if one.reply_by is None or one.reply_by > at or move != "accept"]
        if due:
            one = due[number % len(due)]
            getattr(seats, move)(one.uuid, actor=f.acting(one.person), at=at)
