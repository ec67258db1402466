"""The open figures as they may be told, the same on the page, in the files and to programs."""

from dataclasses import dataclass
from datetime import date

from config.languages import _
from regions.reports import queries, rules
from regions.reports.queries import By
from regions.reports.rules import Line

Named = tuple[str | None, Line]
"""The code of what a line is told by (none = not stated), and the line."""


@dataclass(frozen=True)
class Told:
    """`lines` in the order they are read; none where they would tell of too few. `years`: each study year with its own figures."""

    lines: list[Named]
    total: Line
    years: list[tuple[int, Line]]


def told(by: By, study_year: int, on: date) -> Told:
    counted = queries.counted(by, study_year, on)
    named = [(thing.code if thing else None, Line(thing.name if thing else _("not stated"), counts)) for thing, counts in counted]
    lines = list(zip([code for code, _line in named], rules.suppressed(line for _code, line in named), strict=True))
    shown = rules.listed([line for _code, line in lines])
    return Told(sorted(lines, key=_order) if shown else [], rules.total_of(line for _code, line in named), years())


def _order(named: Named) -> tuple:
    """The one with most first; those that are hidden last, by name, so that their order tells nothing."""
    _code, line = named
    return line.hidden, 0 if line.hidden else -line.counts.participants, line.name


def years() -> list[tuple[int, Line]]:
    """Each study year by itself: they add up to nothing that is shown."""
    counted = queries.by_year()
    return list(zip(counted, rules.apart(Line("", counts) for counts in counted.values()), strict=True))


def figures(line: Line) -> list[int | None]:
    """Participants, completed and interrupted; none where they may not be told."""
    parts = [None, None] if line.parts_hidden else [line.counts.completed, line.counts.interrupted]
    return [None if line.hidden else line.counts.participants, *parts]
