"""Writing who owns a module together: a section of the module's, edited by its lead."""

from collections.abc import Sequence
from typing import Any

from catalog.institutions.models import Institution
from catalog.joint import queries
from catalog.joint.lifecycle import Part
from catalog.offers.models import Module, Partner
from catalog.publishing.values import Owner
from config.errors import BadInput
from config.languages import _

Errors = dict[str, list[str]]


def write_joint(module: Module, values: dict[str, Any]) -> None:
    """An institution that is named already keeps its part; one that is new is asked. The lead takes part without being asked.

    Raises BadInput for an institution that is not found or named twice, shares that only some state, and a place that rotates among fewer than two.
    """
    lines: Sequence[Owner] = values["partners"]
    found = queries.by_code({line.institution for line in lines})
    _refuse(_unknown(lines, found) or _twice(lines) or _alone(module, lines) or _shares(lines) or _turns(lines, values["rotates_from"]))
    rows = {row.institution_id: row for row in module.partners}
    module.partners = [_part(rows.get(found[line.institution].organisation_id), module, found[line.institution], line, turn) for turn, line in enumerate(lines)]
    module.revise(rotates_from=values["rotates_from"])


def _part(row: Partner | None, module: Module, institution: Institution, line: Owner, turn: int) -> Partner:
    leads = institution.organisation_id == module.institution_id
    part = row or Partner(institution=institution, state=Part.ACCEPTED if leads else Part.ASKED)
    part.share, part.place, part.turn = line.share, line.place, turn
    return part


def _unknown(lines: Sequence[Owner], found: dict[str, Institution]) -> Errors:
    return {f"institution-{line.row}": [_("Choose from the list.")] for line in lines if line.institution not in found}


def _twice(lines: Sequence[Owner]) -> Errors:
    named = [line.institution for line in lines]
    return {f"institution-{line.row}": [_("This is named twice.")] for place, line in enumerate(lines) if line.institution in named[:place]}


def _alone(module: Module, lines: Sequence[Owner]) -> Errors:
    """Several institutions, and the one that leads among them."""
    if not lines or (len(lines) > 1 and module.institution.code in {line.institution for line in lines}):
        return {}
    return {f"institution-{lines[0].row}": [_("Name your own institution and at least one other, or nobody where you give it alone.")]}


def _shares(lines: Sequence[Owner]) -> Errors:
    stated = [line for line in lines if line.share is not None]
    if stated and not any(line.share for line in stated):
        return {f"share-{stated[0].row}": [_("Somebody must have a share of the seats.")]}
    return {f"share-{line.row}": [_("State the share of each, nought included, or of nobody.")] for line in lines if stated and line.share is None}


def _turns(lines: Sequence[Owner], first: Any) -> Errors:
    if first is None or len([line for line in lines if line.place]) > 1:
        return {}
    return {"rotates_from": [_("A place that rotates needs two institutions with a place.")]}


def _refuse(errors: Errors) -> None:
    if errors:
        raise BadInput(_("The module cannot be saved like this."), errors)
