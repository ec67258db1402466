"""The life of a version of a study year's frames. Nobody but the authority sees one before it is released."""

from enum import StrEnum

from config.lifecycle import Lifecycle


class State(StrEnum):
    DRAFT = "draft"
    APPROVED = "approved"
    RELEASED = "released"


FRAMES_LIFE = Lifecycle(
    {
        (State.DRAFT, "approve"): State.APPROVED,
        (State.APPROVED, "take back"): State.DRAFT,
        (State.APPROVED, "release"): State.RELEASED,
    }
)
