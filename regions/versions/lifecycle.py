"""The life of a version, of the priorities and of a year's frames. Nobody but the authority sees one before it is released; a released one stands until a newer takes over."""

from enum import StrEnum

from config.lifecycle import Lifecycle


class Version(StrEnum):
    DRAFT = "draft"
    APPROVED = "approved"
    RELEASED = "released"


VERSION_LIFE = Lifecycle(
    {
        (Version.DRAFT, "approve"): Version.APPROVED,
        (Version.APPROVED, "take back"): Version.DRAFT,
        (Version.APPROVED, "release"): Version.RELEASED,
    }
)
