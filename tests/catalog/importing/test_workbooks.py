"""Workbooks, and zips that are none."""

import io
import struct
import time
import tracemalloc
import zipfile
from datetime import date, datetime

import pytest

from catalog.importing import archives, workbooks
from catalog.importing.readers import open_table
from config.errors import BadInput
from tests.catalog.importing.files import part_of, read, with_part, workbook

HEAD = ["Lærested", "Studium", "Studiepoeng"]
SHEET = "xl/worksheets/sheet1.xml"


def test_cells_come_as_a_person_would_write_them():
    rows = [["Lærested", "Studium", "Studiepoeng", "Plasser", "Frist", "Merknad"], ["HVL", "Språk", 7.5, 35, date(2026, 4, 15), True]]

    (row,) = read(workbook(rows), "x.xlsx")

    assert list(row.cells.values()) == ["HVL", "Språk", "7.5", "35", "2026-04-15", "true"]


def test_a_moment_keeps_its_time_of_day():
    assert workbooks._text(datetime(2026, 4, 15, 12, 30)) == "2026-04-15 12:30"


def test_lines_are_those_of_the_sheet_and_blank_ones_are_passed_over():
    rows = read(workbook([["Studiekatalog"], [], HEAD, [], ["HVL", "Norsk 1", 15], [], ["HVL", "Engelsk 1", 15]]), "x.xlsx")

    assert [(row.line, row.cells["Studium"]) for row in rows] == [(5, "Norsk 1"), (7, "Engelsk 1")]


def test_the_sheet_with_known_headers_is_read_wherever_it_stands():
    (row,) = read(workbook([["Om katalogen"], ["Laga av HVL"]], Katalog=[HEAD, ["HVL", "Norsk 1", 15]]), "x.xlsx")

    assert row.cells == {"Lærested": "HVL", "Studium": "Norsk 1", "Studiepoeng": "15"}


def test_a_row_with_more_cells_than_headers_is_refused_with_its_line():
    (row,) = read(workbook([HEAD, ["HVL", "Norsk 1", 15, None, "more"]]), "x.xlsx")

    assert (row.line, row.cells["Studium"]) == (2, "Norsk 1")
    assert row.refusal == "The row has 5 cells, but there are 3 headers."


def test_a_formula_is_what_the_sheet_showed_and_one_written_as_text_stays_text():
    book = workbook([HEAD, ["HVL", "=1+1", 15]])
    sheet = part_of(book, SHEET).replace(b'<c r="C2"><v>15</v></c>', b'<c r="C2"><f>7+8</f><v>15</v></c>')

    (row,) = read(with_part(book, SHEET, sheet), "x.xlsx")

    assert row.cells == {"Lærested": "HVL", "Studium": "=1+1", "Studiepoeng": "15"}


@pytest.mark.parametrize("name", ["x.xlsx", "x.XLSX", "x.dat"])
def test_a_workbook_is_known_by_its_bytes(name):
    assert len(read(workbook([HEAD, ["HVL", "Norsk 1", 15]]), name)) == 1


def test_a_workbook_without_any_rows_is_empty():
    with pytest.raises(BadInput, match="“x.xlsx” is empty."):
        read(workbook([]), "x.xlsx")


def zipped(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (zipped(**{"a.txt": b"hello"}), "“x.xlsx” is a zip archive, but not a workbook."),
        (zipped(**{"mimetype": b"x", "content.xml": b"<x/>"}), "“x.xlsx” is an OpenDocument file. Save it as .xlsx or CSV."),
        (b"PK\x03\x04" + b"\x00" * 400, "“x.xlsx” is a damaged or locked workbook."),
        (b"institution;course_title\nHVL;Norsk\n", "“x.xlsx” is not what its name says, but text or something else."),
        (workbook([HEAD])[:-200], "“x.xlsx” is a damaged or locked workbook."),
        (with_part(workbook([HEAD]), "xl/workbook.xml", b"<workbook/>"), "“x.xlsx” has no worksheet."),
        (with_part(workbook([HEAD]), "xl/workbook.xml", b"<workbook"), "“x.xlsx” cannot be read as a workbook."),
    ],
)
def test_a_file_that_is_no_workbook_is_refused_by_name(content, said):
    with pytest.raises(BadInput) as refusal:
        read(content, "x.xlsx")

    assert refusal.value.sentence == said


def test_a_workbook_damaged_further_down_is_refused_when_one_gets_there():
    book = workbook([HEAD] + [["HVL", "Norsk 1", 15]] * 5_000)
    damaged = with_part(book, SHEET, part_of(book, SHEET)[:100_000])

    with open_table(io.BytesIO(damaged), "x.xlsx") as table:
        rows = iter(table)
        assert next(rows).line == 2
        with pytest.raises(BadInput, match="“x.xlsx” cannot be read as a workbook."):
            list(rows)


def parses_nothing(monkeypatch):
    monkeypatch.setattr(workbooks, "_loaded", lambda *_: pytest.fail("was parsed"))


@pytest.mark.parametrize("part", [SHEET, "xl/sharedStrings.xml", "xl/styles.xml", "xl/media/image1.png"])
def test_a_part_that_unpacks_to_a_thousand_times_its_size_is_refused_before_it_is_parsed(part, monkeypatch):
    parses_nothing(monkeypatch)
    bomb = with_part(workbook([HEAD]), part, b"<x>" + b" " * (30 << 20))

    with pytest.raises(BadInput, match=f"“x.xlsx” unpacks to far more than it is: its part “{part}” to 30 MB."):
        read(bomb, "x.xlsx")


