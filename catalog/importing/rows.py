"""One row of a catalogue, understood as far as it can be, or refused with a sentence."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal

from catalog.importing.content import StatedTag
from catalog.importing.gathering_counts import Count
from catalog.importing.gatherings import StatedGathering
from catalog.importing.writing import plain
from catalog.values import Delivery, Grades, Semester, Strand


@dataclass(frozen=True)
class RefusedRow:
    """A row that is not imported: its line, what it calls itself, and why not."""

    line: int
    title: str
    reason: str
    institution: str = ""
    code: str = ""


@dataclass(frozen=True)
class ImportedRow:
    """What a row says. None, an empty tuple or no grades = not stated, or not understood; its words are then in `stated`.

    A row of a whole programme has no module; its code, if any, is `course_code`. Semester is the first of `terms` semesters;
    `study_year` is the year its study year begins, `last_year` the last calendar year it names or reaches. `ended`: told as no longer
    given, or as exams of the past. `fee` is whole øre. `stated` maps fields and unknown headers to their text;
    `not_understood` names the fields of which only the text is left.
    """

    line: int
    institution: str
    course_title: str | None = None
    course_code: str | None = None
    module_code: str | None = None
    module_title: str | None = None
    credits: Decimal | None = None
    whole_programme: bool = False
    semester: Semester | None = None
    terms: int | None = None
    study_year: int | None = None
    last_year: int | None = None
    ended: bool = False
    cancelled: bool = False
    delivery: Delivery | None = None
    part_time: bool | None = None
    grades: Grades = Grades()
    grades_from_title: bool = False
    school_leaders: bool = False
    strand: Strand | None = None
    subject_code: str | None = None
    gatherings: tuple[StatedGathering, ...] = ()
    gatherings_said: Count = Count()
    gatherings_text: str | None = None
    place_text: str | None = None
    language: str | None = None
    seats: int | None = None
    minimum: int | None = None
    fee: int | None = None
    application_deadline: date | None = None
    start_date: date | None = None
    url: str | None = None
    note: str | None = None
    evidence: str | None = None
    tags: tuple[StatedTag, ...] = ()
    stated: Mapping[str, str] = field(default_factory=dict)
    not_understood: tuple[str, ...] = ()

    @property
    def code(self) -> str | None:
        """Of what the row is about: the module's, or the whole programme's."""
        return self.course_code if self.whole_programme else self.module_code

    @property
    def code_stated(self) -> bool:
        return self.code is not None

    @property
    def title(self) -> str:
        """What to call the row in a report."""
        return self.module_title or self.course_title or self.code or ""

    @property
    def gathering_days_a_term(self) -> int | None:
        """Days of gatherings a semester, where they are said in words; None where they cannot be told exactly."""
        return self.gatherings_said.days_a_term(self.terms)

    @property
    def key(self) -> str:
        return row_key(self)

    @property
    def run_key(self) -> str:
        """Tells the runs of one module apart: its key with the semester (as written, where not understood) and the place."""
        semester = self.semester.code if self.semester else f"{self.stated.get('semester', '')} {self.stated.get('study_year', '')}"
        return f"{self.key}|run|{_part(semester)}|{_part(self.place_text or '')}"

    @property
    def digest(self) -> str:
        """Changes when anything that the row says changes; its line in the file is not what it says."""
        said = {each.name: getattr(self, each.name) for each in fields(self) if each.name != "line"}
        filled = {name: value for name, value in said.items() if value != _UNSAID[name]}
        return hashlib.sha256(json.dumps(filled, default=_as_text, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


# Left out of the digest, so that a field this class may get one day does not change every row that says nothing of it.
_UNSAID = {each.name: {} if each.name == "stated" else each.default for each in fields(ImportedRow)}


def _as_text(value):
    """Values of the field as JSON; dataclasses by the names of their parts."""
    if hasattr(value, "__dataclass_fields__"):
        return {each.name: getattr(value, each.name) for each in fields(value)}
    return dict(value) if isinstance(value, Mapping) else str(value)


def row_key(row: ImportedRow) -> str:
    """Institution and code; where no code is stated, institution, course, module title and credits. Case and spaces do not matter."""
    if row.code_stated:
        return "|".join(map(_part, (row.institution, "code", row.code)))
    return "|".join(map(_part, (row.institution, "title", row.course_title or "", row.module_title or "", str(row.credits or ""))))


def _part(text: str) -> str:
    """Parts are kept apart by a stroke; one inside a part («Norsk 1 | 1.-7. trinn») is written otherwise."""
    return plain(text).replace("|", "¦")
