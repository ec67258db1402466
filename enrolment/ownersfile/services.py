"""Reading in an owner's file of earlier education: one function, one use case, one commit."""

from datetime import datetime
from io import BytesIO
from uuid import UUID, uuid4

from accounts import audit
from accounts.acting import Actor
from config.clock import day_of
from config.database import db
from enrolment.ownersfile import queries, reading
from enrolment.ownersfile.models import ClaimsUpload
from enrolment.ownersfile.reading import Known
from enrolment.ownersfile.values import Row
from enrolment.prior import queries as prior_queries
from enrolment.prior.values import Unit
from enrolment.progress import queries as progress_queries
from enrolment.progress.lifecycle import CLAIM_LIFE, Claim
from enrolment.progress.models import PriorCredit
from enrolment.uploads.queries import own_upload, owner_of


def read_file(content: bytes, name: str, *, actor: Actor, at: datetime) -> ClaimsUpload:
    """Reads a file and keeps it for a look before it is saved. Raises BadInput, naming it, where it cannot be used at all."""
    owner = owner_of(actor)
    read = reading.read(BytesIO(content), name, _known(owner, at))
    upload = ClaimsUpload(
        uuid=uuid4(), owner_id=owner, name=name, at=at, rows=[row.as_kept() for row in read.rows], refused=[list(row) for row in read.refused]
    )
    db.session.add(upload)
    db.session.commit()
    return upload


def _known(owner: int, at: datetime) -> Known:
    subjects = {}
    for one in progress_queries.subjects():
        subjects |= {word.casefold(): one.code for word in (one.code, one.name_nb, one.name_nn, one.name_en) if word}
    units = {}
    for unit in prior_queries.units(day_of(at)):
        units |= {word.casefold(): Unit(unit.code, unit.credits) for word in (unit.code, unit.name_nb, unit.name_nn, unit.name_en) if word}
    return Known({one.uuid: (one.id, one.name) for one in queries.teachers(owner)}, subjects, units)


def sorted_out(upload: ClaimsUpload) -> tuple[list[Row], list[Row]]:
    """The rows that are new, and those that the teacher has already."""
    rows = [Row.from_kept(row) for row in upload.rows]
    held = queries.held({row.person_id for row in rows})
    return [row for row in rows if row.known_by not in held], [row for row in rows if row.known_by in held]


def accept(uuid: UUID, *, actor: Actor, at: datetime) -> int:
    """Saves the new rows of a file, verified by the owner who sends it, and tells each teacher. Returns how many. Raises NotFound."""
    upload = own_upload(ClaimsUpload, actor, uuid, to_save=True)
    new, _same = sorted_out(upload)
    still_there = {one.id for one in queries.teachers(upload.owner_id)}
    subjects = {one.code: one.id for one in progress_queries.subjects()}
    taken = [row for row in new if row.person_id in still_there and row.subject in subjects]
    for row in taken:
        _verify(row, subjects[row.subject], upload, actor, at)
    db.session.delete(upload)
    db.session.commit()
    return len(taken)


def _verify(row: Row, subject_id: int, upload: ClaimsUpload, actor: Actor, at: datetime) -> None:
    made = PriorCredit(
        uuid=uuid4(), person_id=row.person_id, subject_id=subject_id, title=row.title, institution=row.institution, credits=row.credits, unit=row.unit,
        stated=row.stated, finished_on=row.finished_on, claimed_at=at, decided_at=at, decided_by_id=actor.person_id, owner_id=upload.owner_id,
        state=CLAIM_LIFE.after(Claim.CLAIMED, "verify"),
    )  # fmt: skip
    db.session.add(made)
    audit.record("claim", made.uuid, "verify", by=actor, at=at, organisation_id=upload.owner_id, to_state=made.state, why="owner's register")
    audit.tell(row.person_id, "claim-from-register", at=at, address=f"/me/progress/claims/{made.uuid}", title=row.title)
