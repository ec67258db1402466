"""The order of a round's days, and what its money comes to, from its dates and rates alone."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from itertools import pairwise

from enrolment.rounds.values import Split, Step

# The days follow one another in this order; two of them may fall on the same day only where nothing waits for the first to end.
ORDER = (Step.OPENS, Step.APPLY, Step.HEAD, Step.UNION, Step.OWNER, Step.UNLOCK, Step.ANSWER, Step.REPLY, Step.ADMISSION, Step.AUTUMN, Step.SPRING)
MAY_MEET = {(Step.OWNER, Step.UNLOCK), (Step.REPLY, Step.ADMISSION), (Step.UNION, Step.OWNER), (Step.HEAD, Step.UNION)}

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


def out_of_order(days: Mapping[Step, date]) -> list[tuple[Step, Step]]:
    """Neighbouring steps whose days do not follow one another: (the earlier, the later)."""
    known = [step for step in ORDER if step in days]
    return [(one, other) for one, other in pairwise(known) if not (days[one] < days[other] or (days[one] == days[other] and (one, other) in MAY_MEET))]


def a_year_on(day: date, years: int = 1) -> date:
    """The same day of the month so many years later; 29 February becomes 28 February where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
