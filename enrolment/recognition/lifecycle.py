"""The life of a recognition."""

from enum import StrEnum

from config.lifecycle import Lifecycle


class Recognised(StrEnum):
    ASKED = "asked"
    RECOGNISED = "recognised"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


RECOGNITION_LIFE = Lifecycle(
    {
        (Recognised.ASKED, "recognise"): Recognised.RECOGNISED,
        (Recognised.ASKED, "refuse"): Recognised.REFUSED,
        (Recognised.ASKED, "withdraw"): Recognised.WITHDRAWN,
        (Recognised.RECOGNISED, "end"): Recognised.ENDED,
    }
)
