"""Every word a person meets is there in bokmål and nynorsk, says the same things, and says them one way."""

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

from config.settings import ROOT

NORWEGIAN = ("nb", "nn")
PACKAGES = ("config", "accounts", "catalog", "enrolment", "regions", "demo")
KEYWORDS = {"_": None, "_l": None, "gettext": None, "ngettext": (1, 2)}
# What a register says of its source is in English where it is not quoted: one of these words gives it away.
ENGLISH = re.compile(r"\b(the|of|own|until|and|not|are|about|later|with|from|no|by|pages)\b")
QUOTED = re.compile("«.*?»")
PLACEHOLDER = re.compile(r"%\((\w+)\)")


@cache
def said_in_the_source() -> dict[str, str]:
    """Each message in English, and a file that says it."""
    sources = [(path, "python") for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    sources += [(path, "jinja2.ext:babel_extract") for path in sorted((ROOT / "templates").rglob("*.html"))]
    said = {message: path.name for path, method in sources for message in messages(path, method)}
    return said | {source: path.name for path in registers() for source in sources_in(path) if ENGLISH.search(QUOTED.sub("", source))}


def registers() -> list[Path]:
    return [path for package in PACKAGES for ending in ("*.csv", "rule_sets.json") for path in sorted((ROOT / package).rglob(ending))]


def sources_in(path: Path) -> Iterator[str]:
    """Where a register says that its rows come from, each once."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file) if path.suffix == ".csv" else json.load(file)
        yield from dict.fromkeys(row["source"] for row in rows if row.get("source"))


def messages(path: Path, method: str) -> list[str]:
    found = (message for _line, message, *_rest in extract_from_file(method, str(path), keywords=KEYWORDS))
    return [message if isinstance(message, str) else message[0] for message in found if message]


@cache
def translated(language: str) -> dict[str, dict]:
    """By English message: each wording, and the files that have it."""
    wordings: dict[str, dict] = defaultdict(lambda: defaultdict(list))
    for path in sorted((ROOT / "translations" / language).glob("*.po")):
        for entry in read_po(path.read_bytes().splitlines(keepends=True), locale=language):
            if entry.id and entry.string and all(entry.string if isinstance(entry.string, tuple) else (entry.string,)):
                first = entry.id if isinstance(entry.id, str) else entry.id[0]
                wordings[first][entry.string if isinstance(entry.string, str) else tuple(entry.string)].append(path.name)
    return wordings


@pytest.mark.parametrize("language", NORWEGIAN)
def test_everything_that_is_said_is_translated(language):
    known = translated(language)

    assert {message: file for message, file in said_in_the_source().items() if message not in known} == {}


@pytest.mark.parametrize("language", NORWEGIAN)
def test_a_message_has_one_wording_whichever_file_it_stands_in(language):
    assert {message: dict(found) for message, found in translated(language).items() if len(found) > 1} == {}


@pytest.mark.parametrize("language", NORWEGIAN)
def test_a_translation_fills_in_the_same_facts_as_its_message(language):
    def facts(text: str) -> set[str]:
        return set(PLACEHOLDER.findall(text))

    wrong = {
        message: wording
        for message, found in translated(language).items()
        for wording in found
        for text in (wording if isinstance(wording, tuple) else (wording,))
        if not facts(text) <= facts(message) | {"num"}
    }

    assert wrong == {}
