"""How a run is given, out of free text: «nettbasert med samlinger, deltid», «reint nettstudium»."""

import re
from dataclasses import dataclass

from catalog.importing.writing import plain
from catalog.values import Delivery

_NOT = r"(?:uten|utan|ingen|inga|ikke|ikkje|without|no|not)\s+(?:[a-zæøåé]+\s+)?"
_NETT = (
    r"nett(?!opp|verk|side|støtt)\w*|digital\w*|online|on-line|mooc\w*|web-?based|e-?læring|fjern(?:undervisning\w*|studi\w*)|distance"
    r"|zoom|teams|virtu\w*"
)
_MEETINGS = r"(?:fag|helge|todags|fellesfag)?samling(?!sfri)\w*|samlings-|gatherings?|workshops?|opphold|opphald"
_SITE = r"campus\w*|st[ea]dbasert\w*|stedlig\w*|stadleg\w*|on-site|face-to-face|oppmøte\w*|(?:fysisk|ordinær) undervisning"
_ONLINE_MEETINGS = re.compile(
    rf"\b(?:digitale?|nettbaserte?|online|virtuelle?|nett-)\s*(?:{_MEETINGS})|\bnettsamling\w*"
    rf"|\b(?:{_MEETINGS})\s+(?:er\s+)?(?:på nett\w*|på zoom|på teams|digitalt|online|over nett)\b"
)
_NEGATED = re.compile(rf"\b{_NOT}(?:{_NETT}|{_MEETINGS}|{_SITE})\b")
_ONLINE, _GATHERINGS, _CAMPUS = (re.compile(rf"\b(?:{words})") for words in (_NETT, _MEETINGS, _SITE))
_ONLY_ONLINE = re.compile(
    r"\b(?:re[ie]nt?|heilt?|helt|kun|berre|bare|fullt|purely|fully|entirely|only|100 ?%)\s+(?:nett\w*|digital\w*|online|på nett)"
)
_EITHER = re.compile(r"\b(?:eller|or)\b|\bvalgfritt?\b|\bvalfritt?\b|\bvalgfri\b|\bvalfri\b|\boptional\b")
_PART_TIME = re.compile(r"\bdeltids?\w*|\bpart[- ]time\b")
_FULL_TIME = re.compile(r"\bhei?ltid\w*|\bfull[- ]time\b")


@dataclass(frozen=True)
class Way:
    """How and at what pace, each None where it is not said."""

    delivery: Delivery | None = None
    part_time: bool | None = None


def understand_delivery(text: str) -> Way:
    """ONLINE for «reint nettstudium», BLENDED for «nettmøter og samlinger», GATHERINGS for «samlingsbasert»; «deltid» is only a pace."""
    said = plain(text)
    return Way(_delivery(said), _part_time(said))


def _delivery(said: str) -> Delivery | None:
    said = _ONLINE_MEETINGS.sub(" online ", _NEGATED.sub(" ", said))
    online, gatherings, campus = (bool(words.search(said)) for words in (_ONLINE, _GATHERINGS, _CAMPUS))
    if online and (gatherings or campus):
        return None if _EITHER.search(said) or _ONLY_ONLINE.search(said) and not gatherings else Delivery.BLENDED
    if _EITHER.search(said) and gatherings and campus:
        return None
    return Delivery.ONLINE if online else Delivery.GATHERINGS if gatherings else Delivery.CAMPUS if campus else None


def _part_time(said: str) -> bool | None:
    part, full = bool(_PART_TIME.search(said)), bool(_FULL_TIME.search(said))
    return part if part != full else None
