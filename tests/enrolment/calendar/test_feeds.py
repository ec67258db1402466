"""Addresses that open a calendar: what they hold, who reads them, and that four parsers of others read the same, three of which share nothing with what writes it."""

import re
from datetime import date, datetime, timedelta

import ics
import icalendar
import pytest
import recurring_ical_events
import vobject
from ical.calendar_stream import IcsCalendarStream

from accounts.models import Event, Membership, Role
from catalog.offers.models import Gathering
from catalog.publishing import signals
from catalog.offers.lifecycle import Run
from catalog.values import Strand
from config.database import db as database
from config.errors import NotAllowed
from enrolment.appeals import services as appeals
from enrolment.appeals.models import AppealRule
from enrolment.applications.lifecycle import Employer
from enrolment.calendar import services
from enrolment.calendar.models import Feed
from enrolment.calendar.values import FeedKind
from enrolment.changes.models import RunChange
from enrolment.results import services as results
from enrolment.results.values import Mark
from enrolment.rounds.values import Step
from enrolment.saved import services as saved
from enrolment.seats import services as seats
from enrolment.seats.models import Enrolment
from tests import factories as f
from tests.factories import MONDAY

SUMMER_BEGINS, SUMMER_ENDS = date(2027, 3, 28), date(2027, 10, 31)


@pytest.fixture
def run(db):
    return f.offering(f.module(f.course(f.institution(), f.subject()), "MAT1", title="Tall, algebra; mål"))


@pytest.fixture
def lars(run):
    somebody = f.teacher()
    seats.enrol(run.uuid, actor=f.acting(somebody), at=MONDAY)
    return somebody


def address(somebody, kind: FeedKind = FeedKind.GATHERINGS, role: Role | None = None) -> str:
    return f"/feeds/{services.open_feed(kind, actor=f.acting(somebody, role), at=MONDAY)}.ics"


def events(client, path: str) -> list:
    return icalendar.Calendar.from_ical(client.get(path).data).walk("VEVENT")


def test_a_feed_has_one_whole_event_a_gathering_that_keeps_its_identity(client, run, lars):
    one = f.gathering(run, date(2027, 3, 5), date(2027, 3, 6), place="Bergen")
    other = f.gathering(run, date(2027, 4, 12), online=True)
    path = address(lars)
    answer = client.get(path)
    (zone,) = icalendar.Calendar.from_ical(answer.data).walk("VTIMEZONE")

    assert [(e["UID"], e["DTSTART"].dt, e["DTEND"].dt, e["LOCATION"], e["SUMMARY"], e["STATUS"], e["SEQUENCE"]) for e in events(client, path)] == [
        (f"{one.uuid}@localhost", date(2027, 3, 5), date(2027, 3, 7), "Bergen", "Tall, algebra; mål", "CONFIRMED", 0),
        (f"{other.uuid}@localhost", date(2027, 4, 12), date(2027, 4, 13), "Online", "Tall, algebra; mål", "CONFIRMED", 0),
    ]
    assert (zone["TZID"], answer.content_type) == ("Europe/Oslo", "text/calendar; charset=utf-8")
    assert not re.search(r"METHOD|ATTENDEE|ORGANIZER|BEGIN:VEVENT[^Z]*RRULE", answer.text)
    assert events(client, path)[0]["URL"] == f"http://localhost/offerings/{run.uuid}"


def test_a_changed_day_raises_the_sequence_once_and_the_file_changes_only_then(client, run, lars):
    gathering = f.gathering(run, date(2027, 3, 5))
    path = address(lars)
    first = client.get(path)
    same = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    gathering = database.session.get(Gathering, gathering.id)
    gathering.starts_on = gathering.ends_on = date(2027, 3, 8)
    gathering.place = "Voss"
    database.session.commit()
    after = client.get(path, headers={"If-None-Match": first.headers["ETag"]})

    assert (same.status_code, same.data, after.status_code) == (304, b"", 200)
    assert [(e["SEQUENCE"], e["DTSTART"].dt) for e in icalendar.Calendar.from_ical(after.data).walk("VEVENT")] == [(1, date(2027, 3, 8))]


def test_a_gathering_saved_as_it_was_is_not_changed(db, run):
    gathering = f.gathering(run, date(2027, 3, 5))
    gathering.place, gathering.starts_on = None, date(2027, 3, 5)
    db.session.commit()

    assert gathering.sequence == 0


def test_a_cancelled_run_stays_in_the_calendar_of_those_who_had_a_seat_and_says_so(client, run, lars):
    f.gathering(run, date(2027, 3, 5))
    path = address(lars)
    run.state, run.cancelled_reason = Run.CANCELLED, "For få søkere"
    signals.offering_cancelled.send(run, reason="For få søkere", actor=f.acting(f.editor(run.module.institution)), at=MONDAY)
    database.session.commit()
    (event,) = events(client, path)

    assert (event["STATUS"], event["SEQUENCE"], event["SUMMARY"]) == ("CANCELLED", 1, "CANCELLED: Tall, algebra; mål")


