"""A teacher's statements and badges, and the page where anybody who holds an address checks one."""

from datetime import date

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for

from accounts.guard import acting_as, current_actor, has_role
from accounts.models import Role
from catalog.institutions.models import Institution
from catalog.offers.models import Module
from config.clock import day_of, now
from config.errors import Refusal
from config.forms import Form, blank_form, read_form, read_query
from config.http import NOT_INDEXED
from config.languages import _
from enrolment.progress.models import PriorCredit
from enrolment.results import words as result_words
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment, Result
from enrolment.signing import queries as key_queries
from enrolment.statements import badges, elmo, paper, queries, services, signed, words
from enrolment.statements.models import Statement
from enrolment.statements.schemas import BadgeSchema, StatementSchema
from enrolment.statements.values import Choice, Standing, Voucher

pages = Blueprint("statements", __name__)


class NothingStands(Refusal):
    code = "nothing-stands"


@pages.get("/me/statements")
@acting_as(Role.TEACHER)
def statements():
    return render_template("statements/statements.html", statements=queries.own_statements(current_actor()))


@pages.get("/me/statements/new")
@acting_as(Role.TEACHER)
def new():
    choices = _choices()
    return _new_page(choices, blank_form(share=[one.key for one in choices]))


@pages.post("/me/statements")
@acting_as(Role.TEACHER)
def make():
    form = read_form(StatementSchema())
    said = form.values
    made = form.attempt(lambda: services.make(said["share"], with_marks=said["marks"], purpose=said["purpose"], actor=current_actor(), at=now()))
    if not form.ok:
        return _new_page(_choices(), form), 422
    flash(_("The statement is made. Download it, or share its address."), "good")
    return redirect(url_for(".statement", statement=made.uuid))


def _new_page(choices: list[Choice], form: Form) -> str:
    return render_template("statements/new.html", choices=choices, form=form, mark=result_words.mark)


def _choices() -> list[Choice]:
    """The latest first."""
    mine = current_actor().person_id
    found = [*map(_result_choice, queries.results_to_share(mine)), *map(_claim_choice, queries.claims_to_share(mine))]
    return sorted(found, key=lambda one: one.finished_on or date.min, reverse=True)


def _result_choice(result: Result) -> Choice:
    module = result.enrolment.module
    return Choice(
        str(result.enrolment.uuid), module.title or module.code or "", module.institution.name, module.credits, Voucher.INSTITUTION, result.mark,
        day_of(result.recorded_at), result.enrolment.made_up,
    )  # fmt: skip


def _claim_choice(claim: PriorCredit) -> Choice:
    return Choice(str(claim.uuid), claim.title, claim.institution, claim.credits, Voucher.OWNER, None, claim.finished_on, claim.person.made_up)


@pages.get("/me/statements/<uuid:statement>")
@acting_as(Role.TEACHER)
def statement(statement):
    mine = queries.own_statement(current_actor(), statement)
    return render_template(
        "statements/statement.html", statement=mine, words=words, Standing=Standing, can_sign=key_queries.signing(None) is not None,
        address=_address(mine) if services.can_be_shown(mine) and not mine.revoked_at else None, has_elmo=bool(elmo.lines_of(mine)),
        signs=key_queries.institutions_that_sign(), Voucher=Voucher,
    )  # fmt: skip


@pages.get("/me/statements/<uuid:statement>.pdf")
@acting_as(Role.TEACHER)
def as_paper(statement):
    mine = _to_download(statement)
    return _file(paper.printed(mine, check=_address(mine), at=now()), "application/pdf", f"seksti-{mine.made_at:%Y-%m-%d}.pdf")


@pages.get("/me/statements/<uuid:statement>.json")
@acting_as(Role.TEACHER)
def as_json(statement):
    mine = _to_download(statement)
    return _file(_signed(mine), "application/json", f"seksti-{mine.made_at:%Y-%m-%d}.json")


@pages.get("/me/statements/<uuid:statement>.xml")
@acting_as(Role.TEACHER)
def as_elmo(statement):
    mine = _to_download(statement)
    if not elmo.lines_of(mine):
        raise NothingStands(_("No result of an institution stands in this statement, so there is nothing to put in the file."))
    return _file(elmo.written(mine, at=now(), page=_page), "application/xml", f"seksti-{mine.made_at:%Y-%m-%d}.xml")


