"""A mark is appealed once, in time, by who has it; the institution answers, and what comes of it is told and final."""

from datetime import date, timedelta

import pytest

from accounts.models import Event, Message
from config.errors import StepRefused
from enrolment.appeals import rules, services
from enrolment.appeals.lifecycle import AppealState
from enrolment.appeals.models import Appeal, AppealRule
from enrolment.results import services as results
from enrolment.results.values import Mark
from enrolment.seats import services as seats
from tests import factories as f
from tests.factories import MONDAY

LAST = MONDAY + timedelta(days=21)


@pytest.fixture
def run(db):
    db.session.add(AppealRule(days=21, valid_from=date(2005, 8, 1), source="test", confirmed=False))
    return f.offering(f.module(f.course(f.institution(), f.subject()), "MAT601", title="Tall"), **f.UNDER_WAY)


@pytest.fixture
def seat(run):
    """A seat of Lars's, who got a D."""
    made = seats.enrol(run.uuid, actor=f.acting(f.teacher()), at=MONDAY)
    results.record_results(run.uuid, {made.uuid: Mark.D}, actor=editor(run), at=MONDAY)
    return made


def editor(run):
    return f.acting(f.editor(run.module.institution))


def lars(seat):
    return f.acting(seat.person)


def send(seat, at=MONDAY) -> Appeal:
    return services.send(seat.uuid, "Oppgave 3 er rettet feil.", actor=lars(seat), at=at)


@pytest.mark.parametrize(("on", "days", "expected"), [(date(2026, 12, 14), 21, True), (date(2026, 12, 15), 21, False), (date(2030, 1, 1), None, True)])
def test_the_last_day_is_the_last_of_the_days_after_the_mark(on, days, expected):
    assert rules.in_time(on, recorded_on=date(2026, 11, 23), days=days) is expected


def test_the_time_ends_with_its_last_day_at_home(seat):
    with pytest.raises(services.TooLate):
        send(seat, LAST.replace(hour=23, minute=0))  # midnight in Oslo
    assert send(seat, LAST.replace(hour=22, minute=59)).state is AppealState.SENT


def test_an_appeal_is_sent_taken_in_hand_and_answered_with_another_mark(client, app, seat, run):
    f.signed_in(client, seat.person)
    page = client.get(f"/me/enrolments/{seat.uuid}").text
    sent = client.post(f"/me/enrolments/{seat.uuid}/appeal", data={"reason": "Oppgave 3 er rettet feil."}, follow_redirects=True)
    [appeal] = Appeal.query
    institution = f.signed_in(app.test_client(), f.editor(run.module.institution))
    listed = institution.get("/publish/appeals").text
    waiting = institution.get("/publish").text
    institution.post(f"/publish/appeals/{appeal.uuid}/in-hand")
    institution.post(f"/publish/appeals/{appeal.uuid}/answer", data={"mark": "B", "why": "Oppgave 3 er riktig."})
    after = client.get(f"/me/enrolments/{seat.uuid}").text

    assert ("Appeal the mark" in page, "until 14 December 2026" in page, "Appeal sent" in sent.text, "Lars Lærer" in listed) == (True,) * 4
    assert "1 appeal to answer" in waiting
    assert ("Mark changed" in after, "Oppgave 3 er riktig." in after, "from D to B." in after, "Appeal the mark" in after) == (True, True, True, False)
    assert [message.kind for message in Message.query.filter_by(person_id=seat.person_id).order_by(Message.id)] == ["result-recorded", "appeal-in-hand", "appeal-answered"]
    assert [event.event for event in Event.query.filter_by(kind="appeal").order_by(Event.id)] == ["send", "take in hand", "change the mark"]


def test_a_mark_that_is_kept_is_no_correction(seat, run):
    answered = services.answer(send(seat).uuid, Mark.D, "Rettingen står.", actor=editor(run), at=MONDAY)

    assert (answered.state, seat.result.mark, Event.query.filter_by(kind="result").count()) == (AppealState.KEPT, Mark.D, 1)


def test_a_mark_is_appealed_once_and_an_answer_is_final(seat, run):
    appeal = send(seat)
    with pytest.raises(services.AppealedAlready):
        send(seat)
    services.answer(appeal.uuid, Mark.C, "Ja.", actor=editor(run), at=MONDAY)
    with pytest.raises(services.AppealedAlready):
        send(seat)
    with pytest.raises(StepRefused):
        services.answer(appeal.uuid, Mark.A, "Ja.", actor=editor(run), at=MONDAY)
    with pytest.raises(StepRefused):
        services.withdraw(seat.uuid, actor=lars(seat), at=MONDAY)


def test_one_that_is_taken_back_can_be_sent_again(seat):
    first = send(seat)
    services.withdraw(seat.uuid, actor=lars(seat), at=MONDAY)

    assert (first.state, send(seat).state) == (AppealState.WITHDRAWN, AppealState.SENT)


@pytest.mark.parametrize(("sent", "field"), [({"mark": "G", "why": "x"}, "Mark"), ({"mark": "B", "why": ""}, "Answer"), ({"mark": "B", "why": "x" * 4001}, "Answer")])
def test_an_answer_that_is_not_whole_is_refused_with_what_was_typed(client, seat, run, sent, field):
    appeal = send(seat)
    f.signed_in(client, f.editor(run.module.institution))
    answer = client.post(f"/publish/appeals/{appeal.uuid}/answer", data=sent)

    assert (answer.status_code, "There is a problem" in answer.text, seat.result.mark) == (422, True, Mark.D)


def test_an_appeal_without_a_reason_is_not_sent(client, seat):
    f.signed_in(client, seat.person)

    assert (client.post(f"/me/enrolments/{seat.uuid}/appeal", data={"reason": " "}).status_code, Appeal.query.count()) == (422, 0)


def test_the_list_asks_the_database_as_often_however_many_appeals(client, run, count_queries):
    def appealed(name: str) -> None:
        made = seats.enrol(run.uuid, actor=f.acting(f.teacher(name=name)), at=MONDAY)
        results.record_results(run.uuid, {made.uuid: Mark.D}, actor=editor(run), at=MONDAY)
        send(made)

    f.signed_in(client, f.editor(run.module.institution))
    counts = []
    for names in (("Kari",), ("Ola", "Per", "Pål")):
        for name in names:
            appealed(name)
        client.get("/publish/appeals")
        with count_queries() as seen:
            client.get("/publish/appeals")
        counts.append(len(seen))

    assert counts[0] == counts[1]
