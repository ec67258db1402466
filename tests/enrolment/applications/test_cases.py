"""An application from its beginning until it is taken back, and what goes wrong on the way."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import Event, Message
from catalog.offers.lifecycle import Run
from catalog.values import EnrolmentMode, Semester, Strand
from config.clock import end_of
from config.errors import BadInput, NotFound
from enrolment.applications import changing, facts, timeline
from enrolment.applications.errors import DecidedAlready, NoRoomForChoice, NotComplete, RoundClosed
from enrolment.applications.facts import Lack
from enrolment.applications.lifecycle import Case, Employer, Money
from enrolment.applications.models import Application
from enrolment.applications.services import cases, choices
from enrolment.applications.values import Reason, Track
from enrolment.progress.queries import teacher_of
from enrolment.rounds.values import Step
from enrolment.schools.models import Teacher
from tests import factories as f
from tests.enrolment.applications.conftest import package_of

LAST_SECOND = datetime(2026, 12, 1, 22, 59, 59, tzinfo=UTC)


def order(case) -> list[str]:
    """The courses chosen, by their numbers."""
    return [one.runs[0].offering.module.course.title for one in sorted(case.ranked_choices, key=lambda one: one.position)]


def events(case, track=None) -> list[str]:
    return [step.event for step in case.steps if track in (None, step.track)]


# Beginning and filling in


def test_it_is_begun_with_what_is_known_and_once(world, db):
    case = world.begin()
    again = world.begin()

    assert case.id == again.id
    assert (case.school_id, case.owner_id, case.state) == (world.school.organisation_id, world.school.owner_id, Case.DRAFT)


def test_from_the_page_of_runs_their_round_is_found_and_each_course_is_a_choice(world):
    runs = [run.uuid for package in world.packages for run in package]

    case = world.begin(cycle=None, strand=None, runs=runs)
    again = world.begin(cycle=None, strand=None, runs=runs)

    assert order(case) == ["Matematikk 1", "Matematikk 2"]
    assert [[run.offering_id for run in one.runs] for one in again.ranked_choices] == [[run.id for run in package] for package in world.packages]


@pytest.mark.parametrize("facts_of_run", [{"mode": EnrolmentMode.DIRECT}, {"state": Run.CANCELLED}, {"state": Run.DRAFT}, {"semester": f.AUTUMN}], ids=str)
def test_a_run_that_is_not_of_the_round_cannot_be_applied_for(world, facts_of_run):
    other = f.offering(f.module(world.course), **({"mode": EnrolmentMode.ROUND} | facts_of_run))

    with pytest.raises(NotFound):
        world.begin(cycle=None, strand=None, runs=[other.uuid])


def test_what_is_missing_is_named_part_by_part(world):
    case = world.begin(runs=[run.uuid for run in world.packages[0]])

    assert [gap.lack for gap in facts.gaps(case, teacher_of(world.teacher.id))] == [Lack.NO_SCHEME, Lack.NOT_ANSWERED, Lack.NOT_TALKED]
    with pytest.raises(NotComplete, match="Choice 1: say how it is paid. Answer the questions about money. Talk with your head first."):
        cases.send(case.uuid, actor=world.actor, at=f.MONDAY)


def test_five_choices_and_no_more(world):
    case = world.begin()
    for number in range(4):
        world.packages.append(package_of(f.course(world.course.institution, world.course.subject, f"Course {number}")))
    for number in range(5):
        world.choose(case, number)

    with pytest.raises(NoRoomForChoice):
        choices.add_package(case.uuid, [run.uuid for run in world.packages[5]], actor=world.actor, at=f.MONDAY)


def test_runs_of_two_courses_are_no_package(world):
    case = world.begin()

    with pytest.raises(BadInput, match="belong to one course"):
        choices.add_package(case.uuid, [world.packages[0][0].uuid, world.packages[1][0].uuid], actor=world.actor, at=f.MONDAY)


def test_a_study_elsewhere_is_money_and_no_seat_and_is_added_once(world):
    case = world.begin()
    known = {"institution": "NTNU", "title": "Didaktikk", "credits": 15, "subject": "matematikk", "link": None, "scheme": "stipend", "semester": Semester.from_code("2027v"), "semesters": 2}

    first = choices.add_elsewhere(case.uuid, **known, actor=world.actor, at=f.MONDAY)
    second = choices.add_elsewhere(case.uuid, **known, actor=world.actor, at=f.MONDAY)

    assert first is second
    assert (first.runs, first.scheme.code, first.position, first.semester.code, first.semesters) == ([], "stipend", 1, "2027v", 2)


def test_a_study_elsewhere_begins_in_the_study_year_of_its_round(world):
    case = world.begin()
    known = {"institution": "NTNU", "title": "Didaktikk", "credits": 15, "subject": "matematikk", "link": None, "scheme": "stipend"}

    with pytest.raises(BadInput, match="2026/2027"):
        choices.add_elsewhere(case.uuid, **known, semester=Semester.from_code("2027h"), semesters=1, actor=world.actor, at=f.MONDAY)


def test_a_scheme_that_the_round_does_not_know_is_refused(world):
    case = world.begin()
    chosen = world.choose(case, 0)

    with pytest.raises(BadInput, match="how the study is paid"):
        choices.change(case.uuid, chosen.uuid, runs=[world.packages[0][0].uuid], scheme="lottery", also_part=False, actor=world.actor, at=f.MONDAY)


# Ranking


def test_a_choice_is_moved_by_one_step_or_by_number_and_the_ranks_stay_without_a_gap(world, db):
    case = world.begin()
    first, second = world.choose(case, 0), world.choose(case, 1)

    choices.move(case.uuid, second.uuid, 1, actor=world.actor, at=f.MONDAY)
    assert order(case) == ["Matematikk 2", "Matematikk 1"]
    choices.order(case.uuid, {first.uuid: 3, second.uuid: 7}, actor=world.actor, at=f.MONDAY)
    assert (order(case), [first.position, second.position]) == (["Matematikk 1", "Matematikk 2"], [1, 2])


def test_a_rank_given_twice_is_refused_and_nothing_is_moved(world, db):
    case = world.begin()
    first, second = world.choose(case, 0), world.choose(case, 1)

    with pytest.raises(BadInput, match="Two choices have number 2"):
        choices.order(case.uuid, {first.uuid: 2, second.uuid: 2}, actor=world.actor, at=f.MONDAY)
    db.session.rollback()
    assert [first.position, second.position] == [1, 2]


def test_a_choice_without_a_number_is_refused(world):
    case = world.begin()
    first, _second = world.choose(case, 0), world.choose(case, 1)

    with pytest.raises(BadInput, match="Give each of your choices a number"):
        choices.order(case.uuid, {first.uuid: 1}, actor=world.actor, at=f.MONDAY)


def test_ranks_close_over_a_choice_that_is_withdrawn_between_and_it_stays_with_the_case(world, db):
    world.packages.append(package_of(f.course(world.course.institution, world.course.subject, "Matematikk 3")))
    case = world.sent((0, 1, 2))
    middle = case.ranked_choices[1]

    choices.remove(case.uuid, middle.uuid, actor=world.actor, at=f.MONDAY)
    db.session.expire_all()

    assert [(one.position, one.runs[0].offering.module.course.title) for one in case.ranked_choices] == [(1, "Matematikk 1"), (2, "Matematikk 3")]
    assert (middle.position, len(case.choices)) == (None, 3)
    choices.add_package(case.uuid, [run.uuid for run in world.packages[0]], actor=world.actor, at=f.MONDAY)
    assert [one.position for one in case.ranked_choices] == [1, 2]


# Sending, changing, withdrawing


def test_it_is_sent_to_the_head_once_with_a_receipt(world, db):
    case = world.sent()
    cases.send(case.uuid, actor=world.actor, at=f.MONDAY + timedelta(minutes=1))

    assert (case.state, case.employer, case.money, case.funding_reason) == (Case.SENT, Employer.WITH_HEAD, Money.ELIGIBLE, Reason.ELIGIBLE)
    assert events(case) == ["send", "send", "find eligible"]
    assert case.said == {"teaches": ["matematikk:1-7"], "holds": {}}
    assert [message.kind for message in db.session.query(Message)] == ["application-sent"]
    assert [event.event for event in db.session.query(Event).filter_by(kind="application")] == ["send", "send", "find eligible"]


def test_a_change_of_what_is_sent_asks_the_head_anew_and_forgets_what_was_said_of_it(world):
    case = world.sent()
    timeline.take(case, Track.EMPLOYER, "recommend", by=None, at=f.MONDAY)
    case.recommended, case.head_words, case.rank = True, "Yes.", 1

    choices.move(case.uuid, case.ranked_choices[1].uuid, 1, actor=world.actor, at=f.MONDAY)

    assert (case.employer, case.recommended, case.head_words, case.rank) == (Employer.WITH_HEAD, None, None, None)
    assert events(case, Track.CASE) == ["send", "change"]


def test_saving_without_a_change_asks_nobody(world):
    case = world.sent()
    one = case.ranked_choices[0]

    choices.change(case.uuid, one.uuid, runs=[run.offering.uuid for run in one.runs], scheme="substitute", also_part=False, actor=world.actor, at=f.MONDAY)
    choices.move(case.uuid, one.uuid, 1, actor=world.actor, at=f.MONDAY)

    assert events(case, Track.CASE) == ["send"]


def test_what_is_sent_stays_complete(world, db):
    case = world.sent((0,))

    with pytest.raises(NotComplete, match="Choose at least one study"):
        choices.remove(case.uuid, case.ranked_choices[0].uuid, actor=world.actor, at=f.MONDAY)
    db.session.rollback()
    assert [one.position for one in case.ranked_choices] == [1]


def test_another_scheme_is_judged_anew_with_its_reason(world):
    world.schemes.append(f.scheme("self", f.SchemeKind.SELF, (0, 0, 100)))
    case = world.sent((0,))

    choices.change(
        case.uuid, case.ranked_choices[0].uuid, runs=[run.uuid for run in world.packages[0]], scheme="self", also_part=False, actor=world.actor, at=f.MONDAY
    )

    assert (case.money, case.funding_reason) == (Money.NOT_ELIGIBLE, Reason.NO_STATE_SCHEME)


def test_it_is_withdrawn_and_sent_again_as_the_same_case(world):
    case = world.sent()

    cases.withdraw(case.uuid, actor=world.actor, at=f.MONDAY)
    cases.withdraw(case.uuid, actor=world.actor, at=f.MONDAY)
    assert (case.state, case.employer, case.money) == (Case.WITHDRAWN, Employer.NOT_SENT, Money.OPEN)
    again = cases.send(case.uuid, actor=world.actor, at=f.MONDAY)

    assert (again.id, again.state, again.employer, again.money) == (case.id, Case.SENT, Employer.WITH_HEAD, Money.ELIGIBLE)


def test_a_draft_is_deleted_and_what_is_sent_is_not(world, db):
    cases.discard(world.begin().uuid, actor=world.actor, at=f.MONDAY)
    assert db.session.query(Application).count() == 0

    sent = world.sent()
    with pytest.raises(BadInput):
        cases.discard(sent.uuid, actor=world.actor, at=f.MONDAY)


def test_after_the_employer_has_refused_nothing_is_changed(world):
    case = world.sent()
    timeline.take(case, Track.EMPLOYER, "refuse", by=None, at=f.MONDAY)

    with pytest.raises(DecidedAlready):
        cases.withdraw(case.uuid, actor=world.actor, at=f.MONDAY)


# The printed date


def test_the_last_second_counts_and_the_next_does_not(world):
    case = world.complete()

    with pytest.raises(RoundClosed, match="1 December 2026 at 23:59"):
        cases.send(case.uuid, actor=world.actor, at=LAST_SECOND + timedelta(seconds=1))
    assert cases.send(case.uuid, actor=world.actor, at=LAST_SECOND).state is Case.SENT
    for late in (cases.withdraw, cases.send):
        if late is cases.withdraw:
            with pytest.raises(RoundClosed):
                late(case.uuid, actor=world.actor, at=LAST_SECOND + timedelta(seconds=1))
        else:
            assert late(case.uuid, actor=world.actor, at=LAST_SECOND + timedelta(seconds=1)).state is Case.SENT, "sent in time, and asked for twice"


@pytest.mark.parametrize(
    ("last", "in_time"),
    [
        (date(2026, 10, 24), datetime(2026, 10, 24, 21, 59, 59, tzinfo=UTC)),  # the clock goes back in the night after
        (date(2026, 10, 25), datetime(2026, 10, 25, 22, 59, 59, tzinfo=UTC)),  # a day of 25 hours
    ],
)
def test_the_date_holds_when_the_clock_goes_back(world, db, last, in_time):
    """The last second of the day at home, whichever hour that is elsewhere."""
    days = {Step.OPENS: date(2026, 10, 1), Step.APPLY: last}
    world.cycle = f.cycle("october", dates=days)
    case = world.begin(at=in_time - timedelta(days=3))

    assert end_of(last) == in_time + timedelta(seconds=1)
    assert cases.say_why(case.uuid, "In time", actor=world.actor, at=in_time).why == "In time"
    with pytest.raises(RoundClosed):
        cases.say_why(case.uuid, "Late", actor=world.actor, at=in_time + timedelta(seconds=1))


def test_before_it_opens_and_after_it_has_closed_none_is_begun(world):
    for at in (datetime(2026, 10, 31, 22, 59, 59, tzinfo=UTC), LAST_SECOND + timedelta(seconds=1)):
        with pytest.raises(RoundClosed):
            world.begin(at=at)


# What happens meanwhile


def test_a_choice_whose_run_is_cancelled_holds_the_sending_up_until_it_is_removed(world, db):
    case = world.complete()
    world.packages[0][0].cancel("Too few")
    db.session.commit()

    with pytest.raises(NotComplete, match="Choice 1 is no longer given"):
        cases.send(case.uuid, actor=world.actor, at=f.MONDAY)
    choices.remove(case.uuid, case.ranked_choices[0].uuid, actor=world.actor, at=f.MONDAY)
    assert cases.send(case.uuid, actor=world.actor, at=f.MONDAY).state is Case.SENT
    assert order(case) == ["Matematikk 2"]


def test_a_cancelled_choice_of_what_is_sent_is_removed_in_one_step_and_the_next_moves_up(world, db):
    case = world.sent()
    world.packages[0][0].cancel("Too few")
    db.session.commit()

    choices.remove(case.uuid, case.ranked_choices[0].uuid, actor=world.actor, at=f.MONDAY)

    assert (order(case), case.ranked_choices[0].position, case.state) == (["Matematikk 2"], 1, Case.SENT)


def test_a_teacher_who_changes_employer_takes_the_application_along_until_the_date(world, db):
    case = world.sent()
    timeline.take(case, Track.EMPLOYER, "approve", by=None, at=f.MONDAY)
    case.rank = 1
    db.session.commit()
    place = f.municipality("1108", "Sandnes", world.school.municipality.county)
    new = f.school(f.owner(place), place, "Ganddal skole")
    db.session.get(Teacher, world.teacher.id).school_id = new.organisation_id
    db.session.commit()

    assert case.owner_id == world.school.owner_id, "it stays where it was sent until the teacher moves it"
    cases.choose_employer(case.uuid, new.organisation.uuid, actor=world.actor, at=f.MONDAY)

    assert (case.owner_id, case.employer, case.rank) == (new.owner_id, Employer.WITH_HEAD, None)
    assert events(case, Track.EMPLOYER) == ["send", "approve", "withdraw", "send"]
    with pytest.raises(RoundClosed):
        cases.choose_employer(case.uuid, world.school.organisation.uuid, actor=world.actor, at=LAST_SECOND + timedelta(seconds=1))


def test_anothers_application_is_not_there(world):
    case = world.begin()
    other = f.acting(f.teacher(world.school, name="Other"))

    for act in (lambda: cases.send(case.uuid, actor=other, at=f.MONDAY), lambda: cases.withdraw(case.uuid, actor=other, at=f.MONDAY)):
        with pytest.raises(NotFound):
            act()


def test_a_case_is_opened_under_its_lock_as_it_stands(world, db):
    case = world.begin()
    opened = changing.opened(case.uuid, world.actor, f.MONDAY)

    assert opened is case
    assert opened.strand is Strand.FURTHER
