"""Writing understood rows: a course, a module and its run, made or brought up to date. What a row does not say is left as it is."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from catalog.importing.addresses import Addresses
from catalog.importing.content import StatedTag
from catalog.importing.gatherings import StatedGathering
from catalog.importing.known import Known, Registers, course_key
from catalog.importing.rows import ImportedRow
from catalog.offers.lifecycle import Publication, Run
from catalog.offers.models import ContentTag, Course, EnrolmentMode, Gathering, Module, Offering
from config.clock import day_of
from config.database import db


class Outcome(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


class Storing:
    """One import's writing. The rows of a batch are known at once; nothing of a batch is kept after it."""

    def __init__(self, registers: Registers, at: datetime):
        self.registers, self.at = registers, at
        self.addresses = {Course: Addresses(Course), Module: Addresses(Module)}

    def store(self, row: ImportedRow, known: Known) -> Outcome:
        return self._programme(row, known) if row.whole_programme else self._module_row(row, known)

    def _programme(self, row: ImportedRow, known: Known) -> Outcome:
        """A whole programme is a course without modules, told apart by run only in what its rows looked like."""
        course = known.courses.get(course_key(row))
        before = _digests(course)
        run = _short(row.run_key)
        if before.get(run) == _short(row.digest):
            return Outcome.SAME
        course = self._course(row, known)
        _fill(course, code=row.course_code, credits=row.credits)
        _keep_words(course, row, joined=bool(before) and run not in before)
        course.row_digest = " ".join(f"{key}:{value}" for key, value in {**before, run: _short(row.digest)}.items())
        return Outcome.CHANGED if run in before else Outcome.NEW

    def _module_row(self, row: ImportedRow, known: Known) -> Outcome:
        module, run = known.modules.get(row.key), known.runs.get(row.run_key)
        holder = run if _tells_of_run(row) else module
        if holder is not None and holder.row_digest == row.digest:
            return Outcome.SAME
        outcome = Outcome.NEW if holder is None else Outcome.CHANGED
        module = self._module(row, known)
        if _tells_of_run(row):
            self._run(row, module, known).row_digest = row.digest
        else:
            module.row_digest = row.digest
        return outcome

    def _course(self, row: ImportedRow, known: Known) -> Course | None:
        key = course_key(row)
        if key is None:
            return None
        course = known.courses.get(key)
        if course is None:
            course = known.courses[key] = self._new(Course, row, key, title=row.course_title, code=None)
        self._fill_common(course, row)
        return course

    def _module(self, row: ImportedRow, known: Known) -> Module:
        module = known.modules.get(row.key)
        if module is None:
            module = known.modules[row.key] = self._new(Module, row, row.key, title=row.module_title, code=row.module_code)
        course = self._course(row, known)
        module.row_key = row.key
        if course is not None and module.course is not course:
            module.course = course
        _fill(module, title=row.module_title, credits=row.credits)
        self._fill_common(module, row)
        _keep_words(module, row)
        _keep_tags(module, row.tags)
        return module

    def _new(self, table: type, row: ImportedRow, key: str, *, title: str | None, code: str | None):
        """A row without any title is kept, but not shown."""
        institution = self.registers.institutions[row.institution]
        titled = row.module_title or row.course_title
        made = table(
            institution_id=institution,
            row_key=key,
            code=code,
            title=title,
            slug=self.addresses[table].free(institution, code=code, title=title or row.course_title),
            state=Publication.PUBLISHED if titled else Publication.DRAFT,
            published_at=self.at if titled else None,
        )
        db.session.add(made)
        return made

    def _fill_common(self, thing: Course | Module, row: ImportedRow) -> None:
        subject = self.registers.subjects.get(row.subject_code) if row.subject_code else None
        _fill(thing, subject_id=subject, grades=row.grades or None, strand=row.strand, language=row.language, source_url=row.url, evidence=row.evidence)

    def _run(self, row: ImportedRow, module: Module, known: Known) -> Offering:
        run = known.runs.get(row.run_key)
        if run is None:
            run = known.runs[row.run_key] = Offering(row_key=row.run_key, mode=EnrolmentMode.ELSEWHERE, state=Run.PUBLISHED, published_at=self.at)
            run.module = module
            db.session.add(run)
        _fill(
            run, semester=row.semester, semesters=row.terms, delivery=row.delivery, part_time=row.part_time, place=row.place_text,
            municipality_id=self.registers.town(row.place_text), gatherings_text=row.gatherings_text, gathering_days=row.gathering_days_a_term,
            language=row.language, fee_text=row.stated.get("fee"), fee_oere=row.fee, seats=row.seats, minimum=row.minimum,
            apply_by=row.application_deadline, starts_on=row.start_date, source_url=row.url, evidence=row.evidence, note=row.note,
        )  # fmt: skip
        run.told_over = row.ended or self._named_years_are_past(row)
        if row.cancelled:
            run.state, run.cancelled_reason = Run.CANCELLED, row.note or row.stated.get("study_year") or row.stated.get("semester")
        _keep_words(run, row)
        self._keep_gatherings(run, row.gatherings)
        return run

    def _named_years_are_past(self, row: ImportedRow) -> bool:
        """A run told only by its years is over when the last of them is."""
        return row.semester is None and row.last_year is not None and row.last_year < day_of(self.at).year

    def _keep_gatherings(self, run: Offering, stated: tuple[StatedGathering, ...]) -> None:
        """A gathering that was there keeps its row, and so its identity in everybody's calendar: the first stays the first, and so on."""
        if stated:
            known = [*run.gatherings, *(Gathering() for _more in stated)]
            run.gatherings = known[: len(stated)]
            for row, one in zip(run.gatherings, stated, strict=True):
                self._fill_gathering(row, one)

    def _fill_gathering(self, row: Gathering, one: StatedGathering) -> None:
        row.iso_year, row.iso_week = one.week or (None, None)
        row.starts_on, row.ends_on = one.starts, (one.ends or one.starts) if one.starts else None
        row.online, row.place, row.municipality_id = bool(one.online), one.place, self.registers.town(one.place)