def test_many_parts_that_are_small_alone_are_refused_for_what_they_make_together():
    book = workbook([HEAD])
    for number in range(4):
        book = with_part(book, f"xl/worksheets/more{number}.xml", b"<x>" + b" " * 900_000 + b"</x>")

    with pytest.raises(BadInput, match="“x.xlsx” unpacks to 3 MB; 2 MB is the most."):
        archives.refuse_unsafe(io.BytesIO(book), "x.xlsx", most_unpacked=2 << 20)


@pytest.mark.parametrize("packed", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_packing_that_cannot_be_unpacked_piece_by_piece_is_refused(packed, monkeypatch):
    parses_nothing(monkeypatch)
    file = io.BytesIO(workbook([HEAD]))
    with zipfile.ZipFile(file, "a", packed) as archive:
        archive.writestr("xl/worksheets/sheet2.xml", b"<x/>")

    with pytest.raises(BadInput, match="“x.xlsx” is packed in a way that no workbook is."):
        read(file.getvalue(), "x.xlsx")


def test_a_directory_of_too_many_parts_is_never_gone_through(monkeypatch):
    monkeypatch.setattr(zipfile, "ZipFile", lambda *_: pytest.fail("was gone through"))
    file = io.BytesIO(workbook([HEAD]))
    content = bytearray(file.getvalue())
    end = content.rfind(b"PK\x05\x06")
    content[end + 10 : end + 12] = struct.pack("<H", 40_000)

    with pytest.raises(BadInput, match="“x.xlsx” has more parts than any workbook needs."):
        read(bytes(content), "x.xlsx")


def test_looking_at_the_directory_takes_less_than_reading_a_tenth_of_the_file():
    """A ratio in one run: the guard reads the directory and the heads of the parts, whatever their size."""
    book = workbook([HEAD] + [["HVL", f"Norsk {number}", 15] for number in range(5_000)])

    guard = shortest(lambda: archives.refuse_unsafe(io.BytesIO(book), "x.xlsx"))

    assert guard < shortest(lambda: read(book, "x.xlsx")) / 10


def shortest(work) -> float:
    times = []
    for _round in range(3):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return min(times)


def test_a_directory_that_lies_about_the_size_gets_no_more_than_it_claims():
    """Unpacking stops at the claimed size, and the checksum then tells."""
    book = workbook([HEAD] + [["HVL", f"Norsk {number}", 15] for number in range(20_000)])
    size = len(part_of(book, SHEET))
    lying = book.replace(struct.pack("<I", size), struct.pack("<I", 2_000))
    assert lying != book

    with pytest.raises(BadInput, match="“x.xlsx” is a damaged or locked workbook."):
        read(lying, "x.xlsx")


@pytest.mark.parametrize("number", ["1048577", "99999999999"])
def test_a_row_number_beyond_any_sheet_does_not_make_endless_empty_rows(number):
    book = workbook([HEAD, ["HVL", "Norsk 1", 15], ["HVL", "Engelsk 1", 15]])
    sheet = part_of(book, SHEET).replace(b'<row r="3"', f'<row r="{number}"'.encode())

    assert [row.line for row in read(with_part(book, SHEET, sheet), "x.xlsx")] == [2]


def test_more_rows_than_a_country_has_modules_are_refused(monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_ROWS", 3)

    with pytest.raises(BadInput, match="“x.xlsx” has more than 3 rows."):
        read(workbook([HEAD] + [["HVL", "Norsk 1", 15]] * 3), "x.xlsx")


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "head",
    [
        ENTITIES,
        ENTITIES + b"<?harmless ?>",
        b"<!-- harmless -->" + ENTITIES[21:] + b"<!-- harmless -->",
        b"<!--" + b"x" * 5_000 + b"-->" + ENTITIES[21:],
        "<!DOCTYPE x><x/>".encode("utf-16"),
    ],
    ids=["plain", "before an instruction", "between comments", "after a long comment", "in UTF-16"],
)
@pytest.mark.parametrize("part", [SHEET, "xl/sharedStrings.xml"])
def test_a_part_that_could_define_entities_is_refused_before_it_is_parsed(head, part, monkeypatch):
    parses_nothing(monkeypatch)
    book = workbook([HEAD, ["HVL", "Norsk 1", 15]])

    with pytest.raises(BadInput, match=f"“x.xlsx” defines entities or is not XML in its part “{part}”."):
        read(with_part(book, part, head + part_of(book, part)), "x.xlsx")


def test_a_file_larger_than_any_catalogue_is_refused(monkeypatch):
    monkeypatch.setattr("catalog.importing.readers.MOST_BYTES", 1_000)

    with pytest.raises(BadInput, match="“x.xlsx” is 0 MB; 0 MB is the most."):
        read(workbook([HEAD]), "x.xlsx")


def test_ten_times_the_rows_take_far_less_than_ten_times_the_memory():
    one = workbook([HEAD] + [["HVL", "Norsk 1", number % 60] for number in range(1_000)])
    ten = workbook([HEAD] + [["HVL", "Norsk 1", number % 60] for number in range(10_000)])
    peak(one)  # loads the library once

    assert peak(ten) < 3 * peak(one)


def peak(book: bytes) -> int:
    file = io.BytesIO(book)
    tracemalloc.start()
    try:
        with open_table(file, "x.xlsx") as table:
            for _row in table:
                pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_how_much_has_been_read_is_known_on_the_way():
    book = workbook([HEAD] + [["HVL", "Norsk 1", 15]] * 99)

    with open_table(io.BytesIO(book), "x.xlsx") as table:
        shares = [table.share_read() for _row in table]

    assert shares[0] == 0.1 and shares[-1] == 1.0 and shares == sorted(shares)
