"""An owner states how many teachers it has: from a day, in full posts, and shared money is split by it."""

from datetime import date

import pytest
from sqlalchemy import select

from accounts.models import Event, Role
from config.errors import BadInput
from enrolment.awarding import queries
from enrolment.awarding.models import OwnerTeachers
from enrolment.awarding.services import stating
from tests import factories as f

JANUARY, AUGUST = date(2027, 1, 1), date(2027, 8, 1)


@pytest.fixture
def adviser(db):
    place = f.municipality()
    owner = f.owner(place)
    f.school(owner, place)
    return f.member(owner.organisation_id, Role.OWNER)


def state(adviser, hundredths, day):
    stating.state_teachers(hundredths, day, actor=f.acting(adviser), at=f.MONDAY)


def posts(adviser, day):
    """Hundredths of full posts on a day, and whether they were counted because nobody has stated them."""
    owner = f.acting(adviser).organisation_id
    found, counted = queries.teachers_by_owner([owner], day)
    return found[owner], bool(counted)


def test_until_an_owner_states_its_teachers_those_here_are_counted(adviser):
    f.teacher()
    assert posts(adviser, JANUARY) == (100, True)

    state(adviser, 31_250, JANUARY)

    assert posts(adviser, date(2026, 12, 31)) == (100, True)
    assert posts(adviser, JANUARY) == (31_250, False)


def test_a_number_holds_until_the_day_before_the_next_and_of_one_day_the_last_stands(adviser, db):
    state(adviser, 30_000, JANUARY)
    state(adviser, 31_000, AUGUST)
    state(adviser, 32_000, AUGUST)

    assert [posts(adviser, day)[0] for day in (date(2027, 7, 31), AUGUST, date(2040, 1, 1))] == [30_000, 32_000, 32_000]
    assert len(db.session.scalars(select(OwnerTeachers)).all()) == 2


def test_a_number_from_before_one_that_is_stated_is_refused_with_the_day(adviser):
    state(adviser, 31_000, AUGUST)

    with pytest.raises(BadInput, match="1 August 2027"):
        state(adviser, 30_000, JANUARY)


def test_the_trail_tells_who_stated_what_and_the_same_again_is_nothing_new(adviser, db):
    state(adviser, 31_000, AUGUST)
    state(adviser, 31_000, AUGUST)

    [event] = db.session.scalars(select(Event).where(Event.kind == "owner teachers")).all()
    assert (event.person_uuid, event.facts) == (adviser.uuid, {"hundredths": 31_000, "from": "2027-08-01"})


def test_the_page_takes_a_number_as_people_write_it_and_shows_it(client, adviser):
    f.signed_in(client, adviser)

    sent = client.post("/owner/teachers", data={"posts": "1 312,5", "valid_from": "2026-11-01"})
    page = client.get("/owner/teachers").text

    assert sent.status_code == 302
    assert "Today: 1,312.5 full posts." in page


@pytest.mark.parametrize("typed", ["", "many", "-1", "3,125", "NaN", "1e9", "100001"])
def test_what_is_no_number_of_posts_is_refused_at_its_field_and_kept(client, adviser, typed, db):
    answer = f.signed_in(client, adviser).post("/owner/teachers", data={"posts": typed, "valid_from": "2026-11-01"})

    assert answer.status_code == 422
    assert f'value="{typed}"' in answer.text or not typed
    assert db.session.scalars(select(OwnerTeachers)).all() == []


def test_a_day_that_is_too_early_is_told_at_its_field(client, adviser):
    state(adviser, 31_000, AUGUST)

    answer = f.signed_in(client, adviser).post("/owner/teachers", data={"posts": "300", "valid_from": "2027-01-01"})

    assert answer.status_code == 422
    assert "You have stated a number from 1 August 2027." in answer.text


def test_the_way_to_it_stands_on_the_page_of_the_staff(client, adviser):
    assert '"/owner/teachers"' in f.signed_in(client, adviser).get("/owner/staff").text
