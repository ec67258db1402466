"""When a run is given, out of the semester and the year as the field writes them: «Høst» with «2025/2026», «H2026», «2026h», «23v»."""

from dataclasses import dataclass

from catalog.importing.terms import Said, said_in
from catalog.values import Semester, Term


@dataclass(frozen=True)
class Timing:
    """When, as far as it is said.

    first: the first semester; terms: how many it takes; study_year: the year its study year begins;
    last_year: the last calendar year named or reached; over: told as a thing of the past (exam results).
    """

    first: Semester | None = None
    terms: int | None = None
    study_year: int | None = None
    last_year: int | None = None
    over: bool = False


def understand_timing(semester: str, study_year: str = "") -> Timing:
    """The two cells together. Where they contradict each other, or leave a choice, there is no first semester.

    Raises BadInput for a year outside 1990–2050.
    """
    one, other = said_in(semester), said_in(study_year)
    if one.exams or other.exams:
        return Timing(over=True, last_year=max((*one.years, *other.years), default=None))
    first, terms = _first(one, other), _terms(one, other)
    year = _study_year(one, other, first)
    return Timing(first, terms, year, _last_year(one, other, first, terms), over=False)


def _first(one: Said, other: Said) -> Semester | None:
    if one.either or other.either or one.since or other.since:
        return None
    told = {semester for semester in (_told(one, other), _told(other, one)) if semester}
    return told.pop() if len(told) == 1 else None


def _told(cell: Said, beside: Said) -> Semester | None:
    """The first semester that `cell` tells, with the year from itself or from the cell beside it."""
    if cell.full:
        if beside.lone and beside.lone[0] is not cell.full[0].term:
            return None
        return cell.full[0] if _in_order(cell) and _agrees(cell.full[0], cell, beside) else None
    if cell.month and not cell.lone and not beside.lone and not beside.full:
        return cell.month
    return _from_lone(cell, beside) if cell.lone else None


def _in_order(cell: Said) -> bool:
    """One semester, the two ends of a time, or semesters that follow each other: not two separate runs."""
    numbers = [semester.number for semester in cell.full]
    return cell.ranged and numbers[0] < numbers[1] or all(after - before == 1 for before, after in zip(numbers, numbers[1:], strict=False))


def _agrees(first: Semester, cell: Said, beside: Said) -> bool:
    pair = cell.study_year or beside.study_year
    if pair is not None:
        return first.study_year == pair
    return not beside.years or bool(beside.full) or first.year in beside.years


def _from_lone(cell: Said, beside: Said) -> Semester | None:
    if len(set(cell.lone)) < len(cell.lone):
        return None
    pair = cell.study_year or beside.study_year
    if pair is not None:
        return _in_study_year(cell.lone, pair)
    if beside.full:
        return beside.full[0] if _in_order(beside) and beside.full[0].term is cell.lone[0] else None
    if beside.month:
        return beside.month if beside.month.term is cell.lone[0] else None
    return _in_calendar_year(cell, beside)


def _in_study_year(lone: tuple[Term, ...], year: int) -> Semester | None:
    """Autumn of the study year's first year, spring of its second; «vår og høst» does not lie in one study year."""
    if len(lone) > 1 and lone[0] is Term.SPRING:
        return None
    return Semester(year, Term.AUTUMN) if lone[0] is Term.AUTUMN else Semester(year + 1, Term.SPRING)


def _in_calendar_year(cell: Said, beside: Said) -> Semester | None:
    years = {*cell.years, *beside.years}
    if len(years) != 1:
        return None
    cohort = cell.cohort or beside.cohort
    if cohort and cell.lone[0] is Term.SPRING and not cell.start:  # a cohort of 2023 has its spring in 2024, unless it starts in spring
        return None
    return Semester(years.pop(), cell.lone[0])


def _terms(one: Said, other: Said) -> int | None:
    told = {terms for cell in (one, other) for terms in (cell.count, _spanned(cell)) if terms}
    return told.pop() if len(told) == 1 else None


def _spanned(cell: Said) -> int | None:
    if cell.either:
        return None
    if len(cell.full) > 1 and _in_order(cell):
        return cell.full[-1].number - cell.full[0].number + 1
    return 2 if len(cell.lone) == 2 and len(set(cell.lone)) == 2 and not cell.full else None


def _study_year(one: Said, other: Said, first: Semester | None) -> int | None:
    if first:
        return first.study_year
    pairs = {pair for pair in (one.study_year, other.study_year) if pair is not None}
    return pairs.pop() if len(pairs) == 1 and not one.full and not other.full else None


def _last_year(one: Said, other: Said, first: Semester | None, terms: int | None) -> int | None:
    if one.since or other.since:
        return None
    if first:
        return first.plus((terms or 1) - 1).year
    return max((*one.years, *other.years, *(semester.year for semester in (*one.full, *other.full))), default=None)
