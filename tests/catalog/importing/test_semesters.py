"""When: every way the field writes it, and what must not be guessed."""

import pytest

from catalog.importing.semesters import Timing, understand_timing
from catalog.importing.status import note_cancels, says_cancelled, says_over, status_says_over
from catalog.values import Semester
from config.errors import BadInput


@pytest.mark.parametrize(
    ("term", "year", "first", "terms"),
    [
        ("H2026", "", "2026h", None),
        ("2026h", "", "2026h", None),
        ("23v", "", "2023v", None),
        ("h26", "", "2026h", None),
        ("2026/HØST", "", "2026h", None),
        ("2026 H", "", "2026h", None),
        ("Autumn 2026", "", "2026h", None),
        ("Spring term 2027", "", "2027v", None),
        ("Høst 2026", "", "2026h", None),
        ("hausten 2026", "", "2026h", None),
        ("Høst 26", "", "2026h", None),
        ("Høstsemesteret 2026", "", "2026h", None),
        ("høst 2021", "", "2021h", None),
        ("Høst", "2026", "2026h", None),
        ("Haust", "2026", "2026h", None),
        ("Vår", "2026", "2026v", None),
        ("H", "2026", "2026h", None),
        ("Høst", "2025/2026", "2025h", None),
        ("Haust", "2025/26", "2025h", None),
        ("Høst", "2025–2026", "2025h", None),
        ("Vår", "2025/2026", "2026v", None),
        ("V", "25/26", "2026v", None),
        ("2025/2026", "Høst", "2025h", None),
        ("2025/2026 høst", "", "2025h", None),
        ("Høst start, 2 semestre", "2025/2026", "2025h", 2),
        ("Haust start, 2 semester", "kull 2023", "2023h", 2),
        ("Høst start, 1 år", "2019/2020", "2019h", 2),
        ("Vår start, 2 semestre", "2025/2026", "2026v", 2),
        ("tre semestre", "høst 2021", "2021h", 3),
        ("Høst-vår", "2009/2010", "2009h", 2),
        ("Høst og vår", "2026/27", "2026h", 2),
        ("Vår og høst", "2026", "2026v", 2),
        ("Høst 2026 - vår 2027", "", "2026h", 2),
        ("2026H-2027V", "", "2026h", 2),
        ("Høst 2026 – høst 2027", "", "2026h", 3),
        ("Høst 2026, vår 2027", "", "2026h", 2),
        ("høst 2026 (2 semester)", "", "2026h", 2),
        ("Høst", "okt 2024 - jan 2025", "2024h", None),
        ("", "august 2026", "2026h", None),
        ("2026-08-15", "", "2026h", None),
        ("Høst 2026", "2026/2027", "2026h", None),
        ("2026/2027 (avlyst)", "Høst", "2026h", None),
    ],
)
def test_a_semester_is_understood_however_it_is_written(term, year, first, terms):
    understood = understand_timing(term, year)

    assert (understood.first, understood.terms) == (Semester.from_code(first), terms)


@pytest.mark.parametrize(
    ("term", "year"),
    [
        ("", ""),
        ("Høst", ""),
        ("tre semestre", ""),
        ("", "2026/2027"),
        ("", "2026"),
        ("", "2015-2022"),
        ("", "2019-"),
        ("Høst", "2019-"),
        ("Høst eller vår", "2026"),
        ("Høst eller vår 2026", ""),
        ("Høst/vår", "2026/2027"),
        ("H2026/V2027", ""),
        ("Høst og vår 2026", ""),
        ("Vår og høst", "2025/2026"),
        ("Høst 2026 og høst 2027", ""),
        ("Vår", "kull 2023"),
        ("Vår", "høst 2021"),
        ("Høst 2026", "2024/2025"),
        ("Høst 2026", "2024"),
        ("1. semester", "2026"),
        ("Semester 2", ""),
        ("juli 2026", ""),
        ("12", ""),
        ("٣ år", "2026"),
        ("løpande", "2026"),
        ("Høst", "2024, 2025"),
        ("Høst" + " og så vidare" * 100 + " 2026", ""),
    ],
)
def test_what_leaves_a_choice_or_contradicts_itself_gives_no_semester(term, year):
    assert understand_timing(term, year).first is None


def test_a_study_year_alone_is_known_as_that():
    assert understand_timing("", "2024/25 (ikke igangsatt)") == Timing(study_year=2024, last_year=2025)


def test_exam_results_tell_the_last_year_of_something_over_and_no_semester():
    assert understand_timing("", "exam results 2015-2022") == Timing(last_year=2022, over=True)


def test_the_last_year_is_the_one_the_last_of_its_terms_is_in():
    assert understand_timing("tre semestre", "høst 2021").last_year == 2022
    assert understand_timing("", "2019-").last_year is None


@pytest.mark.parametrize(("term", "year"), [("Høst 1926", ""), ("Høst", "1926"), ("", "2062/2063"), ("2199h", "")])
def test_a_year_outside_the_field_is_refused_with_a_sentence(term, year):
    with pytest.raises(BadInput, match="is outside 1990–2050"):
        understand_timing(term, year)


@pytest.mark.parametrize(
    "text", ["2024/25 (ikke igangsatt)", "Avlyst", "ikkje igangsett", "CANCELLED", "Kurset er avlyst grunna få søkarar", "Innstilt"]
)
def test_a_cancelled_run_is_known(text):
    assert says_cancelled(text)


@pytest.mark.parametrize("text", ["", "Kan bli avlyst", "Ikke avlyst", "Avlyses ved for få søkere", "may be cancelled", "Starter i august"])
def test_a_run_that_may_be_cancelled_is_not(text):
    assert not says_cancelled(text)


@pytest.mark.parametrize(
    ("note", "cancelled"),
    [
        ("Avlyst vår 2024 (cancelled)", True),
        ("Avlyst", True),
        ("Outside the catalogue; deadline 1 June; cancelled for 2023/24", True),
        ("Vår 2024 avlyst", True),
        ("Avlyst vår 2023, går vår 2024", False),
        ("Avlyst, vår 2023", False),
        ("Cancelled for 2022/23", False),
        ("Avlyst i 1926", False),
        ("Fulltegnet", False),
    ],
)
def test_a_note_cancels_the_run_it_speaks_of(note, cancelled):
    assert note_cancels(note, understand_timing("Vår", "2023/2024")) is cancelled


@pytest.mark.parametrize(
    "text", ["No longer taught at crawl time", "requires MicroBit; no longer admitting", "Tilbys ikke lenger", "nedlagt"]
)
def test_a_study_that_is_no_longer_given_is_known(text):
    assert says_over(text)


def test_to_have_finished_is_an_admission_requirement_in_a_note_but_an_end_in_a_status():
    assert not says_over("Krev avslutta lærarutdanning") and not says_over("Avsluttet bachelor kreves")
    assert status_says_over("Avsluttet")
