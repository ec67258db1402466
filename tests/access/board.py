"""A round's cases are seen and decided by their own owner, advised on by their own head, commented on by their own union, and answered by their own teacher."""

from datetime import date
from itertools import count
from uuid import uuid4

from sqlalchemy import select

from accounts.models import Organisation, Role
from catalog.values import Strand
from config.database import db
from enrolment.applications.lifecycle import Employer
from enrolment.board.models import Deputy, ListLock, OwnerList, OwnersTogether, SharingAnswer
from enrolment.rounds.models import Cycle, RefusalReason, Scheme
from enrolment.rounds.values import Step
from tests import factories
from tests.access.policy import Rule
from tests.factories import MONDAY, _kept

OWNERS, HEADS, UNION, TEACHERS = {Role.OWNER}, {Role.HEAD}, {Role.UNION}, {Role.TEACHER}
NUMBERS = count(1)
# With heads, owners and unions on the Monday of the tests.
DATES = {Step.OPENS: date(2026, 11, 1), Step.APPLY: date(2026, 11, 20), Step.HEAD: date(2026, 11, 25), Step.UNION: date(2026, 11, 26), Step.OWNER: date(2026, 11, 28), Step.UNLOCK: date(2026, 11, 30)}
REASON = {"source": "test", "valid_from": date(2012, 1, 1)}


def _round() -> Cycle:
    known = db.session.scalar(select(Cycle).filter_by(code="board"))
    if known is None:
        _kept(RefusalReason(code="no-money", position=1, name_nb="Ingen penger", **REASON))
        factories.scheme("board-scheme")
        known = factories.cycle("board", dates=DATES)
    return known


def _case(half, employer=Employer.WITH_OWNER, **facts):
    """A new teacher's case at the school of a half."""
    cycle = _round()
    scheme = db.session.scalar(select(Scheme).filter_by(code="board-scheme"))
    teacher = factories.teacher(half.school, name=f"Applicant {next(NUMBERS)}")
    return factories.application(teacher, cycle, [half.offering], scheme=scheme, employer=employer, **facts)


def _way(half, me) -> dict:
    return {"code": _round().code, "strand": "further"}


def _case_of(half, me) -> dict:
    return {"case": _case(half).uuid}


def _case_with_head(half, me) -> dict:
    return {"case": _case(half, Employer.WITH_HEAD).uuid}


def _approved(half, me) -> dict:
    return {"case": _case(half, Employer.APPROVED).uuid}


def _list(half) -> OwnerList:
    cycle = _round()
    known = db.session.scalar(select(OwnerList).filter_by(owner_id=half.owner.organisation_id, cycle_id=cycle.id))
    return known or _kept(OwnerList(owner_id=half.owner.organisation_id, cycle_id=cycle.id, strand=Strand.FURTHER))


def _lock(half, me) -> dict:
    made = ListLock(list_id=_list(half).id, locked_at=MONDAY, rows=[], digest="0", unlocked_at=MONDAY)
    return {"lock": _kept(made).uuid}


def _locked(half, me) -> dict:
    """The list of one's own is locked; somebody else has asked for it to be opened."""
    held = db.session.scalar(select(ListLock).filter_by(list_id=_list(half).id, unlocked_at=None)) or ListLock(list_id=_list(half).id, locked_at=MONDAY, rows=[], digest="0")
    held.unlock_asked_at, held.unlock_why = MONDAY, "A mistake."
    _kept(held)
    return {"code": "board", "strand": "further"}


def _deputy(half, me) -> dict:
    somebody = factories.member(half.owner.organisation_id, Role.OWNER, "Deputy")
    return {"deputy": _kept(Deputy(owner_id=half.owner.organisation_id, membership_id=somebody.memberships[0].id, given_at=MONDAY)).uuid}


def _third_owner(half) -> int:
    town = factories.municipality(f"{9000 + next(NUMBERS)}", "Elsewhere", half.county)
    return factories.owner(town).organisation_id


def _agreement(half, me) -> dict:
    """Asked by a third owner, so that neither half is the neighbour's."""
    return {"agreement": _kept(OwnersTogether(owner_id=_third_owner(half), other_id=half.owner.organisation_id, asked_at=MONDAY)).uuid}


def _agreed(half, me) -> dict:
    made = OwnersTogether(owner_id=_third_owner(half), other_id=half.owner.organisation_id, asked_at=MONDAY, accepted_at=MONDAY)
    return {"agreement": _kept(made).uuid} | _way(half, me)


