"""Bringing an ELMO file and taking studies of it; trusting signers: one function, one use case, one commit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy.exc import IntegrityError

from accounts.acting import Actor
from accounts.models import Role
from config.clock import day_of
from config.database import db
from config.errors import BadInput, Refusal
from config.languages import _
from enrolment.elmo import certificates, queries, reading, rules, signature
from enrolment.elmo.models import FILES, ElmoFile, TrustedSigner
from enrolment.elmo.values import Content, Signed, Study
from enrolment.prior.services import tidy_name
from enrolment.progress import services as progress
from enrolment.progress.values import Measured

KEPT_FOR = timedelta(days=1)  # a file of which nobody takes anything


@dataclass(frozen=True)
class Read:
    """A file as it stands now. `verified`: whether what is taken of it counts at once; `signer_id`: whose word that is."""

    content: Content
    signed: Signed
    signer_id: int | None
    about_me: bool

    @property
    def verified(self) -> bool:
        return self.signed is Signed.BY_TRUSTED and self.about_me


def bring(content: bytes, name: str, *, actor: Actor, at: datetime) -> ElmoFile:
    """Keeps a file for a look at what is in it. Raises BadInput, naming it, where it cannot be used."""
    actor.require(Role.TEACHER)
    called = tidy_name(name, ".xml")
    read(content, called, actor=actor, on=day_of(at))
    kept = ElmoFile(uuid=uuid4(), person_id=actor.person_id, name=called, stored_as=FILES.put(content), at=at)
    db.session.add(kept)
    db.session.commit()
    return kept


def read(content: bytes, name: str, *, actor: Actor, on: date) -> Read:
    """What a file tells, and how far it is believed on a day. Raises BadInput."""
    signed, signer_id, root = signature.judged(reading.parse(content, name), name, queries.trusted(on))
    found = rules.content(*reading.learner(root), reading.reports(root, name))
    if not found.studies and not found.left_out:
        raise BadInput(_("“%(name)s” holds no studies.", name=name))
    return Read(found, signed, signer_id, rules.same_person(actor.name, found.given, found.family))


def read_kept(kept: ElmoFile, *, actor: Actor, on: date) -> Read:
    """The same of a file that was brought. Raises BadInput."""
    content = FILES.read(kept.stored_as)
    if content is None:
        raise BadInput(_("The file is no longer here. Bring it once more."))
    return read(content, kept.name, actor=actor, on=on)


def take(file: UUID, chosen: Mapping[str, str], *, actor: Actor, at: datetime) -> int:
    """Takes studies of a file, by key, each to count in a subject (by code): verified where the file is, else as claims.

    Those that are here already are left. Returns how many were taken. Raises NotFound, and BadInput for none, for a study it does not have, or a subject.
    """
    kept = queries.own_file(actor, file)
    found = read_kept(kept, actor=actor, on=day_of(at))
    studies = {study.key: study for study in found.content.studies}
    if not chosen or chosen.keys() - studies.keys():
        raise BadInput(_("Choose at least one study, and the subject it should count in."))
    held = queries.keys_held(actor.person_id)
    new = [study for key, study in studies.items() if key in chosen and key not in held]
    modules = queries.modules_of(new)
    for study in new:
        _take(study, chosen[study.key], modules.get(study.key), kept, found, actor, at)
    kept.taken_at, kept.signer_id = at, found.signer_id if found.verified else None
    _commit()
    return len(new)


def _take(study: Study, subject: str, module, kept: ElmoFile, found: Read, actor: Actor, at: datetime) -> None:
    laid = progress.lay_claim(
        title=study.title, institution=study.institution, subject=subject, credits=study.credits, finished_on=study.finished_on, actor=actor, at=at,
        module=module, measured=Measured(stated=study.label or None, country=study.country if study.country not in ("", "NO") else None),
        owner_needed=not found.verified,
    )  # fmt: skip
    laid.source_key, laid.elmo_file_id, laid.elmo_about = study.key, kept.id, None if found.about_me else f"{found.content.given} {found.content.family}".strip()
    if found.verified:
        progress.verify_by_file(laid, at)


def _commit() -> None:
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        raise Refusal(_("These results were taken in another window at the same time.")) from None


def forget_files(at: datetime) -> int:
    """Lets go of files of which nobody took anything within a day; a task of the tick."""
    gone = {one.stored_as: one for one in queries.files_before(at - KEPT_FOR)}
    for one in gone.values():
        db.session.delete(one)
    db.session.commit()
    for name in gone:
        FILES.drop(name)
    return len(gone) + FILES.drop_all_but(queries.stored_names())


def trust(certificate: str, name: str, *, source: str, until: date | None, at: datetime) -> TrustedSigner:
    """Believes what is signed with the key of a certificate, from today. Raises BadInput for what is no certificate."""
    fingerprint = certificates.fingerprint(certificate)
    signer = queries.signer(fingerprint) or TrustedSigner(fingerprint=fingerprint, certificate=certificate, valid_from=day_of(at))
    signer.name, signer.source, signer.confirmed, signer.valid_to = name, source, True, until
    db.session.add(signer)
    db.session.flush()
    db.session.commit()
    return signer


def distrust(fingerprint: str, *, at: datetime) -> TrustedSigner:
    """Believes nothing more of a signer from now on; what was taken before stays. Raises BadInput."""
    signer = queries.signer(fingerprint.lower().replace(":", ""))
    if signer is None:
        raise BadInput(_("There is no such signer."))
    signer.valid_to = day_of(at) - timedelta(days=1)
    db.session.commit()
    return signer
