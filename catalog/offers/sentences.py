"""The sentences that the pages of courses, modules and runs say, put together of the words of their values.

In templates the module stands as `sentences`.
"""

import re
from collections.abc import Sequence
from datetime import date as Date
from decimal import Decimal

from catalog.offers import words
from catalog.offers.lifecycle import Publication, Run
from catalog.offers.models import Course, Module, Offering, OverlapSet, Prerequisite
from catalog.offers.rules import Stage, first_day_of, programme_is_over
from catalog.subjects.models import Subject
from catalog.values import Grades
from config.languages import _, _l, language, ngettext, number

# Names that keep their capital inside an English sentence.
PROPER = ("Norwegian", "English", "Sámi", "Christianity")
# Titles that say nothing without the course they belong to: «Modul 1», «emne 2 av 4», «Høstsemester», «Part I».
BARE = re.compile(r"modul|module|emne|del|part|kurs|(høst|haust|vår|autumn|spring)(semester)?|semester|av|of|\d+|[ivx]+", re.IGNORECASE)
STATED = {
    "credits": _l("Credits"), "semester": _l("Semester"), "study_year": _l("Study year"), "start_date": _l("Start"), "delivery_mode": _l("Delivery"),
    "pace": _l("Pace"), "level": _l("Level"), "subject": _l("Subject"), "subject_code": _l("Subject code"), "gatherings_places": _l("Gatherings"),
    "place": _l("Place"), "language": _l("Language"), "capacity": _l("Seats"), "minimum": _l("Minimum"), "fee": _l("Fee"),
    "offering_type": _l("Kind of study"), "status": _l("Status"), "application_deadline": _l("Apply by"), "content": _l("Content"),
    "learning_outcomes": _l("Learning outcomes"), "prerequisites": _l("Prerequisites"), "overlap": _l("Overlap"), "description": _l("Description"),
    "assessment_form": _l("Assessment"), "contact": _l("Contact"), "note": _l("Note"),
}  # fmt: skip
BULLETS = ("- ", "– ", "• ", "* ", "·\t", "•\t")


def inside(name: str) -> str:
    """A name as it stands inside a sentence: small first letter, unless it is an abbreviation or an English proper name."""
    if name[1:2].isupper() or (language() == "en" and name.startswith(PROPER)):
        return name
    return name[:1].lower() + name[1:]


def full_title(title: str | None, course: str | None, code: str | None) -> str:
    """The title, or the code where there is none, with the course before it where it says nothing alone: «Naturfag 1: høstsemester»."""
    said = (title or code or _("Untitled")).strip()
    return f"{course}: {said}" if course and (title is None or _is_bare(said)) else said


def _is_bare(title: str) -> bool:
    return all(BARE.fullmatch(word) for word in re.findall(r"\w+", title))


def title_of(module: Module) -> str:
    """What a module is called on its own page and where it stands without its course."""
    course = module.course.title if module.course and module.course.state is Publication.PUBLISHED else None
    return full_title(module.title, course, module.code)


def what(credits: Decimal | None, subject: Subject | None, grades: Grades) -> str:
    """«15 credits in mathematics for grades 1–7»; «Mathematics for grades 1–7, credits not stated»."""
    level = _("for %(levels)s", levels=inside(words.grades(grades))) if grades else ""
    if credits is not None:
        about = _("in %(subjects)s", subjects=inside(subject.name)) if subject else ""
        return " ".join(filter(None, (words.credits(credits), about, level)))
    about = " ".join(filter(None, (subject.name if subject else "", level if subject else words.grades(grades))))
    return f"{about}, {_('credits not stated')}" if about else _("Credits not stated")


def module_line(module: Module, coming: Sequence[Offering], on: Date) -> str:
    """What a module is and when it runs next, in two sentences."""
    following = next_run(coming, on)
    when = _("Next run: %(run)s.", run=run_line(following)) if following else _("No coming run is announced.")
    return f"{what(module.credits, module.subject, module.grades)}. {when}"


def next_run(coming: Sequence[Offering], on: Date) -> Offering | None:
    """The run to begin next, else one under way; never a cancelled one."""
    held = [run for run in coming if run.state is not Run.CANCELLED]
    return min(held, key=lambda run: (_start(run) < on, _start(run)), default=None)


def _start(run: Offering) -> Date:
    return run.starts_on or (first_day_of(run.semester) if run.semester else Date.max)


