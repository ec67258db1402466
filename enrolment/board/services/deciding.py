"""The owner approves, refuses and thinks again, one case or many at once; and notes what a study costs beside the release.

What is decided of one of those who apply together is decided of them all, or of none of them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from accounts import audit
from accounts.acting import Actor
from catalog.values import Strand
from config.clock import day_of
from config.database import db
from config.errors import BadInput, Refusal
from config.languages import _
from enrolment.applications import groups, timeline
from enrolment.applications.lifecycle import Employer
from enrolment.applications.models import Application
from enrolment.applications.values import Party, Track
from enrolment.board import gates, queries, rules
from enrolment.board.models import ExtraCost, OwnerList, SharingAnswer
from enrolment.board.values import ExtraKind
from enrolment.rounds import queries as round_queries
from enrolment.rounds.models import RefusalReason, Scheme

OUR_OWN = (Party.HEAD, Party.OWNER)  # what is between the employer's own people
DECIDED = (Employer.APPROVED, Employer.REFUSED)


@dataclass(frozen=True)
class Outcome:
    """What became of one of many: `why` is the sentence where it was not done."""

    case: Application
    why: str | None = None


def approve(case: UUID, *, version: int, scheme: str | None, actor: Actor, at: datetime) -> list[Application]:
    """Says yes with one of the schemes the teacher listed; to in-service training with none, as no money follows it. Gives the case, and those it is decided together with.

    Raises NotFound, NotNow, ListLocked, StaleEdit, BadInput and StepRefused.
    """
    found, known = _case_under_lock(case, actor, at)
    gates.require_fresh(found, version)
    decided = _with_fellows(found, actor, at)
    for one in decided:
        _approve(one, _listed(one, scheme), known, actor, at)
    db.session.commit()
    return decided


def _case_under_lock(uuid: UUID, actor: Actor, at: datetime) -> tuple[Application, OwnerList]:
    """The list's row first, so that a decision and the lock never pass each other, then the case as it stands under it."""
    found = queries.own_case(actor, uuid, at)
    known = queries.owner_list(found.owner_id, found.cycle_id, found.strand, for_update=True)
    db.session.refresh(found)
    gates.require_unlocked(known)
    return found, known


def _with_fellows(case: Application, actor: Actor, at: datetime) -> list[Application]:
    """The case, and those of its group that stand alike with the same owner: under the list's lock, as they stand now."""
    others = groups.fellows([case.uuid]).get(case.uuid, ())
    return _standing_alike(case, queries.own_cases(actor, others, at) if others else ())


def _standing_alike(case: Application, fellows: Iterable[Application]) -> list[Application]:
    return [case, *(one for one in fellows if rules.decided_alike(case.employer, one.employer))]


def _listed(case: Application, code: str | None) -> Scheme | None:
    if case.strand is Strand.IN_SERVICE:
        return None
    found = next((one.scheme for one in case.ranked_choices if one.scheme and one.scheme.code == code), None)
    if found is None:
        raise BadInput(_("Choose one of the schemes that the teacher has listed."), {"scheme": [_("Choose one of the schemes that the teacher has listed.")]})
    return found


def _approve(case: Application, scheme: Scheme | None, known: OwnerList, actor: Actor, at: datetime) -> None:
    gates.require_deciding(case.cycle, known, at, scheme.code if scheme else None)
    timeline.take(case, Track.EMPLOYER, "approve", by=actor, at=at, **({"scheme": scheme.code} if scheme else {}))
    case.scheme, case.refusal, case.refusal_words, case.decided_at = scheme, None, None, at
    answer = _ask_to_share(case, known, at)
    audit.tell(case.person_id, "case-approved", at=at, address=f"/me/conditions/{answer.uuid}" if answer else "/me/applications", owner=actor.organisation_name)


def _ask_to_share(case: Application, known: OwnerList, at: datetime) -> SharingAnswer | None:
    """Lays the owner's condition before the teacher, as it stands now; one that is laid already stands."""
    if not known.sharing:
        return None
    laid = queries.answers([case.id]).get(case.id)
    if laid is None:
        laid = SharingAnswer(uuid=uuid4(), application_id=case.id, words=known.sharing, how=known.sharing_how, asked_at=at)
        db.session.add(laid)
    return laid if laid and laid.accepted_at is None else None


def refuse(case: UUID, *, version: int, reason: str, words: str, actor: Actor, at: datetime) -> list[Application]:
    """Says no for one of the reasons, with words that the teacher reads. Gives and raises as `approve` does."""
    found, known = _case_under_lock(case, actor, at)
    gates.require_fresh(found, version)
    why, decided = _reason(reason, at), _with_fellows(found, actor, at)
    for one in decided:
        _refuse(one, why, words, known, actor, at)
    db.session.commit()
    return decided


def _reason(code: str, at: datetime) -> RefusalReason:
    found = next((one for one in round_queries.refusal_reasons(day_of(at)) if one.code == code), None)
    if found is None:
        raise BadInput(_("Choose one of the reasons."), {"reason": [_("Choose one of the reasons.")]})
    return found


def _refuse(case: Application, reason: RefusalReason, words: str, known: OwnerList, actor: Actor, at: datetime) -> None:
    gates.require_deciding(case.cycle, known, at)
    timeline.take(case, Track.EMPLOYER, "refuse", by=actor, at=at, why=words, reason=reason.code)
    case.refusal, case.refusal_words, case.scheme, case.decided_at = reason, words, None, at
    audit.tell(case.person_id, "case-refused", at=at, address="/me/applications", owner=actor.organisation_name, why=words)


