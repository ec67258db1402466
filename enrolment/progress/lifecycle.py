"""The life of a claim of earlier education."""

from enum import StrEnum

from config.lifecycle import Lifecycle


class Claim(StrEnum):
    CLAIMED = "claimed"
    VERIFIED = "verified"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


CLAIM_LIFE = Lifecycle(
    {
        (Claim.CLAIMED, "verify"): Claim.VERIFIED,
        (Claim.CLAIMED, "refuse"): Claim.REFUSED,
        (Claim.CLAIMED, "withdraw"): Claim.WITHDRAWN,
        (Claim.REFUSED, "claim again"): Claim.CLAIMED,
    }
)
