"""Regions as they are: an institution in two, a membership that ends in mid-year, a merged county, a renamed subject, a teacher in two regions."""

from datetime import date

import pytest

from catalog.places.models import RegionCounty
from catalog.subjects.models import PriorityGroup, SubjectPriority
from catalog.values import Band, Delivery, VolumeRule
from regions.coverage.matrix import Asked, matrix
from regions.coverage.rules import Status
from regions.coverage.totals import totals
from tests import factories as f

ON = date(2026, 11, 23)


@pytest.fixture
def world(db):
    """Mathematics as a priority of which 30 credits are required, an institution, a county, and its module of 30 credits on campus."""
    maths = f.subject(requires={Band.PRIMARY: 30})
    group = PriorityGroup(number=1, name_nb="Fellesfag", volume_rule=VolumeRule.KEEP, quotation="…", source="test", valid_from=date(2012, 1, 1))
    db.session.add(SubjectPriority(subject=maths, group=group, source="test"))
    db.session.commit()
    school = f.institution()
    return {"maths": maths, "school": school, "county": f.county("46", "Vestland"), "module": f.module(f.course(school, maths), credits="30")}


def statuses(year=2026):
    shown = matrix(Asked(year, Band.PRIMARY), ON)
    return {region.code: shown.rows[0].cells[region.organisation_id].status for region in shown.regions}


def test_a_run_of_an_institution_in_two_regions_counts_in_both_and_once_in_all(world):
    for code in ("midt", "nord"):
        f.region(code, [], [world["school"]])
    f.offering(world["module"], delivery=Delivery.CAMPUS)

    assert statuses() == {"midt": Status.COMPLETE, "nord": Status.COMPLETE}
    assert totals(matrix(Asked(2026, Band.PRIMARY), ON)).all.open.runs == 1


def test_a_membership_that_ends_in_mid_year_holds_for_the_study_year_that_had_begun_and_not_for_the_next(world, db):
    region = f.region("vest", [], [world["school"]])
    region.institutions[0].valid_to = date(2026, 12, 31)
    db.session.commit()
    f.offering(world["module"], delivery=Delivery.CAMPUS)
    f.offering(world["module"], delivery=Delivery.CAMPUS, semester=f.Semester(2028, f.Term.SPRING), apply_by=date(2028, 1, 15), starts_on=date(2028, 2, 1))

    assert [statuses(year)["vest"] for year in (2026, 2027)] == [Status.COMPLETE, Status.NONE]


def test_a_county_that_was_merged_takes_its_region_with_it(world, db):
    old = f.county("12", "Hordaland")
    old.valid_to, old.successor_codes = date(2019, 12, 31), "46"
    region = f.region("vest", [old])
    region.counties[0].valid_to = date(2019, 12, 31)
    f.region("nord", [f.county("18", "Nordland")], [world["school"]])
    town = f.municipality("4601", "Bergen", world["county"])
    f.offering(world["module"], delivery=Delivery.CAMPUS, municipality_id=town.id)
    before = statuses()
    region.counties.append(RegionCounty(county=world["county"], valid_from=date(2020, 1, 1), source="test"))
    db.session.commit()

    assert (before["vest"], statuses()["vest"]) == (Status.NONE, Status.COMPLETE)


def test_a_renamed_subject_is_the_same_subject_under_its_new_name(world, client, db):
    f.region("vest", [], [world["school"]])
    f.offering(world["module"], delivery=Delivery.CAMPUS)
    before = statuses()
    world["maths"].name_nb = "Regning"
    db.session.commit()
    page = client.get("/coverage").text

    assert (statuses(), "Regning" in page, "Matematikk" in page) == (before, True, False)


def test_a_teacher_in_two_regions_is_told_of_both_and_that_the_better_counts(world, client, db):
    for code, schools in (("vest", []), ("midt", [world["school"]])):
        f.region(code, [world["county"]], schools)
    f.offering(world["module"], delivery=Delivery.CAMPUS)
    town = f.municipality("4601", "Bergen", world["county"])
    teacher = f.teacher(f.school(f.owner(town), town))
    alone = client.get("/coverage/vest/matematikk").text
    page = f.signed_in(client, teacher).get("/coverage/vest/matematikk").text

    assert "You belong to" not in alone
    assert "You belong to Region vest and Region midt. For you the better of them counts: Region midt, complete path." in page
