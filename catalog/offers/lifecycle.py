"""The lives of what is on offer. What a date can tell (open, running, ended) is computed, never stored."""

from enum import StrEnum

from config.lifecycle import Lifecycle


class Publication(StrEnum):
    """Of a course or a module."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Run(StrEnum):
    """Of an offering. Planned = announced for a later semester, no enrolment yet."""

    DRAFT = "draft"
    PLANNED = "planned"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


PUBLICATION_LIFE = Lifecycle(
    {
        (Publication.DRAFT, "publish"): Publication.PUBLISHED,
        (Publication.PUBLISHED, "withdraw"): Publication.WITHDRAWN,
        (Publication.PUBLISHED, "take back"): Publication.DRAFT,
        (Publication.WITHDRAWN, "publish"): Publication.PUBLISHED,
    }
)

RUN_LIFE = Lifecycle(
    {
        (Run.DRAFT, "plan"): Run.PLANNED,
        (Run.DRAFT, "publish"): Run.PUBLISHED,
        (Run.PLANNED, "publish"): Run.PUBLISHED,
        (Run.PLANNED, "take back"): Run.DRAFT,
        (Run.PLANNED, "cancel"): Run.CANCELLED,
        (Run.PUBLISHED, "cancel"): Run.CANCELLED,
        (Run.PUBLISHED, "take back"): Run.DRAFT,
    }
)
