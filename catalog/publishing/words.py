"""What an editor reads: the names of the sections and their fields, values in words, and the sentence of each problem."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from catalog.offers import words
from catalog.offers.lifecycle import Run
from catalog.offers.models import Course, Gathering, Module, Offering
from catalog.publishing import queries, rules
from catalog.publishing.content import Changes
from catalog.publishing.queries.clashes import gatherings_beside
from catalog.publishing.rules import Problem
from catalog.publishing.values import Apart, Before, Bonus, Contained, Meeting, Owner, Shared
from catalog.values import Grades, Semester
from config.languages import _, _l, kroner, ngettext, number

SECTIONS: Mapping[tuple[str, str], Any] = {
    ("course", "basics"): _l("Basics"),
    ("course", "description"): _l("Description"),
    ("module", "basics"): _l("Basics"),
    ("module", "learning"): _l("What one learns"),
    ("module", "admission"): _l("Admission and assessment"),
    ("module", "selection"): _l("Selection and attendance"),
    ("module", "bonus"): _l("Bonus points"),
    ("module", "content"): _l("What it contains"),
    ("module", "prerequisites"): _l("What one needs before"),
    ("module", "overlaps"): _l("Overlaps"),
    ("module", "apart"): _l("Not in the same semester"),
    ("module", "joint"): _l("Given together"),
    ("offering", "dates"): _l("Dates and gatherings"),
    ("offering", "delivery"): _l("Form, place and fee"),
    ("offering", "seats"): _l("Seats"),
}
LABELS: Mapping[str, Any] = {
    "title": _l("Title"),
    "code": _l("Code"),
    "subject": _l("Subject"),
    "grades": _l("Grades"),
    "strand": _l("Strand"),
    "language": _l("Language of teaching"),
    "credits": _l("Credits"),
    "summary": _l("Summary"),
    "for_whom": _l("For whom"),
    "short_reason": _l("Why fewer than 15 credits"),
    "course": _l("Course"),
    "position": _l("Place in the course"),
    "knowledge": _l("Knowledge"),
    "skills": _l("Skills"),
    "competence": _l("General competence"),
    "admission": _l("Admission requirements"),
    "assessment_form": _l("Assessment"),
    "selection": _l("Who goes first"),
    "must_teach": _l("Must be teaching the subject"),
    "attendance": _l("Attendance"),
    "in_master": _l("Can be part of a master’s degree"),
    "bonus": _l("Bonus points"),
    "group_name": _l("Group"),
    "tags": _l("What it contains"),
    "prerequisites": _l("What one needs before"),
    "overlaps": _l("Overlaps"),
    "apart": _l("Not in the same semester as"),
    "partners": _l("Institutions that own it"),
    "rotates_from": _l("The place rotates from"),
    "semester": _l("First semester"),
    "semesters": _l("Number of semesters"),
    "starts_on": _l("First day"),
    "ends_on": _l("Last day"),
    "opens_on": _l("Enrolment opens"),
    "apply_by": _l("Last day to apply"),
    "queue_closes_on": _l("Waiting list closes"),
    "gatherings": _l("Gatherings"),
    "delivery": _l("Form of teaching"),
    "part_time": _l("Pace"),
    "place": _l("Place"),
    "municipality": _l("Municipality"),
    "fee": _l("Fee"),
    "mode": _l("How one gets a seat"),
    "seats": _l("Seats"),
    "minimum": _l("Fewest who must take part"),
    "module": _l("The module"),
}

STATES: Mapping[str, Any] = {
    "draft": _l("Draft"),
    "planned": _l("Planned"),
    "published": _l("Published"),
    "withdrawn": _l("Withdrawn"),
    "cancelled": _l("Cancelled"),
}
_EVENTS: Mapping[str, Any] = {
    "create": _l("Draft begun"),
    "publish": _l("Published"),
    "withdraw": _l("Withdrawn"),
    "plan": _l("Announced as planned"),
    "cancel": _l("Cancelled"),
    "delete": _l("Draft deleted"),
    "take-back": _l("Publication taken back"),
    "open-to-regions": _l("Opened to the region to read"),
    "close-to-regions": _l("Closed to the region"),
    "plan-ahead": _l("Plan for the years ahead changed"),
    "equivalent-stated": _l("Said to be the same content as another module"),
    "equivalent-taken-back": _l("No longer said to be the same content as another module"),
    "decide-to-start": _l("Decided that it will be held"),
    "join": _l("Joined with another run of the module"),
}


_OF_PARTNERS: Mapping[str, Any] = {
    "joint-accept": _l("%(institution)s takes part"),
    "joint-decline": _l("%(institution)s does not take part"),
    "joint-leave": _l("%(institution)s has left"),
}


def name_of(thing: Course | Module | Offering) -> str:
    """What a thing is called in a sentence: «Tall og algebra», «Tall og algebra, spring 2027»."""
    if isinstance(thing, Offering):
        return f"{thing.module.name}, {_in_sentence(thing)}"
    return thing.name if isinstance(thing, Module) else thing.title


def _in_sentence(run: Offering) -> str:
    return ", ".join(filter(None, [_when(run), run.group_name]))


def _when(run: Offering) -> str:
    if run.semester is None:
        return _("semester not stated")
    if run.semesters == 1:
        return words.semester_inside(run.semester)
    last = words.semester_inside(run.semester.plus(run.semesters - 1))
    return _("%(first)s to %(last)s", first=words.semester_inside(run.semester), last=last)


def happened(kind: str, event: str, facts: Mapping[str, Any]) -> str:
    """A step in the life of a thing: «Published», «Seats changed»."""
    section = SECTIONS.get((kind, facts.get("section")))
    if event == "edit" and section:
        return _("%(section)s changed", section=section)
    if event == "copy":
        return _("Rolled over from %(semester)s", semester=words.semester_inside(Semester.from_code(facts["semester"])))
    if event == "delete-part":
        return _("Draft deleted: %(name)s", name=_remembered(facts))
    if event in _OF_PARTNERS:
        return str(_OF_PARTNERS[event]) % {"institution": facts.get("institution", "")}
    return str(_EVENTS.get(event, event))


def _remembered(facts: Mapping[str, Any]) -> str:
    """What a deleted thing was called."""
    code = facts.get("semester")
    return ", ".join(filter(None, [facts.get("name"), words.semester_inside(Semester.from_code(code)) if code else None]))


def said(name: str, value: Any) -> str | list[str]:
    """A field's value in words, empty where nothing is said; the lines of a section as a list."""
    if value is None or value == "" or value == ():
        return ""
    if isinstance(value, tuple):
        return [_LINES[name](line) for line in value]
    return _said_one(name, value)


