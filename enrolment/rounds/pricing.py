"""What the state bears of a study by the rates that hold on the day it begins."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache

from catalog.values import Strand
from enrolment.rounds import queries, rules
from enrolment.rounds.models import Scheme


def state_oere(scheme: Scheme, strand: Strand, subject: str, credits: Decimal | None, on: date, work_year: Callable[[date], int | None]) -> int | None:
    """In whole øre. None where the rate, the credits or the cost of a work year is not known."""
    rate, year = scheme.rate(strand, subject, on), work_year(on)
    if rate is None or credits is None or year is None:
        return None
    return rules.cost(credits, rate.split, year)[0]


class Prices:
    """Many studies at once: schemes, rates and costs of a work year are read a single time, and what has been worked out is kept also past a commit,
    which lets go of rows. `keys`: those of the schemes by their codes."""

    def __init__(self) -> None:
        self._schemes = {one.id: one for one in queries.schemes()}
        self.keys = {one.code: key for key, one in self._schemes.items()}
        self._work_year = cache(queries.work_year_oere)
        self._known: dict[tuple, int | None] = {}

    def of(self, scheme: int | None, strand: Strand, subject: str, credits: Decimal | None, on: date) -> int | None:
        """As `state_oere`, by the scheme's key. Nought without a scheme."""
        if scheme is None:
            return 0
        key = (scheme, strand, subject, credits, on)
        if key not in self._known:
            self._known[key] = state_oere(self._schemes[scheme], strand, subject, credits, on, self._work_year)
        return self._known[key]
