"""Where somebody lands who has signed in or changed role. Each package names the page of the role it serves, so that accounts knows none of them."""

from flask import Flask, current_app, url_for

from accounts.models import Role


def add(app: Flask, role: Role, endpoint: str) -> None:
    """Names the natural page of a role."""
    app.extensions.setdefault("landing", {})[role] = endpoint


def address_of(role: Role | None) -> str:
    """The natural page of a role; with no role, one's own account, which says what that means."""
    if role is None:
        return url_for("accounts.account")
    return url_for(current_app.extensions.get("landing", {}).get(role, "catalog.home"))