def run_line(run: Offering) -> str:
    """«spring 2027, online and gatherings»; only what is stated."""
    semester = words.semester_inside(run.semester) or _("semester not stated")
    return ", ".join(filter(None, (semester, inside(words.delivery(run.delivery)), words.place(run))))


def run_sentence(run: Offering) -> str:
    """The run line as a sentence of its own: «Spring 2027, online and gatherings.»"""
    line = run_line(run)
    return f"{line[:1].upper()}{line[1:]}."


def run_name(run: Offering) -> str:
    """What a run is called in a list or a heading: its semester, its group where there are several, and its place where it has one."""
    name = words.semesters(run.semester, run.semesters) or _("Semester not stated")
    return ", ".join(filter(None, (name, run.group_name, words.place(run))))


def caption(module: Module, siblings: Sequence[Module]) -> str:
    """Above a module's title: institution, code, and its place among the modules of its course."""
    said = [module.institution.name, module.code or _("code not stated")]
    if len(siblings) > 1:
        place = next(place for place, one in enumerate(siblings, 1) if one.id == module.id)
        said.append(_("module %(place)s of %(count)s", place=place, count=len(siblings)))
    return " · ".join(said)


def course_line(course: Course, target: int = 60, counted: Decimal | None = None) -> str:
    """What the modules of a course give together, in a sentence; of a whole programme, what it gives as stated. `counted`: where they overlap."""
    if not course.modules:
        return f"{what(course.credits, course.subject, course.grades)}. " + _("A whole programme; the institution has not stated its modules.")
    given, count = total(course), len(course.modules)
    unstated = sum(module.credits is None for module in course.modules)
    if unstated == count:
        return ngettext("%(num)d module; the credits are not stated.", "%(num)d modules; the credits are not stated.", count)
    said = ngettext("%(num)d module of %(credits)s", "%(num)d modules that together give %(credits)s", count, credits=words.credits(given))
    if unstated:
        said += ", " + ngettext("%(num)d of them with credits not stated", "%(num)d of them with credits not stated", unstated)
    elif counted is not None and counted < given:
        said += ", " + _("of which %(number)s count, because they overlap", number=number(counted))
    elif given < target:
        said += ", " + _("%(number)s short of %(target)s", number=number(target - given), target=target)
    return said + "."


def overlap(shared: OverlapSet) -> str:
    """«7.5 credits are counted once when you hold all of these»."""
    return _("%(credits)s are counted once only if you also hold", credits=words.credits(shared.credits))


def is_over(course: Course, on: Date) -> bool:
    """Whether a whole programme is told to be over."""
    return not course.modules and (course.institution.historic or programme_is_over(course.stated, on))


def ended() -> tuple[str, str]:
    return words.stage_words(Stage.ENDED)


def prerequisite(need: Prerequisite) -> str:
    """Credits in a subject, in words; a module is linked by the page."""
    return _("%(credits)s in %(subject)s", credits=words.credits(need.credits), subject=inside(need.subject.name))


def blocks(text: str | None) -> list[tuple[str, list[str]]]:
    """A long text in paragraphs («p») and lists («ul»), by its lines and bullets."""
    found: list[tuple[str, list[str]]] = []
    for line in (line.strip() for line in (text or "").splitlines()):
        kind, said = ("ul", line[2:].strip()) if line.startswith(BULLETS) else ("p", line)
        if kind == "ul" and found and found[-1][0] == "ul":
            found[-1][1].append(said)
        elif said:
            found.append((kind, [said]))
    return found


def coming(module: Module, on: Date) -> list[Offering]:
    """The runs of a module that are not over and not cancelled."""
    return [run for run in module.offerings if run.state is not Run.CANCELLED and not run.ended(on)]


def semesters_of(runs: Sequence[Offering]) -> list[str]:
    """The semesters of runs, each once, as inside a sentence."""
    return list(dict.fromkeys(words.semester_inside(run.semester) or _("a semester not stated") for run in runs))


def total(course: Course) -> Decimal:
    """The credits of the modules whose credits are stated."""
    return sum((module.credits for module in course.modules if module.credits is not None), Decimal(0))


def stated_field(name: str) -> str:
    """What a text kept as it was written is about; the heading of a column that nobody knows is shown as it was."""
    return str(STATED[name]) if name in STATED else name


def evidence(said: str) -> str:
    """Where a fact was read, in words; what is not one of the marks of the import is shown as it is."""
    return {"page": _("the institution's own page"), "DBH code": _("the exam statistics of DBH, which hold the code and the years")}.get(said, said)
