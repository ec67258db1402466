"""Reports on what one answers for: figures within one's bounds, rows that add up to them, and what is kept and sent."""

import csv
import io
import re
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from html import unescape
from itertools import product
from uuid import uuid4

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from accounts.models import Message, OrganisationKind, Role
from catalog.values import Semester, Term
from enrolment.participation.models import ParticipationStep
from enrolment.participation.values import Cause, Event
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment
from regions.reporting import causes, queries, services, values, views
from regions.reporting.bounds import SEES_CAUSES
from regions.reporting.models import ReportFile
from regions.reporting.values import Asked, Behind, By, Every, Figures, State
from tests import factories
from tests.factories import MONDAY, acting, db, signed_in

AUTUMN_2025, SPRING_2026, AUTUMN_2024 = Semester(2025, Term.AUTUMN), Semester(2026, Term.SPRING), Semester(2024, Term.AUTUMN)
YEARS = Asked(By.YEAR, 2022, 2026)


class World:
    """Two owners in two counties of two regions, two institutions, and who took part in what."""

    def __init__(self):
        self.maths, self.music = factories.subject(), factories.subject("musikk", "Musikk")
        self.hvl, self.uit = factories.institution(), factories.institution("UiT", "UiT Norges arktiske universitet")
        self.counties = [factories.county("11", "Rogaland"), factories.county("55", "Troms")]
        self.regions = [factories.region("vest", [self.counties[0]], [self.hvl]), factories.region("nord", [self.counties[1]], [self.uit])]
        towns = [factories.municipality("1103", "Stavanger", self.counties[0]), factories.municipality("5501", "Tromsø", self.counties[1])]
        self.owners = [factories.owner(town) for town in towns]
        self.schools = [factories.school(owner, town, f"School in {town.name}") for owner, town in zip(self.owners, towns, strict=True)]
        self.runs = {
            "maths": self.run(self.hvl, self.maths, AUTUMN_2025), "music": self.run(self.uit, self.music, SPRING_2026), "old": self.run(self.hvl, self.maths, AUTUMN_2024),
        }  # fmt: skip
        self.tickets = 0

    def run(self, institution, subject, semester):
        module = factories.module(factories.course(institution, subject))
        return factories.offering(module, seats=10, semester=semester, starts_on=date(semester.year, 9 if semester.term is Term.AUTUMN else 1, 1))

    def takes_part(self, run: str, state: Seat, place: int, name: str = "Teacher"):
        self.tickets += 1
        offering = self.runs[run]
        who = factories.teacher(self.schools[place], name=f"{name} {self.tickets}")
        db.session.add(Enrolment(person_id=who.id, offering_id=offering.id, module_id=offering.module_id, state=state, ticket=self.tickets, entered_at=MONDAY))
        if state in (Seat.PLACED, Seat.COMPLETED, Seat.INTERRUPTED):
            offering.seats_taken += 1
        db.session.commit()

    def person(self, role: Role):
        bodies = {
            Role.OWNER: self.owners[0].organisation_id, Role.HEAD: self.schools[0].organisation_id, Role.EDITOR: self.hvl.organisation_id,
            Role.COORDINATOR: self.regions[0].organisation_id,
        }  # fmt: skip
        if role is Role.AUTHORITY:
            bodies[role] = factories.organisation(OrganisationKind.AUTHORITY, "The directorate").id
        if role is Role.GOVERNOR:
            bodies[role] = factories.governor(self.counties[1]).id
        return factories.member(bodies[role], role, f"The {role}")


@pytest.fixture
def world(db):
    made = World()
    for state in (Seat.COMPLETED, Seat.COMPLETED, Seat.INTERRUPTED, Seat.PLACED, Seat.WAITING, Seat.WITHDRAWN):
        made.takes_part("maths", state, 0)
    made.takes_part("maths", Seat.COMPLETED, 1, "Northern")
    made.takes_part("music", Seat.PLACED, 1, "Northern")
    made.takes_part("old", Seat.COMPLETED, 0, "Former")
    return made


