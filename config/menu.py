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


def menu() -> list[tuple[str, str, bool]]:
    """(address, label, whether it is the page being shown) in order."""
    entries = sorted(current_app.extensions.get("menu", []), key=lambda entry: entry.order)
    return [(url_for(entry.endpoint), str(entry.label), _current(entry)) for entry in entries if entry.shown()]


def _current(entry: Entry) -> bool:
    address = url_for(entry.endpoint)
    return request.path == address or request.path.startswith(address.rstrip("/") + "/")
