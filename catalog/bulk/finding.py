"""Which course, module and run of one's own a row speaks of: by its id, else by codes, titles, semester and place."""

from collections.abc import Callable, Mapping
from typing import Any

from catalog.bulk.columns import BY_NAME, ID, INSTITUTION
from catalog.bulk.reading import FileRow
from catalog.bulk.values import Problem
from catalog.importing.vocabulary import Vocabulary
from catalog.importing.writing import plain
from catalog.institutions.models import Institution
from catalog.offers.lifecycle import Run
from catalog.offers.models import Course, Module, Offering
from catalog.publishing import queries as publishing
from catalog.values import Semester
from config.languages import _

Thing = Course | Module | Offering


_FIND: Mapping[str, Callable[[str], Any]] = {"course": publishing.course_named, "subject": publishing.subject, "municipality": publishing.municipality}


class RowRefused(Exception):
    """A row of a file that cannot be used, and why."""

    def __init__(self, *problems: Problem):
        super().__init__(str(problems))
        self.problems = problems


def refuse(field: str, sentence: str) -> RowRefused:
    return RowRefused(Problem(field, str(sentence)))


class Own:
    """What an institution has, and what a file has begun so far."""

    def __init__(self, institution: Institution, courses: list[Course], modules: list[Module], runs: list[Offering], words: Vocabulary):
        self.institution, self.words = institution, words
        self.by_id: dict[str, Thing] = {}
        self.courses: list[Course] = []
        self.modules: dict[str, Module] = {}
        self.runs: dict[Module, list[Offering]] = {}
        self._named: dict[tuple[str, str], Any] = {}
        self.lines: dict[Thing, int] = {}  # the runs, and what has none, that a line of the file is of
        for thing in (*courses, *modules, *runs):
            self.add(thing)

    def add(self, thing: Thing) -> None:
        self.by_id[str(thing.uuid)] = thing
        if isinstance(thing, Course):
            self.courses.append(thing)
        elif isinstance(thing, Module):
            self.modules[(thing.code or "").casefold()] = thing
        else:
            self.runs.setdefault(thing.module, []).append(thing)

    def rows(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The values of a section with the rows themselves for what they name, each looked up once."""
        return dict(values) | {name: self._row(name, values[name]) for name in _FIND if values.get(name)}

    def _row(self, name: str, code: Any) -> Any:
        if name == "course":
            return self.by_id.get(str(code), code)
        if (name, code) not in self._named:
            self._named[name, code] = _FIND[name](code) or code
        return self._named[name, code]

    def named(self, row: FileRow) -> Thing | None:
        """The thing whose id the row gives. Raises RowRefused for an id, or an institution, that is not one's own."""
        said = row.cells.get(INSTITUTION, "")
        if said and self.words.institution(said) != self.institution.short_name:
            raise refuse(INSTITUTION, _("The row is of “%(said)s”. You can only change what is %(mine)s’s own.", said=said[:60], mine=self.institution.short_name))
        told = plain(row.cells.get(ID, ""))
        if told and told not in self.by_id:
            raise refuse(ID, _("Your institution has nothing with this id. Leave it empty for something new."))
        return self.by_id.get(told) if told else None

    def module(self, row: FileRow, named: Thing | None) -> Module | None:
        """Raises RowRefused where id and code speak of different modules, and for another institution's code."""
        code = row.cells.get("module_code", "")
        known = named.module if isinstance(named, Offering) else named if isinstance(named, Module) else None
        if known is not None:
            if code and known.code and plain(code) != plain(known.code):
                raise refuse("module_code", _("The id is of %(one)s, but the code is %(other)s.", one=known.code, other=code[:40]))
            return known
        return self._by_code(code) if code else None

    def _by_code(self, code: str) -> Module | None:
        found = self.modules.get(code.casefold())
        if found is None and " " in code and code in publishing.modules_known_as(self.institution.organisation_id, [code]):
            raise refuse("module_code", _("%(code)s is another institution’s module.", code=code))
        return found

    def course(self, row: FileRow, named: Thing | None, module: Module | None) -> Course | None:
        """By its code; without one by its title, the module's own course first. Raises RowRefused where several have the title."""
        if isinstance(named, Course):
            return named
        code, title = row.cells.get("course_code", ""), row.cells.get("course_title", "")
        if code and (same := [one for one in self.courses if plain(one.code or "") == plain(code)]):
            return same[0]
        titled = [one for one in self.courses if BY_NAME["course_title"].says_the_same(title, one.title, self.words)] if title else []
        titled = [one for one in titled if not code or not one.code]
        if module is not None and module.course in titled:
            return module.course
        if len(titled) > 1:
            raise refuse("course_title", _("You have several courses called “%(title)s”. Give the code of the one you mean.", title=title[:120]))
        return titled[0] if titled else None

    def run(self, row: FileRow, named: Thing | None, module: Module | None, semester: Semester | None) -> Offering | None:
        """By its id; without one by module, semester and place. Raises RowRefused where several runs fit, or a line before has it."""
        if isinstance(named, Offering):
            return named
        held = [run for run in self.runs.get(module, []) if run.semester == semester and run.state is not Run.CANCELLED]
        place = plain(row.cells.get("place", ""))
        there = [run for run in held if place == plain(run.place or "")] if place else []
        fitting = there or [run for run in held if not place or not run.place]
        if len(fitting) > 1:
            raise refuse("semester", _("The module has several runs in this semester. Give the place, or the id that the download gives."))
        return fitting[0] if fitting else None

    def take(self, thing: Thing, line: int) -> None:
        """Remembers which line a thing is on. Raises RowRefused where a line before has it."""
        before = self.lines.setdefault(thing, line)
        if before != line:
            raise refuse("", _("The same as line %(line)d.", line=before))


def tells_of_run(cells: Mapping[str, str]) -> bool:
    return any(column.thing == "offering" and cells.get(name) for name, column in BY_NAME.items())