def figures(world, role: Role, asked: Asked = YEARS, *, with_seats: bool = False) -> dict:
    return queries.counted(asked, acting(world.person(role)), date(2026, 11, 23), with_seats=with_seats)


def test_the_authority_sees_the_whole_country_by_study_year(world):
    assert figures(world, Role.AUTHORITY) == {"2025": Figures(6, 3, 1), "2024": Figures(1, 1, 0)}


@pytest.mark.parametrize(
    ("role", "seen"),
    [(Role.OWNER, 5), (Role.HEAD, 5), (Role.EDITOR, 6), (Role.COORDINATOR, 5), (Role.GOVERNOR, 2), (Role.AUTHORITY, 7)],
)
def test_everybody_sees_what_they_answer_for_and_nothing_else(world, role, seen):
    assert sum((one for one in figures(world, role).values()), Figures()).participants == seen


@pytest.mark.parametrize("by", By)
@pytest.mark.parametrize("role", [Role.AUTHORITY, Role.OWNER, Role.EDITOR])
def test_whatever_it_is_told_by_the_whole_is_the_same(world, by, role):
    asked = Asked(by, 2022, 2026)

    assert sum(figures(world, role, asked).values(), Figures()) == sum(figures(world, role).values(), Figures())


@pytest.mark.parametrize("by", By)
def test_the_rows_behind_each_figure_are_as_many_as_it_says(world, by):
    actor, asked, on = acting(world.person(Role.AUTHORITY)), Asked(by, 2022, 2026), date(2026, 11, 23)

    for key, counted in queries.counted(asked, actor, on, with_seats=False).items():
        for state in (None, *State):
            assert len(queries.rows(asked, Behind(key, state=state), actor, on, 1)) == counted.of(state)
            assert sum(told.of(state) for _run, told in queries.runs(asked, Behind(key, state=state), actor, on)) == counted.of(state)


@pytest.mark.parametrize("state", [None, *State])
def test_the_rows_behind_the_figures_of_all_are_as_many_as_they_say(world, state):
    actor, on = acting(world.person(Role.AUTHORITY)), date(2026, 11, 23)
    total = sum(figures(world, Role.AUTHORITY).values(), Figures())

    assert len(queries.rows(YEARS, Behind(whole=True, state=state), actor, on, 1)) == total.of(state)


def links(page: str, under: str) -> list[tuple[int, str]]:
    """The figures that lead somewhere, with where."""
    return [(int(number), unescape(address)) for address, number in re.findall(rf'<a href="(/reports/{under}[^"]*)">(\d+)<span', page)]


@pytest.mark.parametrize("role", [Role.AUTHORITY, Role.OWNER, Role.EDITOR, Role.COORDINATOR])
def test_every_figure_of_a_report_leads_to_as_many_rows_as_it_says(world, client, role):
    interrupts(world, Cause.ILLNESS, 2)
    browser = signed_in(client, world.person(role))
    page = browser.get("/reports?by=subject&first=2022&last=2026").text
    found = links(page, "rows")

    assert 3 in {number for number, _address in found}
    for number, address in found:
        rows = browser.get(address).text.partition("<tbody>")[2]
        if role in (Role.OWNER, Role.EDITOR):
            assert rows.count("<tr>") == number, address
        else:
            assert 0 < rows.count("<tr>") <= number, address
    assert ("cause=illness" in page) is (role in SEES_CAUSES)


def test_who_gave_a_cause_is_seen_by_institution_and_owner_alone(world, client):
    interrupts(world, Cause.ILLNESS, 2)
    address = "/reports/rows?by=year&first=2025&last=2025&key=2025&state=interrupted&cause=illness"

    assert signed_in(client, world.person(Role.OWNER)).get(address).text.count('class="soft">Illness</span>') == 2
    assert [signed_in(client, world.person(role)).get(address).status_code for role in (Role.HEAD, Role.COORDINATOR, Role.AUTHORITY)] == [403, 403, 403]


