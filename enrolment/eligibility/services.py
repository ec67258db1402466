"""Laying what was answered before signing in as claims: all that was ticked, or nothing."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from accounts.acting import Actor
from config.database import db
from enrolment.eligibility import queries
from enrolment.progress import services as progress


def carry_over(claims: Iterable[Mapping[str, Any]], *, actor: Actor, at: datetime) -> int:
    """Lays each before the teacher's school owner as claimed, never verified. Gives how many; raises BadInput, and then none is laid.

    A claim names a title, an institution, a subject, credits, the day it was finished, and the UUID of the module where it is one known here.
    """
    claims = list(claims)
    modules = {one.uuid: one for one in queries.modules([claim["module"] for claim in claims if claim["module"]])}
    for claim in claims:
        progress.lay_claim(**(claim | {"module": modules.get(claim["module"])}), actor=actor, at=at)
    db.session.commit()
    return len(claims)
