"""Many at once belongs to the editors of the institution."""

from accounts.models import Role
from catalog.bulk import services
from catalog.publishing.content import kind_of
from tests import factories
from tests.access.policy import Rule
from tests.access.publishing import _ready_course as ready_course

EDITORS = {Role.EDITOR}


def _upload(half):
    actor = factories.acting(half.people[Role.EDITOR])
    kept = services.keep_upload(b"code;title\r\nBULK1;Algebra\r\n", "modules.csv", actor=actor, at=factories.MONDAY)
    return kept, services.preview_upload(kept.uuid, actor=actor, at=factories.MONDAY)


def _of_upload(half, me):
    return {"upload": _upload(half)[0].uuid}


def _of_publication(half, me):
    course = ready_course(half, me)
    actor = factories.acting(half.people[Role.EDITOR])
    batch = services.publish_drafts([(kind_of(course), str(course.uuid))], actor=actor, at=factories.MONDAY)
    return {"publication": batch.uuid}


def _things(half, me):
    return {"thing": f"course:{ready_course(half, me).uuid}"}


POLICY = {
    "bulk.begin": Rule(EDITORS),
    "bulk.upload": Rule(EDITORS, own=422),
    "bulk.show_upload": Rule(EDITORS, address=_of_upload),
    "bulk.confirm": Rule(EDITORS, address=_of_upload, form=lambda half, me: {"mark": _upload(half)[1].mark}),
    "bulk.refused": Rule(EDITORS, address=_of_upload),
    "bulk.download_csv": Rule(EDITORS),
    "bulk.download_workbook": Rule(EDITORS),
    "bulk.choose_drafts": Rule(EDITORS),
    "bulk.publish": Rule(EDITORS, form=_things),
    "bulk.show_publication": Rule(EDITORS, address=_of_publication),
    "bulk.undo": Rule(EDITORS, address=_of_publication),
}
