"""A list as it stood: plain rows that can be kept, shown, sent as CSV and printed, whatever becomes of the cases."""

from typing import Any

from enrolment.board.gathering import Board, Row
from enrolment.staff.values import Gap

COLUMNS = (
    "rank", "case", "name", "school", "subject", "study", "credits", "credits_now", "credits_after", "teaches_without", "uncovered", "scheme", "state_oere", "owner_oere",
    "own_oere", "extra_oere", "decision", "refusal_reason", "refusal_words", "rank_reason",
)  # fmt: skip


def rows(board: Board) -> list[dict[str, Any]]:
    """The ranked ones in their order, then those refused or not answered."""
    rest = sorted((one for one in board.rows if one.case.rank is None), key=lambda one: one.key)
    return [_kept(one) for one in (*board.ranked, *rest)]


def _kept(row: Row) -> dict[str, Any]:
    case, money, stands = row.case, row.money, row.standing
    return {
        "rank": case.rank, "case": row.key, "name": case.person.name, "school": case.school.organisation.name if case.school else None,
        "subject": row.subject.code if row.subject else None, "study": row.title, "credits": _number(row.choice.credits) if row.choice else None,
        "credits_now": _number(stands.now) if stands else None, "credits_after": _number(stands.after) if stands else None,
        "teaches_without": stands.without if stands else None, "uncovered": _share(row.uncovered), "scheme": row.scheme.code if row.scheme else None, "state_oere": money.state if money else None,
        "owner_oere": money.owner if money else None, "own_oere": money.own if money else None, "extra_oere": sum(row.extras.values()),
        "decision": str(case.employer), "refusal_reason": case.refusal.code if case.refusal else None, "refusal_words": case.refusal_words, "rank_reason": case.rank_reason, "made_up": case.made_up,
    }  # fmt: skip


def _share(gap: Gap | None) -> list[int] | None:
    """How many of those who teach the subject at the school lack credits, and of how many it is known."""
    return [gap.without, gap.teachers - gap.unknown] if gap else None


def _number(credits) -> str | None:
    return None if credits is None else f"{credits.normalize():f}"
