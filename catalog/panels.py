"""Panels: what packages above the catalogue add to its pages (counts for me, applicants, who is told), by name and without an import."""

from collections.abc import Callable
from typing import Any

from flask import Flask, current_app
from markupsafe import Markup


def register(app: Flask, name: str, panel: Callable[..., str]) -> None:
    """Gives a panel a name. It is called with what the page knows (a module, an offering) and returns HTML, or nothing."""
    app.extensions.setdefault("panels", {}).setdefault(name, []).append(panel)


def init_app(app: Flask) -> None:
    app.context_processor(lambda: {"panel": panel})


def fact(name: str, **known) -> Any:
    """What the first of those under a name knows; None where nobody does. For what is more than a piece of the page."""
    return next((found for tell in current_app.extensions.get("panels", {}).get(name, []) if (found := tell(**known)) is not None), None)


def panel(name: str, **known) -> Markup:
    """Everything registered under a name, one after the other."""
    return Markup("").join(Markup(draw(**known) or "") for draw in current_app.extensions.get("panels", {}).get(name, []))
