"""The strand of an offer and the language it is given in."""

import re

from catalog.importing.writing import plain
from catalog.values import Strand

_FURTHER_AND_IN_SERVICE = re.compile(r"etter-? ?(?:og|/|&) ?vid[ea]reutdanning|\bevu\b")
_STRANDS = (
    (
        Strand.PRINCIPAL,
        re.compile(r"\brektor(?:utdanning|program)|\bprincipal (?:education|training)|\b(?:skoleleder|skuleleiar)-?utdanning"),
    ),
    (Strand.IN_SERVICE, re.compile(r"\betterutdanning|\bin-?service|\buten studiepoeng|\butan studiepoeng|\bno credits|\bwithout credits")),
    (
        Strand.FURTHER,
        re.compile(r"\bvid[ea]reutdanning|\bfurther education|\b(?:mikro|enkelt)?emne\b|\bcourse\b|\b(?:års)?studium\b"),
    ),
)
_LANGUAGES = {
    "nb": ("nb", "bokmål", "nb-no", "norsk bokmål", "norwegian bokmål", "norsk (bokmål)"),
    "nn": ("nn", "nynorsk", "nn-no", "norsk nynorsk", "norwegian nynorsk", "norsk (nynorsk)"),
    "se": ("se", "sme", "nordsamisk", "northern sámi", "north sámi", "northern sami", "north sami", "davvisámegiella"),
    "sma": ("sma", "sørsamisk", "southern sámi", "south sámi", "southern sami"),
    "smj": ("smj", "lulesamisk", "julevsámegiella", "lule sámi", "lule sami"),
    "no": ("no", "norsk", "norwegian"),  # of either kind
    "en": ("en", "eng", "engelsk", "english", "en-gb", "en-us"),
    "nts": ("nts", "nsl", "norsk tegnspråk", "norsk teiknspråk", "norwegian sign language", "tegnspråk", "teiknspråk"),
}
_LANGUAGE_OF = {name: code for code, names in _LANGUAGES.items() for name in names}


def understand_strand(text: str) -> Strand | None:
    """The strand that an offering type names; None for «EVU» and «etter- og videreutdanning», which leave it open."""
    said = plain(text)
    if _FURTHER_AND_IN_SERVICE.search(said):
        return None
    return next((strand for strand, words in _STRANDS if words.search(said)), None)


def understand_language(text: str) -> str | None:
    """nb, nn, no (where it only says Norwegian), se, sma, smj, en or nts; None for two languages at once."""
    said = plain(text)
    bare = said.split("(")[0].strip()
    return _LANGUAGE_OF.get(said) or _LANGUAGE_OF.get(bare)
