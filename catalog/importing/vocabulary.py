"""The names that a file may use for what the registers know: institutions and subjects, in any language, short or long."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from catalog.importing.writing import plain

# What the field says besides the names of the register; each only where the register has the subject.
_SUBJECT_SYNONYMS = {
    "andresprak": "norsk som andrespråk, norwegian as a second language, andrespråk",
    "begynneropplaering": "begynnaropplæring, begynnerundervisning",
    "fremmedsprak": "framandspråk, tysk, fransk, spansk, german, french, spanish",
    "krle": "rle, kristendom, religion, livssyn og etikk, kristendom religion livssyn og etikk",
    "kunsthandverk": "kunst & håndverk, kunst & handverk",
    "leseopplaering": "lesing, reading, lese- og skriveopplæring",
    "pfdk": "profesjonsfaglig digital kompetanse (pfdk), professional digital competence",
    "radgivning": "rådgiving, rådgjeving, rådgivning og karriereveiledning, counselling",
    "regning": "regneopplæring, rekneopplæring, regning, rekning, numeracy",
    "rektor": "rektor, skoleledelse, skuleleiing, school leadership",
    "samisk": "nordsamisk, lulesamisk, sørsamisk, sami, sámi",
    "spesped": "spes.ped., spes.ped, spesped., special education, special needs",
    "tegnsprak": "tegnspråk, teiknspråk, sign language",
    "veiledning": "rettleiing, mentor, mentorutdanning, praksislærer, praksislærar",
    "yrkesfag": "vocational education, yrkesfagleg opplæring, yrkesfaglig opplæring",
}


Named = Iterable[tuple[str, Iterable[str | None]]]  # a short name or code, with its other names


@dataclass(frozen=True)
class Vocabulary:
    """Names, made plain, to the short name of the institution and the code of the subject."""

    institutions: Mapping[str, str] = field(default_factory=dict)
    subjects: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, institutions: "Named", subjects: "Named") -> "Vocabulary":
        """From pairs of a short name or code and all its other names; a name that two share stands for neither."""
        known = list(subjects)
        codes = {code for code, _names in known}
        more = [(code, names.split(", ")) for code, names in _SUBJECT_SYNONYMS.items() if code in codes]
        return cls(_names(institutions), {**_names(more), **_names(known)})

    def institution(self, text: str) -> str | None:
        """HVL for «HVL», «Høgskulen på Vestlandet», «Høgskulen på Vestlandet (HVL)», «0238», and «238», which a spreadsheet made of it."""
        said = plain(text)
        bracket = re.search(r"\(([^()]+)\)\s*$", said)
        guesses = [said, bracket[1] if bracket else "", said.split("(")[0].strip(), said.zfill(4) if said.isdecimal() else ""]
        return next((self.institutions[guess] for guess in guesses if guess in self.institutions), None)

    def subject(self, code: str, name: str) -> str | None:
        """The code, by code or by name; None where neither is known, or the two speak of different subjects."""
        found = {self.subjects[said] for said in (plain(code), plain(name)) if said in self.subjects}
        return found.pop() if len(found) == 1 else None


def _names(pairs: Named) -> dict[str, str]:
    known: dict[str, str] = {}
    shared = set()
    for own, names in pairs:
        for name in {plain(each) for each in (own, *names) if each}:
            if known.setdefault(name, own) != own and name != plain(own):
                shared.add(name)
    return {name: own for name, own in known.items() if name not in shared}
