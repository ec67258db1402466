"""Making a statement, ending it, and opening it by its address: one function, one use case, one commit."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID, uuid4

from accounts import audit
from accounts.acting import Actor
from accounts.models import Role
from config import secret
from config.clock import day_of
from config.database import db
from config.errors import BadInput, NotFound, Refusal
from config.languages import _
from enrolment.progress.models import PriorCredit
from enrolment.seats.models import Result
from enrolment.statements import queries
from enrolment.statements.models import Statement, StatementLine
from enrolment.statements.values import Voucher

MOST = 50  # statements a person
PURPOSE = "statement"


class StatementRevoked(Refusal):
    """The address showed a statement once, and never will again."""

    code = "statement-revoked"
    status = 410


class TooManyStatements(Refusal):
    code = "too-many-statements"


def make(chosen: Collection[UUID], *, with_marks: bool, purpose: str | None, actor: Actor, at: datetime) -> Statement:
    """A statement of what one has chosen: enrolments with a pass, and verified claims, by UUID.

    Raises BadInput for nothing, and for what is not one's own or not passed or verified; TooManyStatements.
    """
    actor.require(Role.TEACHER)
    lines = [*_of_results(chosen, with_marks, actor), *_of_claims(chosen, actor)]
    if not lines or len(lines) < len(set(chosen)):
        sentence = _("Choose what to share.") if not chosen else _("Something you chose can no longer be shared. Look through the list once more.")
        raise BadInput(sentence, {"share": [sentence]})
    if len(queries.own_statements(actor)) >= MOST:
        raise TooManyStatements(_("You have made %(most)d statements, which is the most there is room for.", most=MOST))
    uuid = uuid4()
    made = Statement(
        uuid=uuid, person_id=actor.person_id, holder=actor.name, purpose=purpose, with_marks=with_marks, token_digest=secret.digest(token_of(uuid)),
        made_at=at, lines=lines,
    )  # fmt: skip
    db.session.add(made)
    audit.record("statement", uuid, "make", by=actor, at=at, facts={"lines": len(lines), "with_marks": with_marks})
    db.session.commit()
    return made


def _of_results(chosen: Collection[UUID], with_marks: bool, actor: Actor) -> list[StatementLine]:
    mine = {result.enrolment.uuid: result for result in queries.results_to_share(actor.person_id)}
    return [line_of_result(mine[uuid], with_marks) for uuid in dict.fromkeys(chosen) if uuid in mine]


def line_of_result(result: Result, with_marks: bool) -> StatementLine:
    """A line with what an institution has recorded."""
    module = result.enrolment.module
    return StatementLine(
        voucher=Voucher.INSTITUTION, result_id=result.id, title=module.title or module.code or "", code=module.code, institution=module.institution.name_nb,
        institution_number=module.institution.organisation.number, vouched_by=module.institution.name_nb, credits=module.credits,
        mark=result.mark if with_marks else None, finished_on=day_of(result.recorded_at), made_up=result.enrolment.made_up,
    )  # fmt: skip


def _of_claims(chosen: Collection[UUID], actor: Actor) -> list[StatementLine]:
    mine = {claim.uuid: claim for claim in queries.claims_to_share(actor.person_id)}
    owners = queries.owner_names({claim.owner_id for claim in mine.values() if claim.owner_id})
    return [_line_of_claim(mine[uuid], owners) for uuid in dict.fromkeys(chosen) if uuid in mine]


def _line_of_claim(claim: PriorCredit, owners: dict[int, str]) -> StatementLine:
    return StatementLine(
        voucher=Voucher.OWNER, claim_id=claim.id, title=claim.title, institution=claim.institution, vouched_by=owners.get(claim.owner_id, ""),
        credits=claim.credits, finished_on=claim.finished_on, made_up=claim.person.made_up,
    )  # fmt: skip


def token_of(statement: UUID) -> str:
    """The token of a statement's address: made anew each time and kept nowhere."""
    return secret.token_for(PURPOSE, str(statement))


def can_be_shown(statement: Statement) -> bool:
    """Whether its address can be told: not once SECRET_KEY has been changed since it was made, though the address itself still works."""
    return secret.digest(token_of(statement.uuid)) == statement.token_digest


def revoke(statement: UUID, *, actor: Actor, at: datetime) -> None:
    """The address shows nothing from now on. A second time changes nothing. Raises NotFound."""
    mine = queries.own_statement(actor, statement)
    if mine.revoked_at is None:
        mine.revoked_at = at
        audit.record("statement", mine.uuid, "revoke", by=actor, at=at)
    db.session.commit()


def opened_by(token: str) -> Statement:
    """The statement of an address. Raises NotFound for one that never was, StatementRevoked for one that is no longer shared."""
    found = queries.statement_with(secret.digest(token))
    if found is None:
        raise NotFound(_("There is no such statement. Check that the whole address is there."))
    if found.revoked_at or found.person.disabled_at:
        raise StatementRevoked(_("This statement is no longer shared by the person it was about. Ask them for a new one."))
    return found
