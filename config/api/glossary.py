"""What the names in the API mean, said once: a description and an example for each, wherever the name stands.

A name that means something else in one schema is written with it, as `Claim.state`. Descriptions are English; the pages of the
documentation translate them (translations/*/api.po).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import fields

_MEANINGS: dict[str, "Meaning"] = {}
_NUMBERS: dict[type[fields.Field], dict[str, Any]] = {}


@dataclass(frozen=True)
class Meaning:
    """What a field says, in a sentence, and what it may look like."""

    sentence: str
    example: Any = None


def explain(meanings: Mapping[str, tuple[str, Any]]) -> None:
    """Adds names. Raises ValueError for one that another package has given a different meaning."""
    for name, meaning in meanings.items():
        if _MEANINGS.setdefault(name, Meaning(*meaning)) != Meaning(*meaning):
            raise ValueError(f"“{name}” means something else already.")


def meaning_of(field: fields.Field) -> Meaning | None:
    name, kinds = getattr(field, "name", None), type(getattr(field, "parent", None)).__mro__
    special = (_MEANINGS[f"{kind.__name__}.{name}"] for kind in kinds if f"{kind.__name__}.{name}" in _MEANINGS)
    return next(special, None) or _MEANINGS.get(name)


def meaning(name: str) -> Meaning | None:
    return _MEANINGS.get(name)


def sentences() -> set[str]:
    return {one.sentence for one in _MEANINGS.values()}


def number(kind: type[fields.Field], **limits: Any) -> None:
    """Says that a kind of field is a JSON number, though it is read from text in forms; `limits` are words of JSON Schema."""
    _NUMBERS[kind] = {"type": "number"} | limits


def as_number(field: fields.Field) -> dict[str, Any] | None:
    return next((limits for kind, limits in _NUMBERS.items() if isinstance(field, kind)), None)
