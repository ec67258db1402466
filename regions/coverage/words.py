"""Coverage in words: what a cell is called, what is missing, and the sentences above the matrix."""

from collections.abc import Sequence

from catalog.offers import words as offer_words
from catalog.offers.sentences import inside
from catalog.values import Semester, Tag
from config.languages import _, ngettext, number
from regions.coverage import amounts
from regions.coverage.demand import Demand
from regions.coverage.matrix import Asked, Matrix, Row
from regions.coverage.missing import Hindrance, Missing
from regions.coverage.rules import Cell, Content, Status
from regions.coverage.totals import Amount

KINDS = {Status.COMPLETE: "whole", Status.DISTANCE: "distance", Status.PARTLY: "partly", Status.NONE: "none"}
CONTENTS = (Tag.DIDACTICS, Tag.ICT, Tag.ASSESSMENT)


def status(value: Status) -> str:
    return {
        Status.COMPLETE: _("Complete path"),
        Status.DISTANCE: _("Only at a distance"),
        Status.PARTLY: _("Partly"),
        Status.NONE: _("None"),
    }[value]


def kind(value: Status) -> str:
    """The tint that goes with the word."""
    return KINDS[value]


def credits(halves: int) -> str:
    return number(halves / 2)


def reached(cell: Cell) -> str:
    said = _("%(reached)s of %(target)s credits", reached=credits(cell.halves), target=credits(cell.target))
    return said if cell.proven else _("at least %(reached)s", reached=said)


def told(cell: Cell, amount: Amount, asked: Asked, wanted: str = "", step: str = "") -> str:
    """What stands small in a cell: how far, the content asked for, how much is on offer, how that was a year before, who asks for it (`demand`), and the missing step
    (`missing_in_short`)."""
    said = _("%(reached)s of %(target)s", reached=credits(cell.halves), target=credits(cell.target))
    far = said if cell.proven else _("at least %(reached)s", reached=said)
    chosen = [f"{offer_words.tag(asked.content)}: {content(cell.content[asked.content])}"] if asked.content else []
    return " · ".join([_and(far, amounts.offered(amount.open)), *chosen, *_known(amounts.trend(amount, asked.study_year), wanted, step)])


def total(amount: Amount, asked: Asked, wanted: str = "") -> str:
    """The same of several cells together, each run counted once."""
    return " · ".join([amounts.offered(amount.open) or _("nothing on offer"), *_known(amounts.trend(amount, asked.study_year), wanted)])


def demand(found: Demand, subject: int, region: int | None) -> str:
    """«12 applicants · planned in spring 2027: 8»; empty where nothing may be told. `region` none = all of them."""
    people, terms = found.applicants.get((subject, region)), found.planned.get((subject, region), {})
    applied = ngettext("%(num)d applicant", "%(num)d applicants", people) if people else ""
    return " · ".join(_known(applied, *(_planned_in(term, terms[term]) for term in sorted(terms))))


def _planned_in(term: int, people: int) -> str:
    return _("planned in %(term)s: %(num)s", term=inside(offer_words.semester(Semester.from_number(term))), num=number(people))


def _and(*said: str) -> str:
    return ", ".join(_known(*said))


def _known(*said: str) -> list[str]:
    return [one for one in said if one]


def content(value: Content) -> str:
    return {Content.COVERED: _("covered"), Content.NOT_COVERED: _("not covered"), Content.NOT_STATED: _("not stated by the institution")}[value]


def contents(cell: Cell) -> list[tuple[str, str]]:
    return [(offer_words.tag(tag), content(cell.content[tag])) for tag in CONTENTS]


def contents_by_answer(cell: Cell) -> list[tuple[str, str]]:
    """The same, with those of one answer together: («not covered», «subject didactics and assessment»)."""
    found: dict[Content, list[str]] = {}
    for tag in CONTENTS:
        found.setdefault(cell.content[tag], []).append(inside(offer_words.tag(tag)))
    return [(content(value), offer_words.listed(found[value])) for value in Content if value in found]


def missing(step: Missing, title: str | None) -> str:
    """The missing step: which module, and what stands in its way."""
    if title is None:
        return _("%(credits)s credits are missing, and no published module can give them.", credits=credits(step.halves))
    why = {
        Hindrance.NO_RUN: _("%(module)s has no open or planned run in these years.", module=title),
        Hindrance.OUT_OF_REACH: _("%(module)s runs, but elsewhere, with too many gathering days or too far away.", module=title),
        Hindrance.PREREQUISITE: _("%(module)s requires something that cannot be finished before it.", module=title),
        Hindrance.NOT_PUBLISHED: _("A required module is not published."),
        Hindrance.WORKLOAD: _("%(module)s runs only in semesters that are full already.", module=title),
    }[step.why]
    return _("%(credits)s credits are missing.", credits=credits(step.halves)) + " " + why


def missing_in_short(step: Missing | None, title: str | None) -> str:
    """The missing step in a cell: «30 missing: Geometry»; empty where nothing is missing."""
    if step is None:
        return ""
    what = title if title is not None else _("no published module")
    return _("%(credits)s missing: %(module)s", credits=credits(step.halves), module=what)


def summary(matrix: Matrix) -> str:
    lacking = matrix.lacking()
    if not matrix.judged:
        return _("No subject is a priority.")
    if not lacking:
        return _("Every priority subject has a complete path in every region.")
    return ngettext(
        "%(num)d of %(all)d priority subjects lacks a complete path in at least one region: %(names)s.",
        "%(num)d of %(all)d priority subjects lack a complete path in at least one region: %(names)s.",
        len(lacking),
        all=len(matrix.judged),
        names=_names(lacking),
    )


def region_summary(matrix: Matrix, region: int) -> str:
    lacking = matrix.lacking(region)
    if not lacking:
        return _("A teacher living here can reach the target in every priority subject.")
    return ngettext(
        "%(num)d of %(all)d priority subjects lacks a complete path here: %(names)s.",
        "%(num)d of %(all)d priority subjects lack a complete path here: %(names)s.",
        len(lacking),
        all=len(matrix.judged),
        names=_names(lacking),
    )


def _names(rows: Sequence[Row]) -> str:
    return offer_words.listed([inside(row.subject.name) for row in rows])


def study_years(first: int) -> str:
    """The study year asked for and the three after it."""
    return _("%(first)s to %(last)s", first=offer_words.study_year(first), last=offer_words.study_year(first + 3))
