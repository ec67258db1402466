"""The life of what one institution is asked. That the answer date has passed is told by the date."""

from enum import StrEnum

from config.lifecycle import Lifecycle


class Reply(StrEnum):
    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    TAKEN_BACK = "taken-back"


REPLY_LIFE = Lifecycle(
    {
        (Reply.ASKED, "accept"): Reply.ACCEPTED,
        (Reply.ASKED, "decline"): Reply.DECLINED,
        (Reply.ASKED, "take back"): Reply.TAKEN_BACK,
    }
)
