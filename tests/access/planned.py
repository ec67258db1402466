"""What teachers plan is counted for institutions, regions and the nation."""

from accounts.models import Role
from tests.access.policy import Rule

READERS = {Role.EDITOR, Role.COORDINATOR, Role.AUTHORITY}

POLICY = {"planned.planned": Rule(READERS), "planned.as_file": Rule(READERS)}
