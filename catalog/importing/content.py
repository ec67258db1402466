"""What a module is said to contain: a column for each content tag, or one column that lists them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from catalog.importing import headers
from catalog.importing.amounts import understand_credits
from catalog.importing.writing import even, plain, says_nothing, short
from catalog.values import Tag
from config.errors import BadInput
from config.languages import _

_YES = {"ja", "yes", "x", "true", "sann", "1", "✓", "✔", "inngår", "inngår i emnet", "included", "med"}
_NO = {"nei", "no", "false", "usann", "0", "ikke", "ikkje", "inngår ikke", "inngår ikkje", "not included"}
_LEADING = re.compile(r"^(\d{1,3}(?:[.,]\d+)?\s*(?:stp|sp|studiepoeng|ects|credits))\b[.:;,\s-]*(.*)$", re.IGNORECASE | re.DOTALL)
_LISTED = re.compile(r"^(.*?)\s*(?:\(([^()]*)\)|:\s*(\d[^:]*))?$", re.DOTALL)


@dataclass(frozen=True)
class StatedTag:
    """A tag, the credits it covers (None: touched, amount not stated), and the sentence that supports it, if there is one."""

    tag: Tag
    credits: Decimal | None = None
    sentence: str = ""


def understand_tags(fields: Mapping[str, str]) -> tuple[StatedTag, ...]:
    """The tags of a row, each once; a column of its own says more than the list. Raises BadInput for 7.3 credits."""
    stated = {tag.tag: tag for tag in _listed(fields.get("content", ""))}
    for tag in Tag:
        if own := understand_tag(tag, fields.get(f"content:{tag}", "")):
            stated[tag] = own
    return tuple(stated[tag] for tag in Tag if tag in stated)


def understand_tag(tag: Tag, text: str) -> StatedTag | None:
    """One cell: «ja», «5 sp», «5 sp: …», or the sentence of the study plan itself."""
    said = plain(text)
    if says_nothing(text) or said in _NO:
        return None
    if said in _YES:
        return StatedTag(tag)
    if credits := understand_credits(text):
        return StatedTag(tag, credits)
    leading = _LEADING.match(even(text))
    if leading:
        return StatedTag(tag, understand_credits(leading[1]), leading[2])
    return StatedTag(tag, sentence=even(text))


def _listed(text: str) -> Iterator[StatedTag]:
    for item in re.split(r"[;,|\n]", text):
        name, *amounts = _LISTED.match(item.strip()).groups()
        field = headers.field_of(name) or ""
        if field.startswith("content:"):
            yield StatedTag(Tag(field.removeprefix("content:")), understand_credits(next(filter(None, amounts), "")))


def refuse_more_than_all(tags: tuple[StatedTag, ...], credits: Decimal | None) -> None:
    """Several tags may overlap, but one cannot cover more than the module has."""
    for tag in tags:
        if tag.credits and credits is not None and tag.credits > credits:
            raise BadInput(
                _("“%(tag)s” is said to cover %(part)s of %(whole)s credits.", tag=short(tag.tag), part=tag.credits, whole=credits)
            )
