"""What an owner has done in the demonstration: a list under work in one round, and a locked one in the other."""

import pytest
from sqlalchemy import select

from config.clock import now, today
from demo import rounds
from enrolment.applications.lifecycle import Employer
from enrolment.board import gathering, rules
from enrolment.board.models import ListLock, OwnerList, SharingAnswer
from enrolment.rounds.models import Cycle

pytestmark = pytest.mark.usefixtures("demonstration")


def board(db, code: str) -> gathering.Board:
    known = db.session.scalar(select(OwnerList).join(OwnerList.cycle).where(Cycle.code == code))
    return gathering.board(known.owner_id, known.cycle, known.strand, on=today(), at=now())


def test_a_list_is_under_work_with_a_reason_a_budget_and_remarks(db):
    shown = board(db, rounds.WITH_OWNERS)

    assert ([row.case.rank for row in shown.ranked], len(shown.unranked)) == (list(range(1, 8)), 2)
    assert (shown.unexplained, shown.list.lock) == ([], None)
    assert shown.cuts.state == 5
    assert (len(shown.remarks), sum(len(row.remarks) for row in shown.rows)) == (1, 1)


def test_those_who_apply_together_wait_for_one_decision(db):
    together = [row for row in board(db, rounds.WITH_OWNERS).rows if row.together]

    assert [(len(row.together), row.case.employer) for row in together] == [(1, Employer.WITH_OWNER)] * 2


def test_last_years_list_is_locked_with_a_digest_that_fits(db):
    kept = db.session.scalar(select(ListLock))

    assert kept.digest == rules.digest(kept.rows)
    assert [row["rank"] for row in kept.rows if row["rank"]] == list(range(1, 8))


def test_whoever_was_approved_was_asked_to_share(db):
    asked = db.session.scalars(select(SharingAnswer)).all()

    assert len(asked) == len(board(db, rounds.ANSWERED).approved)
    assert {answer.accepted_at is None for answer in asked} == {True, False}
