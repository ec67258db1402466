"""A region's forum: its parties are called, minutes are written and stand, decisions are shown in their cells, and the county governor notes."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from accounts.models import Message, Role
from catalog.values import Band
from config.errors import BadInput, NotAllowed, NotFound, StepRefused
from regions.forum import queries, services
from regions.forum.lifecycle import Meeting
from regions.forum.models import DecisionKind, PartyKind
from regions.forum.services import MinutesMissing, MinutesStand
from tests import factories as f
from tests.regions.census.scene import census
from tests.factories import MONDAY

DAY = date(2026, 12, 1)
AFTER = datetime(2026, 12, 2, 9, tzinfo=UTC)


@pytest.fixture
def vest(db):
    """A region with a county, an owner, an institution, unions, a governor; and another region with its own coordinator and owner."""
    county, far = f.county("11", "Rogaland"), f.county("18", "Nordland")
    school = f.institution("HVL")
    region, north = f.region("vest", [county], [school]), f.region("nord", [far])
    towns = f.municipality("1103", "Stavanger", county), f.municipality("1804", "Bodø", far)
    owners = [f.owner(town) for town in towns]
    schools = [f.school(owner, town) for owner, town in zip(owners, towns, strict=True)]
    governor = f.governor(county)
    people = {
        "coordinator": (region.organisation_id, Role.COORDINATOR), "owner": (owners[0].organisation_id, Role.OWNER), "union": (owners[0].organisation_id, Role.UNION),
        "governor": (governor.id, Role.GOVERNOR), "stranger": (north.organisation_id, Role.COORDINATOR), "far_owner": (owners[1].organisation_id, Role.OWNER),
        "authority": (f.organisation(f.OrganisationKind.AUTHORITY, "The directorate").id, Role.AUTHORITY),
    }  # fmt: skip
    known = {who: f.acting(f.member(body, role)) for who, (body, role) in people.items()}
    return known | {"editor": f.acting(f.editor(school)), "subject": f.subject("samisk", "Samisk"), "owners": owners, "county": county, "school": school, "region": region, "schools": schools}


def party(vest, kind=PartyKind.OWNER, organisation=None, name=None):
    return services.add_party({"kind": kind, "organisation": organisation, "name": name}, actor=vest["coordinator"], at=MONDAY)


def called(vest, **other):
    return services.call({"title": "Winter meeting", "held_on": DAY, "place": "Bergen", "agenda": "Sámi."} | other, actor=vest["coordinator"], at=MONDAY)


def decided(vest, meeting, **other):
    values = {"kind": DecisionKind.LABOUR, "text": "HVL gives Sámi in Stavanger.", "subject": "samisk", "level": Band.PRIMARY, "party": None, "due_on": None} | other
    return services.decide(meeting.uuid, values, actor=vest["coordinator"], at=MONDAY)


def held(vest):
    meeting = called(vest)
    decided(vest, meeting)
    return services.publish_minutes(meeting.uuid, actor=vest["coordinator"], at=AFTER)


def test_the_parties_that_are_known_here_are_told(vest, db):
    party(vest, PartyKind.OWNER, vest["owners"][0].organisation.uuid)
    party(vest, PartyKind.UNION, vest["owners"][0].organisation.uuid, "Utdanningsforbundet Stavanger")
    party(vest, PartyKind.KS, None, "KS Rogaland")
    meeting = called(vest)
    services.call_off(meeting.uuid, actor=vest["coordinator"], at=MONDAY)

    told = [(message.kind, message.person_id) for message in db.session.scalars(select(Message).order_by(Message.id))]
    both = sorted([vest["owner"].person_id, vest["union"].person_id])
    assert told == [("forum-called", who) for who in both] + [("forum-called-off", who) for who in both]


def test_published_minutes_stand(vest):
    meeting = held(vest)
    values = {"title": "X", "held_on": DAY, "place": None, "agenda": None, "minutes": "Other.", "present": []}
    for change in (
        lambda: services.write(meeting.uuid, values, actor=vest["coordinator"], at=AFTER),
        lambda: decided(vest, meeting),
        lambda: services.remove_decision(meeting.decisions[0].uuid, actor=vest["coordinator"], at=AFTER),
    ):
        with pytest.raises(MinutesStand):
            change()
    with pytest.raises(StepRefused):
        services.publish_minutes(meeting.uuid, actor=vest["coordinator"], at=AFTER)


def test_minutes_are_published_when_there_are_some_and_the_day_has_come(vest):
    meeting = called(vest)
    with pytest.raises(MinutesMissing):
        services.publish_minutes(meeting.uuid, actor=vest["coordinator"], at=AFTER)
    decided(vest, meeting)
    with pytest.raises(MinutesMissing):
        services.publish_minutes(meeting.uuid, actor=vest["coordinator"], at=MONDAY)
    assert services.publish_minutes(meeting.uuid, actor=vest["coordinator"], at=AFTER).state is Meeting.HELD


def test_a_cell_shows_what_was_decided_of_it_once_the_minutes_are_published(vest):
    meeting = called(vest)
    decided(vest, meeting)
    decided(vest, meeting, text="Sámi first.", kind=DecisionKind.PRIORITY, level=None)
    decided(vest, meeting, text="Lower.", level=Band.LOWER)
    region, subject = vest["region"].organisation_id, vest["subject"].id
    before = queries.decided_of(region, subject, Band.PRIMARY)
    services.publish_minutes(meeting.uuid, actor=vest["coordinator"], at=AFTER)

    assert before == []
    assert [one.text for one in queries.decided_of(region, subject, Band.PRIMARY)] == ["HVL gives Sámi in Stavanger.", "Sámi first."]


def test_who_was_there_is_kept_when_a_party_ends(vest):
    one = party(vest, PartyKind.KS, None, "KS")
    meeting = called(vest)
    values = {"title": "Winter", "held_on": DAY, "place": None, "agenda": None, "minutes": "We met.", "present": [one.uuid]}
    services.write(meeting.uuid, values, actor=vest["coordinator"], at=AFTER)
    services.end_party(one.uuid, actor=vest["coordinator"], at=AFTER)

    assert ([row.party.name for row in meeting.present], queries.parties(vest["region"].organisation_id)) == (["KS"], [])


@pytest.mark.parametrize(
    ("values", "field"),
    [({"kind": PartyKind.KS}, "name"), ({"kind": PartyKind.OWNER, "organisation": "far"}, "organisation"), ({"kind": PartyKind.KS, "name": "KS"}, "name")],
)
def test_a_party_that_does_not_fit_is_refused_at_its_field(vest, values, field):
    party(vest, PartyKind.KS, None, "KS")
    sent = {"organisation": None, "name": None} | values
    if sent["organisation"]:
        sent["organisation"] = vest["owners"][1].organisation.uuid
    with pytest.raises(BadInput) as refused:
        services.add_party(sent, actor=vest["coordinator"], at=MONDAY)

    assert list(refused.value.errors) == [field]


def test_a_forum_is_read_by_its_own_region_and_by_no_other(vest):
    meeting = called(vest)

    for who in ("coordinator", "owner", "union", "editor", "governor", "authority"):
        assert queries.meeting(vest[who], meeting.uuid, DAY).id == meeting.id
    for who in ("stranger", "far_owner"):
        with pytest.raises(NotFound):
            queries.meeting(vest[who], meeting.uuid, DAY)
    with pytest.raises(NotFound):
        services.call_off(meeting.uuid, actor=vest["stranger"], at=MONDAY)


def ks(vest, db):
    """Somebody who takes part for KS, once a region has written KS into its forum."""
    body = f.organisation(f.OrganisationKind.ASSOCIATION, "KS")
    return f.acting(f.member(body.id, Role.KS)), party(vest, PartyKind.KS, body.uuid)


def test_ks_reads_the_forums_that_it_is_a_party_of_and_is_told_of_their_meetings(vest, db):
    adviser, written_in = ks(vest, db)
    meeting = called(vest)
    told = db.session.scalars(select(Message.kind).filter_by(person_id=adviser.person_id)).all()
    read = queries.meeting(adviser, meeting.uuid, DAY).id
    services.end_party(written_in.uuid, actor=vest["coordinator"], at=MONDAY)

    assert (written_in.name, told, read) == ("KS", ["forum-called"], meeting.id)
    with pytest.raises(NotFound):
        queries.meeting(adviser, meeting.uuid, DAY)
    with pytest.raises(NotAllowed):
        services.call_off(meeting.uuid, actor=adviser, at=MONDAY)


def test_ks_lands_on_how_far_the_region_has_come_without_what_is_the_governors_or_the_censuss(vest, client, db, app):
    services.note({"county": "11", "text": "Too few owners have a plan."}, actor=vest["governor"], at=MONDAY)
    adviser, written_in = ks(vest, db)
    census(vest["schools"][0], {vest["subject"]: (30, 12)}, Band.PRIMARY)
    held(vest)
    page = shown(client, db, app, adviser, "/forum", AFTER).text
    coordinators = shown(client, db, app, vest["coordinator"], "/forum", AFTER).text
    services.end_party(written_in.uuid, actor=vest["coordinator"], at=AFTER)
    alone = shown(client, db, app, adviser, "/forum", AFTER)

    for said in ("How far the region has come", "1 of 1 school has sent its answer.", "0 of 1 school owner has adopted", "No meeting is called. 1 decision is not done."):
        assert said in page
    assert ("12 of 30" in page, "12 of 30" in coordinators) == (False, True)
    assert "Too few owners" not in page
    assert (alone.status_code, "You belong to no forum yet" in alone.text) == (200, True)


def test_an_institution_in_two_regions_reads_both_and_one_that_has_left_reads_none(vest, db):
    f.region("midt", [], [vest["school"]])
    both = [region.code for region in queries.regions(vest["editor"], DAY)]
    for membership in vest["region"].institutions:
        membership.valid_to = date(2026, 11, 30)  # ends in the middle of the study year
    db.session.commit()

    assert both == ["midt", "vest"]
    assert [[region.code for region in queries.regions(vest["editor"], day)] for day in (date(2026, 11, 30), DAY)] == [["midt", "vest"], ["midt"]]


def test_a_governor_notes_of_its_own_counties_alone(vest):
    services.note({"county": "11", "text": "Too few owners have a plan."}, actor=vest["governor"], at=MONDAY)
    with pytest.raises(BadInput) as refused:
        services.note({"county": "18", "text": "Not mine."}, actor=vest["governor"], at=MONDAY)

    assert list(refused.value.errors) == ["county"]
    assert [one.text for one in queries.notes([vest["county"].id])] == ["Too few owners have a plan."]


def test_what_is_done_can_be_opened_again(vest):
    one = held(vest).decisions[0]

    assert [services.complete(one.uuid, actor=vest["coordinator"], at=AFTER).done_on for _twice in range(2)] == [date(2026, 12, 2), None]


def shown(client, db, app, actor, address, at=MONDAY):
    app.config["CLOCK"] = lambda: at
    f.signed_in(client, db.session.get(f.Person, actor.person_id), at)
    return client.get(address)


def test_the_way_from_a_call_to_published_minutes(vest, client, db, app):
    shown(client, db, app, vest["coordinator"], "/forum")
    client.post("/forum/parties", data={"kind": "ks", "name": "KS Rogaland"})
    wrong = client.post("/forum/meetings", data={"title": "Winter meeting"})
    address = client.post("/forum/meetings", data={"title": "Winter meeting", "held_on": "2026-11-23", "agenda": "Sámi."}).location
    lost = client.post(f"{address}/decisions", data={"kind": "priority", "text": "Sámi first.", "level": "1-7"})
    client.post(f"{address}/decisions", data={"kind": "priority", "text": "Sámi first.", "subject": "samisk", "level": "1-7"})
    early = shown(client, db, app, vest["owner"], address).text
    shown(client, db, app, vest["coordinator"], address)
    client.post(f"{address}/minutes", data={"title": "Winter meeting", "held_on": "2026-11-23", "minutes": "We met."})
    client.post(f"{address}/publication")
    late = shown(client, db, app, vest["owner"], address).text

    assert (wrong.status_code, 'value="Winter meeting"' in wrong.text) == (422, True)
    assert (lost.status_code, "Choose the subject that the level is of." in lost.text) == (422, True)
    assert ("Sámi first." in early, "Sámi first." in late, "We met." in late) == (False, True, True)


def test_the_governors_page_tells_of_its_county(vest, client, db, app):
    services.note({"county": "11", "text": "Too few owners have a plan."}, actor=vest["governor"], at=MONDAY)
    page = shown(client, db, app, vest["governor"], "/county").text
    seen = shown(client, db, app, vest["coordinator"], "/forum").text

    census(vest["schools"][0], {vest["subject"]: (30, 12)}, Band.PRIMARY)
    called(vest)
    after = shown(client, db, app, vest["governor"], "/county").text

    assert "0 of 1 school owner has adopted a competence plan for 2026/2027" in page
    assert "A teacher living here can reach the target in every priority subject." in page or "No subject is a priority." in page
    assert all(said in after for said in ("1 of 1 school has sent its answer.", "Samisk", "12 of 30", "Meets 1 December 2026.", "results?of=county:11"))
    assert "Too few owners have a plan." in page and "Too few owners have a plan." in seen


def test_the_pages_keep_their_query_count(vest, client, db, app, count_queries):
    def asked():
        for address in ("/forum", "/county"):
            shown(client, db, app, vest["governor"], address, AFTER)
        with count_queries() as seen:
            for address in ("/forum", "/county"):
                assert shown(client, db, app, vest["governor"], address, AFTER).status_code == 200
        return len(seen)

    held(vest)
    services.note({"county": "11", "text": "One."}, actor=vest["governor"], at=MONDAY)
    few = asked()
    for _one in range(2):
        held(vest)
        services.note({"county": "11", "text": "More."}, actor=vest["governor"], at=MONDAY)
    assert asked() == few


def region_page(client, vest, app, at):
    """What the region's coordinator reads first on a day."""
    app.config["CLOCK"] = lambda: at
    person = f.member(vest["region"].organisation_id, Role.COORDINATOR, "Randi")
    return f.signed_in(client, person, at=at).get("/region").text


