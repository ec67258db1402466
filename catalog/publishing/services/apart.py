"""Which modules cannot be taken in the same semester as one: a fact that its institution states, and that holds both ways."""

from collections.abc import Sequence
from typing import Any

from catalog.offers.models import Module, TermClash
from catalog.publishing import queries
from catalog.publishing.content import content
from catalog.publishing.values import Apart
from config.errors import BadInput
from config.languages import _

Errors = dict[str, list[str]]


def write_apart(module: Module, values: dict[str, Any]) -> None:
    """Raises BadInput for a module that is not found, is named twice, or is the module itself."""
    lines: Sequence[Apart] = values["apart"]
    if lines == content(module, "apart")["apart"]:
        return
    named = queries.modules_known_as(module.institution_id, [line.module for line in lines])
    if errors := _unknown(lines, named) or _itself(module, lines, named) or _twice(lines, named):
        raise BadInput(_("The module cannot be saved like this."), errors)
    rows = {row.other_id: row for row in module.apart}
    module.apart = [_row(rows.get(named[line.module].id), named[line.module], line) for line in lines]


def _row(row: TermClash | None, other: Module, line: Apart) -> TermClash:
    found = row or TermClash(other=other)
    found.source = line.source
    return found


def _unknown(lines: Sequence[Apart], named: dict[str, Module]) -> Errors:
    return {f"module-{line.row}": [_("No module has the code %(code)s.", code=line.module)] for line in lines if line.module not in named}


def _itself(module: Module, lines: Sequence[Apart], named: dict[str, Module]) -> Errors:
    return {f"module-{line.row}": [_("Name only the other modules; this one is meant already.")] for line in lines if named[line.module] is module}


def _twice(lines: Sequence[Apart], named: dict[str, Module]) -> Errors:
    keys = [named[line.module].id for line in lines]
    return {f"module-{line.row}": [_("This is named twice.")] for place, line in enumerate(lines) if keys[place] in keys[:place]}
