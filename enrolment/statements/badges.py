"""An Open Badges 3.0 credential for one passed module, signed by the institution: a compact JWS (Open Badges 3.0, 8.2)."""

import hashlib
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from catalog.institutions.models import Institution
from config.clock import day_of, start_of
from enrolment.results.values import Mark
from enrolment.seats.models import Result
from enrolment.signing import services, signatures, views
from enrolment.statements.values import figure

CONTEXTS = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    "https://purl.imsglobal.org/spec/vcrl/v1p0/context.json",
)
LETTERS = [mark.value for mark in Mark if len(mark.value) == 1]
_BADGES = UUID("3a0c2f52-60ba-5d6e-8e5c-5e6b5ed6e160")


def credential_id(result: UUID, recorded_at: datetime) -> str:
    """The name of the credential of a result as it was recorded at a moment: a corrected result gets another one, and the one before is revoked."""
    return f"urn:uuid:{uuid5(_BADGES, f'{result} {recorded_at.isoformat()}')}"


def signed(result: Result, *, with_mark: bool, page) -> str:
    """The credential. `page`: addresses of pages here. Raises NoKey where the institution has no key."""
    institution = result.enrolment.module.institution
    key, private = services.private_of(institution.organisation_id)
    said = credential(result, with_mark=with_mark, page=page)
    registered = {
        "iss": said["issuer"]["id"], "jti": said["id"], "sub": said["credentialSubject"]["id"], "nbf": int(result.recorded_at.timestamp()),
    }  # fmt: skip
    return signatures.compact(said | registered, private, kid=views.address(key))


def credential(result: Result, *, with_mark: bool, page) -> dict[str, Any]:
    """What is signed: no name in clear, and the mark only where the holder wants it shown."""
    enrolment = result.enrolment
    institution = enrolment.module.institution
    return {
        "@context": list(CONTEXTS),
        "id": credential_id(result.uuid, result.recorded_at),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": enrolment.module.title or enrolment.module.code,
        "issuer": _issuer(institution, page),
        "validFrom": _moment(result.recorded_at),
        "credentialSubject": {
            "id": f"urn:uuid:{enrolment.uuid}",
            "type": ["AchievementSubject"],
            "identifier": [_identity(enrolment.person.name, str(result.uuid))],
            "activityEndDate": _moment(start_of(day_of(result.recorded_at))),
            "creditsEarned": float(enrolment.module.credits),
            "achievement": _achievement(result, with_mark, page),
        }
        | ({"result": [{"type": ["Result"], "resultDescription": _description_id(result), "value": _value(result.mark)}]} if with_mark else {}),
        "credentialStatus": {"id": page("revoked", institution), "type": "1EdTechRevocationList"},
    }


def _issuer(institution: Institution, page) -> dict[str, Any]:
    known = {"id": page("institution", institution), "type": ["Profile"], "name": institution.name_nb}
    return known | ({"url": f"https://{institution.domain}/"} if institution.domain else {})


def _identity(name: str, salt: str) -> dict[str, Any]:
    """The holder's name, to be recognised by whoever knows it and by nobody else (Open Badges 3.0, IdentityObject)."""
    return {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": f"sha256${hashlib.sha256(f'{name}{salt}'.encode()).hexdigest()}",
        "identityType": "name",
        "salt": salt,
    }


def _achievement(result: Result, with_mark: bool, page) -> dict[str, Any]:
    module = result.enrolment.module
    said = {
        "id": page("module", module),
        "type": ["Achievement"],
        "achievementType": "Course",
        "name": module.title or module.code,
        "description": module.summary or f"{figure(module.credits)} studiepoeng",
        "criteria": {"narrative": f"Bestått. {module.assessment_form or ''}".strip()},
        "creditsAvailable": float(module.credits),
    }
    said |= {name: value for name, value in (("humanCode", module.code), ("inLanguage", module.language)) if value}
    return said | ({"resultDescription": [_description(result)]} if with_mark else {})


def _description(result: Result) -> dict[str, Any]:
    letters = result.mark.value in LETTERS
    kind = {"resultType": "LetterGrade", "allowedValue": LETTERS} if letters else {"resultType": "Status", "allowedValue": ["Completed", "Failed"]}
    return {"id": _description_id(result), "type": ["ResultDescription"], "name": "Karakter", **kind}


def _description_id(result: Result) -> str:
    return f"urn:uuid:{uuid5(_BADGES, f'mark of {result.uuid}')}"


def _value(mark: Mark) -> str:
    return mark.value if mark.value in LETTERS else "Completed"


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")