def test_unused_seats_are_told_by_region_and_county_where_a_study_is_held(world):
    """Music is held in Tromsø; the two in mathematics are online, and so of the region of their institution and of no county."""
    world.runs["music"].municipality_id = world.schools[1].municipality_id
    db.session.commit()
    north, west = (str(region.organisation_id) for region in reversed(world.regions))

    by_region, by_county = (
        {key: (one.seats, one.unused) for key, one in figures(world, Role.AUTHORITY, Asked(by, 2022, 2026), with_seats=True).items()} for by in (By.REGION, By.COUNTY)
    )

    assert by_region == {west: (20, 14), north: (10, 9)}
    assert by_county == {"11": (None, None), "55": (10, 9), None: (20, 14)}
    assert sum(figures(world, Role.COORDINATOR, with_seats=True).values(), Figures()).seats == 20
    assert sum(figures(world, Role.GOVERNOR, with_seats=True).values(), Figures()).seats == 10


def test_the_runs_behind_the_seats_add_up_to_them(world, client):
    browser = signed_in(client, world.person(Role.AUTHORITY))
    for by in ("year", "subject", "institution", "level", "region", "county"):
        for number, address in links(browser.get(f"/reports?by={by}&first=2022&last=2026").text, "seats"):
            table = browser.get(address).text.partition("<tbody>")[2]
            cells = [int(cell) for cell in re.findall(r'<td class="n"[^>]*><span>(\d+)', table)]
            assert number in (sum(cells[0::3]), sum(cells[2::3])), address
    assert browser.get("/reports/seats?by=owner&whole=1").status_code == 404


def test_a_subject_narrows_the_report(world):
    assert figures(world, Role.AUTHORITY, Asked(By.YEAR, 2022, 2026, "musikk")) == {"2025": Figures(1, 0, 0)}


def test_unused_seats_are_told_of_what_has_begun(world):
    world.run(world.hvl, world.maths, Semester(2027, Term.SPRING)).starts_on = date(2027, 1, 10)
    db.session.commit()

    assert figures(world, Role.AUTHORITY, Asked(By.SUBJECT, 2025, 2026), with_seats=True) == {
        "matematikk": Figures(5, 3, 1, seats=10, unused=5), "musikk": Figures(1, 0, 0, seats=10, unused=9),
    }  # fmt: skip


def test_an_owner_is_led_to_its_teachers_and_a_coordinator_to_runs_without_names(world, client):
    page = signed_in(client, world.person(Role.OWNER)).get("/reports/rows?by=subject&first=2025&last=2026&key=matematikk").text
    runs = signed_in(client, world.person(Role.COORDINATOR)).get("/reports/rows?by=subject&first=2025&last=2026&key=matematikk").text

    assert (page.count("Teacher "), "Northern" in page) == (8, False)  # each of the four is named in its row and for who listens to the link
    assert "Teacher" not in runs.partition("<main")[2]
    assert "/offerings/" in runs


def test_a_report_of_many_lines_has_pages_and_each_tells_the_total_of_all(world, client, monkeypatch):
    monkeypatch.setattr(views, "AT_ONCE", 1)
    browser = signed_in(client, world.person(Role.AUTHORITY))
    first, second = (browser.get(f"/reports?by=subject&first=2022&last=2026&page={page}").text for page in (1, 2))

    def lines(page: str) -> list[str]:
        return [name for name in ("Matematikk", "Musikk") if f'<span class="hidden"> {name}, Participants</span>' in page]

    assert (lines(first), lines(second)) == (["Matematikk"], ["Musikk"])
    assert 'rel="next"' in first and 'rel="prev"' not in first
    assert 'rel="prev"' in second and 'rel="next"' not in second
    assert all(re.search(r">All<.*?>7<", page, re.DOTALL) for page in (first, second))
    assert 'class="pager"' not in browser.get("/reports?by=year&first=2025&last=2025").text


def test_the_page_the_file_and_the_workbook_tell_the_same(world, client):
    signed_in(client, world.person(Role.AUTHORITY))
    query = "by=subject&first=2022&last=2026"
    page = client.get(f"/reports?{query}").text
    rows = list(csv.reader(io.StringIO(client.get(f"/reports/report.csv?{query}").text.lstrip("\ufeff")), delimiter=";"))
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"/reports/report.xlsx?{query}").data)).active

    assert rows[1:] == [["Matematikk", "6", "4", "1", "1", "80", "20", "14"], ["Musikk", "1", "0", "0", "1", "", "10", "9"]]
    assert [[str(cell) if cell is not None else "" for cell in row] for row in sheet.iter_rows(min_row=2, values_only=True)] == rows[1:]
    assert "80 %" in page


