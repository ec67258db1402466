"""What one cell says of a semester or a year, piece by piece, before the two cells are put together."""

import re
from dataclasses import dataclass
from functools import lru_cache

from catalog.importing.months import MONTH, MONTHS
from catalog.importing.writing import NUMBER, YEARS, number_in, plain, sane_year
from catalog.values import Semester, Term

_AUTUMN = r"(?:høst(?:en|semester\w*|termin\w*)?|haust(?:en|semester\w*|termin\w*)?|hoest|autumn|fall|čakča)"
_SPRING = r"(?:vår(?:en|semester\w*|termin\w*)?|vaar|spring|giđđa)"
_WORD = rf"(?:{_AUTUMN}|{_SPRING})"
_AFTER = rf"(?=\s*(?:$|[,;).+/&-]|og\b|and\b|til\b|to\b|start|{_WORD}))"
_PAIR = re.compile(r"(?<![\d-])(\d{4}|\d{2})\s*[/-]\s*(\d{4}|\d{2})(?![\d-])")
_DAY = re.compile(r"(?<!\d)(\d{4})-(\d{2})-\d{2}(?!\d)(?: \d\d:\d\d)?")
_FULL = re.compile(
    rf"(?<!\w)(?:(?P<w1>{_WORD}(?:\s+start)?|[hv])[ /-]?(?P<y1>\d{{4}})(?!\d)"
    rf"|(?P<w2>[hv])[ '-]?(?P<y2>\d{{2}})(?!\w)"
    rf"|(?P<w3>{_WORD})[ '/-]?(?P<y3>\d{{2}})(?!\w){_AFTER}"
    rf"|(?P<y4>\d{{4}})[ /-]?(?P<w4>{_WORD}|[hv])(?!\w)"
    rf"|(?P<y5>\d{{2}})(?P<w5>[hv])(?!\w)"
    rf"|(?P<y6>\d{{2}})[/-](?P<w6>{_WORD})(?!\w))"
)
_LONE = re.compile(rf"(?<!\w)(?P<term>{_WORD}|[hv](?=\s*$|\s*[/+-]))(?!\w)")
_IN_MONTH = re.compile(rf"(?<!\w)({MONTH})\.?\s*,?\s*(\d{{4}})(?!\d)")
_YEAR = re.compile(r"(?<![\d.,])(\d{4})(?!\d)")
_SINCE = re.compile(r"(?<!\d)\d{4}\s*-\s*$|\b(?:fra|frå|from|since|siden|sidan)\s+\d{4}\s*$")
_COHORT = re.compile(r"\b(?:kull|cohort|årskull)\b")
_EXAMS = re.compile(r"\bexam results?\b|\beksamensresultat\w*")
_COUNT = re.compile(rf"(?<!\w)({NUMBER}|½)\s+(semestre|semestere|semester|semesters|terminer|terminar|terms?|år|years?)(?!\w)")
_START = re.compile(r"\bstart\b|\boppstart\b")
_CHOICE = re.compile(r"(?<!\w)(?:eller|or|og/eller|and/or|alternativt|evt\.?)(?!\w)")
_RANGE_JOINTS = {"-", "til", "to", "t.o.m.", "tom", "to and including"}
_LIST_JOINTS = {"", ",", ";", "og", "and", "+", "&", ", og"}


LONGEST_READ = 300  # characters


@dataclass(frozen=True)
class Said:
    """The pieces of one cell. `full`: semesters with their year, `ranged` where only the ends stand; `lone`: terms without a year."""

    full: tuple[Semester, ...] = ()
    ranged: bool = False
    lone: tuple[Term, ...] = ()
    study_year: int | None = None
    years: tuple[int, ...] = ()
    month: Semester | None = None
    cohort: bool = False
    since: bool = False
    exams: bool = False
    start: bool = False
    count: int | None = None
    either: bool = False  # «høst eller vår»: a choice, not a time


