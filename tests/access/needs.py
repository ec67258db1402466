"""What a teacher needs is told by teachers; the counts are the coordinator's."""

from accounts.acting import Actor
from accounts.models import Role
from regions.needs_told import services
from tests.access.policy import Rule
from tests.factories import MONDAY

QUERY = "q=algebra&subject=matematikk"


def _need(half, me) -> dict:
    actor = Actor(me.id, me.uuid, me.name, Role.TEACHER, half.school.organisation_id)
    return {"need": services.tell(QUERY, actor=actor, at=MONDAY).uuid}


POLICY = {
    "needs_told.new_need": Rule({Role.TEACHER}, query=lambda half, me: {"q": "algebra"}),
    "needs_told.tell_need": Rule({Role.TEACHER}, form=lambda half, me: {"query": "q=geometri"}),
    "needs_told.needs": Rule({Role.TEACHER}),
    "needs_told.take_back": Rule({Role.TEACHER}, address=_need),
    "needs_told.told": Rule({Role.COORDINATOR}),
}
