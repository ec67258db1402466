"""Panels: what packages above the catalogue add to its pages (counts for me, applicants, who is told), by name and without an import."""

from collections.abc import Callable

from flask import Flask, current_app
from markupsafe import Markup


def register(app: Flask, name: str, panel: Callable[..., str]) -> None:
    """Gives a panel a name. It is called with what the page knows (a module, an offering) and returns HTML, or nothing."""
    app.extensions.setdefault("panels", {}).setdefault(name, []).append(panel)


def init_app(app: Flask) -> None:
    app.context_processor(lambda: {"panel": panel})


def panel(name: str, **known) -> Markup:
    """Everything registered under a name, one after the other."""
    return Markup("").join(Markup(draw(**known) or "") for draw in current_app.extensions.get("panels", {}).get(name, []))
