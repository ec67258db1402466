"""An institution's plan is stated by its own editors, and seen by everybody on the public pages."""

from accounts.models import Role
from tests.access.publishing import of_course
from tests.access.policy import Rule

POLICY = {
    "publishing.show_plan": Rule({Role.EDITOR}, address=of_course()),
    "publishing.state_plan": Rule({Role.EDITOR}, address=of_course(), form=lambda half, me: {"ticked": [f"{half.module.uuid}:2027h"]}),
}
