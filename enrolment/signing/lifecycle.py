"""The life of a signing key."""

from enum import StrEnum

from config.lifecycle import Lifecycle


class KeyState(StrEnum):
    """A retired key signs nothing more, and what it has signed still holds; nothing that a withdrawn one has signed can be relied on."""

    SIGNING = "signing"
    RETIRED = "retired"
    WITHDRAWN = "withdrawn"


KEY_LIFE = Lifecycle(
    {
        (KeyState.SIGNING, "retire"): KeyState.RETIRED,
        (KeyState.SIGNING, "withdraw"): KeyState.WITHDRAWN,
        (KeyState.RETIRED, "withdraw"): KeyState.WITHDRAWN,
    }
)
