"""The owner ranks, says what it will spend and which sharing it asks for, and locks the list; two people open it again."""

from collections.abc import Mapping
from datetime import datetime

from accounts import audit
from accounts import queries as account_queries
from accounts.acting import Actor
from accounts.models import Role
from catalog.values import Strand
from config.clock import day_of
from config.database import db
from config.errors import NotAllowed, NotFound, Refusal
from config.languages import _
from enrolment.applications import timeline
from enrolment.applications.values import Party, Track
from enrolment.board import gates, gathering, queries, rules, snapshots
from enrolment.board.models import ListLock, OwnerList
from enrolment.rounds import queries as round_queries
from enrolment.rounds.models import Cycle
from enrolment.rounds.values import Gate

TOLD_OF_THE_LIST = (Party.TEACHER, Party.HEAD, Party.OWNER, Party.UNION, Party.AUTHORITY)


class NotReadyToLock(Refusal):
    code = "not-ready-to-lock"


def rank(cycle: str, strand: Strand, typed: Mapping[str, int], reasons: Mapping[str, str], *, version: int, actor: Actor, at: datetime) -> OwnerList:
    """Gives cases (by identifier) other numbers, and says why they stand elsewhere than suggested.

    Raises NotFound for a round or a case that is not there, NotNow, ListLocked, StaleEdit, and rules.RankTwice.
    """
    found, known = _open_list(cycle, strand, actor, at)
    gates.require_same_list(known, version)
    cases = {str(case.uuid): case for case in queries.approved(known.owner_id, found.id, strand)}
    if unknown := (typed.keys() | reasons.keys()) - cases.keys():
        raise NotFound(_("%(number)s of the applications are no longer approved.", number=len(unknown)))
    for key, why in reasons.items():
        cases[key].rank_reason = why or None
    before = [key for key, case in cases.items() if case.rank is not None]
    moved = {key: number for key, number in typed.items() if cases[key].rank != number}
    _write(known, [cases[key].id for key in rules.reordered(before, moved)], actor, at)
    return known


def _open_list(cycle: str, strand: Strand, actor: Actor, at: datetime) -> tuple[Cycle, OwnerList]:
    """The list under its lock. Raises ListLocked, and NotNow outside the owner's days."""
    actor.require(Role.OWNER)
    found = round_queries.cycle(cycle, at)
    known = _list_under_lock(found, strand, actor)
    gates.require_unlocked(known)
    gates.require_deciding(found, known, at)
    return found, known


def _list_under_lock(cycle: Cycle, strand: Strand, actor: Actor) -> OwnerList:
    return queries.owner_list(actor.organisation_id, cycle.id, strand, for_update=True)


def _write(known: OwnerList, ids: list[int], actor: Actor, at: datetime) -> None:
    known.ranked_at = at
    audit.record("owner-list", known.uuid, "rank", by=actor, at=at, organisation_id=known.owner_id, facts={"cases": len(ids)})
    queries.write_order(ids)
    db.session.commit()


def rank_as_suggested(cycle: str, strand: Strand, *, whole: bool, version: int, actor: Actor, at: datetime) -> OwnerList:
    """Puts those without a number last, in the order the criteria suggest; with `whole` the list as a whole, and every reason for deviating goes."""
    found, known = _open_list(cycle, strand, actor, at)
    gates.require_same_list(known, version)
    board = gathering.board(actor.organisation_id, found, strand, on=day_of(at), at=at)
    ids = {row.key: row.case.id for row in board.approved}
    order = board.suggested if whole else [row.key for row in (*board.ranked, *board.unranked)]
    for row in board.approved if whole else ():
        row.case.rank_reason = None
    _write(known, [ids[key] for key in order], actor, at)
    return known


def set_budget(cycle: str, strand: Strand, *, budget: int | None, work_year: int | None, state_places: int | None, actor: Actor, at: datetime) -> OwnerList:
    """What the owner will spend itself, what a full post costs it (øre), and how many it expects the state to fund; none = not said."""
    actor.require(Role.OWNER)
    found = round_queries.cycle(cycle, at)
    known = _list_under_lock(found, strand, actor)
    gates.require_unlocked(known)
    known.budget_oere, known.work_year_oere, known.state_places, known.budget_at = budget, work_year, state_places, at
    audit.record("owner-list", known.uuid, "budget", by=actor, at=at, organisation_id=known.owner_id, facts={"oere": budget, "work_year": work_year, "places": state_places})
    db.session.commit()
    return known