@lru_cache(maxsize=4096)
def said_in(text: str) -> Said:
    """The pieces of a semester or year cell; a long one is prose, and has none. Raises BadInput for a year such as 1926."""
    said = plain(text)
    if len(said) > LONGEST_READ:
        return Said()
    _refuse_years(said)
    count = _COUNT.search(said)
    rest, month = _taken_months(_COUNT.sub(" ", said))
    rest, pair = _taken_pair(rest)
    full, joints, rest = _taken_full(rest)
    lone, lone_joints = _lone(rest)
    return Said(
        full=full,
        ranged=len(full) == 2 and joints[0] in _RANGE_JOINTS,
        lone=lone,
        study_year=pair,
        years=tuple(sorted({int(year) for year in _YEAR.findall(said)} | ({pair, pair + 1} if pair else set()))),
        month=month,
        cohort=bool(_COHORT.search(said)),
        since=bool(_SINCE.search(said)),
        exams=bool(_EXAMS.search(said)),
        start=bool(_START.search(said)),
        count=_terms(count) if count else None,
        either=_leaves_a_choice(said, full, lone, (*joints, *lone_joints)),
    )


def _leaves_a_choice(said: str, full: tuple[Semester, ...], lone: tuple[Term, ...], joints: tuple[str, ...]) -> bool:
    """Two terms with «eller» or a stroke between them; or one with a year and one without, whose year is then a guess."""
    if len(full) + len(lone) < 2:
        return False
    mixed = bool(full) and bool(lone)
    return mixed or bool(_CHOICE.search(said)) or any(joint not in _RANGE_JOINTS | _LIST_JOINTS for joint in joints)


def _refuse_years(said: str) -> None:
    for year in map(int, _YEAR.findall(said)):
        if 1800 <= year < 2200:  # other numbers of four figures are not years
            sane_year(year, said)


def _terms(count: re.Match) -> int | None:
    if count[1] == "½":
        return 1 if count[2] in {"år", "year"} else None
    terms = number_in(count[1]) * (2 if count[2] in {"år", "year", "years"} else 1)
    return terms if 1 <= terms <= 12 else None


def _taken_months(said: str) -> tuple[str, Semester | None]:
    """A month or a day with its year tells the semester: August to December autumn, January to June spring; July tells nothing."""
    named = [(match.start(), int(match[2]), MONTHS[match[1]]) for match in _IN_MONTH.finditer(said)]
    found = sorted(named + [(match.start(), int(match[1]), int(match[2])) for match in _DAY.finditer(said)])
    rest = _DAY.sub(" ", _IN_MONTH.sub(" ", said))
    if not found or not 1 <= found[0][2] <= 12 or found[0][2] == 7:
        return rest, None
    return rest, Semester(found[0][1], Term.AUTUMN if found[0][2] > 7 else Term.SPRING)


def _taken_pair(said: str) -> tuple[str, int | None]:
    """«2025/2026», «2025/26» and «25-26» are a study year; «2015-2022» is not."""
    for pair in _PAIR.finditer(said):
        first, last = _year(pair[1]), _year(pair[2])
        if first and last == first + 1:
            return said[: pair.start()] + " " + said[pair.end() :], first
    return said, None


def _year(figures: str) -> int | None:
    year = int(figures) if len(figures) == 4 else 2000 + int(figures)
    return year if year in YEARS else None


def _taken_full(said: str) -> tuple[tuple[Semester, ...], list[str], str]:
    found = [(match, _semester(match)) for match in _FULL.finditer(said)]
    found = [(match, semester) for match, semester in found if semester]
    joints = [said[one.end() : other.start()].strip() for (one, _s), (other, _t) in zip(found, found[1:], strict=False)]
    return tuple(semester for _match, semester in found), joints, _FULL.sub(" ", said)


def _semester(match: re.Match) -> Semester | None:
    word = next(match[f"w{n}"] for n in range(1, 7) if match[f"w{n}"])
    year = _year(next(match[f"y{n}"] for n in range(1, 7) if match[f"y{n}"]))
    return Semester(year, _term(word)) if year else None


def _term(word: str) -> Term:
    return Term.AUTUMN if word[0] in "hafč" else Term.SPRING


def _lone(said: str) -> tuple[tuple[Term, ...], list[str]]:
    found = list(_LONE.finditer(said))
    joints = [said[one.end() : other.start()].strip() for one, other in zip(found, found[1:], strict=False)]
    return tuple(_term(match["term"]) for match in found), joints
