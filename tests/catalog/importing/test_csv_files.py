"""Text tables as they come from anyone's spreadsheet."""

import codecs
import io
import tracemalloc

import pytest

from catalog.importing.readers import open_table
from catalog.importing.tables import LONGEST_CELL
from config.errors import BadInput
from tests.catalog.importing.files import headers, read

HEAD = "institution,course_title,credits\n"
NORWEGIAN = "Lærested;Studium;Studiepoeng\nHøgskulen på Vestlandet;Språk på Øya å lære;7,5\n"
CELLS = {"Lærested": "Høgskulen på Vestlandet", "Studium": "Språk på Øya å lære", "Studiepoeng": "7,5"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_semicolon_file_with_decimal_commas_is_read_in_every_encoding_a_spreadsheet_writes(encoding, end):
    assert [row.cells for row in read(NORWEGIAN.replace("\n", end).encode(encoding))] == [CELLS]


def test_utf_16_the_other_way_round_is_read_too():
    assert [row.cells for row in read(codecs.BOM_UTF16_BE + NORWEGIAN.encode("utf-16-be"))] == [CELLS]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_cells_are_told_apart_by_what_makes_the_headers_known(delimiter):
    content = f"institution{delimiter}course_title{delimiter}credits\nHVL{delimiter}Norsk 1{delimiter}15\n"

    assert [dict(row.cells) for row in read(content)] == [{"institution": "HVL", "course_title": "Norsk 1", "credits": "15"}]


def test_a_comma_file_full_of_semicolons_is_still_a_comma_file():
    rows = read(HEAD + 'HVL,"Norsk; språk; tekst; lesing",15\nHVL,Engelsk; del 1; del 2,15\n')

    assert [row.cells["course_title"] for row in rows] == ["Norsk; språk; tekst; lesing", "Engelsk; del 1; del 2"]


def test_the_line_that_excel_writes_first_names_the_delimiter():
    rows = read("sep=;\r\ninstitution;course_title\r\nHVL;Norsk 1\r\n")

    assert [(row.line, row.cells["course_title"]) for row in rows] == [(3, "Norsk 1")]


def test_a_title_above_the_headers_and_blank_lines_are_passed_over_and_the_lines_still_fit():
    rows = read("Studiekatalog 2026,,\n\n" + HEAD + ",,\nHVL,Norsk 1,15\n\n  , ,\nHVL,Engelsk 1,15\n")

    assert [(row.line, row.cells["course_title"]) for row in rows] == [(5, "Norsk 1"), (8, "Engelsk 1")]


def test_a_cell_with_line_breaks_is_one_cell_and_the_next_row_knows_its_line():
    rows = read(HEAD + 'HVL,"Norsk 1\nfor 1.-7. trinn",15\nHVL,Engelsk 1,15\n')

    assert [(row.line, row.cells["course_title"]) for row in rows] == [(2, "Norsk 1\nfor 1.-7. trinn"), (4, "Engelsk 1")]


def test_a_row_with_more_cells_than_headers_is_refused_with_its_line_and_the_others_stay():
    ragged, whole = read(HEAD + "HVL,Norsk 1,15,too,much\nHVL,Engelsk 1,15,,\n")

    assert (ragged.line, ragged.refusal) == (2, "The row has 5 cells, but there are 3 headers.")
    assert ragged.cells["course_title"] == "Norsk 1"
    assert (whole.line, whole.refusal) == (3, None)


def test_a_row_with_fewer_cells_says_nothing_of_the_rest():
    assert [dict(row.cells) for row in read(HEAD + "HVL,Norsk 1\n")] == [{"institution": "HVL", "course_title": "Norsk 1"}]


@pytest.mark.parametrize("length", [LONGEST_CELL + 1, 200_000, 10_000_000])
def test_a_field_with_too_much_text_refuses_its_row_alone(length):
    long, short = read(HEAD + f"HVL,{'x' * length},15\nHVL,Engelsk 1,15\n")

    assert long.line == 2 and long.refusal
    assert (short.line, short.refusal, short.cells["course_title"]) == (3, None, "Engelsk 1")


def test_a_cell_of_the_most_characters_is_kept():
    (row,) = read(HEAD + f"HVL,{'x' * LONGEST_CELL},15\n")

    assert row.refusal is None and len(row.cells["course_title"]) == LONGEST_CELL


def test_a_quotation_mark_that_is_not_closed_does_not_take_the_whole_file_with_it():
    rows = read(HEAD + 'HVL,"Norsk 1,15\n' + "HVL,Engelsk 1,15\n" * 20_000)

    assert rows[0].line == 2 and rows[0].refusal == "A cell is too long to be read, or a quotation mark is not closed."
    assert rows[-1].line == 20_002 and rows[-1].refusal is None


def test_letters_that_were_broken_on_the_way_are_refused_and_not_published():
    mojibake = "Høgskulen på Øya".encode().decode("cp1252")
    whole, broken, lost = read(HEAD + f"HVL,Norsk 1,15\nHVL,{mojibake},15\nHVL,H\ufffdst,15\n")

    assert whole.refusal is None
    assert broken.refusal == "In “course_title” the letters are broken: “HÃ¸gskulen pÃ”. Save the file again as UTF-8."
    assert "H\ufffdst" in lost.refusal


def test_broken_letters_in_the_headers_refuse_the_file():
    with pytest.raises(BadInput, match="“x.csv” the letters are broken: “LÃ¦rested"):
        read(NORWEGIAN.encode().decode("cp1252").encode(), "x.csv")


def test_a_file_that_is_utf_8_but_for_one_line_is_refused_by_that_line():
    with pytest.raises(BadInput, match="“x.csv” is UTF-8, but not in line 3."):
        read(NORWEGIAN.encode() + "Høgskulen;Språk;15\n".encode("cp1252"), "x.csv")


def test_bytes_that_windows_never_wrote_are_refused():
    with pytest.raises(BadInput, match="“x.csv” is neither UTF-8 nor Windows-1252 text"):
        read(HEAD.encode() + b"HVL,\x81\x8d,15\n", "x.csv")


def test_letters_composed_of_two_signs_and_spaces_that_do_not_break_are_made_ordinary():
    (row,) = read("institution,course_title\nHVL,Spra\u030ak\u00a0og\u200b tal\n")

    assert row.cells["course_title"] == "Språk og tal"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "“x.csv” is empty."),
        (b"\xef\xbb\xbf", "“x.csv” is empty."),
        (b"\n\n , \n", "“x.csv” is empty."),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "“x.csv” is not a table, but a PNG picture."),
        (b"%PDF-1.7\n", "“x.csv” is not a table, but a PDF document."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "“x.csv” is not a table, but an old or locked Excel file; save it as .xlsx or CSV."),
        (b"<!doctype html><p>Not found", "“x.csv” is not a table, but a web page."),
        (b"PK\x03\x04 anything", "“x.csv” is not what its name says, but a zip archive or a workbook."),
        (b"institution,course_title\nHVL,Nor\x00sk\n", "“x.csv” is not a text table: it holds NUL bytes."),
        ("institution,course_title\nHVL,Nor\x00sk\n".encode("utf-16"), "“x.csv” is not a text table: it holds NUL bytes."),
        (b"institution,credits,Credits\nHVL,15,15\n", "“x.csv” has two columns with the header “Credits”."),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_by_name(content, said):
    with pytest.raises(BadInput) as refusal:
        read(content, "x.csv")

    assert refusal.value.sentence == said


def test_a_table_too_wide_to_be_a_catalogue_is_refused():
    with pytest.raises(BadInput, match="“x.csv” has 201 columns; 200 is the most."):
        read(",".join(["institution", *(f"c{number}" for number in range(200))]) + "\n", "x.csv")


def test_an_unnamed_column_between_others_is_called_by_its_number_and_those_at_the_end_are_left_out():
    assert headers("institution,,course_title,,\nHVL,x,Norsk 1,,\n") == ("institution", "column 2", "course_title")


def test_four_times_the_rows_take_no_more_memory():
    line = "HVL,Norsk 1 for lærarar på mellomsteget,15\n"

    assert peak(HEAD + line * 40_000) < 1.5 * peak(HEAD + line * 10_000)


def peak(content: str) -> int:
    """Bytes at the height of reading, the file itself not counted."""
    file = io.BytesIO(content.encode())
    tracemalloc.start()
    try:
        with open_table(file, "x.csv") as table:
            for _row in table:
                pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
