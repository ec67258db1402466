"""An imagined module is tried on the real catalogue and leaves it as it was."""

import pytest

from accounts.models import Role
from catalog.values import Band, Delivery
from regions.coverage.catalogue import Catalogue
from regions.coverage.facts import Module, Offering, Rule, window
from regions.coverage.rules import Status, cell
from regions.imagined.rules import Imagined, with_it
from tests import factories as f
from tests.regions.census.scene import census
from tests.regions.coverage.test_pages import judged, west

__all__ = ["west"]
YEARS = window(2026)
MODULES = [Module(1, 30, "maths", frozenset({Band.PRIMARY}))]


@pytest.mark.parametrize(("halves", "region", "said"), [(90, "west", ("complete", 120)), (90, None, ("complete", 120)), (30, "west", ("partly", 60)), (90, "north", ("partly", 30))])
def test_a_module_more_is_weighed_as_any_other(halves, region, said):
    real = Catalogue(MODULES, [Offering(1, 1, YEARS[0], frozenset({"west"}))], (), YEARS)
    tried = with_it(real, "maths", Imagined(halves, Band.PRIMARY, YEARS[2], region))

    found = [cell(each, region="west", subject="maths", band=Band.PRIMARY, rule=Rule()) for each in (tried, real)]

    assert [(one.status.value, one.halves) for one in found] == [said, ("partly", 30)]


def test_a_subject_without_modules_can_get_its_first():
    tried = with_it(Catalogue((), (), (), YEARS), "maths", Imagined(120, Band.LOWER, YEARS[0]))

    assert cell(tried, region="west", subject="maths", band=Band.LOWER, rule=Rule()).status is Status.DISTANCE


def test_the_page_says_which_regions_gain_and_hides_fewer_than_five_teachers(client, west):
    region, maths, course, town = west
    f.offering(f.module(course, credits="15"), delivery=Delivery.CAMPUS)
    school = f.school(f.owner(town), town)
    for number in range(4):
        f.teacher(school, ((maths, Band.PRIMARY),), f"Teacher {number}")
    address = "/coverage/vest/matematikk/what-if?credits=15&level=1-7&semester=2027h"
    few = client.get(address).text
    f.teacher(school, ((maths, Band.PRIMARY),), "Teacher 5")

    assert "There would be a complete path in Region vest." in few
    assert [page.count(">5</") for page in (few.split("<table")[1], client.get(address).text.split("<table")[1])] == [0, 1]
    assert judged(region).status is Status.PARTLY
    assert client.get("/coverage/vest/matematikk/what-if?credits=-1").status_code == 422
    assert client.get("/coverage/vest/alkymi/what-if").status_code == 404


def test_the_years_and_the_reach_of_the_cell_are_kept(client, west):
    region, _maths, course, _town = west
    f.offering(f.module(course, credits="15"), delivery=Delivery.ONLINE)
    cell = client.get("/coverage/vest/matematikk?year=2027&distance=0").text
    page = client.get("/coverage/vest/matematikk/what-if?level=1-7&year=2027&distance=0&credits=15&semester=2028h").text

    assert 'href="/coverage/vest/matematikk/what-if?level=1-7&amp;year=2027&amp;distance=0"' in cell
    assert ("2027/2028 to 2030/2031 · Only in the region" in page, "Partly, 15 of 30 credits" in page, "None, 0 of 30 credits" in page) == (True,) * 3
    assert '<input type="hidden" name="year" value="2027">' in page
    assert "There would be a complete path in Region vest." in client.get("/coverage/vest/matematikk/what-if?level=1-7&year=2026&credits=15&semester=2027h").text


def test_a_coordinator_sees_how_many_of_them_lack_credits_by_the_census_and_a_stranger_does_not(client, west):
    region, maths, course, town = west
    f.offering(f.module(course, credits="15"), delivery=Delivery.CAMPUS)
    census(f.school(f.owner(town), town), {maths: (23, 11)}, Band.PRIMARY)
    address = "/coverage/vest/matematikk/what-if?credits=15&level=1-7&semester=2027h"
    stranger = client.get(address).text
    coordinator = f.signed_in(client, f.member(region.organisation_id, Role.COORDINATOR, "Randi")).get(address).text
    elsewhere = f.signed_in(client, f.member(f.region("nord").organisation_id, Role.COORDINATOR, "Ole")).get(address).text

    assert ["Lack credits, by the census" in page for page in (stranger, coordinator, elsewhere)] == [False, True, True]
    assert [page.count(">11</") for page in (stranger, coordinator, elsewhere)] == [0, 1, 0]
