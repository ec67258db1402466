"""Whatever stands in a cell, the answer is a value, nothing, or a sentence: never a crash, and never a wait."""

import io
import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.importing import amounts, content, dates, delivery, gatherings, grades, headers, kinds, semesters, status, writing
from catalog.importing.catalogue import Catalogue
from catalog.importing.readers import open_table
from catalog.importing.rows import ImportedRow, RefusedRow
from catalog.importing.tables import LONGEST_CELL
from catalog.importing.understand import understand_row
from catalog.values import Tag
from config.errors import BadInput
from tests.catalog.importing.files import vocabulary, workbook

PIECES = [
    "høst", "Vår", "haust", "2026", "25/26", "2025/2026", "H", "v", "kull", "start", "semester", "2", "tre", "1.-7.", "trinn", "vgs",
    "Vg1", "uke", "35", "og", ",", ";", ":", "-", "–", "(", ")", "/", "kl.", "9.15", "2.-4.", "september", "okt.", "Bergen", "digital",
    "campus", "samlinger", "nettbasert", "à", "dager", "per", "kr", "10 000", "sp", "7,5", "7.3", "½", "²", "٣", "exam results",
    "avlyst", "ikke", "31.02.2026", "2026-13-45", "99999999999999999999", "i", "på", "Zoom", "\n", "\u00a0", "😀", "ß", "İ",
]  # fmt: skip
SAID = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
)
NEVER_REFUSE = [
    delivery.understand_delivery,
    grades.understand_level,
    grades.level_in_title,
    kinds.understand_strand,
    kinds.understand_language,
    amounts.understand_fee,
    headers.field_of,
    status.says_cancelled,
    status.says_over,
    writing.plain,
]
MAY_REFUSE = [
    amounts.understand_credits,
    amounts.understand_seats,
    dates.understand_date,
    gatherings.understand_gatherings,
    semesters.understand_timing,
    lambda text: content.understand_tag(Tag.ICT, text),
]


@given(SAID)
def test_most_cells_are_understood_or_not_and_nothing_else(text):
    for understand in NEVER_REFUSE:
        understand(text)


@given(SAID)
def test_the_others_may_refuse_with_a_sentence(text):
    for understand in MAY_REFUSE:
        with suppress(BadInput):
            understand(text)


@given(SAID, SAID)
def test_a_time_for_gatherings_is_never_outside_the_run(term, text):
    with suppress(BadInput):
        timing = semesters.understand_timing(term)
        plan = gatherings.understand_gatherings(text, timing)
        if timing.first:
            assert all(each.starts.year in range(timing.first.year, timing.first.year + 8) for each in plan.gatherings if each.starts)
            assert all(each.starts <= each.ends for each in plan.gatherings if each.starts)


@given(st.dictionaries(st.sampled_from(sorted({*headers.SYNONYMS, "content:ict"})), SAID), st.sampled_from(["HVL", "", "?"]))
def test_a_row_of_anything_is_imported_or_refused_with_a_sentence(fields, institution):
    row = understand_row({**fields, "institution": institution}, 2, vocabulary())

    assert isinstance(row, ImportedRow) and row.key and row.run_key and len(row.digest) == 64 or isinstance(row, RefusedRow) and row.reason


@given(st.binary(max_size=2_000), st.sampled_from(["x.csv", "x.xlsx", "x", "x.txt"]))
def test_a_file_of_anything_is_read_or_refused_with_a_sentence(content, name):
    read_or_refuse(content, name)


@given(st.text(max_size=500))
def test_a_text_under_good_headers_is_read_row_by_row(text):
    read_or_refuse(f"institution;course_title;credits\n{text}".encode(errors="replace"), "x.csv")


BOOK = workbook([["institution", "course_title"], ["HVL", "Norsk 1"]])


@given(st.integers(0, len(BOOK) - 1), st.integers(0, 255))
def test_a_workbook_with_one_wrong_byte_is_read_or_refused_with_a_sentence(at, byte):
    read_or_refuse(BOOK[:at] + bytes([byte]) + BOOK[at + 1 :], "x.xlsx")


def read_or_refuse(content: bytes, name: str) -> None:
    with suppress(BadInput), open_table(io.BytesIO(content), name) as table:
        for row in Catalogue(table, vocabulary()):
            assert isinstance(row, ImportedRow) or row.reason


@pytest.mark.drill  # it compares times, which a busy machine disturbs
@pytest.mark.parametrize("length", [gatherings.LONGEST_READ - 10, LONGEST_CELL])
@pytest.mark.parametrize(
    "piece", ["1,", "1-", "1. og ", "uke 1, ", "samling ", "(", "høst ", "2026 ", "Bergen, ", "to ", "nett ", "ikke ", "1 000 ", "1/1 "]
)
def test_no_cell_takes_so_long_that_it_could_stop_an_import(piece, length):
    """A ratio in one run: to tidy a cell takes as long as the cell is. A pattern that tries every pair of places is over the limit."""
    text = (piece * length)[:length]
    tidied = min(seconds(writing.even, text) for _time in range(3))

    for understand in [*NEVER_REFUSE, *MAY_REFUSE]:
        assert min(seconds(understand, text) for _time in range(2)) < 10_000 * tidied


def seconds(work, text: str) -> float:
    begun = time.perf_counter()
    with suppress(BadInput):
        work(text)
    return time.perf_counter() - begun
