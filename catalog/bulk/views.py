"""The editor's pages of many at once: a file sent in, seen, carried out; everything taken out; drafts published together."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for

from accounts.guard import acting_as, current_actor
from accounts.models import Role
from catalog.bulk import columns, exporting, queries, services, together, words
from catalog.bulk.reading import MOST_BYTES, MOST_ROWS, PART
from catalog.bulk.services.publications import TooLateToTakeBack
from catalog.bulk.services.uploads import PreviewPassed
from catalog.bulk.values import Outcome, Report
from catalog.importing.writing import short
from catalog.offers.readiness import NEEDS
from catalog.publishing import queries as publishing
from catalog.publishing.content import kind_of
from catalog.publishing.permissions import institution_of
from catalog.publishing.views import addresses
from catalog.publishing.words import concerned, name_of
from config.clock import now, today
from config.csv_out import csv_answer
from config.database import start_writing
from config.forms import Form, blank_form, sent_file
from config.languages import _, moment, ngettext

pages = Blueprint("bulk", __name__, url_prefix="/publish/bulk")
editors_only = acting_as(Role.EDITOR)
SHOWN = 200  # rows of each kind on a page
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = ("course", "module", "offering")


@pages.context_processor
def names() -> dict:
    return {"bulk_words": words, "name_of": name_of, "addresses": addresses, "SHOWN": SHOWN}


def mine() -> int:
    return institution_of(current_actor())


@pages.get("")
@editors_only
def begin():
    return _begin(blank_form())


def _begin(form: Form) -> str:
    return render_template("bulk/begin.html", form=form, institution=publishing.institution(mine()), columns=words.format_rows(), most_rows=MOST_ROWS, most_megabytes=MOST_BYTES >> 20, part=PART)


@pages.post("")
@editors_only
def upload():
    sent, form = sent_file("file")
    kept = form.attempt(lambda: services.keep_upload(sent.read(), short(sent.filename, 120), actor=current_actor(), at=now()), at="file")
    if not form.ok:
        return _begin(form), 422
    return redirect(url_for(".show_upload", upload=kept.uuid), 303)


@pages.get("/<uuid:upload>")
@editors_only
def show_upload(upload):
    """The preview of a file, or what it has come to."""
    return _upload_page(upload)


def _upload_page(uuid: UUID) -> str:
    start_writing()  # a preview is carried out and undone
    report, part = services.look_through(uuid, actor=current_actor(), at=now())
    kept = queries.own_upload(mine(), uuid)
    drafts = queries.things(mine(), report.drafts) if kept.done_at else []
    return render_template(
        "bulk/upload.html", upload=kept, report=report, Outcome=Outcome, concerned=concerned(report.seats, report.waiting),
        part=part, drafts=[(kind_of(thing), thing) for thing in together.plan(drafts).ready], begun=len(drafts),
    )  # fmt: skip


@pages.post("/<uuid:upload>/confirmation")
@editors_only
def confirm(upload):
    try:
        report = services.carry_out_upload(upload, request.form.get("mark", ""), actor=current_actor(), at=now())
    except PreviewPassed as passed:
        flash(str(passed.sentence), "wait")
        return _upload_page(upload), 409
    flash(_said(report), "good" if report.does_something else "info")
    return redirect(url_for(".show_upload", upload=upload), 303)


def _said(report: Report) -> str:
    saved = report.counts[Outcome.NEW] + report.counts[Outcome.CHANGED]
    return ngettext("%(num)d row is saved.", "%(num)d rows are saved.", saved)


@pages.get("/<uuid:upload>/refused.csv")
@editors_only
def refused(upload):
    start_writing()
    report = services.preview_upload(upload, actor=current_actor(), at=now())
    told = [
        (row.line, row.title, words.fields(row.problems), " ".join(one.sentence for one in row.problems)) for row in report.of(Outcome.REFUSED)
    ]
    return csv_answer("refused.csv", (_("Line"), _("Title"), _("Field"), _("Reason")), told)


@pages.get("/everything.csv")
@editors_only
def download_csv():
    return csv_answer(f"{_file_name()}.csv", columns.HEADERS, exporting.for_csv(mine()))


@pages.get("/everything.xlsx")
@editors_only
def download_workbook():
    answer = Response(exporting.workbook(mine()), content_type=WORKBOOK)
    answer.headers.set("Content-Disposition", "attachment", filename=f"{_file_name()}.xlsx")
    return answer


def _file_name() -> str:
    return f"seksti-{publishing.institution(mine()).code}-{today():%Y-%m-%d}"


@pages.get("/publication")
@editors_only
def choose_drafts():
    """All drafts, those that lack nothing ticked; or only those that are named in the address."""
    named = _named(request.args.getlist("thing"))
    chosen = queries.things(mine(), named) if named else queries.drafts(mine())
    found = together.plan(chosen)
    return render_template(
        "bulk/publication.html", ready=[(kind_of(thing), thing) for thing in found.ready], narrowed=bool(named),
        unready=[(kind_of(thing), thing, [(str(NEEDS[gap]), addresses.gap_page(thing, gap)) for gap in gaps]) for thing, gaps in found.unready.items()],
    )  # fmt: skip


@pages.post("/publication")
@editors_only
def publish():
    named = _named(request.form.getlist("thing"))
    if not named:
        flash(_("Tick what is to be published."), "wait")
        return redirect(url_for(".choose_drafts"), 303)
    batch = services.publish_drafts(named, actor=current_actor(), at=now())
    return redirect(url_for(".show_publication", publication=batch.uuid), 303)


def _named(sent: Sequence[str]) -> list[tuple[str, str]]:
    """(kind, public id) of «module:…»; what is written otherwise names nothing."""
    pairs = [tuple(one.split(":")) for one in sent]
    return [pair for pair in pairs if len(pair) == 2 and pair[0] in KINDS]


@pages.get("/publication/<uuid:publication>")
@editors_only
def show_publication(publication):
    batch = queries.own_publication(mine(), publication)
    things = {(kind_of(thing), str(thing.uuid)): thing for thing in queries.things(mine(), [(one[0], one[1]) for one in [*batch.things, *batch.left]])}
    stayed = {(kind, uuid): reason for kind, uuid, reason in batch.stayed}
    return render_template(
        "bulk/published.html", batch=batch, can_undo=not batch.undone_at and batch.things and together.can_be_taken_back(batch.at, now()),
        until=moment(batch.at + together.UNDO),
        published=[(kind, things[kind, uuid], stayed.get((kind, uuid))) for kind, uuid, _before in batch.things if (kind, uuid) in things],
        left=[(kind, things[kind, uuid], [str(NEEDS[gap]) for gap in gaps]) for kind, uuid, gaps in batch.left if (kind, uuid) in things],
    )  # fmt: skip


@pages.post("/publication/<uuid:publication>/undoing")
@editors_only
def undo(publication):
    try:
        batch = services.take_back(publication, actor=current_actor(), at=now())
    except TooLateToTakeBack as refusal:
        flash(str(refusal.sentence), "stop")
    else:
        taken = len(batch.things) - len(batch.stayed)
        flash(ngettext("%(num)d publication is taken back.", "%(num)d publications are taken back.", taken), "good" if taken else "wait")
    return redirect(url_for(".show_publication", publication=publication), 303)
