"""Runs side by side: what is the same, what differs, what nobody has stated, and what is not there."""

import re
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.comparing.rules import Likeness, likeness
from catalog.offers.lifecycle import Run
from catalog.values import Delivery, Grades
from config.database import db as database
from tests import factories
from tests.factories import AUTUMN, MONDAY

NOBODY = UUID(int=1)


@pytest.fixture
def module(db, app):
    app.config["CLOCK"] = lambda: MONDAY
    course = factories.course(factories.institution(), factories.subject(), "Matematikk 1", language="nb")
    return factories.module(course, "MAT1", title="Tall", assessment_form="Mappe")


def address(*runs) -> str:
    return "/compare?" + "&".join(f"run={getattr(run, 'uuid', run)}" for run in runs)


def rows_of(page) -> dict[str, list[str]]:
    """Fact → its likeness in words and its cells."""
    found = {}
    for row in re.findall(r"<tr><th scope=\"row\">(.*?)</tr>", page.text, re.DOTALL):
        name, *cells = (" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in re.split(r"</th>|</td>", row)[:-1])
        fact = re.match(r"(.*?)(?: (the same|differs|not stated by all|stated by none))?$", name)
        found[fact[1]] = [fact[2], *cells]
    return found


def lead(page) -> str:
    return re.search(r'<p class="lead">([^<]*)</p>', page.text)[1]


def notices(page) -> list[str]:
    return [" ".join(re.sub(r"<[^>]+>", " ", said).split()) for said in re.findall(r'<p class="said">(.*?)</p>', page.text)]


def test_two_runs_stand_side_by_side_and_what_differs_is_said_in_words(client, module):
    first = factories.offering(module, fee_oere=0, seats=20)
    second = factories.offering(module, semester=AUTUMN, delivery=Delivery.BLENDED, seats=None, starts_on=date(2027, 9, 1), ends_on=date(2027, 12, 1))
    factories.gathering(second, date(2027, 9, 1), date(2027, 9, 2), place="Bergen")
    factories.gathering(second, date(2027, 10, 1), place="Bergen")
    page = client.get(address(first, second))
    rows = rows_of(page)

    assert rows["Credits"] == ["the same", "15 credits", "15 credits"]
    assert rows["Semester"] == ["differs", "Spring 2027", "Autumn 2027"]
    assert rows["Delivery"] == ["differs", "Online only", "Online and gatherings"]
    assert rows["Gatherings and days"] == ["differs", "None, online only", "2 gatherings in Bergen, 3 days"]
    assert rows["Seats"] == ["not stated by all", "20 of 20 free", "not stated"]
    assert rows["Fee"] == ["not stated by all", "No fee", "not stated"]
    assert rows["Language"] == ["stated by none", "not stated", "not stated"]
    assert rows["Assessment"] == ["the same", "Mappe", "Mappe"]
    assert lead(page) == "They differ in semester, dates, delivery and gatherings and days."


def test_what_is_required_is_compared_too(client, module):
    other = factories.module(module.course, "MAT2", title="Geometri")
    factories.requires(other, module)
    rows = rows_of(client.get(address(factories.offering(module), factories.offering(other))))

    assert rows["Prerequisites"] == ["differs", "None stated", "Tall"]


def test_runs_that_are_alike_are_said_to_be(client, module):
    page = client.get(address(factories.offering(module), factories.offering(module)))

    assert lead(page) == "They differ in nothing that is stated."


def test_a_run_that_is_gone_is_told_of_and_the_rest_is_compared(client, module):
    first, second, draft = factories.offering(module), factories.offering(module), factories.offering(module, state=Run.DRAFT)
    page = client.get(address(first, second, draft, NOBODY, "scribble", first))

    assert notices(page) == ["Please note: 3 of the runs you asked for are not here. They may have been removed."]
    assert len(rows_of(page)["Credits"]) == 3


def test_one_run_alone_asks_for_another_and_names_those_near(client, module):
    mine, next_year = factories.offering(module), factories.offering(module, semester=AUTUMN)
    factories.offering(module, starts_on=date(2026, 1, 1), ends_on=date(2026, 2, 1))
    factories.offering(module, state=Run.CANCELLED)
    upper = factories.module(module.course, "VG1", grades=Grades.of([11]))
    factories.offering(upper)
    near = factories.offering(factories.module(module.course, "MAT2"))
    page = client.get(address(mine))

    assert "Add at least one more run to compare with." in page.text
    assert re.findall(r'<li><a href="/compare\?run=[^&]+&amp;run=([^"]+)"', page.text) == [str(next_year.uuid), str(near.uuid)]


def test_a_fifth_run_is_left_out_and_said_to_be(client, module):
    runs = [factories.offering(module) for _each in range(5)]
    page = client.get(address(*runs))

    assert notices(page) == ["Please note: At most 4 runs can be compared at a time. The first 4 are shown."]
    assert len(rows_of(page)["Credits"]) == 5
    assert "Add a run" not in page.text


def test_with_nothing_to_compare_the_way_on_is_told(client, module):
    page = client.get("/compare?run=&run=x")

    assert page.status_code == 200
    assert "Nothing to compare yet" in page.text


def test_a_run_can_be_taken_out_again(client, module):
    first, second = factories.offering(module), factories.offering(module)
    page = client.get(address(first, second)).text

    assert re.findall(r'<a href="/compare\?run=([^"&]+)">Remove', page) == [str(second.uuid), str(first.uuid)]


def test_three_runs_are_read_by_as_many_queries_as_two(client, module, count_queries):
    runs = [factories.offering(factories.module(module.course, f"M{number}")) for number in range(4)]
    for run in runs:
        factories.gathering(run, date(2027, 3, 1), municipality_id=None, place="Stord")
    counted = []
    for path in (address(*runs[:2]), address(*runs[:3])):
        with count_queries() as seen:
            client.get(path)
        counted.append(len(seen))

    assert counted[0] == counted[1]


def test_made_up_runs_are_marked(client, module):
    made_up = factories.offering(module, made_up=True)
    database.session.commit()

    assert "made up for demonstration" in client.get(address(made_up)).text


@given(st.lists(st.sampled_from(["", "a", "b"]), min_size=1, max_size=4))
def test_how_facts_compare_does_not_depend_on_their_order(texts):
    assert {likeness(order) for order in (texts, texts[::-1], sorted(texts))} == {likeness(texts)}
    assert (likeness(texts) is Likeness.SAME) == (len(set(texts)) == 1 and texts[0] != "")
    assert (likeness(texts) is Likeness.UNSTATED) == (set(texts) == {""})
