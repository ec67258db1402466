"""The product's own gunicorn settings, access log included, for an application that has no database to let go of."""

import gc

from config.gunicorn import *  # noqa: F403


def when_ready(_server) -> None:
    gc.collect()
    gc.freeze()
