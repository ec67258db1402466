"""An institution opens its modules to the regions it belongs to; coordinators of those remark, and its editors answer."""

from accounts.models import Role
from config.database import db
from regions.readings.models import Reading, Remark
from tests.access.policy import Rule
from tests.factories import MONDAY

COORDINATORS, EDITORS = {Role.COORDINATOR}, {Role.EDITOR}


def _reading(half) -> Reading:
    made = db.session.query(Reading).filter_by(module_id=half.module.id).first() or Reading(module_id=half.module.id, opened_at=MONDAY)
    made.closed_at = None
    made.remarks = [Remark(region_id=half.region.organisation_id, section="content", text="Good.", at=MONDAY)]
    db.session.add(made)
    db.session.commit()
    return made


def _open(half, me) -> dict:
    return {"reading": _reading(half).uuid}


def _remark(half, me) -> dict:
    return {"remark": _reading(half).remarks[0].uuid}


def _module(half, me) -> dict:
    return {"module": half.module.uuid}


POLICY = {
    "readings.open_to_us": Rule(COORDINATORS),
    "readings.read": Rule(COORDINATORS, address=_open),
    "readings.remark": Rule(COORDINATORS, address=_open, form=lambda half, me: {"section": "content", "text": "More ICT."}),
    "readings.take_back": Rule(COORDINATORS, address=_remark),
    "readings.ask": Rule(EDITORS, address=_module),
    "readings.open_reading": Rule(EDITORS, address=_module, form=lambda half, me: {"asked": "The place?"}),
    "readings.close_reading": Rule(EDITORS, address=_module),
    "readings.answer": Rule(EDITORS, address=_remark),
    "readings.settle": Rule(EDITORS, address=_remark, form=lambda half, me: {"answer": "Yes."}),
}
