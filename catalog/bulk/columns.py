"""The one flat format: a row for each run of a module, with what is said of the run, its module and its course.

The names of the columns are the importer's where it has them, with all its synonyms in bokmål, nynorsk and English.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from marshmallow import ValidationError, fields

from catalog.bulk import cells, several
from catalog.importing import headers
from catalog.importing.vocabulary import Vocabulary
from catalog.importing.writing import says_nothing, short
from catalog.publishing import schemas
from catalog.values import Tag
from config.errors import BadInput
from config.languages import _

Read = Callable[[str, Vocabulary], Any]
COURSE, MODULE, RUN = "course", "module", "offering"


@dataclass(frozen=True)
class Column:
    """A column: the field it is of which thing (content.FIELDS), how its cells are read, and the shape the form asks of the value.

    `also`: further names of the column, where the importer has none. `tag`: the kind of content, where it is one. `write`: its value as a
    cell, where its kind alone does not tell.
    """

    name: str
    thing: str
    field: str
    read: Read
    shape: fields.Field | None
    tag: Tag | None = None
    also: str = ""
    write: Callable[[Any], Any] | None = None

    @property
    def header(self) -> str:
        """What the download calls it; «course code» is in English what a module's is called."""
        return "programme_code" if self.name == "course_code" else self.name.removeprefix("content:")

    def value(self, cell: str, words: Vocabulary) -> Any:
        """What the cell says; None where it says nothing. Raises BadInput with a sentence."""
        text = cells.said(cell)
        if says_nothing(text):
            return None
        try:
            understood = self.read(text, words)
            return self.shape.deserialize(understood) if self.shape else understood
        except ValidationError as problem:
            raise BadInput(" ".join(map(str, problem.messages))) from None

    def says_the_same(self, cell: str, now: Any, words: Vocabulary) -> bool:
        """Whether the cell says what is there already: it is what the export would write, or reads the same."""
        told, text = self.written(now), cells.said(cell)
        if self.field == "code" and text.casefold() == told.casefold():
            return True
        if text == cells.meant(told) or says_nothing(text):
            return True
        value = self.value(cell, words)
        return value == now or value == self._read_again(told, words)

    def written(self, now: Any) -> str:
        """What is there as a cell."""
        return cells.written(self.write(now) if self.write else now)

    def _read_again(self, told: str, words: Vocabulary) -> Any:
        try:
            return self.value(told, words)
        except BadInput:
            return None


def _of(thing: str, schema: type, *columns: tuple) -> list[Column]:
    shapes = schema().fields
    return [Column(name, thing, field, read, shapes[field], also=also) for name, field, read, also in columns]


def _lines(thing: str, *columns: tuple) -> list[Column]:
    return [Column(name, thing, field, read, None, also=also) for name, field, read, also in columns]


def _yes_or_no(*columns: tuple) -> list[Column]:
    shapes = schemas.ModuleSelection().fields
    return [Column(name, MODULE, name, cells.as_answer, shapes[name], also=also, write=cells.answer) for name, also in columns]


def _content() -> list[Column]:
    return [Column(f"content:{tag}", MODULE, "tags", cells.content_of(tag), None, tag=tag) for tag in Tag]


