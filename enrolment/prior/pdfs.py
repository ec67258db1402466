"""What may be kept as evidence: a PDF that shows something and does nothing."""

from io import BytesIO
from typing import Any

from config.errors import BadInput
from config.languages import _

MOST_BYTES = 10 * 1024 * 1024
MOST_OBJECTS = 50_000  # a scanned diploma has a few hundred
DOES_SOMETHING = {"/JavaScript", "/JS", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/RichMedia", "/XFA", "/SubmitForm", "/ImportData"}


def check(content: bytes, name: str) -> None:
    """Raises BadInput, naming the file, where it is too large, no PDF, locked, damaged, or holds a program or other files."""
    if not content:
        raise BadInput(_("“%(name)s” is empty.", name=name))
    if len(content) > MOST_BYTES:
        raise BadInput(_("“%(name)s” is %(size)d MB; %(most)d MB is the most.", name=name, size=-(-len(content) >> 20), most=MOST_BYTES >> 20))
    if not content.startswith(b"%PDF-"):
        raise BadInput(_("“%(name)s” is no PDF, whatever it is called. Scan or print the diploma as PDF.", name=name))
    if what := _what_it_does(content, name):
        raise BadInput(_("“%(name)s” holds a program or other files (%(what)s), and is not kept. Print it as a new PDF.", name=name, what=what))


def _what_it_does(content: bytes, name: str) -> str:
    """What of a document that acts is in it; nothing in one that only shows. Names are compared as they are read, however they were written."""
    from pypdf import PdfReader

    try:
        reader = PdfReader(BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise BadInput(_("“%(name)s” is locked with a password, so nobody could read it. Save it without one.", name=name))
        if not len(reader.pages):
            raise ValueError
        return next((found for one in _objects(reader) if (found := _acting(one))), "")
    except BadInput:
        raise
    except Exception:  # a damaged file breaks its reader in many ways
        raise BadInput(_("“%(name)s” is damaged and cannot be read as a PDF.", name=name)) from None


def _objects(reader) -> list[Any]:
    numbers = {(number, generation) for generation, those in reader.xref.items() for number in those} | {(number, 0) for number in reader.xref_objStm}
    if len(numbers) > MOST_OBJECTS:
        raise ValueError
    from pypdf.generic import IndirectObject

    return [reader.trailer, *(IndirectObject(number, generation, reader).get_object() for number, generation in sorted(numbers) if number)]


def _acting(one: Any, depth: int = 0) -> str:
    """The name of something that acts, in an object and what lies directly in it."""
    if depth > 20:
        raise ValueError
    if isinstance(one, dict):
        named = DOES_SOMETHING & ({str(key) for key in one} | {str(one.raw_get(key)) for key in ("/S", "/Type", "/Subtype") if key in one})
        inside = (one.raw_get(key) for key in one)
        return min(named, default="") or next((found for part in inside if (found := _acting(part, depth + 1))), "")
    if isinstance(one, list):
        return next((found for part in list.__iter__(one) if (found := _acting(part, depth + 1))), "")
    return ""