def _to_download(statement) -> Statement:
    """Raises NotFound, StatementRevoked, and NothingStands where there is nothing left to tell."""
    mine = queries.own_statement(current_actor(), statement)
    if mine.revoked_at:
        raise services.StatementRevoked(_("You have ended this statement. Make a new one."))
    if not services.can_be_shown(mine):
        raise NothingStands(_("The address of this statement can no longer be written, because Seksti's secret key has been changed. Make a new one."))
    if not mine.standing_lines:
        raise NothingStands(_("Nothing in this statement stands any longer. Make a new one."))
    return mine


def _file(content: bytes | str, kind: str, name: str) -> Response:
    answer = Response(content, mimetype=kind)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def _signed(statement: Statement) -> str:
    return signed.written(statement, issuer=url_for("catalog.home", _external=True), check=_address(statement))


def _address(statement: Statement) -> str:
    return url_for("statements.check", token=services.token_of(statement.uuid), _external=True)


@pages.post("/me/statements/<uuid:statement>/revocation")
@acting_as(Role.TEACHER)
def revoke(statement):
    services.revoke(statement, actor=current_actor(), at=now())
    flash(_("The statement is ended. Its address and its code show nothing any longer."), "good")
    return redirect(url_for(".statement", statement=statement))


@pages.get("/me/enrolments/<uuid:enrolment>/badge.jwt")
@acting_as(Role.TEACHER)
def badge(enrolment):
    """The credential of a passed module. It tells the mark only where that is asked for."""
    result = queries.own_passed(current_actor(), enrolment)
    with_mark = read_query(BadgeSchema())["mark"]
    made = badges.signed(result, with_mark=with_mark, page=_page)
    return _file(made, "application/vc+jwt", f"{result.enrolment.module.slug}.jwt")


@pages.get("/institutions/<code>/badges/revoked.json")
def revoked_badges(code):
    """The credentials of an institution that hold no longer (1EdTech Revocation List 1.0)."""
    institution = key_queries.institution(code)
    revoked = [badges.credential_id(uuid, at) for uuid, at in queries.outdated_results(institution.organisation_id)]
    return jsonify(
        id=request.base_url, issuer=_page("institution", institution),
        revokedCredential=[{"id": one, "revoked": True, "revocationReason": "The result was corrected."} for one in revoked],
    )  # fmt: skip


def _page(what, of: Institution | Module | None = None) -> str:
    """The address of a page here: of a thing, or of something that belongs to one."""
    about = what if of is None else of
    if what == "revoked":
        return url_for("statements.revoked_badges", code=about.code, _external=True)
    if isinstance(about, Institution):
        return url_for("catalog.institution", code=about.code, _external=True)
    return url_for("catalog.module", institution=about.institution.code, slug=about.slug, _external=True)


@pages.get("/check/<token>")
def check(token):
    """What a teacher shares, and whether it still stands; nothing more than what stands on the paper."""
    shown = services.opened_by(token)
    can_sign = key_queries.signing(None) is not None
    page = render_template("statements/check.html", statement=shown, words=words, Standing=Standing, token=token, can_sign=can_sign)
    return Response(page, headers=NOT_INDEXED)


@pages.get("/check/<token>.json")
def check_json(token):
    """The same for programs: signed, of what still stands."""
    content = signed.written(services.opened_by(token), issuer=url_for("catalog.home", _external=True), check=url_for(".check", token=token, _external=True))
    return Response(content, mimetype="application/json", headers=NOT_INDEXED)


def badge_way(enrolment: Enrolment, **_known) -> str:
    """The panel of an enrolment that is passed: its badge, where the institution signs."""
    result = enrolment.result
    if enrolment.state is not Seat.COMPLETED or result is None or not result.mark.passed or not has_role(Role.TEACHER):
        return ""
    signs = key_queries.signing(enrolment.module.institution_id) is not None
    return render_template("statements/badge.html", enrolment=enrolment, signs=signs)