COLUMNS: Sequence[Column] = (
    *_of(COURSE, schemas.CourseBasics, ("course_code", "code", cells.as_text, ""), ("course_title", "title", cells.as_text, "")),
    *_of(COURSE, schemas.CourseBasics, ("offering_type", "strand", cells.as_strand, ""),
         ("course_credits", "credits", cells.as_credits, "studiepoeng for studiet, studiepoeng i alt, credits of the course")),
    *_of(COURSE, schemas.CourseDescription, ("course_summary", "summary", cells.as_text, "om hele studiet, om heile studiet, studieomtale"),
         ("for_whom", "for_whom", cells.as_text, "for hvem, for kven, passer for, passar for")),
    *_of(MODULE, schemas.ModuleBasics, ("module_code", "code", cells.as_text, ""), ("module_title", "title", cells.as_text, ""),
         ("credits", "credits", cells.as_credits, ""),
         ("short_reason", "short_reason", cells.as_text, "hvorfor under 15, kvifor under 15, why fewer than 15 credits"),
         ("subject", "subject", cells.as_subject, ""), ("level", "grades", cells.as_grades, ""),
         ("language", "language", cells.as_language, "")),
    *_of(MODULE, schemas.ModuleLearning, ("description", "summary", cells.as_text, ""),
         ("knowledge", "knowledge", cells.as_text, "kunnskap, kunnskaper, kunnskapar"),
         ("skills", "skills", cells.as_text, "ferdighet, ferdigheter, ferdigheit, ferdigheiter"),
         ("competence", "competence", cells.as_text, "generell kompetanse, general competence")),
    *_of(MODULE, schemas.ModuleAdmission, ("prerequisites", "admission", cells.as_text, "admission"),
         ("assessment_form", "assessment_form", cells.as_text, "")),
    *_of(MODULE, schemas.ModuleSelection, ("selection", "selection", cells.as_selection, "hvem går først, kven går først, who goes first"),
         ("attendance", "attendance", cells.as_percent, "oppmøte, frammøte, oppmøtekrav")),
    *_yes_or_no(("must_teach", "må undervise i faget, must be teaching the subject"), ("in_master", "kan inngå i master, can be part of a master")),
    *_lines(MODULE, ("bonus", "bonus", several.as_bonus, "tilleggspoeng, bonus points"),
            ("builds_on", "prerequisites", several.as_prerequisites, "bygger på, byggjer på, builds on"),
            ("shares_content", "overlaps", several.as_overlaps, "overlapper med, overlappar med, shares content with"),
            ("not_together", "apart", several.as_apart, "ikke i samme semester som, ikkje i same semester som, not in the same semester as")),
    *_content(),
    *_of(RUN, schemas.OfferingDates, ("semester", "semester", cells.as_semester, ""),
         ("semesters", "semesters", cells.as_number, "antall semestre, tal på semester, number of semesters")),
    *_of(RUN, schemas.OfferingDelivery, ("group", "group_name", cells.as_text, "gruppe, parallell"), ("run_language", "language", cells.as_language,
         "språk i gjennomføringen, språk i gjennomføringa, language of the run")),
    *_of(RUN, schemas.OfferingDelivery, ("delivery_mode", "delivery", cells.as_delivery, ""), ("pace", "part_time", cells.as_pace, ""),
         ("place", "place", cells.as_text, ""),
         ("municipality", "municipality", cells.as_municipality, "kommunenummer, kommune, municipality number"), ("fee", "fee", cells.as_fee, "")),
    *_of(RUN, schemas.OfferingSeats, ("mode_of_admission", "mode", cells.as_way_in, "opptak, opptaksmåte, plass ved, how one gets a seat"),
         ("capacity", "seats", cells.as_number, ""), ("minimum", "minimum", cells.as_number, "")),
    *_of(RUN, schemas.OfferingDates, ("opens_on", "opens_on", cells.as_day, "åpner, opnar, påmelding åpner, påmelding opnar, opens"),
         ("application_deadline", "apply_by", cells.as_day, ""),
         ("queue_closes_on", "queue_closes_on", cells.as_day, "venteliste stenger, ventelista stenger, waiting list closes"),
         ("start_date", "starts_on", cells.as_day, ""), ("ends_on", "ends_on", cells.as_day, "slutt, sluttdato, ends, end date, siste dag, last day")),
    *_lines(RUN, ("gathering_days", "gatherings", several.as_gatherings, "samlinger med dato, samlingar med dato, gatherings by day")),
)  # fmt: skip
ID, INSTITUTION = "id", "institution"
BY_NAME: Mapping[str, Column] = {column.name: column for column in COLUMNS}
HEADERS = (ID, *(column.header for column in COLUMNS))
IDENTIFYING = {ID, "module_code"}
_OURS: Mapping[str, str] = {
    key: name
    for name, words in ((ID, "seksti-id"), ("subject", "subject_code, fagkode"), *((one.name, one.also) for one in COLUMNS if one.also))
    for key in (headers.folded(word) for word in (name, *filter(None, words.split(", "))))
}


def column_of(header: str) -> str | None:
    """The column of a header as somebody wrote it, or None for one that is not read."""
    own = _OURS.get(headers.folded(header[:200]))
    found = own or headers.field_of(header)
    return found if found in BY_NAME or found in (ID, INSTITUTION) else None


def recognise(name: str, written: Sequence[str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Header → column, and the headers that are not read. Raises BadInput where two headers mean the same, or nothing tells the rows apart."""
    found = {header: column for header in written if (column := column_of(header))}
    for column in set(found.values()):
        twins = [header for header, one in found.items() if one == column]
        if len(twins) > 1:
            raise BadInput(_("In “%(name)s” the headers “%(one)s” and “%(other)s” mean the same.", name=name, one=short(twins[0]), other=short(twins[1])))
    if not IDENTIFYING & set(found.values()):
        shown = ", ".join(_("“%(text)s”", text=short(header, 30)) for header in written[:30])
        raise BadInput(_("“%(name)s” has no column for the code of the module. It has: %(headers)s.", name=name, headers=shown))
    return found, tuple(header for header in written if header not in found)