@pytest.mark.parametrize(
    "query",
    ["by=gold", "first=1926", "last=99999999999999999999", "first=x", "by=year&key=&page=0", "page=1e3", "by=owner&key=1e9", "by=level&key=x", "by=year&key=99999999999"],
)
def test_what_cannot_be_asked_is_said_and_never_a_failure(world, client, query):
    client = signed_in(client, world.person(Role.OWNER))

    assert client.get(f"/reports/rows?{query}").status_code in (404, 422)


def test_a_line_that_is_not_there_has_no_rows(world, client):
    page = signed_in(client, world.person(Role.OWNER)).get("/reports/rows?by=subject&key=alkymi")

    assert (page.status_code, "Nobody is counted here" in page.text) == (200, True)


def test_years_the_wrong_way_round_are_turned_and_too_many_are_cut(world, client):
    page = signed_in(client, world.person(Role.AUTHORITY)).get("/reports?first=2026&last=2001").text

    assert '<option value="2017" selected>' in page
    assert '<option value="2026" selected>' in page


def test_a_kept_report_moves_on_with_the_time_and_is_nobody_elses(world, client):
    owner = world.person(Role.OWNER)
    signed_in(client, owner).post("/reports/kept", data={"name": "Mine", "by": "school", "first": "2024", "last": "2026", "every": "month"})
    kept = queries.kept(queries.hat_of(acting(owner)))[0]

    assert (kept.by, kept.years, kept.next_on) == (By.SCHOOL, 3, date(2026, 12, 1))
    assert client.get(f"/reports/kept/{kept.uuid}").headers["Location"] == "/reports?by=school&first=2024&last=2026"
    assert signed_in(client, world.person(Role.HEAD)).get(f"/reports/kept/{kept.uuid}").status_code == 404


def test_a_name_that_is_taken_is_refused_and_kept_as_typed(world, client):
    client = signed_in(client, world.person(Role.OWNER))
    sent = {"name": "Mine", "by": "school", "first": "2024", "last": "2026", "every": "never"}
    client.post("/reports/kept", data=sent)

    page = client.post("/reports/kept", data=sent)

    assert page.status_code == 422
    assert "You keep a report of this name already." in page.text
    assert 'value="Mine"' in page.text


def test_the_clock_sends_what_is_due_once_and_to_nobody_who_has_lost_the_role(world, db):
    owner, head = world.person(Role.OWNER), world.person(Role.HEAD)
    for one in (owner, head):
        services.keep("Weekly", YEARS, Every.WEEK, actor=acting(one), at=MONDAY)
    head.memberships[0].valid_to = date(2026, 11, 25)
    db.session.commit()

    sent = [services.send_due(datetime(2026, 11, day, 6, tzinfo=UTC)) for day in (27, 30, 30)]

    assert sent == [0, 1, 0]
    assert [(one.report.membership.person_id, one.made_at.day) for one in db.session.scalars(select(ReportFile))] == [(owner.id, 30)]
    assert [message.person_id for message in db.session.query(Message).filter_by(kind="report-ready")] == [owner.id]


