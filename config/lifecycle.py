"""A life told as one table: the legal steps of a thing that has a life stand in one place.

Only `after` gives a next state, so a newcomer reads the whole life at once, and the diagram in each
package's README is printed from the same table.
"""

from collections.abc import Mapping
from enum import StrEnum

from config.errors import StepRefused


class Lifecycle:
    """Maps (state, event) to the next state. Every other pair is refused with StepRefused."""

    def __init__(self, steps: Mapping[tuple[StrEnum, str], StrEnum]):
        self.steps = dict(steps)

    def after(self, state: StrEnum, event: str) -> StrEnum:
        """The state that follows. Raises StepRefused where the table has no such step."""
        try:
            return self.steps[(state, event)]
        except KeyError:
            raise StepRefused(state, event) from None

    def allows(self, state: StrEnum, event: str) -> bool:
        return (state, event) in self.steps

    def diagram(self) -> str:
        """The table as a Mermaid state diagram."""
        lines = [f"    {state} --> {after}: {event}" for (state, event), after in self.steps.items()]
        return "\n".join(["stateDiagram-v2", *lines])
