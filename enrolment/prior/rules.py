"""From old and foreign units to credits: pure."""

from decimal import Decimal

from enrolment.prior.values import Reckoned, Unit


def reckon(amount: Decimal, unit: Unit) -> Reckoned:
    """10 vekttall are 30 credits. Of a unit without a fixed worth the amount is the teacher's own estimate, in credits."""
    return Reckoned(amount, False) if unit.credits is None else Reckoned(amount * unit.credits, True)
