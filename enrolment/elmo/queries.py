"""Every select of ELMO files and of those whose signatures are trusted."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select

from accounts.acting import Actor
from accounts.models import Organisation
from catalog.institutions.models import Institution
from catalog.offers.models import Module
from config.database import db, holds
from config.errors import NotFound
from config.languages import _
from enrolment.elmo.models import ElmoFile, TrustedSigner
from enrolment.elmo.values import Study
from enrolment.progress.lifecycle import Claim
from enrolment.progress.models import PriorCredit


def trusted(on: date) -> dict[int, str]:
    """The certificates that are believed on a day, by key."""
    return {one.id: one.certificate for one in db.session.scalars(select(TrustedSigner).where(holds(TrustedSigner, on)).order_by(TrustedSigner.id))}


def signers() -> Sequence[TrustedSigner]:
    return db.session.scalars(select(TrustedSigner).order_by(TrustedSigner.id)).all()


def signer(fingerprint: str) -> TrustedSigner | None:
    return db.session.scalar(select(TrustedSigner).where(TrustedSigner.fingerprint == fingerprint))


def own_file(actor: Actor, file: UUID) -> ElmoFile:
    """Raises NotFound for another person's, and for one that is taken already."""
    mine = select(ElmoFile).where(ElmoFile.person_id == actor.person_id, ElmoFile.uuid == file, ElmoFile.taken_at.is_(None))
    found = db.session.scalar(mine)
    if found is None:
        raise NotFound(_("You have no such file, or have taken what you wanted of it already."))
    return found


def files_before(at: datetime) -> Sequence[ElmoFile]:
    """Those that nobody took anything of."""
    return db.session.scalars(select(ElmoFile).where(ElmoFile.taken_at.is_(None), ElmoFile.at < at)).all()


def stored_names() -> set[str]:
    return set(db.session.scalars(select(ElmoFile.stored_as)))


def keys_held(person_id: int) -> set[str]:
    """By their keys, the results a person has brought already, that have not been refused or taken back."""
    held = select(PriorCredit.source_key).where(PriorCredit.person_id == person_id, PriorCredit.state.in_((Claim.CLAIMED, Claim.VERIFIED)))
    return set(db.session.scalars(held.where(PriorCredit.source_key.is_not(None))))


def modules_of(studies: Iterable[Study]) -> dict[str, Module]:
    """By key, the studies that are modules known here, so that they are not counted beside a result recorded here."""
    coded = [study for study in studies if study.code]
    wanted = select(Module, Organisation.number, Institution.domain).join(Module.institution).join(Organisation, Organisation.id == Institution.organisation_id)
    rows = db.session.execute(wanted.where(func.lower(Module.code).in_({study.code.lower() for study in coded})).order_by(Module.id.desc()))
    called = {(module.code.lower(), who): module for module, *whose in rows for who in whose if who}
    found = {study.key: called.get((study.code.lower(), study.identifiers.get("organisasjonsnummer"))) or called.get((study.code.lower(), study.identifiers.get("schac"))) for study in coded}
    return {key: module for key, module in found.items() if module}
