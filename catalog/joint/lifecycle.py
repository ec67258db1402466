"""The life of an institution's part in a module that several own."""

from enum import StrEnum

from config.lifecycle import Lifecycle


class Part(StrEnum):
    """Asked by the lead; only who has accepted is told of to teachers and may edit."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LEFT = "left"


PART_LIFE = Lifecycle(
    {
        (Part.ASKED, "accept"): Part.ACCEPTED,
        (Part.ASKED, "decline"): Part.DECLINED,
        (Part.ACCEPTED, "leave"): Part.LEFT,
    }
)
