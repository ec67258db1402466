"""The life of a school's answer. That the day to answer by has passed is told by the date."""

from enum import StrEnum

from config.lifecycle import Lifecycle


class Answer(StrEnum):
    BEGUN = "begun"
    SENT = "sent"


ANSWER_LIFE = Lifecycle(
    {
        (Answer.BEGUN, "save"): Answer.BEGUN,
        (Answer.BEGUN, "send"): Answer.SENT,
        (Answer.SENT, "correct"): Answer.SENT,
    }
)
