"""What a round's money comes to, from its rates alone."""

from decimal import Decimal

from enrolment.rounds.values import Split

WORK_YEAR = Decimal(60)  # credits (strategy: «60 studiepoeng, tilsvarer et arbeidsår»)
STIPEND_FOR = Decimal(30)  # credits that a stipend's rate is told for


def release(credits: Decimal, split: Split) -> Decimal:
    """The share of a full post that one is released from, as a number between nought and one: the part of the work year that the credits are,
    without what the teacher bears as own time. 30 credits at 50/25/25 are 0.375."""
    return credits / WORK_YEAR * (100 - split.own) / 100


def cost(credits: Decimal, split: Split, work_year_oere: int) -> tuple[int, int, int]:
    """What the state, the owner and the teacher's own time bear for so many credits, in whole øre; together the whole, to the øre.

    A stipend is the state's alone, and its own time is the whole of the work.
    """
    whole = int(credits * work_year_oere / WORK_YEAR)
    if split.stipend_oere:
        return int(credits * split.stipend_oere / STIPEND_FOR), 0, whole
    state, owner = whole * split.state // 100, whole * split.owner // 100
    return state, owner, whole - state - owner
