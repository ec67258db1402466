"""This process, for a while, as gunicorn's workers are."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def as_in_a_worker() -> Iterator[None]:
    """What is loaded already is out of the garbage collector's way."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
