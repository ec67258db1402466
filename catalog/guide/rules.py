"""What the answers lead to. Pure."""

from decimal import Decimal
from enum import StrEnum

from catalog.values import Delivery

HELD = ("0", "15", "30", "45", "60")  # credits somebody may say that they have, about
SMALL = Decimal(15)  # the strategy's smallest normal study (strategy: «normalt … minst 15 studiepoeng»)


class Away(StrEnum):
    """How much somebody can be away from home."""

    NEVER = "never"
    SOMETIMES = "sometimes"
    OFTEN = "often"


def deliveries(away: Away | None) -> tuple[Delivery, ...]:
    """The forms of teaching that fit; none named = any."""
    return {Away.NEVER: (Delivery.ONLINE,), Away.SOMETIMES: (Delivery.ONLINE, Delivery.BLENDED)}.get(away, ())


def missing(*, required: Decimal | None, held: Decimal | None) -> Decimal | None:
    """What somebody lacks of what is required; none where one of the two is not known."""
    return None if required is None or held is None else max(required - held, Decimal(0))


def small_is_enough(lacking: Decimal | None) -> bool:
    """Whether a study of 15 credits, or fewer, fills what is missing."""
    return lacking is not None and 0 < lacking <= SMALL