def test_a_file_says_what_the_report_said_that_day_and_the_oldest_are_let_go_of(world, client, monkeypatch):
    monkeypatch.setattr(services, "MOST_FILES", 2)
    owner = world.person(Role.OWNER)
    owner.language = "nn"
    kept = services.keep("Weekly", YEARS, Every.WEEK, actor=acting(owner), at=MONDAY)
    for day in (23, 30):
        services.send_due(datetime(2026, 11, day, 6, tzinfo=UTC))
        interrupts(world, Cause.ILLNESS, 1)
    services.send_due(datetime(2026, 12, 7, 6, tzinfo=UTC))
    services.send_due(datetime(2026, 12, 14, 6, tzinfo=UTC))
    browser = signed_in(client, owner)
    page = browser.get(f"/reports/kept/{kept.uuid}/files").text
    newest = kept.files[0].uuid

    rows = list(csv.reader(io.StringIO(browser.get(f"/reports/kept/{kept.uuid}/files/{newest}.csv").text.lstrip("\ufeff")), delimiter=";"))
    book = openpyxl.load_workbook(io.BytesIO(browser.get(f"/reports/kept/{kept.uuid}/files/{newest}.xlsx").data))

    assert [one.made_at.day for one in kept.files] == [14, 7]
    assert all(str(one.uuid) in page for one in kept.files)
    assert (rows[0][0], rows[-1][:4]) == ("Studieår", ["2025/2026", "6", "2", "3"])
    assert [sheet.title for sheet in book] == ["Rapport", "Årsaker"]
    assert db.session.scalars(select(Message.address).filter_by(kind="report-ready")).first() == f"/reports/kept/{kept.uuid}/files"
    assert signed_in(client, world.person(Role.HEAD)).get(f"/reports/kept/{kept.uuid}/files/{newest}.csv").status_code == 404


def test_the_files_tell_the_causes_that_the_page_tells(world, client):
    interrupts(world, Cause.ILLNESS, 6)
    query = "first=2025&last=2026"
    owner, head = world.person(Role.OWNER), world.person(Role.HEAD)

    rows = list(csv.reader(io.StringIO(signed_in(client, owner).get(f"/reports/causes.csv?{query}").text.lstrip("\ufeff")), delimiter=";"))
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"/reports/report.xlsx?{query}").data))["Causes"]
    hidden = signed_in(client, head).get(f"/reports/causes.csv?{query}").text

    assert rows == [["Cause", "2025/2026"], ["Illness", "6"], ["not stated", "1"]]
    assert [list(row) for row in sheet.iter_rows(values_only=True)] == [["Cause", "2025/2026"], ["Illness", 6], ["not stated", 1]]
    assert not re.search(r"\d", hidden.partition("\n")[2])
    assert client.get("/reports/causes.csv?first=2023&last=2023").status_code == 404


@pytest.mark.parametrize("by", [one for one in By if one is not By.YEAR])
def test_those_who_see_causes_see_them_by_what_the_report_is_told_by_and_others_do_not(world, client, by):
    interrupts(world, Cause.ILLNESS, 2)
    interrupts(world, Cause.WORKLOAD, 1)
    query = f"by={by}&first=2022&last=2026"
    page = signed_in(client, world.person(Role.EDITOR)).get(f"/reports?{query}").text
    rows = list(csv.reader(io.StringIO(client.get(f"/reports/causes.csv?{query}&lines=1").text.lstrip("\ufeff")), delimiter=";"))
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/reports/report.xlsx?{query}").data))
    found = [(number, address) for number, address in links(page, "rows") if "cause=" in address and f"by={by}" in address]

    assert rows[0][1:] == ["Illness", "Too much beside the post", "not stated"]
    assert [sum(int(row[place]) for row in rows[1:]) for place in (1, 2, 3)] == [2, 1, 1]
    assert [list(map(str, row)) for row in book.worksheets[2].iter_rows(values_only=True)] == rows
    assert sum(number for number, _address in found) == 4
    for number, address in found:
        assert client.get(address).text.partition("<tbody>")[2].count("<tr>") == number
    authority = signed_in(client, world.person(Role.AUTHORITY))
    assert ("and cause</caption>" in page, "and cause</caption>" in authority.get(f"/reports?{query}").text) == (True, False)
    assert authority.get(f"/reports/causes.csv?{query}&lines=1").status_code == 404


@pytest.mark.parametrize("runs", [1, 3])
def test_a_report_asks_the_same_however_much_there_is(world, count_queries, runs):
    for number in range(runs):
        world.runs[f"more {number}"] = world.run(world.hvl, world.maths, AUTUMN_2025)
        world.takes_part(f"more {number}", Seat.PLACED, 0)
    actor = acting(world.person(Role.AUTHORITY))

    with count_queries() as seen:
        queries.counted(Asked(By.SUBJECT, 2022, 2026), actor, date(2026, 11, 23), with_seats=True)

    assert len([one for one in seen if one.lstrip().startswith("SELECT")]) == 2


