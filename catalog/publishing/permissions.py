"""Who may publish, and for which institution."""

from accounts.acting import Actor
from accounts.models import Role


def institution_of(actor: Actor) -> int:
    """The key of the institution an editor acts for. Raises NotAllowed for another role."""
    actor.require(Role.EDITOR)
    return actor.organisation_id
