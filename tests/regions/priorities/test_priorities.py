"""The national priorities: written in versions, hidden until released, and then what coverage and volume go by."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from accounts.models import Role
from catalog.registers.loading import load as load_registers
from catalog.subjects.models import PriorityGroup, SubjectPriority
from catalog.values import Band, VolumeRule
from config.errors import BadInput, NotFound, StepRefused
from enrolment.rounds.models import SeatSource
from regions.coverage.queries import priority_subjects
from regions.priorities import queries, services
from regions.priorities.rules import Held, taking_over
from regions.versions.lifecycle import Version
from regions.versions.services import VersionStands
from tests import factories as f
from tests.factories import MONDAY

RELEASE, HOLDS = date(2027, 1, 15), date(2027, 8, 1)
THAT_DAY = datetime(2027, 1, 15, 6, tzinfo=UTC)
DATES = {"name": "Priorities 2027", "holds_from": HOLDS, "release_on": RELEASE, "parties": "KS\nUtdanningsforbundet", "note": None}


def group(db, number, rule):
    made = PriorityGroup(number=number, name_nb=f"Gruppe {number}", volume_rule=rule, quotation="", source="strategy")
    db.session.add(made)
    db.session.commit()
    return made


@pytest.fixture
def nation(db):
    """Two groups; mathematics stands in the first, music in the second; and the authority."""
    one, two = group(db, 1, VolumeRule.KEEP), group(db, 2, VolumeRule.FEWER)
    maths, music, sami = f.subject(), f.subject("musikk", "Musikk"), f.subject("samisk", "Samisk")
    for subject, where in ((maths, one), (music, two)):
        db.session.add(SubjectPriority(subject_id=subject.id, group_id=where.id, valid_from=date(2016, 1, 1), source="strategy"))
    db.session.commit()
    body = f.organisation(f.OrganisationKind.AUTHORITY, "The directorate")
    return {"one": one, "two": two, "maths": maths, "music": music, "sami": sami, "eva": f.acting(f.member(body.id, Role.AUTHORITY))}


def changed(nation):
    """A draft in which music is no priority, Sámi is, and the second group is to be built up."""
    made = services.begin(DATES, actor=nation["eva"], at=MONDAY)
    rows = {nation["one"].id: (VolumeRule.KEEP, 500), nation["two"].id: (VolumeRule.BUILD_UP, None)}
    subjects = {nation["maths"].id: nation["one"].id, nation["sami"].id: nation["two"].id}
    return services.set_groups(made.number, rows, subjects, actor=nation["eva"], at=MONDAY)


def held_on(day):
    return [(subject.code, where.number) for subject, where, _confirmed in priority_subjects(day)]


def test_a_draft_says_what_holds_today(nation):
    made = services.begin(DATES, actor=nation["eva"], at=MONDAY)

    assert {(row.subject_id, row.group_id) for row in made.subjects} == {(nation["maths"].id, nation["one"].id), (nation["music"].id, nation["two"].id)}


def test_a_version_is_hidden_until_its_day_and_holds_from_its_first_day(nation):
    made = changed(nation)
    services.approve(made.number, actor=nation["eva"], at=MONDAY)
    early = services.release_due(datetime(2027, 1, 14, 22, 59, tzinfo=UTC)), queries.versions(hidden_too=False)
    with pytest.raises(NotFound):
        queries.version(made.number, hidden_too=False)
    released = services.release_due(datetime(2027, 1, 14, 23, tzinfo=UTC)), services.release_due(THAT_DAY)  # midnight at home, and again

    assert (early, released) == ((0, []), (1, 0))
    assert queries.version(made.number, hidden_too=False).state is Version.RELEASED
    assert held_on(date(2027, 7, 31)) == [("matematikk", 1), ("musikk", 2)]
    assert held_on(HOLDS) == [("matematikk", 1), ("samisk", 2)]
    assert [nation["two"].rule_on(day) for day in (date(2027, 7, 31), HOLDS)] == [VolumeRule.FEWER, VolumeRule.BUILD_UP]
    assert queries.targets(date(2027, 7, 31)) == {}
    assert queries.targets(HOLDS) == {nation["one"].id: 500}


def test_a_rule_that_a_later_version_takes_back_holds_until_its_first_day(nation):
    """The second says what the strategy says, so the group goes by that again; a third changes its mind before the second has come to hold."""
    first = changed(nation)
    services.approve(first.number, actor=nation["eva"], at=MONDAY)
    services.release_due(THAT_DAY)
    later = date(2028, 8, 1)
    for rule in (VolumeRule.DEMAND, VolumeRule.FEWER):
        made = services.begin(DATES | {"release_on": date(2027, 9, 1), "holds_from": later}, actor=nation["eva"], at=THAT_DAY)
        services.set_groups(made.number, {nation["two"].id: (rule, None)}, {}, actor=nation["eva"], at=THAT_DAY)
        services.approve(made.number, actor=nation["eva"], at=THAT_DAY)
        services.release_due(datetime(2027, 9, 1, 6, tzinfo=UTC))

    assert [nation["two"].rule_on(day) for day in (date(2027, 7, 31), HOLDS, date(2028, 7, 31), later)] == [
        VolumeRule.FEWER, VolumeRule.BUILD_UP, VolumeRule.BUILD_UP, VolumeRule.FEWER,
    ]  # fmt: skip


def test_a_group_that_a_version_adds_holds_from_its_first_day(nation, client):
    made = services.begin(DATES, actor=nation["eva"], at=MONDAY)
    values = {"name_nb": "Digital kompetanse", "name_nn": None, "name_en": None, "quotation": None, "rule": VolumeRule.BUILD_UP, "seats": 50}
    added = services.add_group(made.number, values, actor=nation["eva"], at=MONDAY)
    with pytest.raises(BadInput) as refused:
        services.add_group(made.number, values | {"name_nb": "digital KOMPETANSE"}, actor=nation["eva"], at=MONDAY)
    services.set_groups(made.number, {}, {nation["sami"].id: added.group_id}, actor=nation["eva"], at=MONDAY)
    services.approve(made.number, actor=nation["eva"], at=MONDAY)
    services.release_due(THAT_DAY)

    assert list(refused.value.errors) == ["name_nb"]
    assert (added.group.number, queries.targets(HOLDS)) == (3, {added.group_id: 50})
    assert held_on(date(2027, 7, 31)) == [("matematikk", 1), ("musikk", 2)]
    assert held_on(HOLDS) == [("samisk", 3)]
    with pytest.raises(VersionStands):
        services.add_group(made.number, values | {"name_nb": "En til"}, actor=nation["eva"], at=THAT_DAY)
    assert "Digital kompetanse" in client.get(f"/priorities/{made.number}").text


def test_a_draft_is_never_released(nation):
    changed(nation)

    assert services.release_due(datetime(2028, 1, 1, tzinfo=UTC)) == 0
    assert held_on(date(2028, 1, 1)) == [("matematikk", 1), ("musikk", 2)]


def test_what_is_approved_stands_until_it_is_taken_back_and_what_is_released_for_good(nation):
    made = changed(nation)
    services.approve(made.number, actor=nation["eva"], at=MONDAY)
    with pytest.raises(VersionStands):
        services.change(made.number, DATES, actor=nation["eva"], at=MONDAY)
    services.take_back(made.number, actor=nation["eva"], at=MONDAY)
    services.change(made.number, DATES | {"note": "Sámi is new."}, actor=nation["eva"], at=MONDAY)
    services.approve(made.number, actor=nation["eva"], at=MONDAY)
    services.release_due(THAT_DAY)
    with pytest.raises(StepRefused):
        services.take_back(made.number, actor=nation["eva"], at=THAT_DAY)

    assert made.note == "Sámi is new."


def test_a_later_version_takes_over_from_one_that_has_not_come_to_hold(nation):
    first = changed(nation)
    services.approve(first.number, actor=nation["eva"], at=MONDAY)
    services.release_due(THAT_DAY)
    second = services.begin(DATES | {"release_on": date(2027, 2, 1), "name": "Corrected"}, actor=nation["eva"], at=THAT_DAY)
    services.set_groups(second.number, {}, {nation["music"].id: nation["one"].id}, actor=nation["eva"], at=THAT_DAY)
    services.approve(second.number, actor=nation["eva"], at=THAT_DAY)
    services.release_due(datetime(2027, 2, 1, 6, tzinfo=UTC))

    assert held_on(date(2027, 7, 31)) == [("matematikk", 1), ("musikk", 2)]
    assert held_on(HOLDS) == [("musikk", 1)]


@pytest.mark.parametrize(("values", "field"), [({"release_on": MONDAY.date()}, "release_on"), ({"holds_from": date(2027, 1, 1)}, "holds_from")])
def test_dates_that_cannot_be_are_refused_at_their_field(nation, values, field):
    with pytest.raises(BadInput) as refused:
        services.begin(DATES | values, actor=nation["eva"], at=MONDAY)

    assert list(refused.value.errors) == [field]


def test_nothing_is_approved_before_the_parties_are_named(nation):
    made = services.begin(DATES | {"parties": None}, actor=nation["eva"], at=MONDAY)
    with pytest.raises(BadInput) as refused:
        services.approve(made.number, actor=nation["eva"], at=MONDAY)

    assert list(refused.value.errors) == ["parties"]


def test_seats_are_asked_of_a_region_beside_what_its_institutions_offer(nation):
    school = f.institution()
    region = f.region("vest", [], [school])
    f.offering(f.module(f.course(school, nation["sami"])), seats=12)
    values = {"region": "vest", "subject": "samisk", "level": Band.PRIMARY, "year": 2026, "source": "state-commissioned", "seats": 20}
    made = services.begin(DATES, actor=nation["eva"], at=MONDAY)
    for seats in (20, 25):  # the second time changes how many
        services.commission(made.number, values | {"seats": seats}, actor=nation["eva"], at=MONDAY)

    assert [one.seats for one in made.commissions] == [25]
    assert queries.offered([nation["sami"].id], [2026], MONDAY.date()) == {(region.organisation_id, nation["sami"].id, Band.PRIMARY, 2026): 12}


def test_a_source_of_seats_is_asked_for_only_once_it_is_let_out_and_is_read_by_name_ever_after(nation, client, db, app):
    f.region("vest", [], [f.institution()])
    app.config["CLOCK"] = lambda: MONDAY
    fund = SeatSource(code="from-a-fund", position=9, by_authority=False, name_nb="Betalt av et fond", source="test")
    db.session.add(fund)
    db.session.commit()
    values = {"region": "vest", "subject": "samisk", "level": Band.PRIMARY, "year": 2026, "source": "from-a-fund", "seats": 20}
    made = services.begin(DATES, actor=nation["eva"], at=MONDAY)
    with pytest.raises(BadInput) as refused:
        services.commission(made.number, values, actor=nation["eva"], at=MONDAY)
    shown(client, db, nation["eva"], "/priorities")
    before = client.get(f"/priorities/{made.number}/commissions/new").text

    fund.released_at = MONDAY
    db.session.commit()
    after = client.get(f"/priorities/{made.number}/commissions/new").text
    services.commission(made.number, values, actor=nation["eva"], at=MONDAY)
    fund.valid_to = date(2025, 12, 31)
    db.session.commit()

    assert list(refused.value.errors) == ["source"]
    assert ("Betalt av et fond" in before, "Betalt av et fond" in after) == (False, True)
    assert "Betalt av et fond" in client.get(f"/priorities/{made.number}").text


def test_loading_the_registers_again_brings_back_nothing_that_a_version_has_ended(registers, db):
    body = f.organisation(f.OrganisationKind.AUTHORITY, "The directorate")
    eva = f.acting(f.member(body.id, Role.AUTHORITY))
    made = services.begin(DATES, actor=eva, at=MONDAY)
    first = db.session.scalars(select(PriorityGroup).order_by(PriorityGroup.number)).first()
    services.set_groups(made.number, {first.id: (VolumeRule.BUILD_UP, None)}, {}, actor=eva, at=MONDAY)
    services.approve(made.number, actor=eva, at=MONDAY)
    services.release_due(THAT_DAY)
    load_registers()

    assert [subject.kind for subject, where, _confirmed in priority_subjects(HOLDS) if where is not None] == []
    assert db.session.get(PriorityGroup, first.id).rule_on(HOLDS) is VolumeRule.BUILD_UP


HELD = st.lists(
    st.builds(
        lambda key, subject, where, first, length: Held(key, subject, where, date(2020 + first, 1, 1), None if length is None else date(2020 + first + length, 12, 31)),
        st.integers(1, 10**6), st.integers(1, 4), st.integers(1, 3), st.integers(0, 8), st.none() | st.integers(0, 4),
    ), unique_by=lambda one: one.key,
)  # fmt: skip


@given(HELD, st.dictionaries(st.integers(1, 4), st.integers(1, 3)), st.integers(0, 10))
def test_from_its_first_day_a_version_alone_holds_and_nothing_before_it_changes(held, wanted, year):
    day = date(2020 + year, 8, 1)
    change = taking_over(held, wanted, day)

    after = [Held(one.key, one.subject, one.group, one.first, change.ends.get(one.key, one.last)) for one in held if one.key not in change.dropped]
    after += [Held(0, subject, where, day, None) for subject, where in change.begins.items()]

    def on(rows, when):
        return {(one.subject, one.group) for one in rows if one.first <= when and (one.last is None or when <= one.last)}

    assert on(after, day) == set(wanted.items()) == on(after, date(2040, 1, 1))
    for back in range(2019, 2020 + year):
        assert on(after, date(back, 12, 31)) == on(held, date(back, 12, 31))


def shown(client, db, actor, address):
    f.signed_in(client, db.session.get(f.Person, actor.person_id), MONDAY)
    return client.get(address)


def test_the_way_from_a_new_version_to_its_approval(nation, client, db, app):
    f.region("vest")
    app.config["CLOCK"] = lambda: MONDAY
    shown(client, db, nation["eva"], "/priorities")
    wrong = client.post("/priorities", data={"name": "Priorities 2027", "release_on": "2020-01-01", "holds_from": "2027-08-01"})
    address = client.post("/priorities", data={"name": "Priorities 2027", "release_on": "2027-01-15", "holds_from": "2027-08-01"}).location
    refused = client.post(f"{address}/approval")
    client.post(f"{address}/facts", data={"name": "Priorities 2027", "release_on": "2027-01-15", "holds_from": "2027-08-01", "parties": "KS"})
    odd = client.post(f"{address}/groups", data={"rule-1": "keep", "rule-2": "keep", "group-musikk": "9"})
    client.post(f"{address}/groups", data={"rule-1": "keep", "seats-1": "500", "rule-2": "keep", "group-matematikk": "1", "group-samisk": "2"})
    client.post(f"{address}/commissions", data={"region": "vest", "subject": "samisk", "level": "1-7", "year": "2027", "source": "state-commissioned", "seats": "20"})
    wrong_group = client.post(f"{address}/groups/new", data={"name_nb": "Nytt", "seats": "mange"})
    client.post(f"{address}/groups/new", data={"name_nb": "Nytt", "rule": "develop"})
    page = client.get(address).text
    client.post(f"{address}/approval")
    client.delete_cookie("seksti")

    assert (wrong.status_code, "The date must lie ahead." in wrong.text) == (422, True)
    assert (refused.status_code, "Say which parties have agreed first." in refused.text) == (422, True)
    assert odd.status_code == 422
    assert (wrong_group.status_code, 'value="Nytt"' in wrong_group.text, '<option value="2" selected>' in wrong_group.text) == (422, True, True)
    assert "3 Nytt" in page
    assert all(word in page for word in ("Region vest", "Samisk", "500", "KS"))
    assert (client.get(address).status_code, "Priorities 2027" in client.get("/priorities").text) == (404, False)
