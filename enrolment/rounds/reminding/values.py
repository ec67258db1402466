"""What somebody may have left to do by a day of a round."""

from enum import StrEnum

from enrolment.rounds.values import Step


class Duty(StrEnum):
    SEND = "send"
    RECOMMEND = "recommend"
    REMARK = "remark"
    ANSWER = "answer"
    CONFIRM = "confirm"
    COUNTERSIGN = "countersign"


# What is left to do by the day of a step. The owner's day is the board's, which tells deputies too.
DUTIES: dict[Step, tuple[Duty, ...]] = {
    Step.APPLY: (Duty.SEND,), Step.HEAD: (Duty.RECOMMEND,), Step.UNION: (Duty.REMARK,), Step.REPLY: (Duty.ANSWER,), Step.AUTUMN: (Duty.CONFIRM, Duty.COUNTERSIGN),
    Step.SPRING: (Duty.CONFIRM, Duty.COUNTERSIGN),
}  # fmt: skip
ADDRESSES: dict[Duty, str] = {
    Duty.SEND: "/me/applications", Duty.RECOMMEND: "/school", Duty.REMARK: "/union", Duty.ANSWER: "/me/applications", Duty.CONFIRM: "/me/participation",
    Duty.COUNTERSIGN: "/owner/participation",
}  # fmt: skip
