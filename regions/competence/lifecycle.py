"""The life of a plan, and of one owner's part in it. A plan is adopted when every owner that takes part has adopted it."""

from enum import StrEnum

from config.lifecycle import Lifecycle


class Plan(StrEnum):
    DRAFT = "draft"
    CONSULTED = "with-the-unions"


class Part(StrEnum):
    INVITED = "invited"
    JOINED = "joined"
    DECLINED = "declined"
    ADOPTED = "politically-adopted"


PLAN_LIFE = Lifecycle(
    {
        (Plan.DRAFT, "send to the unions"): Plan.CONSULTED,
        (Plan.CONSULTED, "take back"): Plan.DRAFT,
    }
)
PART_LIFE = Lifecycle(
    {
        (Part.INVITED, "join"): Part.JOINED,
        (Part.INVITED, "decline"): Part.DECLINED,
        (Part.DECLINED, "invite again"): Part.INVITED,
        (Part.JOINED, "adopt"): Part.ADOPTED,
    }
)
