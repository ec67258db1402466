"""A part in another institution's module is answered for by the editors of the institution that is asked."""

from accounts.models import Role
from catalog.joint.lifecycle import Part
from catalog.offers.models import Partner
from config.database import db
from tests import factories
from tests.access.policy import Rule

EDITORS = {Role.EDITOR}


def _part(state: Part):
    def of(half, me) -> dict:
        leads = db.session.query(type(half.institution)).filter_by(code="LEAD").first() or factories.institution("LEAD", "The lead")
        module = factories.module(factories.course(leads, half.subject))
        made = Partner(module_id=module.id, institution_id=half.institution.organisation_id, state=state)
        db.session.add(made)
        db.session.commit()
        return {"part": made.uuid}

    return of


POLICY = {
    "joint.parts": Rule(EDITORS),
    "joint.accept": Rule(EDITORS, address=_part(Part.ASKED)),
    "joint.decline": Rule(EDITORS, address=_part(Part.ASKED)),
    "joint.leave": Rule(EDITORS, address=_part(Part.ACCEPTED)),
}