def set_sharing(cycle: str, strand: Strand, *, words: str | None, how: str | None, actor: Actor, at: datetime) -> OwnerList:
    """The condition that whoever is approved from now on is asked to accept; whoever has been asked already keeps the words they were asked in."""
    actor.require(Role.OWNER)
    found = round_queries.cycle(cycle, at)
    known = _list_under_lock(found, strand, actor)
    gates.require_unlocked(known)
    known.sharing, known.sharing_how = words, how
    audit.record("owner-list", known.uuid, "sharing", by=actor, at=at, organisation_id=known.owner_id)
    db.session.commit()
    return known


def lock(cycle: str, strand: Strand, *, version: int, actor: Actor, at: datetime) -> ListLock:
    """Keeps the list for ever as it stands now, until the authority's last day. Raises NotReadyToLock while something is undecided, unranked or unexplained."""
    actor.require(Role.OWNER)
    found = round_queries.cycle(cycle, at)
    known = _list_under_lock(found, strand, actor)
    gates.require_unlocked(known)
    gates.require_day(found, strand, Gate.UNLOCK, at)
    gates.require_same_list(known, version)
    board = gathering.board(actor.organisation_id, found, strand, on=day_of(at), at=at)
    if gaps := gates.what_is_missing(board):
        raise NotReadyToLock(" ".join(gaps))
    queries.write_order([row.case.id for row in board.ranked])
    board = gathering.board(actor.organisation_id, found, strand, on=day_of(at), at=at)
    rows = snapshots.rows(board)
    made = ListLock(list_id=known.id, locked_at=at, locked_by_id=actor.person_id, rows=rows, digest=rules.digest(rows))
    db.session.add(made)
    for row in board.ranked:
        timeline.note(row.case, Track.EMPLOYER, "lock", by=actor, at=at, read_by=TOLD_OF_THE_LIST, rank=row.case.rank, of=len(board.ranked))
    db.session.flush()
    audit.record("owner-list", known.uuid, "lock", by=actor, at=at, organisation_id=known.owner_id, facts={"digest": made.digest, "cases": len(rows)})
    db.session.commit()
    return made


def ask_to_unlock(cycle: str, strand: Strand, *, why: str, actor: Actor, at: datetime) -> ListLock:
    """The first of two. Raises NotFound where nothing is locked, NotNow after the authority's last day."""
    held = _lock_under_lock(cycle, strand, actor, at)
    if held.unlock_asked_at is None:
        held.unlock_asked_at, held.unlock_asked_by_id, held.unlock_why = at, actor.person_id, why
        audit.record("owner-list", held.of.uuid, "ask to unlock", by=actor, at=at, organisation_id=held.of.owner_id, why=why)
        for person in account_queries.people_with(Role.OWNER, held.of.owner_id, day_of(at)):
            if person.id != actor.person_id:
                audit.tell(person.id, "unlock-asked", at=at, address=f"/owner/rounds/{cycle}/{strand}/ranking", name=actor.name, why=why)
    db.session.commit()
    return held


def _lock_under_lock(cycle: str, strand: Strand, actor: Actor, at: datetime) -> ListLock:
    actor.require(Role.OWNER)
    found = round_queries.cycle(cycle, at)
    held = _list_under_lock(found, strand, actor).lock
    if held is None:
        raise NotFound(_("The list is not locked."))
    gates.require_day(found, strand, Gate.UNLOCK, at)
    return held


def unlock(cycle: str, strand: Strand, *, actor: Actor, at: datetime) -> ListLock:
    """The second of two, somebody else than the first. The snapshot stays; the list can be changed again."""
    held = _lock_under_lock(cycle, strand, actor, at)
    if held.unlock_asked_at is None:
        raise Refusal(_("Somebody must first ask for it, and say why."))
    if held.unlock_asked_by_id == actor.person_id:
        raise NotAllowed(_("It takes two people: somebody else than you must open the list."))
    held.unlocked_at, held.unlocked_by_id = at, actor.person_id
    audit.record("owner-list", held.of.uuid, "unlock", by=actor, at=at, organisation_id=held.of.owner_id, why=held.unlock_why)
    db.session.commit()
    return held
