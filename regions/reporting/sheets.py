"""A report as tables: what the page, the files and what the clock makes have in common."""

from datetime import date
from typing import Any, NamedTuple

from accounts.acting import Actor
from catalog.offers import words as offer_words
from config.languages import _
from regions.reporting import causes, queries, words
from regions.reporting.bounds import SEES_CAUSES, SEES_SEATS
from regions.reporting.values import HAS_SEATS, Asked, By, Line


class Sheet(NamedTuple):
    """A title, the headers and the rows below them."""

    title: str
    headers: list[str]
    rows: list[list[Any]]


def sheets(asked: Asked, actor: Actor, on: date) -> list[Sheet]:
    """The figures; and why studies were interrupted, where that is told."""
    seats, found = with_seats(asked, actor), lines(asked, actor, on)
    made = [Sheet(_("Report"), words.headers(asked, with_seats=seats), [words.row(line, with_seats=seats) for line in found])]
    why = causes_told(asked, actor, on) if any(line.figures.interrupted for line in found) else None
    by_line = causes_by_line(asked, found, actor, on)
    return [*made, *([_of_causes(*why)] if why else []), *([_of_lines(asked, by_line)] if by_line else [])]


def _of_lines(asked: Asked, told: causes.ByLine) -> Sheet:
    rows = [[line.name, *numbers] for line, numbers in told.lines]
    return Sheet(_("Causes, by %(what)s", what=words.by(asked.by).lower()), [words.by(asked.by), *map(words.cause, told.causes)], rows)


def _of_causes(years: list[int], rows: list[causes.Row]) -> Sheet:
    """What is hidden is empty."""
    return Sheet(_("Causes"), [_("Cause"), *map(offer_words.study_year, years)], [[words.cause(cause), *numbers] for cause, numbers in rows])


def lines(asked: Asked, actor: Actor, on: date) -> list[Line]:
    return words.lines(asked, queries.counted(asked, actor, on, with_seats=with_seats(asked, actor)))


def with_seats(asked: Asked, actor: Actor) -> bool:
    return actor.role in SEES_SEATS and asked.by in HAS_SEATS


def causes_by_line(asked: Asked, found: list[Line], actor: Actor, on: date) -> causes.ByLine | None:
    """By what the report is told by, for those who see causes whole; none by study year, as `causes_told` tells that, and where nobody interrupted."""
    if actor.role not in SEES_CAUSES or asked.by is By.YEAR or not any(line.figures.interrupted for line in found):
        return None
    return causes.by_line(queries.causes_by(asked, actor, on), found)


def causes_told(asked: Asked, actor: Actor, on: date) -> tuple[list[int], list[causes.Row]] | None:
    """By study year, each of them apart; of one subject only for those who see them all, since two reports could be subtracted."""
    exact = actor.role in SEES_CAUSES
    return causes.told(queries.causes(asked, actor, on), exact=exact) if exact or not asked.subject else None