def _said_one(name: str, value: Any) -> str:
    if name in _FIELDS:
        return str(_FIELDS[name](value))
    if isinstance(value, date):
        return words.dates(value)
    return str(value)


def _reference(find: Callable[[Any], Any]) -> Callable[[Any], str]:
    def named(code: Any) -> str:
        found = find(code)
        return getattr(found, "title", None) or found.name if found else str(code)

    return named


def contained(line: Contained) -> str:
    """«Subject didactics, 5 credits: “Studenten …” (https://…)»."""
    amount = f", {words.credits(line.credits)}" if line.credits is not None else ""
    quoted = _("“%(sentence)s”", sentence=line.sentence)
    return f"{words.tag(line.tag)}{amount}: {quoted}" + (f" ({line.address})" if line.address else "")


def bonus(line: Bonus) -> str:
    """«Teaches the subject now: 3 points»."""
    return words.bonus(line.reason, line.points)


def before(line: Before) -> str:
    """«MAT1, required», «30 credits in mathematics, recommended»."""
    what = line.module or _(
        "%(credits)s in %(subject)s", credits=words.credits(line.credits), subject=_reference(queries.subject)(line.subject)
    )
    return _("%(what)s, required", what=what) if line.required else _("%(what)s, recommended", what=what)


def shared(line: Shared) -> str:
    """«With MGL2220 and MGL2322: 15 credits counted once»."""
    return _("With %(modules)s: %(credits)s counted once", modules=words.listed(line.modules), credits=words.credits(line.credits))


def apart(line: Apart) -> str:
    """«MAT602, as the study plan states»."""
    return ", ".join(filter(None, [line.module, line.source]))


def owner(line: Owner) -> str:
    """«NTNU, 1 part of the seats, Trondheim»."""
    part = ngettext("%(num)d part of the seats", "%(num)d parts of the seats", line.share) if line.share is not None else None
    return ", ".join(filter(None, [line.institution, part, line.place]))


def meeting(line: Meeting) -> str:
    """«2–4 September 2027, Bergen», «week 36, 2027, online»."""
    where = ", ".join(filter(None, [line.place, _("online") if line.online else None]))
    if line.starts_on:
        return ", ".join(filter(None, [words.dates(line.starts_on, line.ends_on), where]))
    year, _hyphen, week = (line.week or "-").partition("-")
    return ", ".join(filter(None, [_("Week %(week)s, %(year)s", week=week, year=year), where]))


_LINES: Mapping[str, Callable[[Any], str]] = {"tags": contained, "bonus": bonus, "prerequisites": before, "overlaps": shared, "apart": apart, "partners": owner, "gatherings": meeting}
_FIELDS: Mapping[str, Callable[[Any], Any]] = {
    "subject": _reference(queries.subject),
    "course": _reference(queries.course_named),
    "municipality": _reference(queries.municipality),
    "grades": words.grades,
    "strand": words.strand,
    "language": words.teaching_language,
    "credits": words.credits,
    "semester": words.semester,
    "rotates_from": words.semester,
    "delivery": words.delivery,
    "mode": words.mode,
    "selection": words.selection,
    "must_teach": words.yes_or_no,
    "attendance": words.attendance,
    "in_master": words.yes_or_no,
    "part_time": lambda yes: _("Part-time") if yes else _("Full-time"),
    "fee": lambda amount: kroner(int(amount * 100)),
    "seats": number,
    "minimum": number,
}


