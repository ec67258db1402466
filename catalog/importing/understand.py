"""From the cells of a row to what they say; the words that were not understood are kept beside it."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from catalog.importing import amounts, content, kinds, status
from catalog.importing.dates import understand_date
from catalog.importing.delivery import understand_delivery
from catalog.importing.gathering_counts import Count
from catalog.importing.gatherings import understand_gatherings
from catalog.importing.grades import Level, level_in_title, understand_level
from catalog.importing.rows import ImportedRow, RefusedRow
from catalog.importing.semesters import Timing, understand_timing
from catalog.importing.vocabulary import Vocabulary
from catalog.importing.writing import even, plain, says_nothing, short
from catalog.values import Strand
from config.errors import BadInput
from config.languages import _

LONGEST_TITLE = 300
LONGEST_CODE = 40
LONGEST_ADDRESS = 2_000
LONGEST_PLACE = 200
# Shown in the words of the institution beside what was understood, or kept because nothing reads them yet.
KEPT = (
    "semester study_year start_date delivery_mode pace level subject gatherings_places place language capacity minimum fee offering_type"
    " status application_deadline content learning_outcomes prerequisites overlap description assessment_form contact"
).split()
_CODE = re.compile(r"[0-9A-Za-zÆØÅæøåÄÖäöÁáČčĐđŊŋŠšŦŧŽž][\w.\-]*(?: [\w.\-]+){0,3}")
_ADDRESS = re.compile(r"https?://[^\s<>\"'\\]+", re.IGNORECASE)
_PROGRAMME = re.compile(
    r"\bprogramme[- ](?:level|code)\b|\bwhole programme\b|\bhei?le (?:programmet|studiet)\b|\bprogram(?:nivå|kode)\b"
)
_PROGRAMME_KIND = re.compile(r"\b(?:studie)?program(?:me)?\b|\bhelt studium\b|\bheilt studium\b|\bårsstudium\b")
_MODULE_KIND = re.compile(r"\w*modul\b|\bmodule\b|\b(?:mikro|enkelt)?emne\b")  # the type says so: its one title is the module's
_SPREADSHEET_ERROR = re.compile(r"#(?:ref!|name\?|value!|n/a|div/0!|null!|num!|verdi!|navn\?|i/t)", re.IGNORECASE)


def understand_row(
    fields: Mapping[str, str], line: int, vocabulary: Vocabulary, *, others: Mapping[str, str] = MappingProxyType({})
) -> ImportedRow | RefusedRow:
    """What the cells say, by field name (`headers.SYNONYMS`); `others` are the cells under headers that are not known.

    Refused, with a sentence: a row without an institution that the vocabulary knows, without a title or a code, with a value that cannot
    be (7.3 credits, a date in 1926, a title of a page), or that contradicts itself.
    """
    try:
        return _understood(fields, line, vocabulary, others)
    except BadInput as wrong:
        return refused(fields, line, wrong.sentence)


def refused(fields: Mapping[str, str], line: int, reason: str) -> RefusedRow:
    """The row by the names it gives itself, shortened, with the reason."""
    cells = {name: short(fields.get(name, "")) for name in ("module_title", "course_title", "module_code", "institution")}
    title = cells["module_title"] or cells["course_title"] or cells["module_code"]
    return RefusedRow(line, title, reason, cells["institution"], cells["module_code"])


def _understood(fields: Mapping[str, str], line: int, vocabulary: Vocabulary, others: Mapping[str, str]) -> ImportedRow:
    names, time = _names(fields), _time(fields)
    facts = {
        "institution": _institution(fields, vocabulary),
        **names,
        **time,
        **_form(fields, names, vocabulary),
        **_gatherings(fields, time),
        **_amounts(fields),
    }
    _refuse_contradictions(facts)
    not_understood = _not_understood(facts, fields)
    stated = {name: fields[name] for name in (*KEPT, *not_understood) if fields.get(name)} | dict(others)
    return ImportedRow(line=line, **facts, stated=stated, not_understood=not_understood)


def _institution(fields: Mapping[str, str], vocabulary: Vocabulary) -> str:
    said = fields.get("institution", "")
    if says_nothing(said):
        raise BadInput(_("The row names no institution."))
    if known := vocabulary.institution(said):
        return known
    raise BadInput(_("The institution “%(said)s” is not in the register.", said=short(said)))


def _names(fields: Mapping[str, str]) -> dict[str, Any]:
    course, module = _title(fields, "course_title"), _title(fields, "module_title")
    code, course_code = _code(fields, "module_code"), _code(fields, "course_code")
    if not (course or module or code or course_code):
        raise BadInput(_("The row has neither a title nor a code."))
    if not module and not code and _MODULE_KIND.search(plain(fields.get("offering_type", ""))):
        return {"module_title": course, "course_code": course_code}
    if _whole_programme(fields, module, code):
        return {"course_title": course, "course_code": code or course_code, "whole_programme": True}
    return {"course_title": course, "course_code": course_code, "module_code": code, "module_title": module}


def _whole_programme(fields: Mapping[str, str], module: str | None, code: str | None) -> bool:
    """A row that names no module is of the whole; so is a code alone, where note or type says that it is the programme's.

    A module title makes it a module, whatever the note says of the programme («Programme code S849O; emner may be taken …»).
    """
    if module:
        return False
    kind = f"{fields.get('offering_type', '')} {fields.get('level', '')}"
    return not code or bool(_PROGRAMME.search(plain(fields.get("note", "")))) or bool(_PROGRAMME_KIND.search(plain(kind)))


def _title(fields: Mapping[str, str], name: str) -> str | None:
    title = even(fields.get(name, ""))
    if len(title) > LONGEST_TITLE:
        raise BadInput(_("A title of %(length)d characters is too long; %(most)d is the most.", length=len(title), most=LONGEST_TITLE))
    _refuse_spreadsheet_error(title)
    return None if says_nothing(title) else title


def _code(fields: Mapping[str, str], name: str) -> str | None:
    code = even(fields.get(name, ""))
    if says_nothing(code):
        return None
    _refuse_spreadsheet_error(code)
    if len(code) > LONGEST_CODE or not _CODE.fullmatch(code):
        raise BadInput(_("“%(code)s” is not one course code: letters, figures, hyphen, point or underscore.", code=short(code)))
    return code


def _refuse_spreadsheet_error(text: str) -> None:
    if _SPREADSHEET_ERROR.fullmatch(text):
        raise BadInput(_("The cell holds “%(text)s”, the error of a spreadsheet formula.", text=text))


def _time(fields: Mapping[str, str]) -> dict[str, Any]:
    semester, year, starts = _semester_cell(fields), fields.get("study_year", ""), understand_date(fields.get("start_date", ""))
    timing = understand_timing(semester, year)
    state, note = fields.get("status", ""), fields.get("note", "")
    return {
        "semester": timing.first,
        "terms": timing.terms,
        "study_year": timing.study_year,
        "last_year": timing.last_year,
        "ended": timing.over or status.says_over(note) or any(map(status.status_says_over, (state, semester, year))),
        "cancelled": any(map(status.says_cancelled, (semester, year, state))) or status.note_cancels(note, timing),
        "start_date": starts,
        "application_deadline": understand_date(fields.get("application_deadline", "")),
    }


def _semester_cell(fields: Mapping[str, str]) -> str:
    """Where the file has no semester, the start says it: «Høst 2026» as it stands, a day unless the year has a cell of its own."""
    semester, start = fields.get("semester", ""), fields.get("start_date", "")
    if semester or not start:
        return semester
    day = understand_date(start)
    return start if not day else "" if fields.get("study_year") else day.isoformat()


def _form(fields: Mapping[str, str], names: Mapping[str, Any], vocabulary: Vocabulary) -> dict[str, Any]:
    level, from_title = _level(fields, names)
    way, pace = understand_delivery(fields.get("delivery_mode", "")), understand_delivery(fields.get("pace", ""))
    strand = kinds.understand_strand(fields.get("offering_type", ""))
    return {
        "delivery": way.delivery,
        "part_time": way.part_time if pace.part_time is None else pace.part_time,
        "grades": level.grades,
        "grades_from_title": from_title,
        "school_leaders": level.school_leaders,
        "strand": strand or (Strand.PRINCIPAL if level.school_leaders and not fields.get("offering_type") else None),
        "subject_code": vocabulary.subject(fields.get("subject_code", ""), fields.get("subject", "")),
        "language": kinds.understand_language(fields.get("language", "")),
    }


def _level(fields: Mapping[str, str], names: Mapping[str, Any]) -> tuple[Level, bool]:
    if not says_nothing(fields.get("level", "")):
        return understand_level(fields["level"]), False
    for title in (names.get("module_title"), names.get("course_title")):
        if title and (level := level_in_title(title)).grades:
            return level, True
    return Level(), False


def _gatherings(fields: Mapping[str, str], time: Mapping[str, Any]) -> dict[str, Any]:
    text, place = fields.get("gatherings_places", ""), even(fields.get("place", ""))
    over = time["ended"] and not time["semester"]
    plan = understand_gatherings(text, Timing(time["semester"], time["terms"], time["study_year"], time["last_year"], over))
    return {
        "gatherings": plan.gatherings,
        "gatherings_said": plan.count,
        "gatherings_text": None if says_nothing(text) else text,
        "place_text": plan.place if says_nothing(place) or len(place) > LONGEST_PLACE else place,
    }


def _amounts(fields: Mapping[str, str]) -> dict[str, Any]:
    return {
        "credits": amounts.understand_credits(fields.get("credits", "")),
        "seats": amounts.understand_seats(fields.get("capacity", "")),
        "minimum": amounts.understand_seats(fields.get("minimum", "")),
        "fee": amounts.understand_fee(fields.get("fee", "")),
        "url": _address(fields.get("url", "")),
        "note": fields.get("note") or None,
        "evidence": fields.get("evidence") or None,
        "tags": content.understand_tags(fields),
    }


def _address(text: str) -> str | None:
    """Only an address of the web, so that no link on a page runs a script."""
    return text if len(text) <= LONGEST_ADDRESS and _ADDRESS.fullmatch(text) else None


def _refuse_contradictions(facts: Mapping[str, Any]) -> None:
    credits, seats, minimum = facts["credits"], facts["seats"], facts["minimum"]
    content.refuse_more_than_all(facts["tags"], credits)
    if facts["strand"] is Strand.IN_SERVICE and credits:
        raise BadInput(_("In-service training carries no credits, but the row states %(credits)s.", credits=credits))
    if minimum and seats and minimum > seats:
        raise BadInput(_("The minimum of %(minimum)d is more than the %(seats)d seats.", minimum=minimum, seats=seats))


def _not_understood(facts: Mapping[str, Any], fields: Mapping[str, str]) -> tuple[str, ...]:
    """The fields with words of which nothing was understood."""
    timed = facts["semester"] or facts["terms"] or facts["ended"] or facts["cancelled"]
    gathered = facts["gatherings"] or facts["gatherings_said"] != Count() or facts["place_text"]
    understood = {
        "credits": facts["credits"] is not None,
        "semester": timed,
        "study_year": timed or facts["study_year"] is not None or facts["last_year"] is not None,
        "start_date": facts["start_date"] or facts["semester"],
        "delivery_mode": facts["delivery"] or facts["part_time"] is not None,
        "pace": facts["part_time"] is not None,
        "level": facts["grades"] or facts["school_leaders"],
        "subject": facts["subject_code"],
        "subject_code": facts["subject_code"],
        "gatherings_places": gathered,
        "language": facts["language"],
        "capacity": facts["seats"],
        "minimum": facts["minimum"],
        "fee": facts["fee"] is not None,
        "offering_type": facts["strand"],
        "application_deadline": facts["application_deadline"],
        "url": facts["url"],
        "content": facts["tags"],
    }
    return tuple(name for name, known in understood.items() if not known and not says_nothing(fields.get(name, "")))
