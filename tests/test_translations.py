"""Every word a person meets is there in bokmål and nynorsk, says the same things, and says them one way."""

import json
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po
from sqlalchemy import select

from catalog.places import sentences
from config.languages import gettext, in_language, ngettext
from config.settings import ROOT

NORWEGIAN = ("nb", "nn")
PACKAGES = ("config", "accounts", "catalog", "enrolment", "regions", "demo")
KEYWORDS = {"_": None, "_l": None, "gettext": None, "ngettext": (1, 2)}
# What a register says of its source is in English where it is not quoted: one of these words gives it away.
ENGLISH = re.compile(r"(?<![.-])\b(the|of|own|until|and|not|are|about|later|with|from|no|by|pages)\b")
QUOTED = re.compile("«.*?»")
PLACEHOLDER = re.compile(r"%\((\w+)\)")


@cache
def said_in_the_source() -> dict[str, str]:
    """Each message in English, and a file that says it."""
    sources = [(path, "python") for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    sources += [(path, "jinja2.ext:babel_extract") for path in sorted((ROOT / "templates").rglob("*.html"))]
    return {message: path.name for path, method in sources for message in messages(path, method)}


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


def test_where_the_rows_of_the_registers_come_from_is_said_in_norwegian(registers, db):
    columns = [table.c.source for table in db.metadata.sorted_tables if "source" in table.c]
    said = {text for column in columns for text in db.session.scalars(select(column).distinct()) if isinstance(text, str)}
    said |= {one["source"] for one in json.loads((ROOT / "enrolment/allocation/rule_sets.json").read_text())}
    parts = {part for text in said for part in text.split("; ") if ENGLISH.search(QUOTED.sub("", part))}
    elsewhere = {part for part in parts if part in sentences.SOURCES or sentences.IN_WEST.fullmatch(part)}

    assert len(parts) > 40
    missing = {language: sorted(parts - elsewhere - set(translated(language))) for language in NORWEGIAN}
    assert missing == {"nb": [], "nn": []}


def test_a_sentence_is_in_the_language_of_the_request_and_for_a_while_in_another_persons(app):
    """So are those of a template, whose sentences are looked up by a way of their own."""
    page = app.jinja_env.from_string("{{ _('not stated') }}; {{ ngettext('%(num)d participant', '%(num)d participants', 30) }}")

    def said() -> tuple[str, str, str]:
        return gettext("not stated"), ngettext("%(num)d participant", "%(num)d participants", 30), page.render()

    def wording(language: str) -> tuple[str, str, str]:
        (unsaid,), (people,) = (translated(language)[message] for message in ("not stated", "%(num)d participant"))
        several = people[1] % {"num": 30}
        return unsaid, several, f"{unsaid}; {several}"

    english = ("not stated", "30 participants", "not stated; 30 participants")
    with app.test_request_context(headers={"Accept-Language": "nn"}):
        first = said()
        with in_language("nb"):
            between = said()
        assert (first, between, said()) == (wording("nn"), wording("nb"), wording("nn"))
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert said() == english
    assert wording("nb") != wording("nn") != english


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
