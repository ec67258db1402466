"""Open figures give away nobody: not by a small number, and not by subtraction."""

import csv
import io
from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.database import db as database
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment
from regions.reports.rules import Counts, Line, listed, suppressed, too_small, total_of
from tests import factories as f

COUNTS = st.tuples(st.integers(0, 12), st.integers(0, 12), st.integers(0, 12)).map(lambda parts: Counts(sum(parts), parts[0], parts[1]))
LINES = st.lists(COUNTS, max_size=8).map(lambda found: [Line(str(number), counts) for number, counts in enumerate(found)])


@given(LINES)
def test_no_small_figure_is_shown_and_none_follows_by_subtraction(lines):
    told = suppressed(lines)
    hidden, parts = [line for line in told if line.hidden], [line for line in told if line.parts_hidden]
    shown_total = total_of(lines)

    assert not [line for line in told if not line.hidden and too_small(line.counts.participants)]
    assert not [line for line in told if not line.parts_hidden and any(map(too_small, line.counts.parts))]
    assert {line.name for line in hidden} <= {line.name for line in parts}
    for some, figures in ((hidden, lambda counts: [counts.participants]), (parts, lambda counts: counts.parts)):
        rest = figures(sum((line.counts for line in some), Counts()))
        everything_hidden = all(line in some for line in told if line.counts.participants)
        assert not some or everything_hidden or (len(some) > 1 and not any(map(too_small, rest)))
    assert shown_total.hidden == too_small(shown_total.counts.participants)


@given(LINES)
def test_large_figures_are_all_shown(lines):
    large = [Line(line.name, Counts(line.counts.participants + 30, line.counts.completed + 10, line.counts.interrupted + 10)) for line in lines]

    assert suppressed(large) == large


def enrolled(run, number: int, state: Seat) -> None:
    for _ in range(number):
        database.session.add(Enrolment(person_id=f.person().id, offering_id=run.id, module_id=run.module_id, state=state, ticket=1, entered_at=f.MONDAY))
    database.session.commit()


def test_the_page_and_the_file_tell_participants_by_subject(client, db):
    school = f.institution()
    maths, music = f.subject(), f.subject("musikk", "Musikk")
    enrolled(f.offering(f.module(f.course(school, maths))), 7, Seat.COMPLETED)
    enrolled(f.offering(f.module(f.course(school, music))), 3, Seat.PLACED)

    page = client.get("/statistics").text
    rows = list(csv.reader(io.StringIO(client.get("/statistics.csv").data.decode("utf-8-sig")), delimiter=";"))

    assert rows == [["Subject", "Participants", "Completed", "Interrupted"], ["All", "10", "", ""]]  # 7 of 10 would tell the 3, so both are hidden, and then not even named
    assert "Musikk" not in page
    assert "fewer than 5, or hidden" in page
    assert [client.get(f"/statistics?by={by}").status_code for by in ("institution", "region", "shoe-size")] == [200, 200, 422]


def test_two_figures_that_only_can_be_four_each_take_the_next_along_and_equal_ones_go_together():
    told = suppressed([Line(str(number), Counts(number, number, 0)) for number in (4, 4, 9, 9, 20)])

    assert [line.hidden for line in told] == [True, True, True, True, False]


def seen(world: tuple[int, ...]) -> tuple:
    """What everybody sees of so many participants in each place: the lines that are listed, and the total."""
    lines = [Line(str(place), Counts(number)) for place, number in enumerate(world) if number]
    shown = tuple((line.name, None if line.hidden else line.counts.participants) for line in listed(suppressed(lines)))
    total = total_of(lines)
    return shown, None if total.hidden else total.counts.participants


@pytest.mark.parametrize(("places", "most"), [(2, 30), (3, 14), (4, 9), (6, 5)])
def test_whoever_knows_the_rule_cannot_tell_how_many_take_part_where_it_is_hidden(places, most):
    """Every small world is tried: of each figure that is hidden there is more than one that it may be, as far as anybody sees."""
    alike = defaultdict(list)
    for world in product(range(most + 1), repeat=places):
        alike[seen(world)].append(world)

    for (shown, _total), worlds in alike.items():
        told = {int(name) for name, number in shown if number is not None}
        for place in set(range(places)) - told:
            may_be = {world[place] for world in worlds}
            assert may_be == {0} or len(may_be) > 1, worlds


def test_programs_are_told_what_the_page_and_the_files_tell_and_nothing_that_they_hide(client, db):
    school = f.institution()
    maths, music, english = f.subject(), f.subject("musikk", "Musikk"), f.subject("engelsk", "Engelsk")
    for subject, number, state in ((maths, 9, Seat.COMPLETED), (english, 6, Seat.INTERRUPTED), (music, 3, Seat.INTERRUPTED)):
        enrolled(f.offering(f.module(f.course(school, subject))), number, state)

    page = client.get("/statistics").text
    told = client.get("/api/v1/statistics").get_json()
    rows, years = (list(csv.reader(io.StringIO(client.get(address).data.decode("utf-8-sig")), delimiter=";")) for address in ("/statistics.csv", "/statistics/years.csv"))

    assert told["lines"] == [
        {"code": "matematikk", "name": "Matematikk", "participants": 9, "completed": 9, "interrupted": 0},
        {"code": "engelsk", "name": "Engelsk", "participants": None, "completed": None, "interrupted": None},  # 18 in all: 9 and 6 would tell the 3
        {"code": "musikk", "name": "Musikk", "participants": None, "completed": None, "interrupted": None},
    ]
    assert told["total"] == {"participants": 18, "completed": 9, "interrupted": 9}
    assert rows[1:] == [["Matematikk", "9", "9", "0"], ["Engelsk", "", "", ""], ["Musikk", "", "", ""], ["All", "18", "9", "9"]]
    assert told["years"] == [{"year": 2026, "participants": 18, "completed": 9, "interrupted": 9}]
    assert years[1:] == [["2026/2027", "18", "9", "9"]]
    assert 'href="/api/v1/statistics?by=subject&amp;year=2026"' in page
    assert (client.get("/api/v1/statistics?by=shoe-size").status_code, client.get("/api/v1/statistics?year=nought").status_code) == (422, 422)


def test_the_statistics_cost_the_same_queries_for_one_subject_and_for_three(client, db, count_queries):
    def ask() -> int:
        with count_queries() as counted:
            assert client.get("/api/v1/statistics").status_code == 200
        return len(counted)

    school = f.institution()
    enrolled(f.offering(f.module(f.course(school, f.subject()))), 6, Seat.COMPLETED)
    ask()
    of_one = ask()
    for code, name in (("musikk", "Musikk"), ("engelsk", "Engelsk")):
        enrolled(f.offering(f.module(f.course(school, f.subject(code, name)))), 6, Seat.COMPLETED)

    assert ask() == of_one
