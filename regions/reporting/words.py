"""Reports in words."""

from catalog.offers import words as offer_words
from catalog.values import Grades
from config.languages import _, _l
from enrolment.participation import words as participation
from enrolment.participation.values import Cause
from regions.reporting import queries
from regions.reporting.values import Asked, By, Every, Figures, Line, State

BYS = {
    By.YEAR: _l("Study year"), By.SUBJECT: _l("Subject"), By.INSTITUTION: _l("Institution"), By.LEVEL: _l("Level"), By.REGION: _l("Region"),
    By.COUNTY: _l("County"), By.OWNER: _l("School owner"), By.SCHOOL: _l("School"),
}  # fmt: skip
EVERY = {Every.NEVER: _l("Only when I open it"), Every.WEEK: _l("Every Monday"), Every.MONTH: _l("On the first of each month")}


def by(one: By) -> str:
    return str(BYS[one])


def every(one: Every) -> str:
    return str(EVERY[one])


def lines(asked: Asked, found: dict[str | None, Figures]) -> list[Line]:
    """The rows in the order they are read: years and levels as they follow, the rest by most participants; what is not stated last."""
    names = _names(asked.by, found)
    made = [Line(key, names.get(key, key) if key is not None else _("not stated"), figures) for key, figures in found.items()]
    follow = asked.by in (By.YEAR, By.LEVEL)
    return sorted(made, key=lambda line: (line.key is None, (int(line.key or 0) if follow else -line.figures.participants), line.name))


def _names(by_what: By, found: dict[str | None, Figures]) -> dict[str, str]:
    keys = [key for key in found if key is not None]
    if by_what is By.YEAR:
        return {key: offer_words.study_year(int(key)) for key in keys}
    if by_what is By.LEVEL:
        return {key: offer_words.grades(Grades(int(key))) for key in keys}
    return queries.names(by_what, keys)


def cause(one: Cause | None) -> str:
    return _("not stated") if one is None else participation.cause(one)


def state(one: State) -> str:
    return {State.COMPLETED: _("Completed"), State.INTERRUPTED: _("Interrupted"), State.GOING_ON: _("Still at it")}[one]


def completion(figures: Figures) -> str:
    """«83 %», of those who are done."""
    return f"{figures.completion} %" if figures.completion is not None else "–"


def headers(asked: Asked, *, with_seats: bool) -> list[str]:
    """Of the table and of the files."""
    told = [by(asked.by), _("Participants"), _("Completed"), _("Interrupted"), _("Still at it"), _("Completion, per cent")]
    return [*told, _("Seats in what has begun"), _("Unused seats")] if with_seats else told


def row(line: Line, *, with_seats: bool) -> list[str | int | None]:
    figures = line.figures
    told = [line.name, figures.participants, figures.completed, figures.interrupted, figures.going_on, figures.completion]
    return [*told, figures.seats, figures.unused] if with_seats else told


def ready(facts: dict[str, str]) -> str:
    """The sentence of the message about a report that is sent."""
    return _("Your report “%(name)s” is ready.", name=facts["name"])
