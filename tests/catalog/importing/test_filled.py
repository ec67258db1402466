"""A table that is filled in for a page of ours is known by the page's columns, and no row of it is lost without a word."""

from io import BytesIO

import pytest

from catalog.importing.filled import read_filled
from config.errors import BadInput

COLUMNS = {"reference": {"reference", "referanse"}, "mark": {"mark", "karakter"}, "why": {"why"}}


def read(content: str, **known):
    return read_filled(BytesIO(content.encode()), "a.csv", COLUMNS, **({"needed": ("reference", "mark"), "most": 3} | known))


def test_each_row_has_a_cell_for_each_of_our_columns_whatever_the_file_calls_them_and_holds_besides():
    rows = read("karakter;annet; Referanse \nA;x;1\n;y;2\n")

    assert [(row.line, row.cells) for row in rows] == [(2, {"reference": "1", "mark": "A", "why": ""}), (3, {"reference": "2", "mark": "", "why": ""})]


def test_rows_that_say_nothing_of_what_is_asked_are_passed_over_but_never_one_that_cannot_be_read():
    rows = read("reference;mark\n1;A\n2;\n3;;too many\n", about=("mark",))

    assert [(row.line, bool(row.refusal)) for row in rows] == [(2, False), (4, True)]


@pytest.mark.parametrize(
    ("content", "said"),
    [("reference;grade\n1;A\n", "lacks the columns mark"), ("reference;mark\n", "holds no rows"), ("reference;mark\n1;\n", "holds no rows"),
     ("reference;mark\n1;\n2;\n3;\n4;A\n", "has more than 3 rows")],
    ids=["a needed column", "no rows", "none filled in", "too many, though most are empty"],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_refused_by_name(content, said):
    with pytest.raises(BadInput, match=f"“a.csv” {said}"):
        read(content, about=("mark",))
