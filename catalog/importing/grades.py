"""Which grades an offer is for: «1-7», «5.–10. trinn», «vgs», «voksenopplæring», and school leaders."""

import re
from dataclasses import dataclass

from catalog.importing.writing import plain
from catalog.values import ADULTS, Grades

_STEP = r"(?:trinn\w*|års(?:trinn|steg)\w*|steg\w*|klass\w*|grades?|årskull)"
_RANGE = re.compile(rf"(?<![\d.,])(\d{{1,2}})\s*\.?\s*(?:-|til|to|t\.o\.m\.)\s*(\d{{1,2}})\s*\.?(?!\d|[.,]\d)(?:\s*{_STEP})?")
_ONE = re.compile(rf"(?<![\d.,-])(\d{{1,2}})\s*\.?\s*{_STEP}|\b{_STEP}\s*(\d{{1,2}})(?![\d.,-])")
_VG = re.compile(r"\bvg\s*([123])(?:\s*(?:-|til|to)\s*(?:vg\s*)?([123]))?\b")
_WORDS = (
    (range(1, 5), r"\bsmåtrinn\w*|\bsmåskole\w*|\bsmåskule\w*|\bsmåsteg\w*"),
    (range(5, 8), r"\bmellomtrinn\w*|\bmellomsteg\w*"),
    (range(1, 8), r"\bbarnetrinn\w*|\bbarnesteg\w*|\bbarnesk[ou]le\w*|\bbarne- og|\bprimary\b"),
    (range(8, 11), r"\bungdomstrinn\w*|\bungdomssteg\w*|\bungdomssk[ou]le\w*|\blower[- ]secondary"),
    (range(1, 11), r"\bgrunnsk[ou]le\w*"),
    (range(11, 14), r"\bvgs\b|\bvgo\b|\bvid[ea]reg[åa]ande (?:oppl|sk)\w*|\bvid[ea]regående (?:oppl|sk)\w*|\bupper[- ]secondary"),
    ((ADULTS,), r"\bv[oa]ksenoppl\w*|\bv[oa]ks[ne]e?\b|\bvaksne\b|\badult (?:education|learning)|\badults\b"),
)
_GRADE_WORDS = tuple((tuple(grades), re.compile(words)) for grades, words in _WORDS)
_UPPER_ALONE = re.compile(r"vid[ea]regående|vid[ea]regåande|alle vg|vg")
_LEADERS = re.compile(r"\bskolele(?:der|del)\w*|\bskulelei(?:ar|ing)\w*|\brektor\w*|\bschool leader\w*|\bprincipals?\b")
_USUAL = {(1, 4), (1, 7), (1, 10), (1, 13), (5, 7), (5, 10), (8, 10), (8, 13), (11, 13)}
_TITLE_RANGE = re.compile(r"(?:^|[(,|:-])\s*(\d{1,2})\.?\s*-\s*(\d{1,2})\.?\s*(?=$|[),|:(])")
_TWO = r"(\d{1,2})\s*\.?\s*(?:-|til|to)\s*(\d{1,2})"
_TITLE_STEP = re.compile(rf"(?<![\d.,]){_TWO}\s*\.?\s*{_STEP}|\b{_STEP}\s+{_TWO}(?![\d.,])")


@dataclass(frozen=True)
class Level:
    """The grades (none = not stated), and whether it is for school leaders."""

    grades: Grades = Grades()
    school_leaders: bool = False


def understand_level(text: str) -> Level:
    """What a level cell says: all the grades it names, added together."""
    said = plain(text)
    grades = {*_ranges(_RANGE, said), *_single(said), *_vg(said), *_named(said)}
    if _UPPER_ALONE.fullmatch(said):
        grades.update(range(11, 14))
    return Level(Grades.of(grades), bool(_LEADERS.search(said)))


def level_in_title(title: str) -> Level:
    """What a title says of the level: only where it says so plainly, «1.-7. trinn», «(5-10)», «for voksenopplæringen»."""
    said = plain(title)
    usual = [pair for pair in _TITLE_RANGE.findall(said) if (int(pair[0]), int(pair[1])) in _USUAL]
    grades = {*_spread(usual), *_ranges(_TITLE_STEP, said), *_vg(said), *_named(said)}
    return Level(Grades.of(grades), False)


def _ranges(pattern: re.Pattern, said: str) -> set[int]:
    return _spread([tuple(filter(None, found)) for found in pattern.findall(said)])


def _spread(pairs: list[tuple[str, ...]]) -> set[int]:
    """The grades of pairs that are within school and in order; the others say nothing."""
    ends = [(int(first), int(last)) for first, last in pairs]
    return {grade for first, last in ends if 1 <= first <= last <= 13 for grade in range(first, last + 1)}


def _single(said: str) -> set[int]:
    numbers = [int(before or after) for before, after in _ONE.findall(_RANGE.sub(" ", said))]
    return {number for number in numbers if 1 <= number <= 13}


def _vg(said: str) -> set[int]:
    return {10 + year for first, last in _VG.findall(said) for year in range(int(first), int(last or first) + 1)}


def _named(said: str) -> set[int]:
    return {grade for grades, words in _GRADE_WORDS if words.search(said) for grade in grades}
