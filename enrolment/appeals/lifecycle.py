"""The life of an appeal."""

from enum import StrEnum

from config.lifecycle import Lifecycle


class AppealState(StrEnum):
    SENT = "sent"
    IN_HAND = "in hand"
    KEPT = "mark kept"
    CHANGED = "mark changed"
    WITHDRAWN = "withdrawn"


APPEAL_LIFE = Lifecycle(
    {
        (AppealState.SENT, "take in hand"): AppealState.IN_HAND,
        (AppealState.SENT, "keep the mark"): AppealState.KEPT,
        (AppealState.IN_HAND, "keep the mark"): AppealState.KEPT,
        (AppealState.SENT, "change the mark"): AppealState.CHANGED,
        (AppealState.IN_HAND, "change the mark"): AppealState.CHANGED,
        (AppealState.SENT, "withdraw"): AppealState.WITHDRAWN,
        (AppealState.IN_HAND, "withdraw"): AppealState.WITHDRAWN,
    }
)
OPEN = (AppealState.SENT, AppealState.IN_HAND)
