"""What every process keeps of the database in memory, made before the web server's workers are forked: they share it, and nobody waits for it.

It is a help and no more: what cannot be made now is made at the first request that needs it.
"""

from collections.abc import Callable

from flask import Flask

from config.logs import log

Make = Callable[[], object]


def add(app: Flask, name: str, make: Make) -> None:
    """Adds something to be made. It keeps what it makes where its own package looks for it."""
    app.extensions.setdefault("beforehand", {})[name] = make


def make_all(app: Flask) -> list[str]:
    """Makes each; gives the names of those that could not be made, as where the database is away or empty."""
    with app.app_context():
        return [name for name, make in app.extensions.get("beforehand", {}).items() if not _made(name, make)]


def _made(name: str, make: Make) -> bool:
    try:
        make()
    except Exception as fault:
        log.warning("not made beforehand", what=name, kind=type(fault).__name__)
        return False
    return True
