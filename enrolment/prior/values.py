"""Earlier education as it was measured where it was taken."""

from dataclasses import dataclass
from decimal import Decimal

OWN = "studiepoeng"  # the unit that needs no reckoning


@dataclass(frozen=True)
class Unit:
    """`credits`: how many credits one of it is; none = judged case by case."""

    code: str
    credits: Decimal | None


@dataclass(frozen=True)
class Reckoned:
    """What an amount comes to in credits; `sure` where the unit itself says so."""

    credits: Decimal
    sure: bool
