"""Seats kept for somebody: the rules, what is refused, and the page."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import OrganisationKind, Role
from catalog.publishing.services.seating import Seating, set_seats
from catalog.publishing import content
from catalog.values import EnrolmentMode
from config.errors import BadInput, NotAllowed, NotFound
from enrolment.allocation.values import QuotaKind
from enrolment.quotas import queries, rules, services
from enrolment.quotas.rules import Kept
from enrolment.rounds.models import SeatSource
from tests import factories as f

AHEAD = date(2027, 1, 10)
quotas = st.lists(
    st.builds(Kept, st.integers(1, 9), st.sampled_from([QuotaKind.REGION, QuotaKind.OWNER]), st.sampled_from("ab"), st.integers(0, 5), st.integers(0, 5), st.booleans()),
    max_size=4, unique_by=lambda one: one.key,
)  # fmt: skip


@given(quotas, st.integers(0, 20), st.integers(0, 20))
def test_rooms_never_hold_more_than_the_free_seats_nor_what_is_kept_for_others(kept, spare, others):
    within = [one for one in kept if one.held <= one.seats]
    seats = sum(one.seats for one in within) + spare
    taken = sum(one.held for one in within) + min(others, spare)

    found = rules.rooms(seats=seats, taken=taken, quotas=within)

    assert sum(one.free for one in found) == seats - taken
    assert {one.key: one.free for one in found if one.key} == {one.key: one.unused for one in within if one.still_kept}


def test_a_seat_is_taken_in_the_first_quota_that_admits():
    kept = [Kept(1, QuotaKind.OWNER, "a", 1), Kept(2, QuotaKind.OPEN, "", 0), Kept(3, QuotaKind.REGION, "vest", 1)]
    free = rules.rooms(seats=3, taken=0, quotas=kept)

    assert rules.room_for(free, lambda kind, value: (kind, value) == (QuotaKind.REGION, "vest")).kind is QuotaKind.OPEN
    assert rules.room_for(free, lambda kind, value: (kind, value) == (QuotaKind.OWNER, "a")).key == 1


@given(st.dictionaries(st.integers(1, 5), st.integers(0, 9)), st.integers(0, 20))
def test_what_is_kept_is_cut_to_the_free_seats_and_the_last_give_way_first(wanted, free):
    fits = rules.fitted(wanted, free)

    assert sum(fits.values()) == min(free, sum(wanted.values()))
    short = [key for key in wanted if fits[key] < wanted[key]]
    assert not short or all(fits[key] == 0 for key in list(wanted)[list(wanted).index(short[0]) + 1 :])


@pytest.fixture
def place(db):
    return f.offering(f.module(f.course(f.institution(), f.subject())), seats=5, mode=EnrolmentMode.ROUND)


@pytest.fixture
def editor(place):
    return f.acting(f.editor(place.module.institution))


@pytest.fixture
def authority(db):
    return f.acting(f.member(f.organisation(OrganisationKind.AUTHORITY, "The directorate").id, Role.AUTHORITY))


@pytest.fixture
def visitor(app):
    return lambda actor: f.signed_in(app.test_client(), f.db.session.get(f.Person, actor.person_id))


def keep(place, actor, kept_for="open", **known):
    values = {"owner": None, "seats": 1, "release_on": None, "source": None} | known
    return services.add(place.uuid, {"kept_for": kept_for, **values}, actor=actor, at=f.MONDAY)


def refused(field, save):
    with pytest.raises(BadInput) as caught:
        save()
    return caught.value.errors[field][0]


def test_never_more_is_kept_than_the_run_has(place, editor):
    f.region("vest")
    f.region("nord")
    keep(place, editor, "region:vest", seats=4)

    assert "at most 1 can" in refused("seats", lambda: keep(place, editor, "region:nord", seats=2))


def test_the_seats_of_a_run_cannot_go_below_what_is_kept(place, editor):
    f.region("vest")
    keep(place, editor, "region:vest", seats=4)
    line = Seating(place.uuid, 3, 0, content.version_of(content.content(place, "seats")))

    assert "4 seats are kept" in refused(f"seats-{place.uuid}", lambda: set_seats([line], actor=editor, at=f.MONDAY))


def test_an_owner_is_found_by_name_and_two_of_a_name_are_asked_apart(place, editor):
    around = f.county()
    there = f.owner(f.municipality("1108", "Sandnes", around))
    f.owner(f.municipality("1109", "Sande", around))

    assert "Several" in refused("owner", lambda: keep(place, editor, "owner", owner="sand"))
    assert "no school owner called" in refused("owner", lambda: keep(place, editor, "owner", owner="Nowhere"))
    assert keep(place, editor, "owner", owner="sandnes KOMMUNE").value == there.key


def test_the_same_twice_and_a_day_that_is_past_are_refused(place, editor):
    f.region("vest")
    f.scheme("stipend")
    keep(place, editor, "region:vest")

    assert "already" in refused("kept_for", lambda: keep(place, editor, "region:vest"))
    assert "ahead" in refused("release_on", lambda: keep(place, editor, "scheme:stipend", release_on=f.MONDAY.date()))


def test_commissioned_seats_are_the_authoritys_alone_and_others_the_institutions(place, editor, authority):
    f.region("vest")
    f.region("nord")
    theirs, ours = keep(place, authority, "region:vest"), keep(place, editor, "region:nord", source="jointly-developed")

    assert theirs.source == "state-commissioned"
    assert "Choose" in refused("source", lambda: keep(place, editor, source="state-commissioned"))
    for quota, actor in ((theirs, editor), (ours, authority)):
        with pytest.raises(NotAllowed):
            services.remove(place.uuid, quota.uuid, actor=actor, at=f.MONDAY)


def a_source(db, code="from-a-fund", **known):
    facts = {"position": 9, "by_authority": False, "name_nb": "Betalt av et fond", "valid_from": date(2026, 1, 1), "source": "test", "released_at": f.MONDAY} | known
    db.session.add(SeatSource(code=code, **facts))
    db.session.commit()


@pytest.mark.parametrize("hidden", [{"released_at": None}, {"valid_to": date(2026, 10, 31)}, {"released_at": f.MONDAY + timedelta(days=2)}])
def test_only_sources_that_hold_and_are_let_out_are_offered(db, place, editor, visitor, hidden):
    a_source(db)
    a_source(db, "hidden", name_nb="Ingen ser den", **hidden)
    page = visitor(editor).get(f"/offerings/{place.uuid}/quotas").text

    assert ("Betalt av et fond" in page, "Ingen ser den" in page, "Commissioned by the state" in page) == (True, False, False)
    assert "Choose" in refused("source", lambda: keep(place, editor, source="hidden"))
    assert keep(place, editor, source="from-a-fund").source == "from-a-fund"


def test_what_was_written_is_read_by_name_when_its_source_no_longer_holds(db, place, editor, visitor):
    a_source(db)
    keep(place, editor, source="from-a-fund")
    db.session.query(SeatSource).filter_by(code="from-a-fund").one().valid_to = date(2026, 10, 31)
    db.session.commit()

    page = visitor(editor).get(f"/offerings/{place.uuid}/quotas").text

    assert page.count("Betalt av et fond") == 1


def test_where_the_authority_has_several_sources_it_says_which_and_where_it_has_none_it_keeps_no_seats(db, place, authority, visitor):
    a_source(db, by_authority=True)
    assert "Choose" in refused("source", lambda: keep(place, authority))
    visitor(authority).post(f"/offerings/{place.uuid}/quotas", data={"kept_for": "open", "source": "from-a-fund"})
    assert [one.source for one in queries.of_offering(place.id)] == ["from-a-fund"]

    for one in db.session.query(SeatSource):
        one.valid_to = date(2026, 10, 31)
    db.session.commit()
    f.region("vest")
    assert "holds today" in refused("source", lambda: keep(place, authority, "region:vest"))


def test_another_institutions_run_is_not_there(place):
    stranger = f.acting(f.editor(f.institution("UiB", "Universitetet i Bergen")))

    with pytest.raises(NotFound):
        keep(place, stranger)


def test_the_page_keeps_what_was_typed_and_says_what_is_wrong(place, editor, visitor):
    page = visitor(editor).post(f"/offerings/{place.uuid}/quotas", data={"kept_for": "owner", "owner": "Nowhere", "seats": "99"})

    assert page.status_code == 422
    assert "There is no school owner called “Nowhere”." in page.text
    assert 'value="99"' in page.text


def test_a_change_and_a_new_order_show_on_the_page(db, place, editor, visitor):
    for code in ("vest", "nord"):
        f.region(code)
        keep(place, editor, f"region:{code}", seats=2)
    [first, last], browser = queries.of_offering(place.id), visitor(editor)

    browser.post(f"/offerings/{place.uuid}/quotas/{last.uuid}", data={"seats": "3", "release_on": AHEAD.isoformat()})
    browser.post(f"/offerings/{place.uuid}/quotas/{last.uuid}/precedence")

    db.session.expire_all()
    assert [(one.uuid, one.seats, one.release_on) for one in queries.of_offering(place.id)] == [(last.uuid, 3, AHEAD), (first.uuid, 2, None)]
    assert "10 January 2027" in browser.get(f"/offerings/{place.uuid}/quotas").text
