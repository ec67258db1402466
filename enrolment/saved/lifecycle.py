"""The life of the weekly alert of a saved search."""

from enum import StrEnum

from config.lifecycle import Lifecycle


class Alert(StrEnum):
    OFF = "off"
    WEEKLY = "weekly"
    PAUSED = "paused"


ALERT_LIFE = Lifecycle(
    {
        (Alert.OFF, "turn on"): Alert.WEEKLY,
        (Alert.WEEKLY, "pause"): Alert.PAUSED,
        (Alert.PAUSED, "resume"): Alert.WEEKLY,
        (Alert.WEEKLY, "turn off"): Alert.OFF,
        (Alert.PAUSED, "turn off"): Alert.OFF,
    }
)
