"""Released priorities are everybody's; the hidden ones and the writing are the authority's."""

from datetime import date
from uuid import uuid4

from accounts.models import Role
from catalog.values import Band
from config.database import db
from regions.priorities.models import Commission, PriorityVersion
from regions.versions import queries as kinds
from regions.versions.lifecycle import Version
from tests.access.policy import EVERYBODY, Rule
from tests.factories import MONDAY

AUTHORITY = {Role.AUTHORITY}
FACTS = {"name": "Priorities", "release_on": "2027-01-15", "holds_from": "2027-08-01", "parties": "KS"}


def _version(half, state=Version.DRAFT) -> PriorityVersion:
    made = PriorityVersion(
        number=kinds.last_number(PriorityVersion) + 1, name="Priorities", holds_from=date(2027, 8, 1), release_on=date(2027, 1, 15), parties="KS", state=state, made_at=MONDAY
    )
    known = {"region_id": half.region.organisation_id, "subject_id": half.subject.id, "band": Band.PRIMARY, "study_year": 2027}
    made.commissions = [Commission(source="jointly-developed", seats=9, **known)]
    db.session.add(made)
    db.session.commit()
    return made


def _draft(half, me) -> dict:
    return {"number": _version(half).number}


def _approved(half, me) -> dict:
    return {"number": _version(half, Version.APPROVED).number}


def _released(half, me) -> dict:
    return {"number": _version(half, Version.RELEASED).number}


def _commission(half, me) -> dict:
    made = _version(half)
    return {"number": made.number, "commission": made.commissions[0].uuid}


def _seats(half, me) -> dict:
    return {"region": half.region.code, "subject": half.subject.code, "level": "1-7", "year": "2028", "source": "jointly-developed", "seats": "4"}


POLICY = {
    "priorities.listed": Rule(EVERYBODY),
    "priorities.show": Rule(EVERYBODY, address=_released, whose=None),
    "priorities.new": Rule(AUTHORITY),
    "priorities.begin": Rule(AUTHORITY, form=lambda half, me: FACTS),
    "priorities.facts": Rule(AUTHORITY, address=_draft, whose=None),
    "priorities.change": Rule(AUTHORITY, address=_draft, whose=None, form=lambda half, me: FACTS),
    "priorities.groups": Rule(AUTHORITY, address=_draft, whose=None),
    "priorities.set_groups": Rule(AUTHORITY, address=_draft, whose=None),
    "priorities.add_group": Rule(AUTHORITY, address=_draft, whose=None, form=lambda half, me: {"name_nb": f"Gruppe {uuid4().hex[:8]}", "rule": "build-up"}),
    "priorities.new_commission": Rule(AUTHORITY, address=_draft, whose=None),
    "priorities.commission": Rule(AUTHORITY, address=_draft, whose=None, form=_seats),
    "priorities.drop_commission": Rule(AUTHORITY, address=_commission, whose=None),
    "priorities.approve": Rule(AUTHORITY, address=_draft, whose=None),
    "priorities.take_back": Rule(AUTHORITY, address=_approved, whose=None),
}
