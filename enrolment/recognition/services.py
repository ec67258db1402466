"""Asking for a recognition, deciding on it, and ending it: one function, one use case, one commit."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID, uuid4

from sqlalchemy.exc import IntegrityError

from accounts import audit
from accounts.acting import Actor
from accounts.models import Role
from catalog.offers.models import Module
from config.clock import day_of
from config.database import db
from config.errors import BadInput, Refusal
from config.languages import _
from enrolment.progress import queries as progress
from enrolment.recognition import queries
from enrolment.recognition.lifecycle import RECOGNITION_LIFE, Recognised
from enrolment.recognition.models import Recognition


class AlreadyAsked(Refusal):
    code = "recognition-asked"


def ask(*, credit: UUID, subject: str, words: str | None, actor: Actor, at: datetime) -> Recognition:
    """Lays before the teacher's school owner that credits of theirs should count in another subject.

    Raises BadInput for credits they do not have, for the same subject and for an owner that is not known, AlreadyAsked where it stands already.
    """
    actor.require(Role.TEACHER)
    earned = next((row for row in progress.history(actor.person_id, day_of(at)) if row.credit.key == str(credit)), None)
    if earned is None:
        raise _bad("credit", _("Choose among your own credits."))
    about = next((one for one in progress.subjects() if one.code == subject), None)
    if about is None or about.code == earned.credit.subject:
        raise _bad("subject", _("Choose another subject than the one they count in already."))
    owner = progress.owner_of(actor.person_id)
    if owner is None:
        raise _bad("credit", _("Seksti does not know who your school owner is, and only they can decide."))
    asked = Recognition(
        uuid=uuid4(), person_id=actor.person_id, subject_id=about.id, words=words, asked_at=at, owner_id=owner.organisation_id, state=Recognised.ASKED,
        enrolment_id=earned.enrolment.id if earned.enrolment else None, claim_id=earned.claim.id if earned.claim else None,
    )  # fmt: skip
    db.session.add(asked)
    audit.record("recognition", asked.uuid, "ask", by=actor, at=at, organisation_id=asked.owner_id, to_state=Recognised.ASKED)
    _commit()
    return asked


def _bad(field: str, sentence: str) -> BadInput:
    return BadInput(sentence, {field: [sentence]})


def _commit() -> None:
    try:
        db.session.commit()
    except IntegrityError:  # a unique index says that the same stands already
        db.session.rollback()
        raise AlreadyAsked(_("You have asked for this already, or it is recognised.")) from None


def withdraw(recognition: UUID, *, actor: Actor, at: datetime) -> None:
    """Takes back what nobody has decided on. Raises NotFound, StepRefused."""
    _step(queries.own_one(actor, recognition), "withdraw", actor, at)
    db.session.commit()


def decide(
    recognition: UUID, *, recognise: bool, credits: Decimal | None, module: str | None, why: str, actor: Actor, at: datetime
) -> Recognition:
    """The owner recognises or refuses, and says why. `credits`: how many count, at most those awarded; `module`: whose content it is held to be,
    as «HVL MAT101».

    Raises NotFound, StepRefused, and BadInput for too many credits or a module that is not found.
    """
    laid = queries.laid_one(actor, recognition)
    if recognise:
        laid.credits, laid.module = _credits(laid, credits), _module(module)
    _step(laid, "recognise" if recognise else "refuse", actor, at, why)
    laid.why, laid.decided_at, laid.decided_by_id = why, at, actor.person_id
    kind = "recognition-given" if recognise else "recognition-refused"
    audit.tell(laid.person_id, kind, at=at, address="/me/recognitions", title=title_of(laid), subject=laid.subject.code, why=why)
    db.session.commit()
    return laid


def _credits(laid: Recognition, wanted: Decimal | None) -> Decimal:
    awarded = awarded_of(laid)
    if wanted is None:
        return awarded
    if not 0 < wanted <= awarded:
        raise _bad("credits", _("It can count for more than none, and at most for the credits awarded."))
    return wanted


def awarded_of(laid: Recognition) -> Decimal:
    return laid.enrolment.module.credits if laid.enrolment else laid.claim.credits


def title_of(laid: Recognition) -> str:
    return (laid.enrolment.module.title or laid.enrolment.module.code or "") if laid.enrolment else laid.claim.title


def _module(said: str | None) -> Module | None:
    found = queries.module_called(said) if said else None
    if said and found is None:
        raise _bad("module", _("No module has this code. Write the institution's code, a space and the module's own, such as HVL MAT101."))
    return found


def end(recognition: UUID, *, why: str, actor: Actor, at: datetime) -> None:
    """The owner who gave it ends it, with a reason. Raises NotFound, StepRefused."""
    laid = queries.laid_one(actor, recognition)
    _step(laid, "end", actor, at, why)
    laid.why = why
    audit.tell(laid.person_id, "recognition-ended", at=at, address="/me/recognitions", title=title_of(laid), subject=laid.subject.code, why=why)
    db.session.commit()


def _step(laid: Recognition, event: str, actor: Actor, at: datetime, why: str | None = None) -> None:
    before, laid.state = laid.state, RECOGNITION_LIFE.after(laid.state, event)
    audit.record("recognition", laid.uuid, event, by=actor, at=at, organisation_id=laid.owner_id, from_state=before, to_state=laid.state, why=why)
