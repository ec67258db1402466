"""Trying an allocation, approving it by two people, and setting the time at which it is made known."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.exc import IntegrityError

from accounts import audit
from accounts.acting import Actor
from accounts.models import Role
from catalog.values import Strand
from config.clock import day_of
from config.database import db
from config.errors import BadInput, Refusal
from config.languages import _
from enrolment.allocation import allocate
from enrolment.allocation.values import InputsWrong
from enrolment.awarding import gathering, queries, results, rulesets
from enrolment.awarding.lifecycle import RUN_LIFE, Run
from enrolment.awarding.models import AllocationRun, Approval
from enrolment.rounds import queries as rounds


class NothingToAllocate(Refusal):
    code = "nothing-to-allocate"


class InputsContradict(Refusal):
    code = "inputs-contradict"


class MadeKnownAlready(Refusal):
    code = "made-known-already"


class ApprovedAlready(Refusal):
    code = "approved-already"


def try_out(cycle: str, strand: Strand, *, rule_set: str, seed: str, grants: int | None, actor: Actor | None, at: datetime) -> AllocationRun:
    """A dry run on the rows as they stand now. Nobody is told. `actor` none: from the command line.

    Raises NotFound, BadInput for no such rule set, NothingToAllocate, InputsContradict, MadeKnownAlready.
    """
    if actor:
        actor.require(Role.AUTHORITY)
    round_ = rounds.cycle(cycle)
    if queries.out(round_.id, strand):
        raise MadeKnownAlready(_("The allocation of this round has been made known, and stands."))
    rules = rulesets.chosen(rule_set, grants)
    if rules is None:
        raise BadInput(_("Choose from the list."), {"rule_set": [_("Choose from the list.")]})
    made = _run(round_, strand, rules, seed, at)
    made.made_by_id = actor.person_id if actor else None
    db.session.add(made)
    db.session.flush()
    _remember(made, "try", actor, at)
    db.session.commit()
    return made


def _run(round_, strand: Strand, rules: dict, seed: str, at: datetime) -> AllocationRun:
    try:
        gathered = gathering.gather(round_, strand, day_of(at))
    except InputsWrong as wrong:
        raise InputsContradict(_("The rows contradict each other: %(what)s", what=" ".join(wrong.sentences[:5]))) from wrong
    if not gathered.inputs.applicants:
        raise NothingToAllocate(_("No application of this round is approved by its owner yet."))
    frozen = allocate.freeze(gathered.inputs, rules)
    result = allocate.replay(frozen.written, seed)
    kept, came = results.packed(frozen.written), results.packed(result)
    counts = results.counts(frozen.written, result) | {"unstated": gathered.unstated}
    return AllocationRun(
        uuid=uuid4(), cycle_id=round_.id, strand=strand, rule_set=rules["code"], seed=seed, on=day_of(at), frozen=kept, digest=frozen.digest, result=came,
        result_digest=results.digest(result), counts=counts, state=Run.DRY, made_at=at, made_up=round_.made_up,
    )  # fmt: skip


def replay(uuid: UUID) -> bool:
    """Whether the kept inputs give the kept bytes once more. Raises NotFound."""
    run = queries.run_by_uuid(uuid)
    return results.comes_out_the_same(run.frozen, run.seed, run.result)


def approve(uuid: UUID, *, actor: Actor, at: datetime) -> AllocationRun:
    """One of two approvals, by two people. Raises NotFound, ApprovedAlready, StepRefused, and Refusal for a run that breaks its promises."""
    actor.require(Role.AUTHORITY)
    run = queries.locked_run(uuid)
    if run.counts["breaches"] or run.counts["passed_over"]:
        raise Refusal(_("The check has found faults in this run, so it cannot be approved."))
    if any(one.person_id == actor.person_id for one in run.approvals):
        raise ApprovedAlready(_("You have approved this run. Somebody else must approve it too."))
    _take(run, "approve", actor, at)
    run.approvals.append(Approval(person_id=actor.person_id, at=at))
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        raise ApprovedAlready(_("You have approved this run. Somebody else must approve it too.")) from None
    return run


def take_back(uuid: UUID, *, actor: Actor, at: datetime) -> AllocationRun:
    """The approvals hold no longer, and the run is not made known. Raises NotFound, StepRefused once it is."""
    actor.require(Role.AUTHORITY)
    run = queries.locked_run(uuid)
    _take(run, "take back", actor, at)
    run.approvals, run.publish_at, run.halted = [], None, None
    db.session.commit()
    return run


def set_time(uuid: UUID, when: datetime, *, actor: Actor, at: datetime) -> AllocationRun:
    """When the approved run is made known; at once where the time is past. Raises NotFound, and Refusal unless two have approved it."""
    actor.require(Role.AUTHORITY)
    run = queries.locked_run(uuid)
    if run.state is not Run.APPROVED:
        raise Refusal(_("Two people must approve the run before it can be made known."))
    if queries.out(run.cycle_id, run.strand):
        raise MadeKnownAlready(_("The allocation of this round has been made known, and stands."))
    run.publish_at, run.halted = max(when, at), None
    _remember(run, "set time", actor, at, publish_at=run.publish_at.isoformat())
    db.session.commit()
    return run


def _take(run: AllocationRun, event: str, actor: Actor | None, at: datetime) -> None:
    before = run.state
    run.state = RUN_LIFE.after(run.state, event)
    _remember(run, event, actor, at, states=(before, run.state))


def _remember(run: AllocationRun, event: str, actor: Actor | None, at: datetime, states: tuple = (None, None), **facts) -> None:
    known = {"seed": run.seed, "rules": run.rule_set, "inputs": run.digest, **facts}
    audit.record("allocation", run.uuid, event, by=actor, at=at, organisation_id=actor.organisation_id if actor else None, from_state=states[0], to_state=states[1], facts=known)
