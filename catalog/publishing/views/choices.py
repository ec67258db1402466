"""What one can choose from in the editor's forms, as the macros take it: (value, words)."""

from contextlib import suppress
from datetime import date
from typing import Any

from catalog.institutions import queries as institution_queries
from catalog.offers import words
from catalog.publishing import queries
from catalog.subjects.models import SubjectKind
from catalog.values import ADULTS, Semester, Tag, Term
from config.languages import _

BEFORE, AHEAD = 2, 8  # semesters


def subjects() -> list[tuple[str, Any]]:
    """The subjects in groups by kind."""
    named = {
        SubjectKind.SCHOOL: _("School subjects"), SubjectKind.AREA: _("Areas"), SubjectKind.IN_SERVICE: _("In-service training"),
        SubjectKind.PRINCIPAL: _("Principal education"),
    }  # fmt: skip
    groups: dict[str, list[tuple[str, str]]] = {}
    for subject in queries.subjects():
        groups.setdefault(named[subject.kind], []).append((subject.code, subject.name))
    return list(groups.items())


def grades() -> list[tuple[int, str]]:
    upper = [(10 + year, f"Vg{year}") for year in (1, 2, 3)]
    return [(grade, str(grade)) for grade in range(1, 11)] + upper + [(ADULTS, _("Adults"))]


def courses(institution_id: int) -> list[tuple[str, str]]:
    return [(str(course.uuid), course.title) for course in queries.own_courses(institution_id)]


def municipalities() -> list[tuple[str, Any]]:
    """The municipalities, in groups by county."""
    return [(county.name, [(place.code, place.name) for place in places]) for county, places in queries.counties().items()]


def semesters(on: date, chosen: str = "") -> list[tuple[str, str]]:
    """The semesters around a day, and the one that is chosen already."""
    now = Semester(on.year, Term.SPRING if on.month < 8 else Term.AUTUMN)
    near = [now.plus(step) for step in range(-BEFORE, AHEAD + 1)]
    with suppress(ValueError):  # nothing is chosen, or what was typed is no semester; the form says so at the field
        near = sorted({*near, Semester.from_code(chosen)})
    return [(semester.code, words.semester(semester)) for semester in near]


def tags() -> list[tuple[Tag, str, str]]:
    """Each kind of content with its name and what counts as it."""
    hints = {
        Tag.SUBJECT: _("What is learnt in the subject itself."),
        Tag.DIDACTICS: _("How the subject is taught and learnt."),
        Tag.PRACTICE: _("The teachers’ own practice is used to try things out."),
        Tag.ASSESSMENT: _("Assessment in the subject."),
        Tag.ADAPTED: _("Education adapted to each pupil."),
        Tag.ICT: _("ICT as it is used in the subject."),
        Tag.SKILLS: _("Reading, writing, speaking, arithmetic and digital skills in the subject."),
    }
    return [(tag, words.tag(tag), hints[tag]) for tag in Tag]


def institutions() -> list[tuple[str, str]]:
    return [(one.code, one.name) for one in institution_queries.of_today()]


def named(choices: dict) -> list[tuple[str, str]]:
    """The members of an enumeration, or codes, with their words."""
    return [(str(value), str(label)) for value, label in choices.items()]
