"""What Stavanger kommune has done with the applications before it: some approved, ranked and refused, the union's remarks, and last year's locked list."""

from datetime import date, timedelta

from sqlalchemy import select

from accounts.acting import Actor
from accounts.models import Message, Person
from catalog.values import Strand
from config.clock import start_of
from config.database import db
from demo import rounds
from demo.dice import Seed
from demo.registers import Registers
from enrolment.applications import groups, timeline
from enrolment.applications.lifecycle import Employer
from enrolment.applications.models import Application
from enrolment.applications.values import Party, Track
from enrolment.board import gathering, rules, snapshots
from enrolment.board.models import ExtraCost, ListLock, ListRemark, OwnerList, OwnersTogether, SharingAnswer
from enrolment.board.values import ExtraKind
from enrolment.rounds.models import Cycle, RefusalReason

STAVANGER, TROMSO = "municipality:1103", "municipality:5501"
APPROVED, RANKED = 9, 7
BUDGET, LAST_BUDGET = 900_000, 1_000_000  # kroner
SHARING = "Deltar i kommunens nettverk i faget i ett år, og holder én økt for kollegene ved egen skole."
HOW = "Nettverket møtes første tirsdag i måneden, klokka 14 til 16. Rektor setter av tid på planleggingsdagen i januar."


def add(seed: Seed, registers: Registers, cycles: dict[str, Cycle], leads: dict[str, Person], owner: Actor, today: date) -> None:
    """Adds to the round that is with the owners, and to the one that is answered."""
    stavanger = registers.owners[STAVANGER]
    _decide(seed, _list(seed, stavanger, cycles[rounds.WITH_OWNERS], BUDGET, today), owner, leads["trond"], today)
    answered = _list(seed, stavanger, cycles[rounds.ANSWERED], LAST_BUDGET, today)
    _ask_to_share(seed, answered, today)
    _lock(seed, answered, owner, today)
    at = start_of(today - timedelta(days=90))
    db.session.add(OwnersTogether(uuid=seed.uuid("together"), owner_id=stavanger, other_id=registers.owners[TROMSO], asked_at=at, accepted_at=at + timedelta(days=3)))
    db.session.flush()


def _list(seed: Seed, owner_id: int, cycle: Cycle, kroner: int, today: date) -> OwnerList:
    made = OwnerList(
        uuid=seed.uuid("owner list", cycle.code), owner_id=owner_id, cycle=cycle, strand=Strand.FURTHER, budget_oere=kroner * 100, state_places=5,
        budget_at=start_of(today - timedelta(days=4)), sharing=SHARING, sharing_how=HOW,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    return made


def _cases(known: OwnerList, *states: Employer) -> list[Application]:
    found = select(Application).filter_by(owner_id=known.owner_id, cycle_id=known.cycle_id, strand=known.strand).where(Application.employer.in_(states))
    return list(db.session.scalars(found.order_by(Application.uuid)))


def _decide(seed: Seed, known: OwnerList, owner: Actor, union: Person, today: date) -> None:
    """The first nine are approved and all but two of them ranked, the tenth is refused; the rest wait, among them those who apply together."""
    at = start_of(today - timedelta(days=2)) + timedelta(hours=10)
    alone = [one for one in _cases(known, Employer.WITH_OWNER) if one.person.story is None]
    together = groups.fellows([one.uuid for one in alone])
    waiting = [one for one in alone if one.uuid not in together]
    for case in waiting[:APPROVED]:
        timeline.take(case, Track.EMPLOYER, "approve", by=owner, at=at, scheme=case.choices[0].scheme.code)
        case.scheme, case.decided_at = case.choices[0].scheme, at
    _refuse(waiting[APPROVED], owner, at)
    db.session.flush()
    _rank(known, today)
    db.session.add(ExtraCost(application_id=waiting[0].id, kind=ExtraKind.TRAVEL, oere=4_500_00, noted_on=at.date()))
    _remark(seed, known, union, waiting[1], "Læreren har bedt om dette i to år, og bør stå høyere.", at)
    _remark(seed, known, union, None, "Vi savner søkere fra de små skolene. Ellers er lista i tråd med kriteriene.", at)


def _refuse(case: Application, owner: Actor, at) -> None:
    case.refusal = db.session.scalar(select(RefusalReason).filter_by(code="other-teacher"))
    case.refusal_words, case.decided_at = "Andre ved skolen mangler mer i faget i år. Søk gjerne igjen neste år.", at
    timeline.take(case, Track.EMPLOYER, "refuse", by=owner, at=at, why=case.refusal_words, reason=case.refusal.code)


def _rank(known: OwnerList, today: date) -> None:
    """As the criteria suggest, but for the last, who was moved to the top with a reason."""
    board = _board(known, today)
    rows = {row.key: row.case for row in board.approved}
    order = board.suggested[:RANKED]
    for number, key in enumerate([order[-1], *order[:-1]], 1):
        rows[key].rank = number
    rows[order[-1]].rank_reason = "Skolen får egen musikklinje til høsten og trenger læreren der."
    db.session.flush()


def _board(known: OwnerList, today: date) -> gathering.Board:
    db.session.flush()
    return gathering.board(known.owner_id, known.cycle, known.strand, on=today, at=start_of(today))


def _remark(seed: Seed, known: OwnerList, union: Person, case: Application | None, words: str, at) -> None:
    db.session.add(
        ListRemark(
            uuid=seed.uuid("remark", words), owner_id=known.owner_id, cycle_id=known.cycle_id, strand=known.strand, application_id=case.id if case else None, person_id=union.id,
            at=at + timedelta(hours=2), words=words,
        )
    )  # fmt: skip
    if case:
        actor = Actor(union.id, union.uuid, union.name, union.memberships[0].role, known.owner_id)
        timeline.note(case, Track.EMPLOYER, "remark", by=actor, at=at + timedelta(hours=2), why=words, read_by=(Party.OWNER, Party.UNION))


def _ask_to_share(seed: Seed, known: OwnerList, today: date) -> None:
    """Everybody approved last year was asked; those of the made-up people to sign in as have not answered yet."""
    at = start_of(today - timedelta(days=68)) + timedelta(hours=12)
    for case in _cases(known, Employer.APPROVED):
        accepted = at + timedelta(days=1) if case.person.story is None else None
        one = SharingAnswer(uuid=seed.uuid("sharing", case.uuid), application_id=case.id, words=SHARING, how=HOW, asked_at=at, accepted_at=accepted)
        db.session.add(one)
        if accepted is None:
            facts = {"owner": "Stavanger kommune"}
            db.session.add(Message(uuid=seed.uuid("message", one.uuid), person_id=case.person_id, at=at, kind="case-approved", address=f"/me/conditions/{one.uuid}", facts=facts))


def _lock(seed: Seed, known: OwnerList, owner: Actor, today: date) -> None:
    rows = snapshots.rows(_board(known, today))
    at = start_of(today - timedelta(days=67)) + timedelta(hours=13)
    db.session.add(ListLock(uuid=seed.uuid("lock", known.cycle.code), list_id=known.id, locked_at=at, locked_by_id=owner.person_id, rows=rows, digest=rules.digest(rows)))
