"""What counts at a distance is decided by a region's coordinator."""

from accounts.models import Role
from tests.access.policy import Rule

POLICY = {
    "distance.rule": Rule({Role.COORDINATOR}),
    "distance.decide": Rule({Role.COORDINATOR}, form=lambda half, me: {"most_days": "6"}),
}
