"""What the pages of many at once say."""

from collections.abc import Iterable, Mapping
from typing import Any

from catalog.bulk.columns import COLUMNS, COURSE, ID, INSTITUTION, MODULE, RUN
from catalog.bulk.values import Difference, Outcome, Problem
from catalog.importing.headers import SYNONYMS, TAG_COLUMNS
from catalog.offers import words
from catalog.publishing.words import LABELS
from config.languages import _, _l

OUTCOMES: Mapping[Outcome, Any] = {
    Outcome.NEW: _l("New"), Outcome.CHANGED: _l("Changed"), Outcome.SAME: _l("Same"), Outcome.REFUSED: _l("Refused"),
}  # fmt: skip
KINDS: Mapping[str, Any] = {COURSE: _l("Course"), MODULE: _l("Module"), RUN: _l("Run")}
STAYED: Mapping[str, Any] = {
    "people": _l("Somebody has enrolled since."),
    "changed": _l("It was withdrawn or cancelled since."),
    "runs": _l("One of its runs is still published."),
    "modules": _l("One of its modules is still published."),
    "asked-for": _l("A published module asks for it."),
}


def field(name: str) -> str:
    """The label of a field in a report; empty where it is the row as a whole."""
    if name in (ID, INSTITUTION):
        return name
    if name.startswith(("sentence-", "credits-", "address-")):
        return str(LABELS["tags"])
    return str(LABELS.get(name, ""))


def begun(kinds: tuple[str, ...]) -> str:
    """«Course, module, run»: what a row begins."""
    named = ", ".join(str(KINDS[kind]) for kind in kinds)
    return named[:1].upper() + named[1:].lower()


def format_rows() -> list[tuple[str, str, str, str]]:
    """(name, of what, what it is, other names) of each column, for the page that explains the format."""
    explained = [(ID, "", _("What the download knows the row by. Leave it empty for something new."), "seksti-id")]
    for column in COLUMNS:
        label = words.tag(column.tag) if column.tag else str(LABELS[column.field])
        also = TAG_COLUMNS[column.tag] if column.tag else ", ".join(filter(None, [column.also, SYNONYMS.get(column.name, "")]))
        explained.append((column.header, str(KINDS[column.thing]), label, ", ".join(also.split(",")[:4]).replace("  ", " ")))
    return explained


def fields(parts: Iterable[Problem | Difference]) -> str:
    """The labels of the fields of problems or differences, each once."""
    return ", ".join(dict.fromkeys(filter(None, (field(part.field) for part in parts))))
