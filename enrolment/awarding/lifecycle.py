"""The life of one allocation run."""

from enum import StrEnum

from config.lifecycle import Lifecycle


class Run(StrEnum):
    DRY = "dry"  # tried: nobody is told
    HALF = "approved-by-one"
    APPROVED = "approved"
    TELLING = "being-told"  # seats are laid, people are told one by one
    PUBLISHED = "published"


RUN_LIFE = Lifecycle(
    {
        (Run.DRY, "approve"): Run.HALF,
        (Run.HALF, "approve"): Run.APPROVED,
        (Run.HALF, "take back"): Run.DRY,
        (Run.APPROVED, "take back"): Run.DRY,
        (Run.APPROVED, "lay"): Run.TELLING,
        (Run.TELLING, "finish"): Run.PUBLISHED,
    }
)
OUT = (Run.TELLING, Run.PUBLISHED)
