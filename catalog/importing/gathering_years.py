"""Which year a day or week of a gathering is in: what is written, held against the time of the run."""

from dataclasses import dataclass
from datetime import date, timedelta

from catalog.importing.gathering_dates import Mention
from catalog.importing.semesters import Timing
from catalog.importing.writing import YEARS, sane_year
from catalog.values import Semester, Term

LONGEST = 14  # days of one gathering; a longer span is a slip, or the length of something else


@dataclass(frozen=True)
class Span:
    """The days on which a run can meet. `latest` is later than `last` for days with their year written out, since rows with an autumn
    start often go on through the spring."""

    first: date
    last: date
    latest: date


def span_of(timing: Timing) -> Span | None:
    if timing.over:
        return None
    if timing.first:
        return _of_terms(timing.first, timing.terms)
    if timing.study_year is not None:
        first, last = date(timing.study_year, 7, 1), date(timing.study_year + 1, 7, 31)
        return Span(first, last, last)
    if timing.last_year is not None:
        first, last = date(timing.last_year, 1, 1), date(timing.last_year, 12, 31)
        return Span(first, last, last)
    return None


def _of_terms(first: Semester, terms: int | None) -> Span:
    """Autumn meets from July into January, spring from January into July."""
    begins = date(first.year, 7, 1) if first.term is Term.AUTUMN else date(first.year, 1, 1)
    return Span(begins, _end(first.plus((terms or 1) - 1)), _end(first.plus(max(terms or 2, 2) - 1)))


def _end(term: Semester) -> date:
    return date(term.year + 1, 1, 31) if term.term is Term.AUTUMN else date(term.year, 7, 31)


@dataclass(frozen=True)
class YearHint:
    """A year that stands near a mention: in the heading before it («haust 2022:»), or after a later one, whose month it stands by."""

    heading: int | None = None
    later: int | None = None
    later_month: int | None = None


def days_of(mention: Mention, hint: YearHint, span: Span | None) -> tuple[date, date] | None:
    """The first and last day, or None where they are not possible, too far apart, outside the run, or their year is not certain.

    Raises BadInput for a written year outside 1990–2050.
    """
    year = _year(mention, hint, span)
    first = _day(year, mention.first) if year else None
    last = _day(mention.last_year or (year + (mention.last < mention.first) if year else None), mention.last)
    if not first or not last or not timedelta(0) <= last - first < timedelta(LONGEST):
        return None
    written = mention.year or hint.heading
    if span and not span.first <= first <= (span.latest if written else span.last):
        return None
    return first, last


def _year(mention: Mention, hint: YearHint, span: Span | None) -> int | None:
    if written := mention.year or hint.heading:
        return sane_year(written, str(written))
    if not span:
        return hint.later if hint.later and mention.first[0] <= (hint.later_month or 12) else None
    possible = [year for year in range(span.first.year, span.last.year + 1) if _within(span, _day(year, mention.first))]
    return _fitting(possible, mention.first[0], hint)


def _fitting(possible: list[int], month: int, hint: YearHint) -> int | None:
    if not hint.later:
        return possible[0] if len(possible) == 1 else None
    if hint.later in possible:
        return hint.later
    turned = hint.later_month is not None and month > hint.later_month  # «september, 20. januar 2010»: September of the year before
    return hint.later - 1 if turned and possible == [hint.later - 1] else None


def _within(span: Span, day: date | None) -> bool:
    return day is not None and span.first <= day <= span.last


def _day(year: int | None, month_and_day: tuple[int, int]) -> date | None:
    try:
        return date(year, *month_and_day) if year in YEARS else None
    except ValueError:
        return None


def week_of(mention: Mention, hint: YearHint, span: Span | None) -> tuple[int, int] | None:
    """The ISO year and week, by the same rules."""
    if written := mention.year or hint.heading or (hint.later if not span else None):
        years = [sane_year(written, str(written))]
    else:
        years = list(range(span.first.year, span.last.year + 1)) if span else []
    last = span and (span.latest if mention.year or hint.heading else span.last)
    possible = [year for year in years if (monday := _monday(year, mention.week)) and (not span or span.first <= monday <= last)]
    return (possible[0], mention.week) if len(possible) == 1 and hint.later in (None, possible[0]) else None


def _monday(year: int, week: int) -> date | None:
    try:
        return date.fromisocalendar(year, week, 1)
    except ValueError:
        return None
