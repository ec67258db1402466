"""A region decides what counts at a distance: how many days, and how long one may have to travel. Coverage goes by it at once, and exactly."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Role
from catalog.places.models import DistanceRule
from catalog.subjects.models import PriorityGroup, SubjectPriority
from catalog.values import Band, Delivery, VolumeRule
from config.clock import HOME
from regions.coverage.matrix import Asked, matrix
from regions.coverage.rules import Status
from regions.coverage.totals import totals
from regions.distance import queries, services
from regions.distance.rules import hours, minutes
from tests import factories as f
from tests.factories import MONDAY

ON = MONDAY.date()


@pytest.fixture
def far(db):
    """A study of 30 credits that meets for two days in Bodø, and a region in the west that one lives in."""
    maths = f.subject(requires={Band.PRIMARY: 30})
    group = PriorityGroup(number=1, name_nb="Fellesfag", volume_rule=VolumeRule.KEEP, quotation="…", source="test", valid_from=date(2012, 1, 1))
    db.session.add(SubjectPriority(subject=maths, group=group, source="test"))
    db.session.add(DistanceRule(region_id=None, most_days=2, source="test"))
    nordland = f.county("18", "Nordland")
    bodo = f.municipality("1804", "Bodø", nordland)
    school = f.institution("Nord", "Nord universitet")
    west = f.region("vest", [f.county("46", "Vestland")])
    f.region("nord", [nordland], [school])
    run = f.offering(f.module(f.course(school, maths), credits="30"), delivery=Delivery.BLENDED)
    f.gathering(run, date(2027, 2, 1), date(2027, 2, 2), municipality_id=bodo.id)
    return west, f.acting(f.member(west.organisation_id, Role.COORDINATOR)), nordland


def shown(region):
    judged = matrix(Asked(2026, Band.PRIMARY), ON)
    return judged.rows[0].cells[region.organisation_id].status, totals(judged).regions[region.organisation_id].open.runs


def decide(far, days=2, most=None, travel=None, at=MONDAY):
    services.decide(days, most and Decimal(most), {far[2].id: travel and Decimal(travel)}, actor=far[1], at=at)


def test_what_the_region_finds_too_far_away_does_not_count_there_and_does_elsewhere(far, db):
    decide(far, most="5", travel="6")
    too_far = shown(far[0])
    north = next(region for region in queries.db.session.query(type(far[0])) if region.code == "nord")
    decide(far, most="6", travel="6")

    assert (too_far, shown(far[0])) == ((Status.NONE, 0), (Status.DISTANCE, 1))
    assert shown(north)[0] is Status.COMPLETE


@pytest.mark.parametrize(("most", "travel"), [(None, "9"), ("5", None), (None, None)])
def test_travel_that_is_not_asked_for_or_not_said_is_not_assumed(far, most, travel):
    decide(far, most=most, travel=travel)

    assert shown(far[0]) == (Status.DISTANCE, 1)


def test_a_region_may_want_fewer_days_than_the_others(far):
    decide(far, days=1)

    assert shown(far[0]) == (Status.NONE, 0)


def test_what_was_decided_before_keeps_its_days(far):
    later = datetime(2026, 12, 1, 9, tzinfo=HOME)
    decide(far, days=1)
    decide(far, days=3)  # the same day: the first was a slip
    decide(far, days=5, at=later)

    rules = [queries.rule(far[0].organisation_id, day)[0].most_days for day in (ON, date(2026, 11, 30), date(2026, 12, 1))]
    assert rules == [3, 3, 5]


@given(st.integers(1, 96))
def test_hours_come_back_as_they_were_typed(quarters):
    typed = Decimal(quarters) / 4

    assert hours(minutes(typed)) == typed


def test_the_form_keeps_what_was_typed_and_says_what_is_wrong(far, client, db):
    f.signed_in(client, db.session.get(f.Person, far[1].person_id))
    refused = client.post("/region/distance", data={"most_days": "2", "most_hours": "5", "hours-18": "lang vei"})
    client.post("/region/distance", data={"most_days": "2", "most_hours": "5", "hours-18": "6,5"})
    page = client.get("/region/distance").text

    assert (refused.status_code, 'value="lang vei"' in refused.text) == (422, True)
    assert ('name="hours-18"' in page, 'value="6.5"' in page, 'name="hours-46"' in page) == (True, True, False)
    assert shown(far[0]) == (Status.NONE, 0)
