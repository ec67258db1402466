"""Whole files: the shipped catalogue, the same row twice, and very many rows."""

import io
import tracemalloc
from collections import Counter
from datetime import date

from catalog.importing.catalogue import Catalogue
from catalog.importing.gatherings import StatedGathering
from catalog.importing.readers import open_table
from catalog.importing.rows import ImportedRow, RefusedRow
from catalog.values import Delivery, Semester, Strand
from tests.catalog.importing.files import MODULES, catalogue, real_catalogue, vocabulary, workbook

HEAD = "institution,course_title,module_code,module_title,credits,semester,study_year,gatherings_places\n"


def reasons(content: str) -> list[str | None]:
    """For each row, why it is refused, or None."""
    return [each.reason if isinstance(each, RefusedRow) else None for each in catalogue(HEAD + content)]


def by_title(title: str) -> list[ImportedRow]:
    return [row for row in real_catalogue() if title in (row.course_title, row.module_title)]


def by_code(code: str) -> ImportedRow:
    (row,) = (row for row in real_catalogue() if row.code == code)
    return row


def test_all_rows_of_the_shipped_catalogue_are_read_and_none_is_refused():
    rows = real_catalogue()

    assert len(rows) == 144
    assert [row for row in rows if isinstance(row, RefusedRow)] == []
    assert [row.line for row in rows] == list(range(2, 146))


def test_what_is_understood_of_the_shipped_catalogue_is_counted():
    rows = real_catalogue()
    understood = {
        "whole programmes": sum(row.whole_programme for row in rows),
        "code stated": sum(row.code_stated for row in rows),
        "without any title": sum(not row.course_title and not row.module_title for row in rows),
        "credits": sum(row.credits is not None for row in rows),
        "semester": sum(row.semester is not None for row in rows),
        "ended": sum(row.ended for row in rows),
        "cancelled": sum(row.cancelled for row in rows),
        "grades": sum(bool(row.grades) for row in rows),
        "school leaders": sum(row.school_leaders for row in rows),
        "subject": sum(row.subject_code is not None for row in rows),
        "gatherings": sum(len(row.gatherings) for row in rows),
        "place": sum(row.place_text is not None for row in rows),
        "language": sum(row.language is not None for row in rows),
        "seats": sum(row.seats is not None for row in rows),
        "fee": sum(row.fee is not None for row in rows),
        "address": sum(row.url is not None for row in rows),
    }

    assert understood == {
        "whole programmes": 30,
        "code stated": 85,
        "without any title": 32,
        "credits": 68,
        "semester": 55,
        "ended": 53,
        "cancelled": 2,
        "grades": 102,
        "school leaders": 6,
        "subject": 140,
        "gatherings": 49,
        "place": 18,
        "language": 89,
        "seats": 9,
        "fee": 9,
        "address": 144,
    }
    assert Counter(row.strand for row in rows) == {Strand.FURTHER: 138, Strand.PRINCIPAL: 6}
    assert Counter(row.delivery for row in rows) == {
        None: 91,
        Delivery.GATHERINGS: 18,
        Delivery.BLENDED: 21,
        Delivery.ONLINE: 14,
    }


def test_what_is_not_understood_of_the_shipped_catalogue_is_named_and_kept():
    rows = real_catalogue()
    left = Counter(name for row in rows for name in row.not_understood)

    assert left == {"fee": 11, "gatherings_places": 8, "semester": 2, "study_year": 1}
    assert all(row.stated[name] for row in rows for name in row.not_understood)


def test_every_row_of_the_shipped_catalogue_is_a_run_of_its_own():
    rows = real_catalogue()

    assert (len({row.key for row in rows}), len({row.run_key for row in rows})) == (141, 144)


def test_the_three_study_places_of_the_principals_programme_are_three_runs_of_one():
    runs = by_title("Rektorutdanningen")

    assert {(run.key, run.semester, run.terms) for run in runs} == {("ntnu|title|rektorutdanningen||30.0", Semester.from_code("2021h"), 3)}
    assert [run.place_text for run in runs] == ["Trondheim", "Bodø", "Tromsø"]


def test_a_module_given_twice_is_two_runs_of_one():
    runs = [row for row in by_title("Naturfag 1 for 1.-7. trinn, Kompetanse for kvalitet") if row.module_title == "høstsemester"]

    assert len({run.key for run in runs}) == 1
    assert [run.semester.code for run in runs] == ["2019h", "2020h"]
    assert [gathering.online for gathering in runs[1].gatherings] == [True, False, True]


def test_a_run_that_was_called_off_is_told_from_its_module():
    cancelled = by_code("ENU802")

    assert (cancelled.cancelled, cancelled.semester.code, cancelled.ended) == (True, "2024v", False)


def test_a_course_code_from_exam_statistics_is_over_and_has_no_semester():
    known = by_code("ENG1A-17KFK")

    assert (known.ended, known.semester, known.last_year, known.module_title) == (True, None, 2022, None)