def test_who_only_waited_is_told_of_no_gathering(client, db):
    run = f.offering(f.module(f.course(f.institution(), f.subject())), seats=1)
    f.gathering(run, date(2027, 3, 5))
    first, second = f.teacher(), f.teacher(name="Kari")
    for one in (first, second):
        seats.enrol(run.uuid, actor=f.acting(one), at=MONDAY)

    assert [len(events(client, address(one))) for one in (first, second)] == [1, 0]


@pytest.mark.parametrize("day", [SUMMER_BEGINS, SUMMER_ENDS], ids=["the clock goes forward", "the clock goes back"])
def test_every_parser_reads_the_same_day_where_the_clock_changes(client, run, lars, day):
    f.gathering(run, day - timedelta(days=1), day, place="Bodø (67.2804, 14.4049)")
    text = client.get(address(lars)).text
    expected = (day - timedelta(days=1), day + timedelta(days=1))
    (ours,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
    (seen,) = ics.Calendar(text).events
    theirs = vobject.readOne(text).vevent
    (strict,) = IcsCalendarStream.calendar_from_ics(text).events
    (repeated,) = recurring_ical_events.of(icalendar.Calendar.from_ical(text)).between(day, day + timedelta(days=1))

    assert [
        (ours["DTSTART"].dt, ours["DTEND"].dt), (seen.begin.date(), seen.end.date()), (theirs.dtstart.value, theirs.dtend.value),
        (strict.dtstart, strict.dtend), (repeated["DTSTART"].dt, repeated["DTEND"].dt),
    ] == [expected] * 5  # fmt: skip
    assert (strict.uid, strict.location, strict.summary, strict.status, strict.sequence) == (ours["UID"], "Bodø", "Tall, algebra; mål", "CONFIRMED", 0)
    assert [(strict.geo.lat, strict.geo.lng), tuple(seen.geo), theirs.geo.value] == [(67.2804, 14.4049), (67.2804, 14.4049), "67.2804;14.4049"]
    assert (seen.uid, seen.location, theirs.summary.value, theirs.status.value) == (ours["UID"], "Bodø", "Tall, algebra; mål", "CONFIRMED")


@pytest.mark.parametrize("moment", [datetime(2027, 3, 28, 1), datetime(2027, 3, 28, 3), datetime(2027, 10, 31, 1), datetime(2027, 10, 31, 4)])
def test_the_zone_of_the_file_agrees_with_the_clock_at_home(client, run, lars, moment):
    from config.clock import HOME

    f.gathering(run, date(2027, 3, 5))
    zone = vobject.readOne(client.get(address(lars)).text).vtimezone.tzinfo

    assert moment.replace(tzinfo=zone).utcoffset() == moment.replace(tzinfo=HOME).utcoffset()


def test_deadlines_are_whole_days_that_take_no_time(client, db, run, lars):
    saved.save_run(run.uuid, actor=f.acting(lars), at=MONDAY)
    (event,) = events(client, address(lars, FeedKind.DEADLINES))

    assert (event["DTSTART"].dt, event["SUMMARY"], event["TRANSP"]) == (date(2027, 1, 15), "Last day to apply for Tall, algebra; mål", "TRANSPARENT")


def test_the_last_day_to_appeal_a_mark_stands_until_it_is_appealed(client, db, run, lars):
    db.session.add(AppealRule(days=21, valid_from=date(2005, 8, 1), source="test"))
    seat, run.starts_on = db.session.query(Enrolment).one(), f.UNDER_WAY["starts_on"]
    results.record_results(run.uuid, {seat.uuid: Mark.D}, actor=f.acting(f.editor(run.module.institution)), at=MONDAY)
    path = address(lars, FeedKind.DEADLINES)
    [event] = events(client, path)

    assert (event["DTSTART"].dt, event["SUMMARY"]) == (f.MONDAY.date() + timedelta(days=21), "Last day to appeal the mark in Tall, algebra; mål")
    assert event["URL"] == f"http://localhost/me/enrolments/{seat.uuid}"
    appeals.send(seat.uuid, "Se på oppgave 3 en gang til.", actor=f.acting(lars), at=MONDAY)
    assert events(client, path) == []


def test_the_last_day_to_leave_a_run_that_was_changed_stands_for_those_who_had_entered_it(client, db, run, lars):
    for at, until in ((MONDAY - timedelta(days=1), date(2026, 12, 30)), (MONDAY + timedelta(days=1), date(2026, 12, 8)), (MONDAY + timedelta(days=2), date(2026, 12, 9))):
        db.session.add(RunChange(offering_id=run.id, at=at, kind="offering", changes={}, free_until=until))
    db.session.commit()
    path = address(lars, FeedKind.DEADLINES)
    [event] = events(client, path)

    assert (event["DTSTART"].dt, event["SUMMARY"]) == (date(2026, 12, 9), "Last day to leave Tall, algebra; mål without consequence, since it was changed")
    seats.withdraw(db.session.query(Enrolment).one().uuid, actor=f.acting(lars), at=MONDAY)
    assert events(client, path) == []


def test_the_answer_to_an_offer_is_due_on_the_day_its_midnight_ends(client, db):
    run = f.offering(f.module(f.course(f.institution(), f.subject())), seats=1)
    first, second = f.teacher(), f.teacher(name="Kari")
    held = seats.enrol(run.uuid, actor=f.acting(first), at=MONDAY)
    seats.enrol(run.uuid, actor=f.acting(second), at=MONDAY)
    seats.withdraw(held.uuid, actor=f.acting(first), at=MONDAY)
    (event,) = events(client, address(second, FeedKind.DEADLINES))

    assert (event["DTSTART"].dt, event["DESCRIPTION"]) == (date(2026, 11, 30), "Until 23:59.")


def test_a_feed_speaks_the_language_of_who_made_it(client, run, lars):
    lars.language = "nn"
    f.gathering(run, date(2027, 3, 5), online=True)
    database.session.commit()

    assert "X-WR-CALNAME:Samlingane mine" in client.get(address(lars), headers={"Accept-Language": "en"}).text


def _round(db, **facts):
    return f.cycle(strands=(Strand.FURTHER, Strand.PRINCIPAL), **facts)


def _days(client, path: str) -> list[tuple[date, str]]:
    return [(one["DTSTART"].dt, str(one["SUMMARY"]).partition(":")[0]) for one in events(client, path)]


def test_the_days_of_a_round_stand_among_a_teachers_deadlines_those_that_concern_them(client, db, run, lars):
    round_ = _round(db)
    path = address(lars, FeedKind.DEADLINES)
    [before, _applied] = events(client, path)

    assert _days(client, path) == [(date(2026, 11, 1), "Teachers may apply"), (date(2026, 12, 1), "Last day to apply, change or withdraw")]
    assert str(before["SUMMARY"]) == "Teachers may apply: further education, Søknadsrunde 2027"
    assert before["URL"] == "http://localhost/me/applications"
    case = f.application(lars, round_, [run], employer=Employer.APPROVED)
    [_last, answer, reply, *confirmed] = events(client, path)
    assert [str(one["SUMMARY"]).partition(":")[0] for one in (answer, reply, *confirmed)] == [
        "The outcome is made known", "Offers are answered", "Participation in autumn is confirmed", "Participation in spring is confirmed"
    ]  # fmt: skip
    assert (answer["URL"], answer["DESCRIPTION"]) == (f"http://localhost/me/applications/{case.uuid}", "Teachers see whether they have got a seat, and why.")
    assert (reply["TRANSP"], reply["DESCRIPTION"]) == ("TRANSPARENT", "Until 23:59. After it the seat goes to the next in line.")


def test_a_day_of_a_round_that_is_moved_keeps_its_identity_and_a_hidden_round_stands_in_no_calendar(client, db, run, lars):
    round_ = _round(db)
    path = address(lars, FeedKind.DEADLINES)
    before = events(client, path)[1]
    day = next(one for one in round_.dates if one.step is Step.APPLY and one.strand is Strand.FURTHER)
    day.day = date(2026, 12, 3)
    db.session.commit()
    after = events(client, path)[1]

    assert (after["UID"], before["SEQUENCE"], after["SEQUENCE"], after["DTSTART"].dt) == (before["UID"], 0, 1, date(2026, 12, 3))
    round_.released_at = None
    db.session.commit()
    assert events(client, path) == []


def test_a_head_and_an_owner_have_the_days_by_which_they_must_act_and_the_cover_of_their_own(client, db, run, lars):
    _round(db)
    f.gathering(run, date(2027, 3, 5))
    oslo = f.municipality("0301", "Oslo", f.county("03", "Oslo"))
    elsewhere = f.teacher(f.school(f.owner(oslo), oslo, "Lilleborg skole"), name="Kari")
    seats.enrol(run.uuid, actor=f.acting(elsewhere), at=MONDAY)
    school = database.session.get(f.Teacher, lars.id).school
    head, owner = f.member(school.organisation_id, Role.HEAD, "Hege Rektor"), owner_of(lars)
    paths = {who.name: address(who, FeedKind.DEADLINES) for who in (head, owner)}

    assert {said for _day, said in _days(client, paths["Hege Rektor"])} == {"Last day to apply, change or withdraw", "The head recommends"}
    assert [said for _day, said in _days(client, paths["Olav Eier"])][::2] == [
        "Last day to apply, change or withdraw", "The union representative remarks", "The school owner answers", "Lists are final", "The outcome is made known",
        "Participation in autumn is confirmed", "Participation in spring is confirmed",
    ]  # fmt: skip
    assert events(client, paths["Olav Eier"])[0]["URL"] == "http://localhost/owner/rounds/2027/further"
    cover = events(client, address(head, FeedKind.COVER))
    assert [(str(one["SUMMARY"]), one["URL"]) for one in cover] == [("1 teacher away from Kampen skole", "http://localhost/school/cover")]
    database.session.query(Membership).filter_by(person_id=head.id).one().valid_to = date(2026, 11, 22)
    database.session.commit()
    assert client.get(paths["Hege Rektor"]).status_code == 410


def test_one_with_two_hats_has_a_calendar_of_deadlines_for_each(client, db, run, lars):
    school = database.session.get(f.Teacher, lars.id).school
    database.session.add(Membership(person_id=lars.id, organisation_id=school.owner_id, role=Role.OWNER))
    database.session.commit()
    own, theirs = address(lars, FeedKind.DEADLINES, Role.TEACHER), address(lars, FeedKind.DEADLINES, Role.OWNER)

    assert [client.get(path).status_code for path in (own, theirs)] == [200, 200]


def owner_of(somebody):
    school = database.session.query(f.School).first()
    return f.member(school.owner_id, Role.OWNER, "Olav Eier")


def test_cover_tells_how_many_are_away_and_names_nobody(client, run, lars):
    kari = f.teacher(name="Kari Lærer")
    seats.enrol(run.uuid, actor=f.acting(kari), at=MONDAY)
    f.gathering(run, date(2027, 3, 5), date(2027, 3, 6))
    f.gathering(run, date(2027, 3, 13), date(2027, 3, 14))  # a weekend
    path = address(owner_of(lars), FeedKind.COVER)

    assert [(e["SUMMARY"], e["DTSTART"].dt) for e in events(client, path)] == [("2 teachers away from Kampen skole", date(2027, 3, 5))]
    assert not re.search("Lars|Kari", client.get(path).text)


def test_an_owner_who_is_no_longer_one_reads_no_more(client, run, lars):
    owner = owner_of(lars)
    path = address(owner, FeedKind.COVER)
    database.session.query(Membership).filter_by(person_id=owner.id).one().valid_to = date(2026, 11, 22)
    database.session.commit()

    assert client.get(path).status_code == 410


def test_only_the_digest_is_kept_and_a_new_address_ends_the_one_before(client, db, lars):
    first, second = address(lars), address(lars)
    kept = [row.token_digest for row in db.session.query(Feed)]

    assert [client.get(path).status_code for path in (first, second)] == [410, 200]
    assert not [digest for digest in kept if digest in first + second]
    assert len(second) > 36


def test_an_ended_address_is_gone_and_one_that_never_was_is_not_found(client, db, lars):
    path = address(lars)
    services.end_feed(db.session.query(Feed).one().uuid, actor=f.acting(lars), at=MONDAY)

    assert [client.get(where).status_code for where in (path, "/feeds/made-up.ics")] == [410, 404]
    assert [event.event for event in db.session.query(Event).filter_by(kind="feed").order_by(Event.id)] == ["open", "end"]


def test_a_closed_account_opens_no_calendar(client, lars):
    path = address(lars)
    lars.disabled_at = MONDAY
    database.session.commit()

    assert client.get(path).status_code == 410


def test_a_teacher_cannot_open_the_cover_of_an_owner(db, lars):
    with pytest.raises(NotAllowed):
        services.open_feed(FeedKind.COVER, actor=f.acting(lars), at=MONDAY)


def test_a_feed_costs_the_same_queries_for_one_gathering_and_for_three(client, run, lars, count_queries):
    path = address(lars)
    f.gathering(run, date(2027, 3, 5))
    with count_queries() as one:
        client.get(path)
    f.gathering(run, date(2027, 3, 6))
    f.gathering(run, date(2027, 3, 7))
    with count_queries() as three:
        client.get(path)

    assert len(one) == len(three) > 0


def test_an_address_that_slips_into_a_log_is_masked_there():
    from config.logs import _masked

    assert _masked({"path": ["GET /feeds/Zm9vYmFyYmF6.ics 200", "/feeds/<token>.ics"]}) == {"path": ["GET /feeds/….ics 200", "/feeds/<token>.ics"]}
