"""Synonyms are the national authority's alone."""

from accounts.acting import Actor
from accounts.models import Person, Role
from catalog.synonyms import queries, services
from config.database import db
from tests.access.policy import Rule
from tests.factories import MONDAY

WORDS = {"why": None, "source": "The directorate", "valid_from": None, "valid_to": None}


def _one(half, me: Person) -> dict:
    known = queries.pair("turn", "kroppsøving")
    if known is None:
        hat = half.people[Role.AUTHORITY].memberships[0]
        actor = Actor(hat.person_id, hat.person.uuid, hat.person.name, Role.AUTHORITY, hat.organisation_id)
        known = services.add(**WORDS, asked="turn", meant="kroppsøving", actor=actor, at=MONDAY)
        db.session.commit()
    return {"synonym": known.uuid}


POLICY = {
    "synonyms.synonyms": Rule({Role.AUTHORITY}),
    "synonyms.new_synonym": Rule({Role.AUTHORITY}),
    "synonyms.add_synonym": Rule(
        {Role.AUTHORITY}, form=lambda half, me: {"asked": f"sport {half.region.code}", "meant": "kroppsøving", "source": "The directorate"}
    ),
    "synonyms.synonym": Rule({Role.AUTHORITY}, address=_one, whose=None),
    "synonyms.change_synonym": Rule({Role.AUTHORITY}, address=_one, whose=None, form=lambda half, me: {"source": "The directorate", "why": "known"}),
    "synonyms.end_synonym": Rule({Role.AUTHORITY}, address=_one, whose=None),
}
