"""Opening, changing and closing a batch, and how payments are coded: one function, one use case, one commit. All of it is the national authority's."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple
from uuid import uuid4

from sqlalchemy.exc import IntegrityError

from accounts import audit
from accounts.acting import Actor
from accounts.models import Role
from config.database import db
from config.errors import BadInput, Refusal
from config.languages import _
from enrolment.money.models import MoneyEntry
from enrolment.payouts import closing, filing, queries
from enrolment.payouts.models import AccountCoding, MoneyBatch
from enrolment.rounds import queries as rounds


class Seen(NamedTuple):
    """What waits to be taken in, as it was shown: how many entries, and their sum in øre."""

    entries: int
    oere: int


class OpenAlready(Refusal):
    code = "batch-open-already"


class NothingToPay(Refusal):
    code = "nothing-to-pay"


class NotCoded(Refusal):
    code = "not-coded"


class BatchStands(Refusal):
    code = "batch-stands"


class MoreEntered(Refusal):
    code = "more-entered"


def begin(values: Mapping[str, Any], *, actor: Actor, at: datetime) -> MoneyBatch:
    """The next batch, open. Raises OpenAlready."""
    actor.require(Role.AUTHORITY)
    if queries.open_batch():
        raise OpenAlready(_("A batch is open already. Close it first."))
    made = MoneyBatch(uuid=uuid4(), number=queries.last_number() + 1, opened_at=at, **values)
    db.session.add(made)
    _remember(made, "open", actor, at)
    try:
        db.session.commit()
    except IntegrityError:  # somebody was faster in another window
        db.session.rollback()
        raise OpenAlready(_("A batch is open already. Close it first.")) from None
    return made


def change(number: int, values: Mapping[str, Any], *, actor: Actor, at: datetime) -> MoneyBatch:
    """Its name and the date of its vouchers, while it is open. Raises NotFound, BatchStands."""
    found = _open_under_lock(number, actor)
    for name, value in values.items():
        setattr(found, name, value)
    _remember(found, "change", actor, at)
    db.session.commit()
    return found


def _open_under_lock(number: int, actor: Actor) -> MoneyBatch:
    actor.require(Role.AUTHORITY)
    found = queries.locked(number)
    if found.closed_at is not None:
        raise BatchStands(_("This batch is closed, and stands as it is."))
    return found


def close(number: int, seen: Seen, *, actor: Actor, at: datetime) -> MoneyBatch:
    """Takes in every entry that is in no batch, works out what each owner is paid, and freezes the file with its digest.

    It cannot be undone, so nothing is taken in that was not `seen`. Raises NotFound, BatchStands, NothingToPay, MoreEntered where more has been entered
    since, and NotCoded where an entry has no account or the file no columns.
    """
    batch = _open_under_lock(number, actor)
    entries, codings, columns = queries.waiting(), queries.codings(batch.voucher_on), queries.columns(batch.voucher_on)
    if not entries:
        raise NothingToPay(_("Nothing has been entered since the last batch."))
    if Seen(len(entries), sum(one.oere for one in entries)) != seen:
        raise MoreEntered(_("More has been entered since you looked at the batch. Nothing is closed. Look through it again."))
    _require_coded(entries, codings, columns)
    closing.close(batch, entries, codings, columns, by=actor.person_id, at=at)
    _remember(batch, "close", actor, at, digest=batch.digest, entries=str(len(entries)))
    db.session.commit()
    return batch


def _require_coded(entries: list[MoneyEntry], codings: list[AccountCoding], columns: list) -> None:
    if not columns:
        raise NotCoded(_("The file for accounting has no columns on the date of the vouchers. Load the registers, or choose another date."))
    without = next((one for one in entries if filing.coding_of(one, codings) is None), None)
    if without is not None:
        scheme = without.scheme.name if without.scheme else "–"
        raise NotCoded(_("Payments under «%(scheme)s» have no account on the date of the vouchers. Add one first.", scheme=scheme))


def add_coding(values: Mapping[str, Any], *, actor: Actor, at: datetime) -> AccountCoding:
    """How payments are coded from a day on; of those that name as much the newer goes before. Raises BadInput."""
    actor.require(Role.AUTHORITY)
    scheme = next((one for one in rounds.schemes() if one.code == values["scheme"]), None)
    if values["scheme"] and scheme is None:
        raise BadInput(_("The account cannot be kept."), {"scheme": [_("Choose from the list.")]})
    if values["valid_to"] and values["valid_to"] < values["valid_from"]:
        raise BadInput(_("The account cannot be kept."), {"valid_to": [_("It cannot end before it begins.")]})
    known = {name: value for name, value in values.items() if name != "scheme"}
    made = AccountCoding(code=f"own-{values['valid_from'].isoformat()}-{uuid4().hex[:8]}", scheme_id=scheme.id if scheme else None, confirmed=True, **known)
    db.session.add(made)
    audit.record("account coding", audit.known_as(made.code), "add", by=actor, at=at, organisation_id=actor.organisation_id, facts={"code": made.code, "account": made.account})
    db.session.commit()
    return made


def _remember(batch: MoneyBatch, event: str, actor: Actor, at: datetime, **facts: str) -> None:
    audit.record("money batch", batch.uuid, event, by=actor, at=at, organisation_id=actor.organisation_id, to_state=batch.state, facts=facts)
