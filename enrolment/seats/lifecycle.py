"""The life of one teacher's seat, or place in the queue, in one offering."""

from enum import StrEnum

from config.lifecycle import Lifecycle


class Seat(StrEnum):
    WAITING = "waiting"
    OFFERED = "offered"
    PLACED = "placed"
    DECLINED = "declined"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    COMPLETED = "completed"
    INTERRUPTED = "interrupted"


ACTIVE = (Seat.WAITING, Seat.OFFERED, Seat.PLACED)  # one of these per teacher and offering
HELD = (Seat.OFFERED, Seat.PLACED)  # these take a seat; one per teacher and module

SEAT_LIFE = Lifecycle(
    {
        (Seat.WAITING, "offer"): Seat.OFFERED,
        (Seat.WAITING, "withdraw"): Seat.WITHDRAWN,
        (Seat.OFFERED, "accept"): Seat.PLACED,
        (Seat.OFFERED, "decline"): Seat.DECLINED,
        (Seat.OFFERED, "let lapse"): Seat.LAPSED,
        (Seat.PLACED, "complete"): Seat.COMPLETED,
        (Seat.PLACED, "interrupt"): Seat.INTERRUPTED,
        (Seat.PLACED, "withdraw"): Seat.WITHDRAWN,
    }
)
