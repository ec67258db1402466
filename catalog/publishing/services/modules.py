"""What an editor does with a module."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from accounts.acting import Actor
from catalog.joint.writing import write_joint
from catalog.offers.models import Module
from catalog.publishing import queries, signals, slugs
from catalog.publishing.content import Changes
from catalog.publishing.permissions import institution_of
from catalog.publishing.rules import credit_problems
from catalog.publishing.services.apart import write_apart
from catalog.publishing.services.editing import Edit, carry_out, note
from catalog.publishing.services.parts import write_bonus, write_overlaps, write_prerequisites, write_tags
from catalog.publishing.services.references import resolved
from catalog.publishing.words import sentences
from catalog.values import Strand
from config.clock import day_of
from config.database import db
from config.errors import BadInput, Refusal
from config.languages import _, ngettext


LEADS_ONLY = ("basics", "prerequisites", "overlaps", "apart", "joint")  # what says what the module is, and binds others


class OnlyTheLead(Refusal):
    """The institution takes part in the module, and another leads it."""

    code = "only-the-lead"


class RunsInTheWay(Refusal):
    """Somebody has a seat in a run of the module, or waits for one."""

    code = "runs-in-the-way"


def create_module(values: dict[str, Any], *, actor: Actor, at: datetime) -> Module:
    """A draft with the facts of the section «basics». Raises BadInput."""
    mine = institution_of(actor)
    queries.lock_institution(mine)
    module = begin_module(mine, values, actor=actor, at=at)
    db.session.commit()
    return module


def begin_module(institution_id: int, values: dict[str, Any], *, actor: Actor, at: datetime) -> Module:
    """The same, for a caller who holds the lock and commits."""
    module = Module(institution_id=institution_id, slug="", tags=[], bonus_points=[], apart=[], partners=[], prerequisites=[], overlaps=[], offerings=[])
    _write_basics(module, values)
    db.session.add(module)
    db.session.flush()
    note(module, "create", actor=actor, at=at)
    return module


def edit_module(uuid: UUID, edit: Edit, *, actor: Actor, at: datetime) -> Module:
    """Saves one section. Raises NotFound, OnlyTheLead, BadInput, StaleEdit and ConfirmFirst (editing.carry_out)."""
    mine = institution_of(actor)
    module = queries.hold_module(mine, uuid)
    if edit.section in LEADS_ONLY:
        refuse_partner(module, mine)
    changes = carry_out(module, edit, module_writer(edit.section), actor=actor, at=at)
    tell_of_changes(module, changes, actor=actor, at=at)
    db.session.commit()
    return module


def refuse_partner(module: Module, institution_id: int) -> None:
    if module.institution_id != institution_id:
        raise OnlyTheLead(_("%(institution)s leads this module, so only its editors can do this.", institution=module.institution.short_name))


def tell_of_changes(module: Module, changes: Changes, *, actor: Actor, at: datetime) -> None:
    """The news of a change of what teachers can see."""
    if changes and module.visible:
        db.session.flush()
        signals.module_changed.send(module, changes=changes, actor=actor, at=at)


def module_writer(section: str) -> Callable[[Module, dict[str, Any]], None]:
    """What writes a section of a module."""
    return _WRITERS.get(section, _write)


def _write(module: Module, values: dict[str, Any]) -> None:
    module.revise(**resolved(values, module.institution_id))


def _write_basics(module: Module, values: dict[str, Any]) -> None:
    facts = resolved(values, module.institution_id)
    course = facts["course"]
    facts["strand"] = course.strand if course else module.strand or Strand.FURTHER
    _judge(module, facts)
    if module.published_at is None:  # an address that teachers have seen stays
        taken = queries.slugs(Module, module.institution_id, other_than=module.id)
        facts["slug"] = slugs.free(slugs.slug_of_code(facts["code"]) if facts["code"] else slugs.slug_of(facts["title"]), taken)
    module.revise(**facts)


def _judge(module: Module, facts: dict[str, Any]) -> None:
    problems = credit_problems(
        credits=facts["credits"], in_service=facts["strand"] is Strand.IN_SERVICE,
        tags=[row.credits for row in module.tags], overlaps=[(row.credits, [one.credits for one in row.modules if one is not module]) for row in module.overlaps],
    )  # fmt: skip
    errors = sentences(problems)
    if not facts["title"] and not facts["code"]:
        errors["title"] = [_("Give the module a title or a code, so that you find it again.")]
    same = queries.module_with_code(module.institution_id, facts["code"], other_than=module.id) if facts["code"] else None
    if same:
        errors["code"] = [_("The module “%(title)s” has the code %(code)s already.", title=same.name, code=same.code)]
    if errors:
        raise BadInput(_("The module cannot be saved like this."), errors)


_WRITERS: Mapping[str, Callable[[Module, dict[str, Any]], None]] = {
    "basics": _write_basics,
    "bonus": write_bonus,
    "content": write_tags,
    "prerequisites": write_prerequisites,
    "overlaps": write_overlaps,
    "apart": write_apart,
    "joint": write_joint,
}


def publish_module(uuid: UUID, *, actor: Actor, at: datetime) -> Module:
    """Lets teachers see the module. Raises NotFound, OnlyTheLead, NotReadyToPublish and StepRefused."""
    mine = institution_of(actor)
    module = queries.hold_module(mine, uuid)
    refuse_partner(module, mine)
    was = module.state
    module.publish(at)
    note(module, "publish", actor=actor, at=at, was=was)
    db.session.commit()
    return module


def withdraw_module(uuid: UUID, *, actor: Actor, at: datetime) -> Module:
    """Takes the module and its runs out of teachers' sight. Raises NotFound, OnlyTheLead, StepRefused, and RunsInTheWay where a run has people."""
    mine = institution_of(actor)
    module = queries.hold_module(mine, uuid)
    refuse_partner(module, mine)
    queries.lock_runs(module)
    _refuse_leaving_people(module, at)
    was = module.state
    module.withdraw()
    note(module, "withdraw", actor=actor, at=at, was=was)
    db.session.commit()
    return module


def _refuse_leaving_people(module: Module, at: datetime) -> None:
    people = sum(run.people for run in module.runs_not_ended(day_of(at)))
    if people:
        raise RunsInTheWay(
            ngettext(
                "%(num)d person has a seat in a run of this module, or waits for one. Cancel the run first.",
                "%(num)d people have a seat in a run of this module, or wait for one. Cancel the runs first.",
                people,
            )
        )
