"""A file of an editor's: kept, seen, carried out."""

from datetime import datetime
from uuid import UUID

from accounts.acting import Actor
from catalog.bulk import queries
from catalog.bulk.finding import Own
from catalog.bulk.models import BulkUpload
from catalog.bulk.reading import read_file
from catalog.bulk.upserting import Upserting
from catalog.bulk.values import Report, from_kept
from catalog.publishing import queries as publishing
from catalog.publishing.permissions import institution_of
from config.database import db
from config.errors import StaleEdit
from config.languages import _


class PreviewPassed(StaleEdit):
    """What the file would do is no longer what the editor has seen."""

    code = "preview-passed"


def keep_upload(content: bytes, name: str, *, actor: Actor, at: datetime) -> BulkUpload:
    """Keeps a file until it is confirmed. Raises BadInput, naming the file, for one that cannot be used as a whole."""
    mine = institution_of(actor)
    read_file(content, name)
    upload = BulkUpload(institution_id=mine, name=name, content=content, at=at)
    db.session.add(upload)
    db.session.commit()
    return upload


def preview_upload(uuid: UUID, *, actor: Actor, at: datetime) -> Report:
    """What the file would do, or what it has done where it is carried out. It is carried out and undone, so that the preview follows the very
    rules of the real thing. Raises NotFound."""
    upload = queries.own_upload(institution_of(actor), uuid)
    if upload.done_at:
        return from_kept(upload.report)
    report = _carried_out(upload, actor, at, telling=False)
    db.session.rollback()
    return report


def carry_out_upload(uuid: UUID, mark: str, *, actor: Actor, at: datetime) -> Report:
    """Saves the good rows, all in one transaction; interrupted, nothing is saved, and it can be confirmed again. A second confirmation
    changes nothing. `mark` is the report's that the editor has seen. Raises NotFound, and PreviewPassed where it is another by now."""
    mine = institution_of(actor)
    publishing.lock_institution(mine)
    upload = queries.own_upload(mine, uuid)
    if upload.done_at:
        return from_kept(upload.report)
    report = _carried_out(upload, actor, at, telling=True)
    if report.mark != mark:
        db.session.rollback()
        raise PreviewPassed(_("Something has changed since you saw this. Look through it once more."))
    upload.done_at, upload.report, upload.content = at, report.as_kept(), None
    db.session.commit()
    return report


def _carried_out(upload: BulkUpload, actor: Actor, at: datetime, *, telling: bool) -> Report:
    mine = institution_of(actor)
    publishing.lock_institution(mine)
    read = read_file(upload.content, upload.name)
    own = Own(publishing.institution(mine), *queries.everything(mine), queries.vocabulary())
    return Upserting(own, actor, at, telling=telling).carry_out(read)


def forget_old(at: datetime) -> int:
    """What the clock does: files, reports and publications that nobody looks up any more go. Returns how many."""
    gone = queries.forget(at)
    db.session.commit()
    return gone
