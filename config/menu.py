"""The main menu: each package adds its own entries, so that the page's frame knows none of them."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, current_app, request, url_for


@dataclass(frozen=True)
class Entry:
    label: str
    endpoint: str
    order: int
    shown: Callable[[], bool]


def add(app: Flask, label: str, endpoint: str, *, order: int, shown: Callable[[], bool] = lambda: True) -> None:
    """Adds an entry (a lazily translated label). `shown` is asked at each request."""
    app.extensions.setdefault("menu", []).append(Entry(label, endpoint, order, shown))


def init_app(app: Flask) -> None:
    app.context_processor(lambda: {"menu": menu})


MOST_IN_SIGHT = 5


def menu() -> tuple[list[tuple[str, str, bool]], list[tuple[str, str, bool]]]:
    """(address, label, whether it is the page being shown) in order: those in sight, and those that are folded away where there are many.
    The page being shown is always in sight."""
    entries = _entries()
    if len(entries) <= MOST_IN_SIGHT + 1:
        return entries, []
    few, more = entries[:MOST_IN_SIGHT], entries[MOST_IN_SIGHT:]
    return few + [one for one in more if one[2]], [one for one in more if not one[2]]


def _entries() -> list[tuple[str, str, bool]]:
    entries = sorted(current_app.extensions.get("menu", []), key=lambda entry: entry.order)
    shown = [(url_for(entry.endpoint), str(entry.label)) for entry in entries if entry.shown()]
    here = max((address for address, _label in shown if _leads_here(address)), key=len, default=None)
    return [(address, label, address == here) for address, label in shown]


def _leads_here(address: str) -> bool:
    """Of several, such as /owner and /owner/cover, the longest is the page being shown."""
    return request.path == address or request.path.startswith(address.rstrip("/") + "/")