def test_a_meeting_is_told_of_on_the_region_s_page_from_two_weeks_before_it_until_its_minutes_stand(vest, client, app):
    meeting = called(vest)
    early, near, after = (datetime.combine(DAY, datetime.min.time(), UTC) + timedelta(days=days, hours=9) for days in (-15, -14, 1))

    assert "Winter meeting" not in region_page(client, vest, app, early)
    assert "Prepare Winter meeting" in region_page(client, vest, app, near)
    assert "Write the minutes of Winter meeting" in region_page(client, vest, app, after)

    decided(vest, meeting)
    services.publish_minutes(meeting.uuid, actor=vest["coordinator"], at=after)
    assert "Winter meeting" not in region_page(client, vest, app, after)


def test_what_is_decided_is_told_of_when_its_day_is_near_and_no_more_once_it_is_done(vest, client, app):
    meeting = called(vest)
    decided(vest, meeting, due_on=DAY + timedelta(days=20)), decided(vest, meeting, due_on=None)
    services.publish_minutes(meeting.uuid, actor=vest["coordinator"], at=AFTER)
    near = AFTER + timedelta(days=5)

    assert "to see done" not in region_page(client, vest, app, AFTER)
    assert "1 decision of the forum to see done" in region_page(client, vest, app, near)

    services.complete(next(one.uuid for one in meeting.decisions if one.due_on), actor=vest["coordinator"], at=near)
    assert "to see done" not in region_page(client, vest, app, near)
    assert queries.due(vest["region"].organisation_id, date(2030, 1, 1)) == (0, None)
