"""The life of a meeting. What is held has minutes that stand."""

from enum import StrEnum

from config.lifecycle import Lifecycle


class Meeting(StrEnum):
    PLANNED = "planned"
    HELD = "held"
    CALLED_OFF = "called-off"


MEETING_LIFE = Lifecycle(
    {
        (Meeting.PLANNED, "publish the minutes"): Meeting.HELD,
        (Meeting.PLANNED, "call off"): Meeting.CALLED_OFF,
    }
)
