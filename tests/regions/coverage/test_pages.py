"""Coverage from real rows: what a published run changes, what a stranger reads, and that the file says what the screen says."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from catalog.offers.lifecycle import Run
from catalog.offers.models import ContentTag
from catalog.offers.rules import can_be_applied_for
from catalog.places.models import DistanceRule
from catalog.subjects.models import PriorityGroup, SubjectPriority
from catalog.values import Band, Delivery, Grades, Semester, Tag, VolumeRule
from config.database import db as database
from regions.coverage import words
from regions.coverage.loading import days_away
from regions.coverage.matrix import Asked, matrix
from regions.coverage.rules import Content, Status
from tests import factories as f

ON = date(2026, 11, 23)
PRIMARY = Asked(2026, Band.PRIMARY)


@pytest.fixture
def west(db):
    """Region Vest with one county and one institution, and mathematics as a priority of which 30 credits are required."""
    maths = f.subject(requires={Band.PRIMARY: 30})
    group = PriorityGroup(number=1, name_nb="Fellesfag", volume_rule=VolumeRule.KEEP, quotation="…", source="test", valid_from=date(2012, 1, 1))
    database.session.add(SubjectPriority(subject=maths, group=group, source="test"))
    here = f.county("46", "Vestland")
    school = f.institution()
    region = f.region("vest", [here], [school])
    database.session.commit()
    return region, maths, f.course(school, maths), f.municipality("4601", "Bergen", here)


def judged(region):
    return matrix(PRIMARY, ON).rows[0].cells[region.organisation_id]


def test_a_published_run_is_in_the_matrix_at_the_next_reading(west):
    region, _maths, course, _town = west
    module = f.module(course, credits="30")
    before = judged(region)

    f.offering(module, delivery=Delivery.CAMPUS)

    assert (before.status, judged(region).status) == (Status.NONE, Status.COMPLETE)


def test_what_can_only_be_taken_online_is_complete_at_a_distance(west):
    region, _maths, course, _town = west
    f.offering(f.module(course, credits="30"), delivery=Delivery.ONLINE)

    assert judged(region).status is Status.DISTANCE


def test_half_of_the_way_is_partly_and_the_module_without_a_run_is_named(west):
    region, _maths, course, _town = west
    f.offering(f.module(course, credits="15"))
    lacking = f.module(course, credits="15")

    cell = judged(region)

    assert (cell.status, cell.halves, cell.missing.module) == (Status.PARTLY, 30, lacking.id)


def test_overlap_is_counted_once_on_the_path(west):
    region, _maths, course, _town = west
    first, second = f.module(course), f.module(course)
    f.offering(first)
    f.offering(second, semester=f.AUTUMN, starts_on=date(2027, 9, 1), ends_on=date(2027, 12, 1))
    f.overlap("5", first, second)

    assert judged(region).halves == 50


def test_a_required_module_must_be_finished_in_an_earlier_semester(west):
    region, _maths, course, _town = west
    first, second = f.module(course), f.module(course)
    f.requires(second, first)
    f.offering(first)
    run = f.offering(second)
    same_semester = judged(region).halves
    run.semester = f.AUTUMN
    run.starts_on, run.ends_on, run.apply_by = date(2027, 9, 1), date(2027, 12, 1), None
    database.session.commit()

    assert (same_semester, judged(region).halves) == (30, 60)


@pytest.mark.parametrize("facts", [{"state": Run.CANCELLED}, {"state": Run.DRAFT}, {"told_over": True}, {"semester": None}, {"apply_by": date(2026, 11, 22)}])
def test_what_cannot_be_applied_for_does_not_count(west, facts):
    region, _maths, course, _town = west
    f.offering(f.module(course, credits="30"), **facts)

    assert judged(region).status is Status.NONE


def test_a_gathering_in_another_county_is_bound_there_and_few_days_away_are_a_distance_study(west):
    region, _maths, course, town = west
    elsewhere = f.municipality("1804", "Bodø")
    f.region("nord", [elsewhere.county], [])
    run = f.offering(f.module(course, credits="30"), delivery=Delivery.BLENDED)
    f.gathering(run, date(2027, 2, 1), date(2027, 2, 2), municipality_id=elsewhere.id)

    rule_is_nought = judged(region)
    database.session.add(DistanceRule(region_id=None, most_days=2, source="test"))
    database.session.commit()

    assert (rule_is_nought.status, judged(region).status) == (Status.NONE, Status.DISTANCE)


def test_content_is_covered_not_covered_or_not_stated(west):
    region, _maths, course, _town = west
    silent = f.module(course, credits="15")
    f.offering(silent)
    nothing_said = judged(region).content
    f.offering(f.module(course, credits="15", tags=[ContentTag(tag=Tag.DIDACTICS, sentence="Didactics is part of it.")]))
    one_silent = judged(region).content
    silent.tags = [ContentTag(tag=Tag.DIDACTICS, sentence="Here too.", credits=Decimal("7.5"))]
    database.session.commit()

    assert set(nothing_said.values()) == {Content.NOT_STATED}
    assert (one_silent[Tag.DIDACTICS], one_silent[Tag.ICT]) == (Content.COVERED, Content.NOT_STATED)
    assert judged(region).content[Tag.ICT] is Content.NOT_COVERED


def test_a_subject_that_is_not_taught_in_the_band_has_no_cell(west):
    region, maths, _course, _town = west
    maths.grades = Grades.of(range(8, 14))
    database.session.commit()

    assert matrix(PRIMARY, ON).rows[0].cells == {}


def test_the_target_is_what_the_band_requires_and_sixty_where_nothing_is_required(west):
    targets = [matrix(Asked(2026, band), ON).rows[0].target for band in (Band.PRIMARY, Band.UPPER)]

    assert targets == [30, 60]


def test_a_region_without_institutions_has_cells_that_say_none(west):
    empty = f.region("midt")

    assert judged(empty).status is Status.NONE


@pytest.mark.parametrize(
    ("delivery", "stated", "meetings", "days"),
    [
        (Delivery.ONLINE, None, [], 0),
        (Delivery.CAMPUS, 2, [], None),
        (Delivery.BLENDED, None, [], None),
        (Delivery.BLENDED, 4, [], 4),
        (None, 4, [], None),
    ],
)
def test_days_away_are_known_only_where_they_are_stated(delivery, stated, meetings, days):
    assert days_away(delivery, stated, meetings) == days


def test_one_may_apply_until_the_last_day_and_without_one_until_the_semester_begins():
    spring = Semester.from_code("2027v")

    assert can_be_applied_for(semester=spring, apply_by=None, starts_on=None, on=date(2027, 1, 1))
    assert not can_be_applied_for(semester=spring, apply_by=None, starts_on=None, on=date(2027, 1, 2))
    assert can_be_applied_for(semester=spring, apply_by=date(2027, 3, 1), starts_on=None, on=date(2027, 3, 1))
    assert not can_be_applied_for(semester=None, apply_by=None, starts_on=None, on=date(2027, 3, 1))


def test_the_page_says_it_in_a_sentence_a_word_and_numbers(client, west):
    region, _maths, course, _town = west
    f.offering(f.module(course, credits="15"))

    page = client.get("/coverage").text

    assert "1 of 1 priority subjects lacks a complete path in at least one region: matematikk." in page
    assert "Partly" in page
    assert "15 of 30, 1 institution, 20 seats (5 full 60s)" in page


def test_a_cell_shows_its_path_and_the_missing_step(client, west):
    _region, _maths, course, _town = west
    f.offering(f.module(course, title="Algebra"))
    f.module(course, title="Geometry")

    page = client.get("/coverage/vest/matematikk").text

    assert "Algebra" in page
    assert "15 credits are missing. Geometry has no open or planned run in these years." in page


def test_a_coordinator_sees_the_own_region_what_is_missing_first(client, west):
    region, _maths, course, _town = west
    f.offering(f.module(course))
    f.signed_in(client, f.member(region.organisation_id, f.Role.COORDINATOR))

    page = client.get("/region").text

    assert "1 of 1 priority subjects lacks a complete path here: matematikk." in page
    assert "Subject didactics, ICT in the subject and assessment: not stated by the institution" in page


def test_a_matrix_that_counts_what_is_made_up_says_so(client, west):
    _region, _maths, course, _town = west
    module = f.module(course)
    f.offering(module)
    before = client.get("/coverage").text
    f.offering(module, made_up=True)

    assert [page.split("<footer")[0].count("made up for demonstration") for page in (before, client.get("/coverage").text, client.get("/regions/vest").text)] == [0, 1, 1]


@pytest.mark.parametrize("query", ["year=1e3", "year=1999", "level=14", "distance=maybe", "year=99999999999999999999"])
def test_a_query_that_cannot_be_used_is_refused_by_a_sentence(client, west, query):
    answer = client.get(f"/coverage?{query}")

    assert answer.status_code == 422
    assert "The address holds a value that cannot be used." in answer.text


def test_what_is_not_there_is_404(client, west):
    assert [client.get(path).status_code for path in ("/coverage/vest/alkymi", "/coverage/atlantis/matematikk")] == [404, 404]


def test_the_matrix_costs_the_same_queries_for_one_module_and_for_three(client, west, count_queries):
    _region, _maths, course, _town = west
    client.get("/coverage")
    f.offering(f.module(course))
    with count_queries() as one:
        client.get("/coverage")
    f.offering(f.module(course))
    f.offering(f.module(course))
    with count_queries() as three:
        client.get("/coverage")

    assert len(one) == len(three)


def test_a_cell_that_a_bounded_search_could_not_prove_says_at_least(west, app):
    region, _maths, course, _town = west
    f.offering(f.module(course))
    cell = judged(region)

    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert (words.reached(cell), words.reached(replace(cell, proven=False))) == ("15 of 30 credits", "at least 15 of 30 credits")
