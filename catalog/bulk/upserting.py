"""Carrying a file out, row by row, by the same writers as the pages: what is new is begun as a draft, what teachers see is changed as by hand.

A row is carried out whole or not at all. Nothing is committed here: a preview is the same, undone.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from accounts.acting import Actor
from catalog.bulk import cells, queries, several
from catalog.bulk.columns import BY_NAME, COURSE, MODULE, RUN, Column
from catalog.bulk.finding import Own, RowRefused, Thing, refuse, tells_of_run
from catalog.bulk.reading import FileRow, Read
from catalog.bulk.values import Difference, Judged, Outcome, Problem, Report
from catalog.importing.writing import says_nothing
from catalog.offers.lifecycle import Publication, Run
from catalog.offers.models import Course, Module, Offering
from catalog.publishing import content, schemas
from catalog.publishing import queries as publishing
from catalog.publishing.services.courses import begin_course, course_writer
from catalog.publishing.services.editing import note_edit, written
from catalog.publishing.services.modules import begin_module, module_writer
from catalog.publishing.services.modules import tell_of_changes as tell_of_module
from catalog.publishing.services.offerings import begin_offering, offering_writer, refuse_cancelled, tell_of_changes
from catalog.publishing.values import Contained
from catalog.publishing.words import differences
from catalog.values import Tag
from config.database import db
from config.errors import BadInput, Refusal
from config.forms import Schema
from config.languages import _

Given = dict[str, Any]  # field -> value; the kinds of content as a dictionary by tag
OF_LINES = ("bonus", "prerequisites", "overlaps", "apart", "gatherings")
BOX = re.compile(r"[a-z]+-\d+")
WRITERS = {COURSE: course_writer, MODULE: module_writer, RUN: offering_writer}


class Upserting:
    """One file being carried out, by one editor. `telling`: whether those whom a change concerns are told, as they are not of a preview."""

    def __init__(self, own: Own, actor: Actor, at: datetime, *, telling: bool):
        self.own, self.actor, self.at, self.telling = own, actor, at, telling
        self.claims: dict[tuple[Thing, str], tuple[str, int]] = {}  # what a line has said of a course or a module that others may speak of too
        self.drafts: dict[tuple[str, str], None] = {}

    def carry_out(self, read: Read) -> Report:
        rows = tuple(self._judged(row) for row in read.rows)
        return Report(rows, read.unread, tuple(self.drafts))

    def _judged(self, row: FileRow) -> Judged:
        if row.refusal:
            return Judged(row.line, row.title, Outcome.REFUSED, problems=(Problem("", str(row.refusal)),))
        begun = _Row(self, row)
        try:
            with db.session.begin_nested():
                begun.carry_out()
        except RowRefused as refusal:
            return self._refused(row, refusal.problems)
        except BadInput as refusal:
            return self._refused(row, _problems(refusal))
        except Refusal as refusal:
            return self._refused(row, (Problem("", str(refusal.sentence)),))
        return begun.told()

    def _refused(self, row: FileRow, problems: Iterable[Problem]) -> Judged:
        return Judged(row.line, row.title, Outcome.REFUSED, problems=tuple(problems))


def _problems(refusal: BadInput) -> tuple[Problem, ...]:
    named = tuple(Problem(field, str(sentence)) for field, sentences in refusal.errors.items() for sentence in sentences)
    return named or (Problem("", str(refusal.sentence)),)


class _Row:
    """One row being carried out: what it begins and changes."""

    def __init__(self, whole: Upserting, row: FileRow):
        self.whole, self.own, self.row = whole, whole.own, row
        self.begun: list[Thing] = []
        self.touched: list[Thing] = []
        self.said: list[tuple[Thing, str, str]] = []
        self.differences: list[Difference] = []
        self.seats = self.waiting = 0

    def carry_out(self) -> None:
        named = self.own.named(self.row)
        module = self.own.module(self.row, named)
        course = self.own.course(self.row, named, module)
        course = self._course(course)
        module = self._module(module, course)
        self._run(named, module)
        if not self.touched:
            raise refuse("module_code", _("The row names no module and no course."))
        self.own.take(self.touched[-1], self.row.line)

    def told(self) -> Judged:
        """What the row came to; the file's later rows know of it."""
        for thing in self.begun:
            self.own.add(thing)
        for thing, field, value in self.said:
            self.whole.claims.setdefault((thing, field), (value, self.row.line))
        for thing in self.touched:
            if thing.state in (Publication.DRAFT, Run.DRAFT):
                self.whole.drafts[content.kind_of(thing), str(thing.uuid)] = None
        outcome = Outcome.NEW if self.begun else Outcome.CHANGED if self.differences else Outcome.SAME
        begun = tuple(content.kind_of(thing) for thing in self.begun)
        return Judged(self.row.line, self.row.title, outcome, begun, tuple(self.differences), seats=self.seats, waiting=self.waiting)

    def _course(self, course: Course | None) -> Course | None:
        cells = self.row.cells
        if course is None and not cells.get("course_title") and not cells.get("course_code"):
            return None
        given = self._given(COURSE, course)
        if course is None:
            first = self.own.rows(self._new_course(given))
            course = self._begun(begin_course(self.own.institution.organisation_id, first, actor=self.whole.actor, at=self.whole.at))
            given = _without(given, first)
        self._changed(course, given)
        return course

    def _new_course(self, given: Given) -> dict[str, Any]:
        if not given.get("title"):
            raise refuse("course_title", _("Give the course a title."))
        beside = self._given(MODULE, None)
        first = {name: beside[name] for name in ("subject", "grades", "language") if name in beside}
        return _blank(schemas.CourseBasics()) | first | {name: value for name, value in given.items() if name in schemas.CourseBasics().fields}

    def _module(self, module: Module | None, course: Course | None) -> Module | None:
        if module is None and not self.row.cells.get("module_code"):
            if self.row.cells.get("module_title") or tells_of_run(self.row.cells):
                raise refuse("module_code", _("The row has no code for the module."))
            return None
        given = self._given(MODULE, module)
        if course is not None and (module is None or module.course is not course):
            given["course"] = course.uuid
        if module is None:
            first = self.own.rows(self._new_module(given, course)) | ({"course": course} if course is not None else {})
            module = self._begun(begin_module(self.own.institution.organisation_id, first, actor=self.whole.actor, at=self.whole.at))
            given = _without(given, first)
        self._changed(module, given)
        return module

    def _new_module(self, given: Given, course: Course | None) -> dict[str, Any]:
        known = schemas.ModuleBasics()
        place = {"position": publishing.next_position(course)} if course is not None else {}
        return _blank(known) | place | {name: value for name, value in given.items() if name in known.fields}

    def _run(self, named: Thing | None, module: Module | None) -> None:
        if module is None or not (isinstance(named, Offering) or tells_of_run(self.row.cells)):
            return
        semester = self._value(BY_NAME["semester"])
        run = self.own.run(self.row, named, module, semester)
        given = self._given(RUN, run)
        if run is None:
            if semester is None:
                raise refuse("semester", _("Say in which semester the run begins."))
            first = {"semester": semester, "semesters": given.get("semesters", 1)}
            run = self._begun(begin_offering(module, first, actor=self.whole.actor, at=self.whole.at))
            given = _without(given, first)
        self._changed(run, given)

    def _value(self, column: Column) -> Any:
        cell = self.row.cells.get(column.name, "")
        try:
            return column.value(cell, self.own.words) if cell else None
        except BadInput as wrong:
            raise refuse(column.field, wrong.sentence) from None

    def _given(self, kind: str, thing: Thing | None) -> Given:
        """What the row says of a thing that it does not say already. An empty cell leaves what is there."""
        given: Given = {}
        problems: list[Problem] = []
        for column in (one for one in BY_NAME.values() if one.thing == kind and self.row.cells.get(one.name)):
            try:
                self._give(column, thing, given)
            except BadInput as wrong:
                problems.append(Problem(column.field, str(wrong.sentence)))
        if problems:
            raise RowRefused(*problems)
        return given

    def _give(self, column: Column, thing: Thing | None, given: Given) -> None:
        cell = self.row.cells[column.name]
        if thing is not None and column.says_the_same(cell, _now(thing, column), self.own.words):
            if not says_nothing(cell):
                self._claim(thing, column, _now(thing, column))
            return
        value = column.value(cell, self.own.words)
        if value is None:
            return
        if thing is not None:
            self._claim(thing, column, value)
        if column.tag is None:
            given[column.field] = value
        else:
            given.setdefault("tags", {})[column.tag] = value

    def _claim(self, thing: Thing, column: Column, value: Any) -> None:
        """Raises BadInput where a line before says something else of the same course or module."""
        said = cells.kept(value)
        before, line = self.whole.claims.get((thing, column.name), (said, 0))
        if before != said:
            raise BadInput(_("Line %(line)d says something else of the same.", line=line))
        if not isinstance(thing, Offering):
            self.said.append((thing, column.name, said))

    def _begun(self, thing: Thing) -> Thing:
        self.begun.append(thing)
        return thing

    def _changed(self, thing: Thing, given: Given) -> None:
        """Writes the sections in which something is given."""
        self.touched.append(thing)
        kind = content.kind_of(thing)
        if isinstance(given.get("tags"), dict):
            given = given | {"tags": _tags(thing, given["tags"])}
        given |= {name: several.with_identity(content.field(thing, name), given[name]) for name in ("gatherings", "overlaps") if name in given}
        for section, fields in content.FIELDS[kind].items():
            said = {name: given[name] for name in fields if name in given}
            if said:
                self._change(thing, kind, section, said)
        if thing in self.begun:
            for column in (one for one in BY_NAME.values() if one.thing == kind and self.row.cells.get(one.name)):
                self._claim(thing, column, _now(thing, column))

    def _change(self, thing: Thing, kind: str, section: str, said: Given) -> None:
        fresh = thing in self.begun
        if isinstance(thing, Offering) and not fresh:
            queries.hold_runs([thing])
            refuse_cancelled(thing)
        found = self._written(thing, kind, section, said)
        if fresh:
            return  # a draft that is begun with this row; that it is begun is told already
        db.session.flush()
        note_edit(thing, section, found, actor=self.whole.actor, at=self.whole.at)
        if isinstance(thing, Module) and self.whole.telling:
            tell_of_module(thing, found, actor=self.whole.actor, at=self.whole.at)
        if isinstance(thing, Offering):
            if self.whole.telling:
                tell_of_changes(thing, found, actor=self.whole.actor, at=self.whole.at)
            if found and thing.visible and not self.seats and not self.waiting:
                self.seats, self.waiting = thing.seats_taken, thing.waiting
        shown = zip(found, differences(found), strict=True)
        self.differences += [Difference(kind, name, before, after) for name, (_label, before, after) in shown]

    def _written(self, thing: Thing, kind: str, section: str, said: Given) -> content.Changes:
        """Raises BadInput; what is wrong with a box of a line, «module-1» on the page, is wrong with the cell of lines."""
        try:
            return written(thing, section, self.own.rows(content.content(thing, section) | said), WRITERS[kind](section))
        except BadInput as refusal:
            cell = next((name for name in content.FIELDS[kind][section] if name in OF_LINES), None)
            named = {cell if cell and BOX.fullmatch(name) else name: sentences for name, sentences in refusal.errors.items()}
            raise BadInput(refusal.sentence, named) from None


def _without(given: Given, first: Given) -> Given:
    """What is left to write of what a row says of a thing that was just begun with some of it."""
    return {name: value for name, value in given.items() if name not in first}


def _now(thing: Thing, column: Column) -> Any:
    if column.tag is None:
        return content.field(thing, column.field)
    return next((line for line in content.field(thing, "tags") if line.tag is column.tag), None)


def _tags(module: Module, given: dict[Tag, Contained]) -> tuple[Contained, ...]:
    """All the module contains; a sentence that is changed keeps the address of the study plan."""
    now = {line.tag: line for line in content.field(module, "tags")}
    addressed = {tag: Contained(tag, line.sentence, now[tag].address if tag in now else None, line.credits) for tag, line in given.items()}
    both = now | addressed
    return tuple(both[tag] for tag in Tag if tag in both)


def _blank(schema: Schema) -> dict[str, Any]:
    """The values of a form in which nothing is filled in."""
    return schema.load({"title": "-"}) | {"title": None}
