"""Adding and removing evidence: one function, one use case, one commit."""

from datetime import datetime
from pathlib import PurePath
from uuid import UUID, uuid4

from accounts import audit
from accounts.acting import Actor
from config.database import db
from config.errors import BadInput
from config.languages import _
from enrolment.prior import pdfs, queries
from enrolment.prior.models import EVIDENCE, Evidence
from enrolment.progress import queries as progress_queries
from enrolment.progress.lifecycle import Claim

MOST = 5  # files a claim


def add_evidence(claim: UUID, content: bytes, name: str, *, actor: Actor, at: datetime) -> Evidence:
    """Keeps a PDF with a claim. Raises NotFound for another's claim, and BadInput for what is no PDF or does something."""
    mine = progress_queries.own_claim(actor, claim)
    called = tidy_name(name)
    pdfs.check(content, called)
    if mine.state is Claim.WITHDRAWN:
        raise BadInput(_("You have taken this claim back."))
    if queries.count_of(mine.id) >= MOST:
        raise BadInput(_("A claim can have %(most)d files. Remove one first, or scan several pages into one file.", most=MOST))
    kept = Evidence(uuid=uuid4(), claim_id=mine.id, name=called, stored_as=EVIDENCE.put(content), size=len(content), added_at=at)
    db.session.add(kept)
    audit.record("claim", mine.uuid, "add evidence", by=actor, at=at, organisation_id=mine.owner_id)
    db.session.commit()
    return kept


def tidy_name(name: str, kind: str = ".pdf") -> str:
    """The last part of a file's name, without what cannot be shown; at most 100 characters."""
    shown = "".join(sign for sign in PurePath(name.replace("\\", "/")).name if sign.isprintable() and sign not in '"<>|:*?/')
    stem, ending = (shown[:-4], shown[-4:]) if shown.lower().endswith(kind) else (shown, "")
    return (stem.strip(" .")[:96] or "dokument") + (ending or kind)


def remove_evidence(claim: UUID, evidence: UUID, *, actor: Actor, at: datetime) -> None:
    """Removes a file and all that is kept of it. Raises NotFound."""
    mine = queries.own_evidence(actor, claim, evidence)
    name = mine.stored_as
    db.session.delete(mine)
    audit.record("claim", claim, "remove evidence", by=actor, at=at)
    db.session.commit()
    EVIDENCE.drop(name)


def drop_lone_files(_at: datetime) -> int:
    """Drops the files whose claims are gone or were taken back; a task of the tick."""
    withdrawn = {one.stored_as: one for one in queries.evidence_of_withdrawn()}
    for one in withdrawn.values():
        db.session.delete(one)
    db.session.commit()
    for name in withdrawn:
        EVIDENCE.drop(name)
    return len(withdrawn) + EVIDENCE.drop_all_but(queries.stored_names())
