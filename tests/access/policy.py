"""The shape of a rule, and all the rules together."""

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from accounts.models import Person, Role

STRANGER = "stranger"
NO_ROLE = "no role"
ROLES = frozenset(Role)
SIGNED_IN = ROLES | {NO_ROLE}
EVERYBODY = SIGNED_IN | {STRANGER}
READS = ("GET", "HEAD", "OPTIONS")

Asked = Callable[[Any, Person], dict]
"""Of one half of the world and the person acting in it, what is sent."""


@dataclass(frozen=True)
class Rule:
    """Who may use a route, on what, and what is answered. The package's docstring explains each field."""

    who: frozenset | set
    address: Asked | None = None
    form: Asked | None = None
    json: Asked | None = None
    query: Asked | None = None
    headers: Asked | None = None
    own: int | tuple[int, ...] | None = None
    neighbour: int = 404
    otherwise: int = 403
    whose: str | None = "mine"
    sees_all: frozenset | set = field(default_factory=frozenset)
    csrf: bool = True
    stricter: dict = field(default_factory=dict)  # headers that a file of somebody's is sent with instead of every page's

    def answers(self, method: str) -> tuple[int, ...]:
        """The statuses of an allowed request on one's own."""
        if self.own is not None:
            return self.own if isinstance(self.own, tuple) else (self.own,)
        return (200,) if method in READS else (302, 303)

    def is_private(self, who: str) -> bool:
        """Whether the neighbour's thing must look as if it were not there."""
        if self.address is None or self.whose is None or STRANGER in self.who:
            return False
        return who in self.who and who not in self.sees_all


def all_rules() -> dict[str, Rule]:
    """The rules of every area. Raises ValueError where two areas claim the same route."""
    rules: dict[str, Rule] = {}
    for path in sorted(Path(__file__).parent.glob("*.py")):
        policy = getattr(import_module(f"tests.access.{path.stem}"), "POLICY", {}) if not path.stem.startswith(("_", "test_")) else {}
        if twice := rules.keys() & policy.keys():
            raise ValueError(f"{path.name} repeats the rules of {', '.join(sorted(twice))}.")
        rules |= policy
    return rules


def rule_for(rules: dict[str, Rule], method: str, endpoint: str) -> Rule | None:
    return rules.get(f"{method} {endpoint}") or rules.get(endpoint)
