"""How much is on offer: each run once in every total, full 60s, the year before, and files that say what the screen says."""

import csv
import io
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser

import openpyxl
from hypothesis import given
from hypothesis import strategies as st

from catalog.offers.models import ContentTag
from catalog.subjects.models import SubjectPriority
from catalog.values import Delivery, Semester, Tag
from config.database import db as database
from regions.coverage.facts import Module, Offering
from regions.coverage.matrix import matrix
from regions.coverage.totals import totals
from regions.coverage.volume import Volume, containing, volume
from tests import factories as f
from tests.regions.coverage.test_pages import ON, PRIMARY, west

__all__ = ["west"]
MODULES = {key: Module(key, 15 * key, "maths", institution=key % 2) for key in (1, 2, 3)}
RUNS = st.lists(st.builds(Offering, st.integers(1, 30), st.just(1), st.just(1), seats=st.none() | st.integers(0, 50)), unique_by=lambda run: run.key)


@given(RUNS, RUNS)
def test_a_volume_counts_each_run_once_and_adds_up(some, others):
    others = [run for run in others if run.key not in {one.key for one in some}]

    assert volume(some + some, MODULES) == volume(some, MODULES)
    assert volume(some + others, MODULES) == volume(some, MODULES) + volume(others, MODULES)


def test_full_sixties_are_seats_times_credits_by_sixty_and_unstated_seats_are_no_seats():
    told = volume([Offering(1, 1, 1, seats=20), Offering(2, 2, 1, seats=3), Offering(3, 3, 1)], MODULES)

    assert (told.runs, told.unstated, told.seats, told.sixties, len(told.institutions)) == (3, 1, 23, Decimal("3.3"), 2)
    assert (Volume().stated, Volume().sixties) == (False, 0)


def test_only_what_states_a_content_is_counted_for_it():
    modules = {1: Module(1, 30, "maths", tags=((Tag.ICT, None),)), 2: Module(2, 30, "maths")}

    assert [run.key for run in containing([Offering(1, 1, 1), Offering(2, 2, 1)], modules, Tag.ICT)] == [1]


def test_a_run_that_reaches_two_regions_is_one_run_in_all_of_them(west):
    region, _maths, course, _town = west
    north = f.region("nord")
    f.offering(f.module(course, credits="30"), delivery=Delivery.ONLINE)
    f.offering(f.module(course, credits="15"), delivery=Delivery.CAMPUS)

    told = totals(matrix(PRIMARY, ON))

    assert [told.regions[key].open.runs for key in (region.organisation_id, north.organisation_id)] == [2, 1]
    assert (told.all.open.runs, told.all.open.seats, told.all.open.sixties) == (2, 40, 15)


def test_the_year_before_is_what_began_in_it_whether_or_not_one_can_still_apply(west):
    _region, _maths, course, _town = west
    module = f.module(course, credits="30")
    past = {"semester": Semester.from_code("2025h"), "apply_by": date(2025, 4, 15), "starts_on": date(2025, 9, 1), "ends_on": date(2025, 12, 1)}
    f.offering(module, seats=10, **past)
    f.offering(module, seats=20)

    told = totals(matrix(PRIMARY, ON)).all

    assert [each.seats for each in (told.open, told.year, told.before)] == [20, 20, 10]


def test_the_totals_follow_a_run_that_is_changed(west):
    _region, _maths, course, _town = west
    run = f.offering(f.module(course), seats=10)
    before = totals(matrix(PRIMARY, ON)).all.open.seats
    run.seats = 12
    database.session.commit()

    assert (before, totals(matrix(PRIMARY, ON)).all.open.seats) == (10, 12)


class Cells(HTMLParser):
    """The words of each cell of a page's first table, by row."""

    def __init__(self, page: str):
        super().__init__()
        self.rows, self.inside = [], False
        self.feed(page[page.index("<table") : page.index("</table>")])

    def handle_starttag(self, tag, _attributes):
        if tag == "tr":
            self.rows.append([])
        if tag in ("th", "td"):
            self.rows[-1].append([])
        self.inside = self.inside or tag in ("th", "td")

    def handle_data(self, data):
        if self.rows and self.rows[-1] and data.strip():
            self.rows[-1][-1].append(data.strip())


def test_the_files_say_what_the_screen_says(client, west):
    region, maths, course, _town = west
    f.region("nord")
    english = f.subject("engelsk", "Engelsk")
    database.session.add(SubjectPriority(subject=english, group=maths.priorities[0].group, source="test"))
    module = f.module(course, tags=[ContentTag(tag=Tag.DIDACTICS, sentence="Didactics is part of it.")])
    f.offering(module)
    f.offering(module, seats=None, group_name="B")
    query = "?content=didactics"

    shown = [[": ".join(cell) for cell in row] for row in Cells(client.get(f"/coverage{query}").text).rows]
    sheet = list(csv.reader(io.StringIO(client.get(f"/coverage.csv{query}").data.decode("utf-8-sig")), delimiter=";"))
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/coverage.xlsx{query}").data))

    assert [[row[0].split(":")[0], *row[1:]] for row in shown] == sheet == [list(row) for row in book.worksheets[0].values]
    assert sheet[1][1] == "Partly: 15 of 30, 1 institution, 20 seats (5 full 60s) · Subject didactics: covered · 2026/2027: 2 runs, up from 0 · 15 missing: no published module"
    assert [row[3:9] for row in list(book.worksheets[1].values)[1:2]] == [(15, 30, 1, 2, 1, 20)]


def test_the_map_says_of_each_county_what_the_table_says_of_its_region(client, west):
    _region, _maths, course, _town = west
    f.offering(f.module(course, credits="30"), delivery=Delivery.CAMPUS)

    page = client.get("/coverage").text
    drawn = page[page.index('<figure class="tiles"') : page.index("</figure>")]

    assert ("Vestland" in drawn, "1 of 1" in drawn, "Region vest" in drawn, '<g class="whole">' in drawn) == (True,) * 4
    assert page[: page.index("<figure")].count("1 of 1") >= 1
