"""The region's statement: sums by owner of its own region, and no figure that could tell of a single person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Role
from catalog.values import Strand
from enrolment.money import services as ledger
from enrolment.money.models import RepaymentRule
from enrolment.money.values import Award, Reason
from enrolment.participation import services as participation
from regions.granted import rules
from regions.granted.rules import Moved
from tests import factories as f
from tests.enrolment.money import scene
from tests.enrolment.money.scene import HALF, IN_SPRING, SPRING, adviser, both_confirm, seat_of, taking_part

awards = st.lists(st.builds(Award, st.just(Strand.FURTHER), st.none(), st.none(), st.integers(0, 10**6), st.just(0), st.just(0), st.integers(1, 4), st.integers(1, 30), st.just(1)), max_size=40)
moves = st.lists(st.builds(Moved, st.integers(1, 4), st.integers(1, 30), st.integers(1, 10**6), st.integers(-(10**6), 0)), max_size=20, unique_by=lambda one: (one.owner, one.person))


@given(awards, moves)
def test_no_line_tells_of_fewer_than_five_and_no_difference_does(given_, moved):
    sums = {str(owner): one for owner, one in rules.by_owner(given_, moved).items()}
    lines, together = rules.told(sums)

    for line in lines:
        counts = sums[line.name].counts
        assert line.people is None or line.people == 0 or line.people >= 5
        assert line.back is None or all(part == 0 or part >= 5 for part in counts.parts)
        assert line.people is not None or (line.bound, line.confirmed, line.paid, line.back) == (None,) * 4
    hidden = [sums[line.name].counts.participants for line in lines if line.people is None and sums[line.name].counts.participants]
    if together.people is not None and hidden:
        assert len(hidden) > 1
        assert sum(hidden) >= 5


@given(awards, moves)
def test_all_that_is_shown_adds_up_to_what_is_shown_of_all(given_, moved):
    sums = {str(owner): one for owner, one in rules.by_owner(given_, moved).items()}
    lines, together = rules.told(sums)
    shown = [line.bound for line in lines if line.bound is not None]
    if together.bound is not None:
        assert sum(shown) <= together.bound
        assert sum(shown) == together.bound or len(shown) < len(sums)


def test_where_nothing_is_hidden_every_column_adds_up():
    people = [(owner, person) for owner, many in ((1, 6), (2, 7), (3, 5)) for person in range(many)]
    given_ = [Award(Strand.FURTHER, None, None, 1000, 400, owner=owner, person=person, county=1) for owner, person in people]
    lines, together = rules.told({str(owner): one for owner, one in rules.by_owner(given_, [Moved(*who, 300, 0) for who in people]).items()})

    assert [(line.people, line.bound, line.confirmed, line.paid, line.back) for line in (*lines, together)] == [
        (6, 6000, 2400, 1800, 0), (7, 7000, 2800, 2100, 0), (5, 5000, 2000, 1500, 0), (18, 18000, 7200, 5400, 0),
    ]  # fmt: skip


@pytest.fixture
def region(db):
    """Six teachers of Stavanger with money, of whom one's payment was claimed back; two of Sandnes, seven of Time; one of another county."""
    db.session.add(RepaymentRule(code="not", reason=Reason.NOT_TAKING_PART, percent=100, source="test"))
    scene.work_year()
    module = scene.module()
    inside, outside = f.county("11", "Rogaland"), f.county("18", "Nordland")
    one, course = None, module.course
    for code, name, county, many in (("1103", "Stavanger", inside, 6), ("1108", "Sandnes", inside, 2), ("1121", "Time", inside, 7), ("1804", "Bodø", outside, 1)):
        place = f.municipality(code, name, county)
        school = f.school(f.owner(place), place, f"School of {name}")
        for number in range(many):
            case = taking_part(f"{name} {number}", f.module(course), like=one, school=school)
            one = one or case
            both_confirm(case)
    ledger.book_due(IN_SPRING)
    participation.retract(seat_of(one).uuid, SPRING, "Never began.", actor=adviser(one), at=IN_SPRING)
    ledger.book_due(IN_SPRING)
    return f.region("vest", [inside])


def page(app, region, path):
    randi = f.member(region.organisation_id, Role.COORDINATOR)
    return f.signed_in(app.test_client(), randi).get(path)


def test_small_owners_and_small_parts_are_hidden(app, region):
    lines = page(app, region, "/region/money/2026.csv").text.splitlines()[1:]

    assert lines == ["Sandnes kommune;;;;;", "Stavanger kommune;;;;;", "Time kommune;7;700000.00;;;", "Together;15;1500000.00;;;"]


def test_nobody_is_named_and_no_other_region_is_in_it(app, region):
    text = page(app, region, "/region/money/2026").text

    assert "hidden" in text
    assert not any(name in text for name in ("Stavanger 0", "Bodø", str(HALF)))


def test_a_year_without_money_has_no_statement(app, region):
    assert page(app, region, "/region/money/2019").status_code == 404
    assert "2026/2027" in page(app, region, "/region/money").text


def test_the_page_asks_as_often_for_three_owners_as_for_one(app, region, count_queries):
    randi = f.signed_in(app.test_client(), f.member(region.organisation_id, Role.COORDINATOR))

    def asked() -> int:
        f.db.session.expire_all()
        with count_queries() as seen:
            randi.get("/region/money/2026")
        return len(seen)

    asked()
    few = asked()
    for code, name in (("1120", "Klepp"), ("1122", "Gjesdal")):
        place = f.municipality(code, name, f.db.session.query(f.County).filter_by(code="11").one())
        school = f.school(f.owner(place), place, f"School of {name}")
        both_confirm(taking_part(name, f.module(f.db.session.query(f.Course).first()), school=school))
    ledger.book_due(IN_SPRING)

    assert asked() == few
