"""What the made-up coordinators have asked institutions to offer, where a subject lacks a complete path: answered, declined and awaiting."""

from datetime import date, timedelta

from sqlalchemy import select

from catalog.institutions.models import Institution
from catalog.places.models import Region
from catalog.subjects.models import Subject
from catalog.values import Band, Semester, Term
from config.clock import start_of
from config.database import db
from demo.dice import Seed
from regions.invitations.lifecycle import Reply
from regions.invitations.models import Invitation, InvitationReply

# Region, subject, level, credits, what is missing, days until the answer is due, and the answers: none, or why an institution declines.
ASKED = (
    ("vest", "samisk", Band.PRIMARY, 15, "Samisk som andrespråk for lærere på Vestlandet, gjerne på nett med få samlinger.", 45, {"HVL": None, "UiB": None}),
    ("vest", "musikk", Band.LOWER, 30, "Musikk på ungdomstrinnet med minst én samling i regionen.", 30, {"HVL": None, "NLA": "Vi har ikke lærerkrefter til det i år."}),
    ("nord", "mathelse", Band.LOWER, 30, "Mat og helse for 8.–10. trinn, med praksis på egen skole.", 60, {"Nord": None, "UiT": None}),
)


def add(seed: Seed, today: date) -> None:
    """Adds the invitations; each was sent three weeks ago, for next autumn."""
    regions, subjects, institutions = (_by_code(model) for model in (Region, Subject, Institution))
    for region, subject, band, credits, wanted, days, asked in ASKED:
        made = Invitation(
            uuid=seed.uuid("invitation", region, subject), region_id=regions[region].organisation_id, subject_id=subjects[subject].id, band=band, credits=credits,
            semester=Semester(today.year + 1, Term.AUTUMN), wanted=wanted, answer_by=today + timedelta(days=days), made_at=start_of(today - timedelta(days=21)),
        )  # fmt: skip
        made.replies = [_reply(seed, made, institutions[code], reason, today) for code, reason in asked.items()]
        db.session.add(made)
    db.session.flush()


def _by_code(model: type) -> dict:
    return {row.code: row for row in db.session.scalars(select(model))}


def _reply(seed: Seed, made: Invitation, of: Institution, reason: str | None, today: date) -> InvitationReply:
    known = {"uuid": seed.uuid("invitation", made.uuid, of.code), "institution_id": of.organisation_id, "reason": reason}
    if reason is None:
        return InvitationReply(state=Reply.ASKED, **known)
    return InvitationReply(state=Reply.DECLINED, answered_at=start_of(today - timedelta(days=9)), **known)
