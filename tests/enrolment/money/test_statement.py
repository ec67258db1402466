"""The owner's statement: each award, what came of it, and totals that are the sums of the rows."""

import io
from decimal import Decimal

import openpyxl
import pytest
from pypdf import PdfReader

from accounts.models import Role
from config.errors import NotAllowed, NotFound
from enrolment.money import papers, services, statement
from enrolment.money.models import RepaymentRule
from enrolment.money.values import Reason
from enrolment.participation import services as participation
from tests import factories as f
from tests.enrolment.money import scene
from tests.enrolment.money.scene import AUTUMN, HALF, IN_AUTUMN, IN_SPRING, SPRING, adviser, both_confirm, seat_of, taking_part


@pytest.fixture
def owner(db):
    """Anna is paid for spring, Bo for autumn, and Cecilie's payment was claimed back."""
    db.session.add(RepaymentRule(code="not", reason=Reason.NOT_TAKING_PART, percent=100, source="Made up for demonstration"))
    scene.work_year()
    one = taking_part("Anna", scene.module())
    course = one.choices[0].runs[0].offering.module.course
    two, three = taking_part("Bo", f.module(course), semesters=2, like=one), taking_part("Cecilie", f.module(course), like=one)
    both_confirm(two, AUTUMN, IN_AUTUMN)
    both_confirm(one)
    both_confirm(three)
    services.book_due(IN_SPRING)
    participation.retract(seat_of(three).uuid, SPRING, "Never began.", actor=adviser(three), at=IN_SPRING)
    services.book_due(IN_SPRING)
    return adviser(one)


def person(actor):
    return f.db.session.get(f.Person, actor.person_id)


def test_each_award_stands_with_what_is_paid_and_claimed_back(owner):
    said = statement.of_owner(owner, 2026)

    assert [(row.place.study.case.person.name, row.award, row.paid, row.back, row.reasons) for row in said.rows] == [
        ("Anna", HALF, HALF, 0, []), ("Bo", HALF, HALF // 2, 0, []), ("Cecilie", HALF, HALF, -HALF, [Reason.NOT_TAKING_PART]),
    ]  # fmt: skip


def test_totals_are_the_sums_of_the_rows_and_of_the_entries(owner):
    said = statement.of_owner(owner, 2026)

    assert (said.award, said.paid, said.back, said.net) == (3 * HALF, 2 * HALF + HALF // 2, -HALF, HALF + HALF // 2)
    assert said.net == sum(entry.oere for entry, _place in said.entries) == sum(row.net for row in said.rows)
    assert list(papers.rows(said))[-1][5:9] == [sum((row[number] for row in list(papers.rows(said))[:-1]), Decimal(0)) for number in range(5, 9)]


def test_who_is_erased_stays_in_the_sums_without_a_name(db, owner):
    before = statement.of_owner(owner, 2026)
    db.session.delete(next(row.place.study.case.person for row in before.rows if row.place.study.case.person.name == "Cecilie"))
    db.session.commit()
    after = statement.of_owner(owner, 2026)

    assert (after.paid, after.back) == (before.paid, before.back)
    assert [row.place is None for row in after.rows] == [False, False, True]


def test_the_page_tells_why_and_by_which_rule(app, owner):
    page = f.signed_in(app.test_client(), person(owner), IN_SPRING).get("/owner/money/2026").text

    assert all(words in page for words in ("Cecilie", "Did not take part", "kr 250,000", "kr -100,000", "Made up for demonstration", "Countersigned by the owner"))


def test_the_files_say_what_the_page_says(app, owner):
    browser = f.signed_in(app.test_client(), person(owner), IN_SPRING)
    lines = browser.get("/owner/money/2026.csv").text.splitlines()
    book = openpyxl.load_workbook(io.BytesIO(browser.get("/owner/money/2026.xlsx").data))
    paper = "".join(page.extract_text() for page in PdfReader(io.BytesIO(browser.get("/owner/money/2026.pdf").data)).pages)

    assert lines[3].split(";")[0] == "Cecilie"
    assert lines[3].split(";")[6:10] == ["100000.00", "-100000.00", "0.00", "Did not take part"]
    assert [row[7].value for row in book.worksheets[0].iter_rows(min_row=2)] == [0, 0, -100000, -100000]
    assert book.worksheets[1].max_row == 5
    assert "Cecilie" in paper


def test_another_owner_sees_nothing_of_it(app, owner):
    stranger = f.member(f.owner(f.municipality("0301", "Oslo")).organisation_id, Role.OWNER)
    with pytest.raises(NotFound):
        statement.of_owner(f.acting(stranger), 2026)
    with pytest.raises(NotAllowed):
        statement.years(f.acting(f.teacher(name="Dag")))

    assert f.signed_in(app.test_client(), stranger).get("/owner/money/2026").status_code == 404


def test_the_list_of_years_tells_what_is_paid_and_claimed_back_in_each(owner, count_queries):
    with count_queries() as seen:
        years = statement.years(owner)

    assert years == [statement.Year(2026, 2 * HALF + HALF // 2, -HALF)]
    assert sum("money_entries" in one for one in seen) == 1


def test_a_year_of_which_nothing_is_entered_yet_is_in_the_list(db):
    scene.work_year()
    one = taking_part("Anna", scene.module())

    assert statement.years(adviser(one)) == [statement.Year(2026, 0, 0)]


def test_the_page_asks_as_often_for_three_awards_as_for_one(db, count_queries):
    def asked() -> int:
        db.session.expire_all()
        actor = adviser(one)
        with count_queries() as seen:
            list(papers.rows(statement.of_owner(actor, 2026)))
        return len(seen)

    scene.work_year()
    one = taking_part("Anna", scene.module())
    both_confirm(one)
    services.book_due(IN_SPRING)
    few = asked()
    for name in ("Bo", "Cecilie"):
        both_confirm(taking_part(name, f.module(one.choices[0].runs[0].offering.module.course), like=one))
    services.book_due(IN_SPRING)

    assert asked() == few
