"""Where the facts of the registers come from is told in the reader's language."""

import csv
from pathlib import Path

import pytest
from flask import Flask

from catalog.places import sentences
from config.languages import in_language

REGISTERS = Path(sentences.__file__).parents[1] / "registers"


def told(file: str, column: str) -> set[str]:
    """The parts of a register's column."""
    with (REGISTERS / file).open(encoding="utf-8", newline="") as rows:
        return {part for row in csv.DictReader(rows) for part in (row[column] or "").split("; ") if part}


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_the_sources_of_the_registers_are_told_in_the_readers_language(app: Flask, language):
    parts = told("institutions.csv", "evidence") | told("regions.csv", "evidence") | told("counties.csv", "note")

    with app.test_request_context(), in_language(language):
        assert {part for part in parts if not part.startswith("found: ") and sentences.source(part) == part} == set()


def test_a_source_is_told_part_by_part_and_what_is_not_known_stands_as_it_is(app: Flask):
    with app.test_request_context(), in_language("nb"):
        assert sentences.source("general knowledge; UiS is in Udir region Vest (found); rundskriv X") == "allmenn kunnskap; UiS hører til Region Vest; rundskriv X"
        assert sentences.source("carried on after 2025 by Seksti; found: nla.no Partnership Project") == (
            "videreført etter 2025 av Seksti; nla.no Partnership Project"
        )
