"""A claim with its evidence: for the teacher who has it, and for the owner it is laid before."""

from io import BytesIO

from flask import Blueprint, Response, flash, redirect, render_template, send_file, url_for

from accounts.guard import acting_as, current_actor
from accounts.models import Role
from config.clock import now
from config.errors import NotFound
from config.forms import Form, blank_form, sent_file
from config.languages import _
from enrolment.prior import queries, services
from enrolment.prior.models import EVIDENCE, Evidence
from enrolment.prior.pdfs import MOST_BYTES
from enrolment.progress import queries as progress_queries
from enrolment.progress.models import PriorCredit

pages = Blueprint("prior", __name__)
SHOWN_BY_NOBODY = "sandbox; default-src 'none'"  # what a browser may do with a file of somebody's: nothing


@pages.get("/me/progress/claims/<uuid:claim>")
@acting_as(Role.TEACHER)
def claim(claim):
    return _page(progress_queries.own_claim(current_actor(), claim), blank_form())


@pages.post("/me/progress/claims/<uuid:claim>/evidence")
@acting_as(Role.TEACHER)
def add_evidence(claim):
    mine, (sent, form) = progress_queries.own_claim(current_actor(), claim), sent_file("file")
    form.attempt(lambda: services.add_evidence(claim, sent.read(MOST_BYTES + 1), sent.filename, actor=current_actor(), at=now()), at="file")
    if not form.ok:
        return _page(mine, form), 422
    flash(_("The file is kept with the claim. Only you and your school owner can open it."), "good")
    return redirect(url_for(".claim", claim=claim))


def _page(mine: PriorCredit, form: Form) -> str:
    return render_template("prior/claim.html", claim=mine, evidence=queries.evidence_of(mine.id), form=form, most=services.MOST)


@pages.get("/me/progress/claims/<uuid:claim>/evidence/<uuid:evidence>")
@acting_as(Role.TEACHER)
def own_evidence(claim, evidence):
    return _file(queries.own_evidence(current_actor(), claim, evidence))


@pages.post("/me/progress/claims/<uuid:claim>/evidence/<uuid:evidence>/removal")
@acting_as(Role.TEACHER)
def remove_evidence(claim, evidence):
    services.remove_evidence(claim, evidence, actor=current_actor(), at=now())
    flash(_("The file is removed."), "good")
    return redirect(url_for(".claim", claim=claim))


@pages.get("/owner/claims/<uuid:claim>/evidence/<uuid:evidence>")
@acting_as(Role.OWNER)
def laid_evidence(claim, evidence):
    return _file(queries.laid_evidence(current_actor(), claim, evidence))


def _file(kept: Evidence) -> Response:
    """To be saved, never to be shown or run here."""
    content = EVIDENCE.read(kept.stored_as)
    if content is None:
        raise NotFound(_("The file is no longer here."))
    answer = send_file(BytesIO(content), mimetype="application/pdf", as_attachment=True, download_name=kept.name, max_age=0)
    answer.headers["Content-Security-Policy"] = SHOWN_BY_NOBODY
    return answer


def evidence_laid(claim: PriorCredit, **_known) -> str:
    """The panel of a claim on its owner's page: its files."""
    return render_template("prior/laid.html", claim=claim, evidence=queries.evidence_of(claim.id))