def reconsider(case: UUID, *, version: int, why: str, actor: Actor, at: datetime) -> list[Application]:
    """Takes a decision back, for a reason; a rank is given up, and those below move up. Gives and raises as `approve` does."""
    found, known = _case_under_lock(case, actor, at)
    gates.require_fresh(found, version)
    gates.require_deciding(found.cycle, known, at)
    decided = _with_fellows(found, actor, at)
    for one in decided:
        _reconsider(one, why, actor, at)
    _close_ranks(found)
    db.session.commit()
    return decided


def _reconsider(case: Application, why: str, actor: Actor, at: datetime) -> None:
    timeline.take(case, Track.EMPLOYER, "reconsider", by=actor, at=at, why=why)
    case.scheme, case.refusal, case.refusal_words, case.decided_at = None, None, None, None
    case.rank, case.rank_reason = None, None
    _drop_condition(case)
    audit.tell(case.person_id, "case-reconsidered", at=at, address="/me/applications", owner=actor.organisation_name)


def _drop_condition(case: Application) -> None:
    """A condition that nobody has accepted goes with the decision it belonged to."""
    laid = queries.answers([case.id]).get(case.id)
    if laid is not None and laid.accepted_at is None:
        db.session.delete(laid)


def _close_ranks(case: Application) -> None:
    """Those that are still ranked, from one without a gap."""
    db.session.flush()
    queries.write_order([one.id for one in queries.approved(case.owner_id, case.cycle_id, case.strand) if one.rank is not None])


def approve_many(cases: Mapping[UUID, int], *, actor: Actor, at: datetime) -> list[Outcome]:
    """Approves each with the first scheme the teacher listed. What cannot be approved is left as it is, with the reason; the others are done."""
    return _each(cases, actor, at, lambda case, known: _approve(case, _first_scheme(case), known, actor, at))


def _first_scheme(case: Application) -> Scheme | None:
    found = next((one.scheme for one in case.ranked_choices if one.scheme), None)
    if found is None and case.strand is not Strand.IN_SERVICE:
        raise Refusal(_("The teacher has listed no scheme."))
    return found


def refuse_many(cases: Mapping[UUID, int], *, reason: str, words: str, actor: Actor, at: datetime) -> list[Outcome]:
    """Refuses each for the same reason in the same words."""
    chosen = _reason(reason, at)
    return _each(cases, actor, at, lambda case, known: _refuse(case, chosen, words, known, actor, at))


def _each(cases: Mapping[UUID, int], actor: Actor, at: datetime, act: Callable[[Application, OwnerList], None]) -> list[Outcome]:
    """Each by itself, or with those it is decided together with, all read at once; what is no longer there has no name to tell of it by, and is left out."""
    together = groups.fellows(cases)
    wanted = {*cases, *(fellow for fellows in together.values() for fellow in fellows)}
    lists = {key: queries.owner_list(*key, for_update=True) for key in queries.lists_of(actor, wanted)}
    found = {one.uuid: one for one in queries.own_cases(actor, wanted, at)}
    outcomes: dict[UUID, Outcome] = {}
    for one in found.values():
        if one.uuid in cases and one.uuid not in outcomes:
            tried = _standing_alike(one, (found[uuid] for uuid in together.get(one.uuid, ()) if uuid in found))
            outcomes |= _tried(tried, lists[one.owner_id, one.cycle_id, one.strand], cases, act)
    db.session.commit()
    return list(outcomes.values())


def _tried(tried: Sequence[Application], known: OwnerList, versions: Mapping[UUID, int], act: Callable[[Application, OwnerList], None]) -> dict[UUID, Outcome]:
    """All of them, or none. Only those that were ticked can be stale."""
    try:
        gates.require_unlocked(known)
        for case in tried:
            gates.require_fresh(case, versions.get(case.uuid, case.version))
        with db.session.begin_nested():
            for case in tried:
                act(case, known)
        return {case.uuid: Outcome(case) for case in tried}
    except Refusal as refusal:
        return {case.uuid: Outcome(case, _why(case, refusal)) for case in tried}


def _why(case: Application, refusal: Refusal) -> str:
    return _("It is decided already.") if case.employer in DECIDED and refusal.code == "step-refused" else refusal.sentence


def note_extras(case: UUID, amounts: Mapping[ExtraKind, int | None], *, actor: Actor, at: datetime) -> Application:
    """What the owner expects to pay for travel, lodging and materials, in whole øre; none takes a figure away. Raises NotFound, ListLocked."""
    found, _list = _case_under_lock(case, actor, at)
    known = {one.kind: one for one in queries.extras([found.id])[found.id]}
    for kind, oere in amounts.items():
        _note(found, kind, oere, known.get(kind), at)
    timeline.note(found, Track.MONEY, "note costs", by=actor, at=at, read_by=OUR_OWN, **{str(kind): oere for kind, oere in amounts.items()})
    db.session.commit()
    return found


def _note(case: Application, kind: ExtraKind, oere: int | None, known: ExtraCost | None, at: datetime) -> None:
    if known is None and oere is not None:
        db.session.add(ExtraCost(application_id=case.id, kind=kind, oere=oere, noted_on=day_of(at)))
    elif known is not None and oere is None:
        db.session.delete(known)
    elif known is not None and known.oere != oere:
        known.oere, known.noted_on = oere, day_of(at)


def outcomes_of(cases: Iterable[Outcome]) -> tuple[list[Outcome], list[Outcome]]:
    """Those that were done, and those that were not."""
    done = [one for one in cases if one.why is None]
    return done, [one for one in cases if one.why is not None]
