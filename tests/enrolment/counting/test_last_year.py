"""How many applied for how many seats a year before: on the page of a module, in the search and for programs, and never a small number."""

from datetime import date

import pytest

from catalog.offers.lifecycle import Run
from catalog.values import Semester, Term
from enrolment.applications.lifecycle import Case
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment
from tests import factories
from tests.factories import MONDAY

A_YEAR_BEFORE = {"semester": Semester(2026, Term.SPRING), "starts_on": date(2026, 2, 1), "ends_on": date(2026, 6, 1)}


@pytest.fixture
def course(db):
    return factories.course(factories.institution(), factories.subject())


@pytest.fixture
def algebra(course):
    """A module with a run to come, which nothing is known of yet."""
    made = factories.module(course, "ALG", title="Algebra")
    factories.offering(made)
    return made


def apply(db, run, *people, state: Seat = Seat.COMPLETED) -> None:
    for ticket, person in enumerate(people, 1):
        db.session.add(Enrolment(person_id=person.id, offering_id=run.id, module_id=run.module_id, state=state, ticket=ticket, entered_at=MONDAY))
    db.session.commit()


def people(number: int) -> list:
    return [factories.teacher(name=f"Teacher {each}") for each in range(number)]


def told(client) -> list[dict | None]:
    """What programs are told of each run that is yet to come."""
    return [run["last_year"] for run in client.get("/api/v1/offerings").get_json()["items"]]


@pytest.mark.parametrize(("applied", "said", "known"), [(5, "5 applied for 2 seats", 5), (4, "Fewer than 5 applied for 2 seats", None), (0, None, None)])
def test_it_is_told_from_five_applicants_on_and_alike_everywhere(db, algebra, client, applied, said, known):
    apply(db, factories.offering(algebra, 2, **A_YEAR_BEFORE), *people(applied))

    pages = [client.get(address).text for address in (f"/modules/HVL/{algebra.slug}", f"/offerings/{algebra.offerings[-1].uuid}", "/search")]
    assert [said is not None and said in page for page in pages] == [said is not None] * 3
    assert told(client) == [{"applied": known, "seats": 2} if applied else None]


def test_all_parallel_runs_count_and_each_person_once(db, algebra, client):
    both, others = people(1), people(5)
    for run in (factories.offering(algebra, seats, **A_YEAR_BEFORE) for seats in (10, 20)):
        apply(db, run, *both)
    apply(db, factories.offering(algebra, 4, **A_YEAR_BEFORE), *others, state=Seat.WITHDRAWN)

    assert told(client) == [{"applied": 6, "seats": 34}]


def test_who_chose_it_in_an_application_that_was_sent_has_applied(db, algebra, client):
    run, round_, teachers = factories.offering(algebra, 3, **A_YEAR_BEFORE), factories.cycle("2025"), people(8)
    for teacher, state in zip(teachers, [Case.SENT] * 5 + [Case.DRAFT, Case.WITHDRAWN], strict=False):
        factories.application(teacher, round_, [run], state=state)
    apply(db, run, teachers[0], teachers[7])  # one of those who chose it, and one who came by another way

    assert told(client) == [{"applied": 6, "seats": 3}]


@pytest.mark.parametrize(
    ("seats", "facts"),
    [
        (None, {}), (0, {}), (2, {"semester": Semester(2025, Term.AUTUMN)}), (2, {"state": Run.CANCELLED}),
        (2, {"starts_on": date(2026, 12, 1)}),
    ],
    ids=["seats not stated", "no seats", "another season", "cancelled", "not begun"],
)  # fmt: skip
def test_nothing_is_told_where_it_is_not_known(db, algebra, client, seats, facts):
    apply(db, factories.offering(algebra, seats, **A_YEAR_BEFORE | facts), *people(6))

    assert told(client) == [None]
    assert "applied for" not in client.get(f"/modules/HVL/{algebra.slug}").text


def test_the_search_is_narrowed_and_sorted_by_it(db, course, client):
    for code, seats, applied in (("Crowded", 2, 5), ("Roomy", 10, 5), ("Hidden", 1, 4)):
        made = factories.module(course, code, title=code)
        factories.offering(made)
        apply(db, factories.offering(made, seats, **A_YEAR_BEFORE), *people(applied))

    def found(query: str) -> list[str]:
        return [one["code"] for one in client.get(f"/api/v1/modules?{query}").get_json()["items"]]

    assert found("sort=demand") == ["Roomy", "Crowded", "Hidden"]
    assert (found("demand=seats-for-all"), found("demand=over-2"), found("demand=not-known")) == (["Roomy"], ["Crowded"], ["Hidden"])
    page = client.get("/search?demand=seats-for-all&demand=not-known").text
    assert "At most one applicant per seat" in page and "2 studies" in page


def test_a_page_of_runs_asks_no_more_for_three_than_for_one(db, algebra, client, count_queries):
    apply(db, factories.offering(algebra, 2, **A_YEAR_BEFORE), *people(5))
    client.get("/search")
    with count_queries() as one:
        client.get("/api/v1/offerings")
    for _run in range(2):
        factories.offering(algebra)
    client.get("/search")
    with count_queries() as three:
        assert len(told(client)) == 3
    assert len(three) == len(one)


def test_a_module_without_a_run_a_year_before_another_asks_nobody(db, algebra, client, count_queries):
    with count_queries() as seen:
        client.get(f"/modules/HVL/{algebra.slug}")
    assert not [asked for asked in seen if "enrolments" in asked]

    apply(db, factories.offering(algebra, 2, **A_YEAR_BEFORE), *people(5))
    with count_queries() as seen:
        assert "5 applied for 2 seats" in client.get(f"/modules/HVL/{algebra.slug}").text
    assert len([asked for asked in seen if "enrolments" in asked]) == 1
