"""A file of an editor's: kept, seen, carried out."""

from datetime import datetime
from uuid import UUID

from accounts.acting import Actor
from catalog.bulk import queries
from catalog.bulk.finding import Own
from catalog.bulk.models import BulkUpload
from catalog.bulk.reading import PART, Read, read_file
from catalog.bulk.upserting import Upserting
from catalog.bulk.values import Report, from_kept
from catalog.publishing import queries as publishing
from catalog.publishing.permissions import institution_of
from config.database import db
from config.errors import StaleEdit
from config.languages import _


Part = tuple[int, int, int, int]
"""Of a file in parts: the number of the next one, of all, and its first and last row."""


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
    """What the next part of the file would do, or what the file has done where it is carried out. Raises NotFound."""
    return look_through(uuid, actor=actor, at=at)[0]


def look_through(uuid: UUID, *, actor: Actor, at: datetime) -> tuple[Report, Part | None]:
    """The same, and which part of a file in parts it is: the file, which may take seconds to read, is read once. It is carried out and undone, so
    that the preview follows the very rules of the real thing. Raises NotFound."""
    upload = queries.own_upload(institution_of(actor), uuid)
    if upload.done_at:
        return from_kept(upload.report), None
    read, number = read_file(upload.content, upload.name), upload.parts_done
    report = _carried_out(read.part(number), actor, at, telling=False)
    db.session.rollback()
    return report, _part(read, number)


def _part(read: Read, number: int) -> Part | None:
    first = number * PART
    return (number + 1, read.parts, first + 1, min(first + PART, len(read.rows))) if read.parts > 1 else None


def carry_out_upload(uuid: UUID, mark: str, *, actor: Actor, at: datetime) -> Report:
    """Saves the good rows of the next part, all in one transaction; interrupted, nothing of it is saved, and it can be confirmed again. A
    second confirmation of the last part changes nothing. `mark` is the report's that the editor has seen. Raises NotFound, and
    PreviewPassed where it is another by now."""
    mine = institution_of(actor)
    publishing.lock_institution(mine)
    upload = queries.own_upload(mine, uuid)
    if upload.done_at:
        return from_kept(upload.report)
    read = read_file(upload.content, upload.name)
    report = _carried_out(read.part(upload.parts_done), actor, at, telling=True)
    if report.mark != mark:
        db.session.rollback()
        raise PreviewPassed(_("Something has changed since you saw this. Look through it once more."))
    _keep(upload, report, read.parts, at)
    db.session.commit()
    return report


def _keep(upload: BulkUpload, report: Report, parts: int, at: datetime) -> None:
    """Adds what a part has done to what those before it did; the file goes with its last part."""
    whole = from_kept(upload.report).and_then(report) if upload.report else report
    upload.report, upload.parts_done = whole.as_kept(), upload.parts_done + 1
    if upload.parts_done >= parts:
        upload.done_at, upload.content = at, None


def _carried_out(read: Read, actor: Actor, at: datetime, *, telling: bool) -> Report:
    mine = institution_of(actor)
    publishing.lock_institution(mine)
    own = Own(publishing.institution(mine), *queries.everything(mine), queries.vocabulary())
    return Upserting(own, actor, at, telling=telling).carry_out(read)


def forget_old(at: datetime) -> int:
    """What the clock does: files, reports and publications that nobody looks up any more go. Returns how many."""
    gone = queries.forget(at)
    db.session.commit()
    return gone