def test_dates_that_are_of_another_cohort_are_left_as_text():
    (row,) = by_title("Norsk 1, 1.-7. trinn - vidareutdanning (nett- og samlingsbasert)")

    assert (row.gatherings, row.place_text, row.seats, row.semester.code, row.terms) == ((), "Volda", 35, "2023h", 2)
    assert row.gatherings_text.endswith("(haust 2022: 21.-22. september, 9.-10. november)")


def test_gatherings_of_the_shipped_catalogue_have_their_days_and_places():
    (row,) = by_title("15NOSPRM Norwegian for Linguistic Minorities - web-based with workshops")

    assert row.gatherings == (
        StatedGathering(date(2009, 9, 14), date(2009, 9, 15), None, "Notodden", False),
        StatedGathering(date(2010, 1, 20), date(2010, 1, 21), None, "Notodden", False),
    )


def test_the_same_catalogue_as_a_norwegian_workbook_says_the_same():
    with MODULES.open("rb") as file, open_table(file, MODULES.name) as table:
        rows = [list(row.cells.values()) for row in table]
    norwegian = [
        "Lærested", "Studium", "Emnekode", "Emnenavn", "Studiepoeng", "Semester", "Studieår", "Undervisningsform", "Trinn", "Fag",
        "Fagkode", "Samlinger", "Språk", "Studieplasser", "Studieavgift", "Tilbudstype", "Lenke", "Merknad", "Kilde",
    ]  # fmt: skip

    assert [row.digest for row in catalogue(workbook([norwegian, *rows]), "katalog.xlsx")] == [row.digest for row in real_catalogue()]


def test_the_same_row_twice_is_refused_by_the_first_ones_line():
    line = "HVL,Norsk 1,MAT101,Tal,15,Høst,2026,Bergen\n"

    assert reasons(line + line) == [None, "The same as line 2: same semester and same place."]


def test_another_semester_or_another_place_is_another_run():
    assert reasons(
        "HVL,Norsk 1,MAT101,Tal,15,Høst,2026,Bergen\n"
        "HVL,Norsk 1,MAT101,Tal,15,Høst,2026,Stord\n"
        "HVL,Norsk 1,mat101,tal,15,Vår,2027,Bergen\n"
        "HVL,Norsk 1,MAT101,Tal,15,løpande,,Bergen\n"
    ) == [None] * 4


def test_a_semester_written_otherwise_is_the_same_semester():
    assert reasons("HVL,Norsk 1,MAT101,Tal,15,Høst,2026,\nHVL,Norsk 1,MAT101,Tal,15,H2026,,\n")[1] == (
        "The same as line 2: same semester and same place."
    )


def test_a_second_module_with_the_same_code_is_refused():
    reason = "The code “MAT101” stands on line 2 with another title or other credits."

    assert reasons(
        "HVL,Norsk 1,MAT101,Tal,15,Høst,2026,\n"
        "HVL,Norsk 1,MAT101,Geometri,15,Vår,2027,\n"
        "HVL,Norsk 1,MAT101,Tal,30,Vår,2028,\n"
        "HVL,Norsk 1,MAT101,,,Vår,2029,\n"
        "HVO,Norsk 1,MAT101,Geometri,15,Vår,2027,\n"
    ) == [None, reason, reason, None, None]


def test_good_rows_stand_between_refused_ones_that_are_called_by_line_and_title():
    rows = catalogue(HEAD + "HVL,Norsk 1,MAT101,Tal,7.3,,,\nHVL,Norsk 1,MAT102,Form,15,,,\nHVL,Norsk 1,MAT103,Rom,15,,,,,extra\n")

    assert [(row.line, row.title) for row in rows] == [(2, "Tal"), (3, "Form"), (4, "Rom")]
    assert [isinstance(row, RefusedRow) for row in rows] == [True, False, True]


def test_a_refused_row_does_not_stand_in_the_way_of_its_correction_further_down():
    assert reasons("HVL,Norsk 1,MAT101,Tal,7.3,,,\nHVL,Norsk 1,MAT101,Tal,7.5,,,\n")[1] is None


def test_an_institution_may_be_given_for_a_whole_file():
    (row,) = catalogue("Studium;Studiepoeng\nNorsk 1;7,5\n", institution="HVL")

    assert (row.institution, str(row.credits)) == ("HVL", "7.5")


def test_the_rows_are_understood_one_by_one_in_little_memory():
    """Each remembered row costs two short digests; the rows themselves are gone when the next is asked for."""
    few, many = peak(500), peak(2_500)

    assert many - few < 2_000 * 1_000  # bytes; a row that is kept takes three times as many


def peak(rows: int) -> int:
    lines = (f"HVL,Norsk {number},MAT{number},Tal {number},15,Høst,2026,Bergen: 2.-4. september\n" for number in range(rows))
    file = io.BytesIO((HEAD + "".join(lines)).encode())
    tracemalloc.start()
    try:
        with open_table(file, "x.csv") as table:
            assert sum(isinstance(row, ImportedRow) for row in Catalogue(table, vocabulary())) == rows
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
