"""The rule sets that one chooses from: data with validity and source, and the number of grants where a step shares them out."""

import copy
import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from enrolment.allocation.rules import Grant

FILE = Path(__file__).parent.parent / "allocation" / "rule_sets.json"


@cache
def _every() -> tuple[Mapping[str, Any], ...]:
    return tuple(json.loads(FILE.read_text()))


def holding(on: date) -> list[Mapping[str, Any]]:
    """Those that hold on a day, in their order."""
    return [one for one in _every() if date.fromisoformat(one["valid_from"]) <= on and on <= date.fromisoformat(one.get("valid_to", "9999-12-31"))]


def chosen(code: str, grants: int | None) -> dict[str, Any] | None:
    """A rule set by its code, its shared steps with so many grants; none where there is no such."""
    found = next((one for one in _every() if one["code"] == code), None)
    if found is None:
        return None
    rules = copy.deepcopy(dict(found))
    for step in rules["steps"]:
        if step["grant"] == Grant.SHARE:
            step["grants"] = grants or 0
    return rules


def shares_out(rules: Mapping[str, Any]) -> bool:
    """Whether a step of it shares a number of grants between the owners."""
    return any(step["grant"] == Grant.SHARE for step in rules["steps"])
