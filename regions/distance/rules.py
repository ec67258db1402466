"""Hours as they are typed and kept. Pure."""

from decimal import Decimal

MOST_HOURS = 24


def minutes(hours: Decimal) -> int:
    return int(hours * 60)


def hours(minutes: int) -> Decimal:
    """Of whole quarters."""
    return (Decimal(minutes) / 60).quantize(Decimal("0.01")).normalize()
