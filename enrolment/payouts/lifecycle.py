"""The life of a batch. What is entered after it is closed goes to the next."""

from enum import StrEnum

from config.lifecycle import Lifecycle


class Batch(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


BATCH_LIFE = Lifecycle({(Batch.OPEN, "close"): Batch.CLOSED})
