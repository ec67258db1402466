"""What stands in one cell: read by the importer's readers, judged by the fields of the editor's forms, and written so that it reads the same again.

Figures are written so that no spreadsheet takes them for dates: «7,5», «1.-7. trinn», «høst 2027».
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from catalog.bulk import several
from catalog.importing import amounts, content, kinds
from catalog.importing.dates import understand_date
from catalog.importing.delivery import understand_delivery
from catalog.importing.grades import understand_level
from catalog.importing.semesters import understand_timing
from catalog.importing.vocabulary import Vocabulary
from catalog.importing.writing import plain, short, tidy
from catalog.publishing import schemas
from catalog.publishing.values import Apart, Before, Bonus, Contained, Meeting, Shared
from catalog.values import ADULTS, Delivery, EnrolmentMode, Grades, Selection, Semester, Strand, Tag, Term
from config.csv_out import FORMULA, harmless
from config.errors import BadInput
from config.languages import _

TERMS = {Term.SPRING: "vår", Term.AUTUMN: "høst"}
FORMS = {Delivery.ONLINE: "nettbasert", Delivery.BLENDED: "nettbasert med samlinger", Delivery.GATHERINGS: "samlinger", Delivery.CAMPUS: "campus"}
STRANDS = {Strand.FURTHER: "videreutdanning", Strand.IN_SERVICE: "etterutdanning", Strand.PRINCIPAL: "rektorutdanning"}
WAYS_IN = {EnrolmentMode.DIRECT: "direkte", EnrolmentMode.ROUND: "søknadsrunde", EnrolmentMode.ELSEWHERE: "hos lærestedet"}
_WAYS_IN = {plain(word): mode for mode, words in WAYS_IN.items() for word in (words, mode.value)} | {"hos lærestaden": EnrolmentMode.ELSEWHERE}
SELECTIONS = {Selection.FIRST_COME: "først til mølla", Selection.RANKED: "rangert", Selection.DIRECT: "alle som fyller kravene"}
_SELECTIONS = {plain(word): one for one, words in SELECTIONS.items() for word in (words, one.value)} | {"alle som fyller krava": Selection.DIRECT}
_ANSWERS = {"ja": "yes", "yes": "yes", "nei": "no", "no": "no"}
_PAST_FORMULA = re.compile(rf"'(?=[{re.escape(''.join(FORMULA))}])")


def said(cell: str) -> str:
    """What a cell of a file says. Raises BadInput for a formula, which is never worked out here."""
    if tidy(cell).startswith("="):
        raise BadInput(_("The cell holds a formula. Write what it comes to."))
    return meant(cell)


def meant(text: str) -> str:
    """A text as a file keeps it: its lines ended one way, and without the mark that the export sets before what a spreadsheet would run."""
    return tidy(_PAST_FORMULA.sub("", "\n".join(tidy(text).splitlines()), count=1))


def kept(value: Any) -> str:
    """A value as the cell of a file."""
    return str(harmless(meant(written(value))))


def as_text(text: str, _words: Vocabulary) -> str:
    return text


def as_credits(text: str, _words: Vocabulary) -> Any:
    return _understood(amounts.understand_credits(text), text)


def as_number(text: str, _words: Vocabulary) -> Any:
    return 0 if plain(text) == "0" else _understood(amounts.understand_seats(text), text)


def as_fee(text: str, _words: Vocabulary) -> Any:
    oere = amounts.understand_fee(text)
    return text if oere is None else Decimal(oere) / 100


def as_day(text: str, _words: Vocabulary) -> str:
    return _understood(understand_date(text), text).isoformat()


def as_semester(text: str, _words: Vocabulary) -> str:
    return _understood(understand_timing(text).first, text).code


def as_municipality(text: str, _words: Vocabulary) -> str:
    return text.zfill(4) if text.isdecimal() else text  # a spreadsheet makes 301 of 0301


def as_grades(text: str, _words: Vocabulary) -> list[int]:
    return list(_understood(understand_level(text).grades or None, text))


def as_subject(text: str, words: Vocabulary) -> str:
    return _understood(words.subject("", text), text)


def as_language(text: str, _words: Vocabulary) -> str:
    return _understood(kinds.understand_language(text), text)


def as_strand(text: str, _words: Vocabulary) -> str:
    return plain(text) if plain(text) in list(Strand) else _understood(kinds.understand_strand(text), text).value


def as_delivery(text: str, _words: Vocabulary) -> str:
    return plain(text) if plain(text) in list(Delivery) else _understood(understand_delivery(text).delivery, text).value


def as_pace(text: str, _words: Vocabulary) -> str:
    return "yes" if _understood(understand_delivery(text).part_time, text) else "no"


def as_way_in(text: str, _words: Vocabulary) -> str:
    return _understood(_WAYS_IN.get(plain(text)), text).value


def as_answer(text: str, _words: Vocabulary) -> str:
    return _understood(_ANSWERS.get(plain(text)), text)


def as_percent(text: str, words: Vocabulary) -> Any:
    return as_number(re.sub(r"\s*(?:%|prosent|per cent|percent)$", "", text), words)


def as_selection(text: str, _words: Vocabulary) -> str:
    return _understood(_SELECTIONS.get(plain(text)), text).value


def answer(value: bool | None) -> str | None:
    """Yes or no as a cell."""
    return None if value is None else "ja" if value else "nei"


def content_of(tag: Tag) -> Callable[[str, Vocabulary], Contained]:
    """Reads the cell of one kind of content: the sentence of the study plan, after the credits it covers where they are known."""

    def as_content(text: str, _words: Vocabulary) -> Contained:
        found = content.understand_tag(tag, text)
        if found is None or not found.sentence:
            raise BadInput(_("Quote the sentence of the study plan that supports this."))
        shapes = schemas.tag_fields(tag)
        sentence = shapes[f"sentence-{tag}"].deserialize(_whole(text, found.credits))
        return Contained(tag, sentence, None, None if found.credits is None else shapes[f"credits-{tag}"].deserialize(found.credits))

    return as_content


def _whole(text: str, credits: Decimal | None) -> str:
    """The sentence in its own signs, with the dashes and lines that comparing words evens out."""
    return re.sub(r"^[\d.,]+\s*\w+\b[.:;,\s-]*", "", text, count=1) if credits is not None else text


def _understood(value: Any, text: str) -> Any:
    if value is None:
        raise BadInput(_("“%(said)s” is not understood here.", said=short(text)))
    return value


def written(value: Any) -> str:
    """A value as its cell; empty where nothing is said."""
    if value is None:
        return ""
    kind = next((kind for kind in _WRITTEN if isinstance(value, kind)), None)
    return _WRITTEN[kind](value) if kind else str(value)


def _figures(number: Decimal) -> str:
    return format(number.normalize(), "f").replace(".", ",")


def _grades(grades: Grades) -> str:
    spans = [f"{span.replace('–', '.-')}. trinn" for span in str(grades).split(", ") if span]
    return ", ".join(spans + (["voksenopplæring"] if ADULTS in grades else []))


def _contained(line: Contained) -> str:
    return line.sentence if line.credits is None else f"{_figures(line.credits)} sp: {line.sentence}"


_WRITTEN: dict[type, Callable[[Any], str]] = {
    bool: lambda part_time: "deltid" if part_time else "heltid",
    Decimal: _figures,
    date: date.isoformat,
    Semester: lambda semester: f"{TERMS[semester.term]} {semester.year}",
    Grades: _grades,
    Strand: STRANDS.__getitem__,
    Delivery: FORMS.__getitem__,
    EnrolmentMode: WAYS_IN.__getitem__,
    Selection: SELECTIONS.__getitem__,
    Contained: _contained,
    Bonus: several.bonus,
    Before: lambda line: several.before(line, _figures),
    Shared: lambda line: several.shared(line, _figures),
    Apart: several.apart,
    Meeting: several.meeting,
    tuple: lambda lines: "\n".join(written(line) for line in lines),
}