def typed(value: Any) -> Any:
    """A value as it stands in a box that one may type in."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return format(value.normalize(), "f") if value != value.to_integral_value() else str(int(value))
    if isinstance(value, Semester):
        return value.code
    return list(value) if isinstance(value, Grades) else value


def clashes(offering: Offering) -> list[tuple[str, Offering]]:
    """For each gathering that falls on the day of another run of the course: when it is and what it meets, and that run."""
    if offering.state is Run.CANCELLED:
        return []
    return [(_clash(mine, one), one.offering) for mine, one in rules.clashes(offering.gatherings, gatherings_beside(offering))]


def _clash(mine: Gathering, other: Gathering) -> str:
    """«2–3 September 2027: Algebra, autumn 2027, meets on 3 September 2027»."""
    met = {"own": words.dates(mine.starts_on, mine.ends_on), "run": name_of(other.offering), "other": words.dates(other.starts_on, other.ends_on)}
    return _("%(own)s: %(run)s, meets on %(other)s", **met)


def differences(found: Changes) -> list[tuple[str, Any, Any]]:
    """Each changed field with what it said and what it says, in words."""
    return [(str(LABELS[name]), said(name, one), said(name, other)) for name, (one, other) in found.items()]


_PROBLEMS: Mapping[str, Any] = {
    "ends-before-start": _l("The last day, %(second)s, must come after the first day, %(first)s."),
    "starts-before-deadline": _l("The last day to apply, %(first)s, is after the run begins on %(second)s."),
    "deadline-before-opening": _l("The last day to apply, %(second)s, is before enrolment opens on %(first)s."),
    "starts-before-queue-closes": _l("The waiting list closes on %(first)s, after the run begins on %(second)s."),
    "queue-closes-before-opening": _l("The waiting list closes on %(second)s, before enrolment opens on %(first)s."),
    "starts-outside-semester": _l("The first day, %(day)s, is not in the semester, %(semester)s."),
    "ends-after-semester": _l("The last day, %(day)s, is more than a month after the last semester, %(semester)s."),
    "gathering-backwards": _l("The gathering ends on %(second)s, before it begins on %(first)s."),
    "gathering-before-start": _l("The gathering on %(day)s is before the run begins on %(start)s."),
    "gathering-after-end": _l("The gathering on %(day)s is after the run ends on %(end)s."),
    "gathering-outside-semester": _l("The gathering on %(day)s is outside the semesters of the run, which last from %(start)s to %(end)s, exams included."),
    "seats-not-stated": _l("%(taken)s seats are taken, so the number of seats must be stated."),
    "fewer-seats-than-taken": _l("%(taken)s seats are taken, so there cannot be only %(seats)s."),
    "minimum-above-seats": _l("At least %(minimum)s must take part, but there are only %(seats)s seats."),
    "in-service-credits": _l("In-service training carries no credits. Leave the credits empty, or choose another strand."),
    "fewer-credits-than-content": _l(
        "One of the things it contains covers %(credits)s, which is more than the whole module. Lower that first."
    ),
    "fewer-credits-than-overlap": _l("It shares %(credits)s with other modules, and with so few of its own it cannot. Lower that first."),
}


def sentences(problems: Iterable[Problem]) -> dict[str, list[str]]:
    """The problems as errors of a form: sentences by field."""
    errors: dict[str, list[str]] = {}
    for problem in problems:
        errors.setdefault(problem.field, []).append(str(_PROBLEMS[problem.code]) % _facts(problem))
    return errors


def _facts(problem: Problem) -> dict[str, str]:
    return {name: _fact(name, value) for name, value in problem.facts.items()}


def _fact(name: str, value: Any) -> str:
    if name == "credits":
        return words.credits(value)
    return words.semester_inside(value) if isinstance(value, Semester) else words.dates(value) if isinstance(value, date) else str(value)


def concerned(seats_taken: int, waiting: int) -> str:
    """How many a change concerns: «12 people have a seat and 3 wait for one.»"""
    if not seats_taken and not waiting:
        return _("Nobody has a seat or waits for one.")
    held = ngettext("%(num)d person has a seat", "%(num)d people have a seat", seats_taken)
    if not waiting:
        return _("%(held)s, and nobody waits.", held=held)
    return _("%(held)s and %(waiting)s.", held=held, waiting=ngettext("%(num)d waits for one", "%(num)d wait for one", waiting))
