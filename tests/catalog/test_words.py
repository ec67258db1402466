"""How values are written in the three languages."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask

from catalog.offers import words
from catalog.offers.rules import Stage, has_ended, stage
from catalog.offers.lifecycle import Run
from catalog.values import ADULTS, Delivery, Grades, Semester, Term
from config.languages import in_language

AUTUMN = Semester(2026, Term.AUTUMN)
SPRING = Semester(2027, Term.SPRING)


@pytest.fixture(autouse=True)
def _inside_a_request(app: Flask):
    with app.test_request_context(headers={"Accept-Language": "en"}):
        yield


def in_all(write) -> list[str]:
    written = []
    for code in ("en", "nb", "nn"):
        with in_language(code):
            written.append(str(write()))
    return written


def test_a_semester_is_written_in_each_language():
    assert in_all(lambda: words.semester(AUTUMN)) == ["Autumn 2026", "Høst 2026", "Haust 2026"]
    assert in_all(lambda: words.semesters(AUTUMN, 2)) == ["Autumn 2026 to spring 2027", "Høst 2026 til vår 2027", "Haust 2026 til vår 2027"]


def test_halves_of_credits_take_the_comma_of_their_language():
    assert in_all(lambda: words.credits(Decimal("7.5"))) == ["7.5 credits", "7,5 studiepoeng", "7,5 studiepoeng"]


def test_grades_are_written_as_runs_and_adults_by_name():
    assert in_all(lambda: words.grades(Grades.of([1, 2, 3, 8, ADULTS])))[:2] == ["Grades 1–3, 8 and adults", "Trinn 1–3, 8 og voksne"]


def test_gatherings_are_told_by_number_place_and_days():
    meetings = [(False, "Bergen", 2), (False, "Bergen", 2), (False, "Bergen", 2)]
    assert in_all(lambda: words.gatherings_sentence(meetings)) == [
        "3 gatherings in Bergen, 6 days", "3 samlinger i Bergen, 6 dager", "3 samlingar i Bergen, 6 dagar",
    ]  # fmt: skip


def test_a_gathering_of_unknown_length_adds_no_days():
    assert words.gatherings_sentence([(False, "Bergen", None), (True, "", None)]) == "1 gathering in Bergen; 1 gathering online"


def test_without_dates_the_stated_days_are_told_and_nothing_is_guessed():
    assert words.gatherings_sentence([], stated_days=6) == "6 gathering days a semester"
    assert words.gatherings_sentence([], delivery=Delivery.ONLINE) == "None, online only"
    assert words.gatherings_sentence([], delivery=Delivery.BLENDED) == ""


def test_towns_take_the_preposition_they_have():
    assert in_all(lambda: words.in_place("Hamar")) == ["in Hamar", "på Hamar", "på Hamar"]
    assert in_all(lambda: words.in_place("Bergen"))[1] == "i Bergen"


@pytest.mark.parametrize(
    ("counts", "said"),
    [((20, 13, 0), ("7 seats free", "good")), ((20, 20, 0), ("Full", "stop")), ((20, 19, 3), ("Full, 3 waiting", "wait")), ((None, 0, 0), ("Number of seats not stated", "plain"))],
)
def test_seats_are_told_in_words_and_by_kind(counts, said):
    assert words.seats(*counts) == said


def test_days_within_a_month_share_its_name():
    assert in_all(lambda: words.dates(date(2027, 9, 2), date(2027, 9, 4)))[:2] == ["2–4 September 2027", "2.–4. september 2027"]
    assert words.dates(date(2027, 9, 30), date(2027, 10, 1)) == "30 September 2027 – 1 October 2027"


def at(on: date, **facts) -> Stage:
    known = {"state": Run.PUBLISHED, "semester": SPRING, "semesters": 1, "opens_on": date(2026, 10, 1), "apply_by": date(2027, 1, 15), "starts_on": None, "ends_on": None}
    return stage(**{**known, **facts}, on=on)


def test_a_run_goes_through_its_stages_by_date_alone():
    days = [date(2026, 9, 30), date(2026, 10, 1), date(2027, 1, 15), date(2027, 1, 16), date(2027, 7, 31), date(2027, 8, 1)]
    assert [at(day) for day in days] == [Stage.LATER, Stage.OPEN, Stage.OPEN, Stage.RUNNING, Stage.RUNNING, Stage.ENDED]


def test_a_run_whose_time_is_not_stated_has_neither_opened_nor_ended():
    assert at(date(2030, 1, 1), semester=None, opens_on=None, apply_by=None) is Stage.UNKNOWN
    assert not has_ended(semester=None, semesters=1, ends_on=None, on=date(2030, 1, 1))


def test_a_run_of_two_semesters_ends_with_the_second():
    assert not has_ended(semester=AUTUMN, semesters=2, ends_on=None, on=date(2027, 7, 31))
    assert has_ended(semester=AUTUMN, semesters=2, ends_on=None, on=date(2027, 8, 1))


def test_a_cancelled_run_stays_cancelled_and_a_planned_one_planned():
    assert at(date(2026, 11, 1), state=Run.CANCELLED) is Stage.CANCELLED
    assert at(date(2026, 11, 1), state=Run.PLANNED) is Stage.PLANNED
