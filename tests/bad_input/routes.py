"""Every route with its rule, in groups that are tried together."""

import tempfile
from itertools import groupby

from tests.access.policy import Rule, all_rules, rule_for

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
RULES = all_rules()


def _all() -> list[tuple[str, str, Rule]]:
    """(endpoint, method, rule) of every route."""
    from tests.conftest import make_app

    app = make_app(f"sqlite:///{tempfile.gettempdir()}/nothing-is-read-from-here.sqlite")
    known = {(rule.endpoint, method) for rule in app.url_map.iter_rules() for method in METHODS if method in rule.methods}
    return [(endpoint, method, rule) for endpoint, method in sorted(known) if (rule := rule_for(RULES, method, endpoint))]


def _group(route: tuple[str, str, Rule]) -> str:
    """The blueprint; routes without one are tried together."""
    blueprint, _dot, name = route[0].rpartition(".")
    return blueprint if name != route[0] else "ground"


ROUTES = _all()
GROUPS = {group: list(those) for group, those in groupby(sorted(ROUTES, key=_group), key=_group)}
READS = {group: those for group, routes in GROUPS.items() if (those := [route for route in routes if route[1] == "GET"])}
WRITES = {group: those for group, routes in GROUPS.items() if (those := [route for route in routes if route[1] != "GET"])}