def interrupts(world, cause: Cause | None, number: int):
    world.runs["maths"].seats = 50
    for _ in range(number):
        world.takes_part("maths", Seat.INTERRUPTED, 0)
        seat = db.session.scalars(select(Enrolment).order_by(Enrolment.id.desc())).first()
        if cause:
            db.session.add(ParticipationStep(uuid=uuid4(), enrolment_id=seat.id, event=Event.INTERRUPT, cause=cause, at=MONDAY))
    db.session.commit()


@pytest.mark.parametrize(("role", "told"), [
    (Role.OWNER, {Cause.ILLNESS: [6], Cause.NEW_JOB: [2], None: [2]}), (Role.COORDINATOR, {cause: [None] for cause in causes.CAUSES}), (Role.HEAD, {cause: [None] for cause in causes.CAUSES}),
])  # fmt: skip
def test_those_who_know_them_by_name_see_why_studies_were_interrupted_and_others_from_five_on(world, role, told):
    """Two for a new job and two that say nothing add up to four, so the six go with them."""
    interrupts(world, Cause.ILLNESS, 6)
    interrupts(world, Cause.NEW_JOB, 2)
    interrupts(world, None, 1)  # and one who had interrupted already

    years, rows = causes.told(queries.causes(YEARS, acting(world.person(role)), date(2026, 11, 23)), exact=role in SEES_CAUSES)

    assert (years, dict(rows)) == ([2025], told)


def test_causes_of_five_and_more_are_shown_to_a_coordinator_but_not_of_one_subject(world, client):
    interrupts(world, Cause.WORKLOAD, 7)
    interrupts(world, Cause.LEAVE, 5)
    interrupts(world, None, 4)
    signed_in(client, world.person(Role.COORDINATOR))
    page, narrowed = (client.get(f"/reports?first=2025&last=2026{more}").text for more in ("", "&subject=matematikk"))

    assert "Interrupted, by cause and study year" in page and "Too much beside the post" in page
    assert "Interrupted, by cause and study year" not in narrowed
    assert "Too much beside the post" in signed_in(client, world.person(Role.EDITOR)).get("/reports?first=2025&last=2026&subject=matematikk").text


@pytest.mark.parametrize(("places", "most"), [(2, 30), (3, 14), (4, 9), (6, 5)])
def test_whoever_knows_the_rule_and_the_sum_cannot_tell_a_cause_that_is_hidden(places, most):
    """Every small world is tried: of each figure that is hidden there is more than one that it may be."""
    alike = defaultdict(list)
    for world in product(range(most + 1), repeat=places):
        told = causes.beside_their_sum(dict(enumerate(world)))
        alike[sum(world), tuple(told.values())].append(world)

    for (whole, told), worlds in alike.items():
        hidden = [place for place, number in enumerate(told) if number is None]
        assert whole == 0 or all(len({world[place] for world in worlds}) > 1 for place in hidden), worlds


def test_what_was_asked_stands_where_a_report_without_a_name_is_refused(world, client):
    page = signed_in(client, world.person(Role.OWNER)).post("/reports/kept", data={"name": "", "by": "school", "first": "2024", "last": "2025", "every": "month"})

    assert page.status_code == 422
    assert all(chosen in page.text for chosen in ('<option value="school" selected>', '<option value="2024" selected>', '<option value="2025" selected>'))


@given(st.dates(date(2000, 1, 1), date(2099, 1, 1)))
def test_the_next_day_lies_ahead_on_a_monday_or_on_the_first(on):
    monday, first = values.next_day(Every.WEEK, on), values.next_day(Every.MONTH, on)

    assert (monday.weekday(), first.day) == (0, 1)
    assert on < monday <= on + timedelta(days=7)
    assert on < first <= on + timedelta(days=31)
    assert values.next_day(Every.NEVER, on) is None
