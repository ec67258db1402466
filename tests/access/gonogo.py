"""Whether a run is held is decided by the institution whose module it is."""

from datetime import date

from accounts.models import Role
from enrolment.gonogo import consequences
from enrolment.gonogo import services as gonogo
from tests import factories
from tests.access.policy import Rule

EDITORS = {Role.EDITOR}
ENOUGH = {"reason": "Too few have enrolled."}


def _run(half, me) -> dict:
    return {"offering": half.offering.uuid}


def _seen(half, me) -> dict:
    people = consequences.of_cancelling(half.offering, date(2026, 11, 23))
    return ENOUGH | {"seen": [f"{one.uuid}:{one.enrolment.state}" for one in people], "shown": [str(option.run.uuid) for one in people for option in one.options]}


def _cancelled(half, me) -> dict:
    run = factories.offering(half.module)
    seen = consequences.seen(consequences.of_cancelling(run, date(2026, 11, 23)))
    gonogo.cancel(run.uuid, "Too few.", seen, {}, actor=factories.acting(half.people[Role.EDITOR]), at=factories.MONDAY)
    return {"offering": run.uuid}


def _pair(half, me) -> dict:
    return {"offering": half.offering.uuid, "target": factories.offering(half.module).uuid}


POLICY = {
    "gonogo.starts": Rule(EDITORS),
    "gonogo.decide": Rule(EDITORS, address=_run),
    "gonogo.ask_to_end": Rule(EDITORS, address=_run),
    "gonogo.end": Rule(EDITORS, address=_run, form=_seen),
    "gonogo.ended": Rule(EDITORS, address=_cancelled),
    "gonogo.ask_to_join": Rule(EDITORS, address=_pair),
    "gonogo.join": Rule(EDITORS, address=_pair, form=lambda half, me: ENOUGH),
}
