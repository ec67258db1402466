"""A reading in words."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from catalog.offers import words as offer_words
from catalog.offers.models import Module, Offering
from catalog.publishing import content
from catalog.publishing import words as publishing
from catalog.publishing.content import FIELDS
from config.languages import _, _l
from regions.readings.models import Reading
from regions.readings.rules import RUNS, WHOLE, Likeness

LIKENESSES = {
    Likeness.TITLE: _l("titles that share a word"),
    Likeness.CREDITS: _l("as many credits"),
    Likeness.CONTENTS: _l("the same contents"),
    Likeness.SEMESTER: _l("a run in the same semester"),
}


def respects(found: Sequence[Likeness]) -> str:
    """«as many credits and a run in the same semester»."""
    return offer_words.listed([str(LIKENESSES[one]) for one in found])


def place(section: str) -> str:
    """What a remark is on."""
    if section == WHOLE:
        return _("The module as a whole")
    return _("Runs") if section == RUNS else str(publishing.SECTIONS["module", section])


def sections(module: Module, on: date) -> list[tuple[str, str, list[tuple[str, Any]]]]:
    """(section, title, [(label, words)]) of all that the module says, and of its runs that are not over."""
    said = [(name, place(name), _lines(module, fields)) for name, fields in FIELDS["module"].items()]
    return [*said, (RUNS, place(RUNS), _runs(run for run in module.offerings if not run.ended(on)))]


def _lines(module: Module, fields: Iterable[str]) -> list[tuple[str, Any]]:
    told = [(name, publishing.said(name, content.field(module, name))) for name in fields if name != "position"]
    return [(str(publishing.LABELS[name]), words) for name, words in told if words or name != "short_reason"]


def _runs(runs: Iterable[Offering]) -> list[tuple[str, Any]]:
    return [(publishing.name_of(run), _run(run)) for run in runs]


def _run(run: Offering) -> str:
    """«Draft · Bergen · 18 January – 11 June 2027 · 24 seats»."""
    days = offer_words.dates(run.starts_on, run.ends_on) if run.starts_on else None
    seats = _("%(seats)s seats", seats=run.seats) if run.seats is not None else None
    return " · ".join(filter(None, [str(publishing.STATES[run.state]), offer_words.delivery(run.delivery), run.place, days, seats]))


def counted(reading: Reading) -> tuple[int, int]:
    """How many remarks there are, and how many are not answered."""
    return len(reading.remarks), len([one for one in reading.remarks if one.settled_at is None])
