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
    also: tuple[str, ...]


def add(app: Flask, label: str, endpoint: str, *, order: int, shown: Callable[[], bool] = lambda: True, also: tuple[str, ...] = ()) -> None:
    """Adds an entry (a lazily translated label). `shown` is asked at each request; `also`: where pages that belong to it lie elsewhere."""
    app.extensions.setdefault("menu", []).append(Entry(label, endpoint, order, shown, also))


def init_app(app: Flask) -> None:
    app.context_processor(lambda: {"menu": menu})


MOST_IN_SIGHT = 5


def menu() -> tuple[list[tuple[str, str, bool]], list[tuple[str, str, bool]]]:
    """(address, label, whether it is the page being shown) in order: those in sight, and those that are folded away where there are many.
    The page being shown is always in sight, if need be in the place of the last one: the line stays as long as it is."""
    entries = _entries()
    if len(entries) <= MOST_IN_SIGHT + 1:
        return entries, []
    here = [one for one in entries[MOST_IN_SIGHT:] if one[2]]
    seen = [*entries[: MOST_IN_SIGHT - len(here)], *here]
    return seen, [one for one in entries if one not in seen]


def _entries() -> list[tuple[str, str, bool]]:
    entries = sorted(current_app.extensions.get("menu", []), key=lambda entry: entry.order)
    shown = [(url_for(entry.endpoint), entry) for entry in entries if entry.shown()]
    leading = ((len(place), address) for address, entry in shown for place in (address, *entry.also) if _leads_here(place))
    _length, here = max(leading, default=(0, None))
    return [(address, str(entry.label), address == here) for address, entry in shown]


def _leads_here(address: str) -> bool:
    """Of several, such as /owner and /owner/cover, the longest is the page being shown."""
    return request.path == address or request.path.startswith(address.rstrip("/") + "/")
