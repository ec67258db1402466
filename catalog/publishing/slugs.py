"""Addresses: what a course or a module is called in them, in plain letters, and never the same twice within an institution."""

import re
import unicodedata

_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "đ": "d", "ŋ": "n", "ŧ": "t", "ß": "ss"})
LONGEST = 80


def slug_of(title: str) -> str:
    """«Matematikk 1 for 5.–10. trinn» as matematikk-1-for-5-10-trinn."""
    folded = unicodedata.normalize("NFKD", title.casefold().translate(_LETTERS))
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-")[:LONGEST].strip("-") or "untitled"


def slug_of_code(code: str) -> str:
    """A code as it stands in an address: the same letters, with hyphens where an address cannot hold a sign."""
    return re.sub(r"[^\w.-]+", "-", code).strip("-")


def free(wanted: str, taken: set[str]) -> str:
    """An address that nothing else has, whatever the letters' size: algebra, else algebra-2."""
    used = {slug.casefold() for slug in taken}
    if wanted.casefold() not in used:
        return wanted
    return next(slug for number in range(2, len(used) + 3) if (slug := f"{wanted}-{number}").casefold() not in used)
