"""Who acts: the person, the hat they wear, and the body they act for."""

from dataclasses import dataclass
from uuid import UUID

from accounts.models import Role
from config.errors import NotAllowed


@dataclass(frozen=True)
class Actor:
    """A signed-in person under one hat. Use cases take it as `actor`; queries of private things start from it."""

    person_id: int
    person_uuid: UUID
    name: str
    role: Role | None = None
    organisation_id: int | None = None
    organisation_name: str = ""

    def require(self, role: Role) -> None:
        """Raises NotAllowed unless this hat has the role."""
        if self.role is not role:
            raise NotAllowed("You must act in another role to do this.")