def _tells_of_run(row: ImportedRow) -> bool:
    """Whether the row says anything of a run, or only that there is a module."""
    facts = (row.semester, row.study_year, row.last_year, row.delivery, row.part_time, row.place_text, row.gatherings_text, row.seats, row.start_date)
    return any(fact is not None for fact in facts) or bool(row.gatherings) or row.ended or row.cancelled or row.application_deadline is not None


def _fill(thing, **facts) -> None:
    for name, value in facts.items():
        if value is not None and getattr(thing, name) != value:
            setattr(thing, name, value)


def _keep_words(thing: Course | Module | Offering, row: ImportedRow, *, joined: bool = False) -> None:
    """What is not understood stays as it was written; of several runs of a programme, one after the other."""
    said = dict(row.stated)
    if joined:
        said = {name: _both(thing.stated.get(name), said.get(name)) for name in {*thing.stated, *said}}
    if thing.stated != said:
        thing.stated = said
    _fill(thing, note=row.note)


def _both(one: str | None, other: str | None) -> str:
    return " / ".join(dict.fromkeys(text for text in (one, other) if text))


def _keep_tags(module: Module, stated: tuple[StatedTag, ...]) -> None:
    known: Mapping = {tag.tag: tag for tag in module.tags}
    for one in stated:
        tag = known.get(one.tag)
        if tag is None:
            module.tags.append(ContentTag(tag=one.tag, sentence=one.sentence, credits=one.credits))
        else:
            _fill(tag, sentence=one.sentence or None, credits=one.credits)


def _digests(course: Course | None) -> dict[str, str]:
    """Of each run of a programme, what its row looked like when it was last read."""
    pairs = (course.row_digest or "").split() if course is not None else ()
    return dict(pair.split(":") for pair in pairs)


def _short(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
