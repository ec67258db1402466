"""The parts of a module: what it contains, what one needs before, what it shares with others."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from catalog.offers.models import BonusPoint, ContentTag, Module, OverlapSet, Prerequisite
from catalog.offers.words import credits as written_credits
from catalog.offers.words import listed
from catalog.publishing import queries, rules
from catalog.publishing.content import content
from catalog.publishing.values import Before, Bonus, Contained, Shared
from config.database import db
from config.errors import BadInput
from config.languages import _

Errors = dict[str, list[str]]


def write_tags(module: Module, values: dict[str, Any]) -> None:
    """What the module contains; a kind that is there already keeps its row. Raises BadInput for more credits than the module has."""
    lines: Sequence[Contained] = values["tags"]
    most = module.credits
    _refuse({f"credits-{line.tag}": [_too_many(most)] for line in lines if most is not None and line.credits and line.credits > most})
    rows = {row.tag: row for row in module.tags}
    module.tags = [rows.get(line.tag) or ContentTag(tag=line.tag) for line in lines]
    for row, line in zip(module.tags, lines, strict=True):
        row.sentence, row.address, row.credits = line.sentence, line.address, line.credits


def _too_many(most: Decimal) -> str:
    return _("The whole module has %(credits)s, so this part of it cannot have more.", credits=written_credits(most))


def write_bonus(module: Module, values: dict[str, Any]) -> None:
    """What gives an applicant bonus points. Raises BadInput where the same is named twice."""
    lines: Sequence[Bonus] = values["bonus"]
    if lines == content(module, "bonus")["bonus"]:
        return
    reasons = [line.reason.casefold() for line in lines]
    _refuse({f"reason-{line.row}": [_("This is named twice.")] for place, line in enumerate(lines) if reasons[place] in reasons[:place]})
    module.bonus_points = [BonusPoint(reason=line.reason, points=line.points) for line in lines]


def write_prerequisites(module: Module, values: dict[str, Any]) -> None:
    """What one needs before the module. Raises BadInput for a module or subject that is not found, the module itself, and a circle."""
    lines: Sequence[Before] = values["prerequisites"]
    if lines == content(module, "prerequisites")["prerequisites"]:
        return
    named = queries.modules_known_as(module.institution_id, [line.module for line in lines if line.module])
    subjects = {line.subject: queries.subject(line.subject) for line in lines if line.subject}
    _refuse(_all_unknown(lines, named, subjects) or _twice(lines, named) or _circles(module, lines, named) or _unseen(module, lines, named))
    module.prerequisites = [_prerequisite(line, named, subjects) for line in lines]


def _prerequisite(line: Before, named: dict[str, Module], subjects: dict[str, Any]) -> Prerequisite:
    before = named[line.module] if line.module else None
    return Prerequisite(required=line.required, required_module=before, subject=subjects.get(line.subject), credits=line.credits)


def _all_unknown(lines: Sequence[Before], named: dict[str, Module], subjects: dict[str, Any]) -> Errors:
    return {field: sentences for line in lines for field, sentences in _unknown(line, named, subjects).items()}


def _unknown(line: Before, named: dict[str, Module], subjects: dict[str, Any]) -> Errors:
    if line.module and line.module not in named:
        return {f"module-{line.row}": [_("No module has the code %(code)s.", code=line.module)]}
    if line.subject and subjects[line.subject] is None:
        return {f"subject-{line.row}": [_("Choose from the list.")]}
    return {}


def _twice(lines: Sequence[Before], named: dict[str, Module]) -> Errors:
    seen: set = set()
    for line in lines:
        what = named[line.module].id if line.module else line.subject
        if what in seen:
            return {f"{'module' if line.module else 'subject'}-{line.row}": [_("This is named twice.")]}
        seen.add(what)
    return {}


def _circles(module: Module, lines: Sequence[Before], named: dict[str, Module]) -> Errors:
    """A module that, over others, asks for itself; the sentence names the way round."""
    asks = queries.asked_before(before.id for before in named.values())
    errors: Errors = {}
    for line in lines:
        way = rules.chain_back(module.id, [named[line.module].id], asks) if line.module else []
        if way:
            errors[f"module-{line.row}"] = [_circle(way)]
    return errors


def _circle(way: Sequence[int]) -> str:
    if len(way) == 2:
        return _("A module cannot ask for itself.")
    names = queries.names_of(way)
    return _("This goes in a circle: %(way)s.", way=" → ".join(names[one] for one in way))


def _unseen(module: Module, lines: Sequence[Before], named: dict[str, Module]) -> Errors:
    """What teachers can see may not begin to require what they cannot."""
    if not module.visible:
        return {}
    known = {row.required_module for row in module.prerequisites if row.required}
    asked = {line.row: named[line.module] for line in lines if line.module and line.required}
    return {f"module-{row}": [_not_published(one)] for row, one in asked.items() if not one.visible and one not in known}


def _not_published(module: Module) -> str:
    return _("Teachers cannot see %(name)s yet, so it cannot be required. Publish it first, or recommend it.", name=module.code or module.name)


def write_overlaps(module: Module, values: dict[str, Any]) -> None:
    """The sets of modules it shares content with. Raises BadInput for an unknown module, for more credits than such modules can share
    and for fewer than some of them share already."""
    lines: Sequence[Shared] = values["overlaps"]
    named = queries.modules_known_as(module.institution_id, [code for line in lines for code in line.modules])
    wrong = {field: sentences for line in lines for field, sentences in _wrong_overlap(module, line, named).items()}
    _refuse(wrong or _same_set(lines, named) or _less_than_parts(lines, named))
    rows = {row.uuid: row for row in module.overlaps}
    module.overlaps = [_overlap(rows.pop(line.uuid, None) or OverlapSet(), module, line, named) for line in lines]
    for gone in rows.values():
        db.session.delete(gone)


def _overlap(row: OverlapSet, module: Module, line: Shared, named: dict[str, Module]) -> OverlapSet:
    row.credits, row.source = line.credits, line.source
    row.modules = list(dict.fromkeys([module, *(named[code] for code in line.modules)]))  # MAT2 and mat2 are one
    return row


def _wrong_overlap(module: Module, line: Shared, named: dict[str, Module]) -> Errors:
    unknown = [code for code in line.modules if code not in named]
    if unknown:
        return {f"modules-{line.row}": [_("No module has the code %(code)s.", code=listed(unknown))]}
    others = [named[code] for code in line.modules]
    if module in others:
        return {f"modules-{line.row}": [_("Name only the other modules; this one is meant already.")]}
    return _too_large(line, [module, *others])


def _too_large(line: Shared, together: Sequence[Module]) -> Errors:
    credits = [one.credits for one in together]
    if not rules.shares_too_much(line.credits, credits):
        return {}
    if len(together) > 2:
        most = written_credits(rules.most_shared(credits))
        return {f"credits-{line.row}": [_("They cannot share more than all but the largest of them have together: %(credits)s.", credits=most)]}
    smallest = min((one for one in together if one.credits is not None), key=lambda one: one.credits)
    known = {"name": smallest.code or smallest.name, "credits": written_credits(smallest.credits)}
    return {f"credits-{line.row}": [_("They cannot share more than the smallest of them has: %(name)s has %(credits)s.", **known)]}


def _same_set(lines: Sequence[Shared], named: dict[str, Module]) -> Errors:
    seen: set[frozenset[int]] = set()
    for line in lines:
        together = frozenset(named[code].id for code in line.modules)
        if together in seen:
            return {f"modules-{line.row}": [_("This is named twice.")]}
        seen.add(together)
    return {}


def _less_than_parts(lines: Sequence[Shared], named: dict[str, Module]) -> Errors:
    """Who holds all modules of a set holds those of its parts too, so it shares at least what each of them does."""
    sets = {line: frozenset(named[code].id for code in line.modules) for line in lines}
    errors: Errors = {}
    for line, modules in sets.items():
        more = [part for part in lines if sets[part] < modules and part.credits > line.credits]
        if more:
            errors[f"credits-{line.row}"] = [_too_little(max(more, key=lambda part: part.credits))]
    return errors


def _too_little(part: Shared) -> str:
    known = {"modules": listed(part.modules), "credits": written_credits(part.credits)}
    return _("Whoever has all of these loses at least the %(credits)s shared with %(modules)s. State at least as much.", **known)


def _refuse(errors: Errors) -> None:
    if errors:
        raise BadInput(_("The module cannot be saved like this."), errors)
