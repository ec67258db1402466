"""Where a gathering is, as its text says it: the words before a colon, after «i», or in brackets; and whether it is online."""

import re

_WORD = r"[A-ZÆØÅÁČĐŊŠŦŽÄÖ][\w.'’&-]*"
_SMALL = r"(?:i|og|ved|på|and|at|in|of|the|de|/|&|-)"
_NAME = rf"{_WORD}(?:(?:\s+|\s*[,/]\s*)(?:{_SMALL}\s+)*{_WORD}){{0,6}}"
_PLACE = re.compile(rf"(?:(?:campus|studiested|studiestad|lokale|sted|stad)\s+)?{_NAME}|[Cc]ampus")
_ENDS_WITH_PLACE = re.compile(rf"(?:^|\s)(?:i|på|ved|in|at)\s+((?:campus\s+)?{_NAME})$")
_BEGINS_WITH_PLACE = re.compile(rf"^\s*(?:i|på|ved|in|at)\s+((?:campus\s+)?{_NAME})(?=\s*(?:$|[,;.()]|\d{{4}}|og\b|and\b))")
# Words that stand with a capital before a colon or a date and name no place.
_NO_PLACE_WORDS = r"""
    samling\w* dat(?:o|oer|oar|es?) høst\w* haust\w* vår\w* autumn spring eksamen\w* exam\w* oppstart\w* studiestart start slutt
    frist\w* innlevering\w* grupp\w* group\w* pulj\w* modul\w* emne\w* del part semester\w* uke\w* veke\w* week\w* først\w* fyrst\w*
    andre tredje siste kull\w* skriftl\w* munnt?l\w* webinar\w* forelesning\w* førelesing\w* undervisning\w* obligatorisk\w*
    fysisk\w* kveld\w* helg\w* kl ca dag dagar dager ein eitt ett to tre fire fem seks sju syv man\w*dag tirsdag\w* tysdag\w*
    onsdag\w* torsdag\w* fredag\w* lørdag\w* laurdag\w* søndag\w* monday tuesday wednesday thursday friday saturday sunday januar
    februar mars april mai juni juli august september oktober november desember january february march may june july october
    december gatherings? workshops? deadline timeplan\w* tid\w* sted stad place time merk nb obs se ingen inga fra frå den the tbc
    tba ikke ikkje ukjent
"""
_NO_PLACE = re.compile(rf"\b(?:{'|'.join(_NO_PLACE_WORDS.split())})\b", re.IGNORECASE)
_ONLINE = re.compile(r"\b(?:digital\w*|nett\w*|zoom|teams|online|virtuel\w*|webinar\w*)\b", re.IGNORECASE)
_ONLINE_BESIDE = re.compile(r"\b(?:digitalt?|på nett|zoom|teams|online)(?: samling)?$", re.IGNORECASE)
_THERE = re.compile(r"\b(?:campus|fysisk\w*|oppmøte|on-site|in person)\b", re.IGNORECASE)
NOT_A_GATHERING = re.compile(r"eksamen|exam|innlever|frist|deadline|avlyst|cancel", re.IGNORECASE)


def as_place(words: str) -> str | None:
    """The words, if they are the name of a place and nothing else: «Bergen», «Campus Vestfold», «Manndalen i Kåfjord»."""
    words = " ".join(words.strip(" ,;.").split())
    if len(words) > 120 or _NO_PLACE.search(words) or _ONLINE.search(words):
        return None
    return words if _PLACE.fullmatch(words) and words.casefold() != "campus" else None


def says_online(words: str) -> bool | None:
    """True for «digital» and «Zoom», False for «campus»; None where nothing or both are said."""
    online, there = bool(_ONLINE.search(words)), bool(_THERE.search(words))
    return online if online != there else None


def online_before(words: str) -> bool:
    """Whether what stands right before a date says that it is online; «nettbasert med samlinger» does not."""
    return bool(_ONLINE_BESIDE.search(words.strip(" ,;:.(")))


def place_before(words: str) -> str | None:
    """The place in what stands right before a date: the whole of it, or what follows «i», «på» or «ved»."""
    words = words.strip(" ,;:.(")
    if place := as_place(words):
        return place
    found = _ENDS_WITH_PLACE.search(words)
    return as_place(found[1]) if found else None


def place_after(words: str) -> str | None:
    """The place in what stands right after a date: «i Bergen»."""
    found = _BEGINS_WITH_PLACE.match(words)
    return as_place(found[1]) if found else None