def _answer(half, whose) -> dict:
    case = factories.application(whose, factories.cycle(f"c{next(NUMBERS)}", dates=DATES), employer=Employer.APPROVED)
    return {"answer": _kept(SharingAnswer(uuid=uuid4(), application_id=case.id, words="Share.", asked_at=MONDAY, accepted_at=MONDAY)).uuid}


def _own_answer(half, me) -> dict:
    return _answer(half, half.people[Role.TEACHER])


def _colleague(half, me) -> dict:
    return {"person": str(half.people[Role.HEAD].uuid), "first": "2026-11-23", "last": "2026-11-30"}


def _ticked(half, me) -> dict:
    return {"case": f"{_case(half).uuid}:1", "action": "approve"}


def _another(half, me) -> dict:
    return {"other": str(db.session.get(Organisation, _third_owner(half)).uuid)}


def _version(half, me) -> dict:
    return {"version": _list(half).version}



POLICY = {
    "board.rounds": Rule(OWNERS),
    "board.show": Rule(OWNERS, address=_way, whose=None),
    "board.show_case": Rule(OWNERS, address=_case_of),
    "board.approve": Rule(OWNERS, address=_case_of, form=lambda half, me: {"version": "1", "scheme": "board-scheme"}),
    "board.refuse": Rule(OWNERS, address=_case_of, form=lambda half, me: {"version": "1", "reason": "no-money", "words": "Not this year."}),
    "board.reconsider": Rule(OWNERS, address=_approved, form=lambda half, me: {"version": "1", "why": "A mistake."}),
    "board.note_extras": Rule(OWNERS, address=_case_of, form=lambda half, me: {"travel": "4000"}),
    "board.preview": Rule(OWNERS, address=_way, form=_ticked, whose=None, own=200),
    "board.decide_many": Rule(OWNERS, address=_way, form=_ticked, whose=None, own=200),
    "ranking.show": Rule(OWNERS, address=_way, whose=None),
    "ranking.rank": Rule(OWNERS, address=_way, form=_version, whose=None),
    "ranking.suggest": Rule(OWNERS, address=_way, form=_version, whose=None),
    "ranking.budget": Rule(OWNERS, address=_way, form=lambda half, me: {"budget": "250000"}, whose=None),
    "ranking.sharing": Rule(OWNERS, address=_way, whose=None),
    "ranking.set_sharing": Rule(OWNERS, address=_way, form=lambda half, me: {"words": "Share."}, whose=None),
    "ranking.lock": Rule(OWNERS, address=_way, form=_version, whose=None, own=(302, 409)),
    "ranking.ask_to_unlock": Rule(OWNERS, address=_locked, form=lambda half, me: {"why": "A mistake."}, whose=None, own=(302, 404)),
    "ranking.unlock": Rule(OWNERS, address=_locked, whose=None, own=(302, 404)),
    "ranking.show_lock": Rule(OWNERS | UNION, address=_lock),
    "ranking.csv": Rule(OWNERS | UNION, address=_lock),
    "ranking.pdf": Rule(OWNERS | UNION, address=_lock),
    "cooperation.deputies": Rule(OWNERS),
    "cooperation.give_deputy": Rule(OWNERS, form=_colleague),
    "cooperation.end_deputy": Rule(OWNERS, address=_deputy),
    "cooperation.together": Rule(OWNERS),
    "cooperation.ask_to_cooperate": Rule(OWNERS, form=_another),
    "cooperation.accept_to_cooperate": Rule(OWNERS, address=_agreement),
    "cooperation.end_cooperation": Rule(OWNERS, address=_agreement),
    "cooperation.others_list": Rule(OWNERS, address=_agreed),
    "cooperation.follow_ups": Rule(OWNERS),
    "cooperation.follow_up": Rule(OWNERS, address=_own_answer, form=lambda half, me: {"words": "Held a course."}),
    "cooperation.condition": Rule(TEACHERS, address=_own_answer),
    "cooperation.accept_condition": Rule(TEACHERS, address=_own_answer),
    "union.rounds": Rule(UNION),
    "union.show": Rule(UNION, address=_way, whose=None),
    "union.remark": Rule(UNION, address=_way, form=lambda half, me: {"words": "Well done."}, whose=None),
    "school.show": Rule(HEADS),
    "school.show_cover": Rule(HEADS),
    "school.show_case": Rule(HEADS, address=_case_with_head),
    "school.recommend": Rule(HEADS, address=_case_with_head, form=lambda half, me: {"version": "1", "answer": "yes"}),
}
