"""Whether an ELMO file is what somebody signed, and whether that somebody is trusted. Only what was signed is used."""

from collections.abc import Mapping

from config.errors import BadInput
from config.languages import _
from enrolment.elmo.values import Signed

SIGNATURE = "{http://www.w3.org/2000/09/xmldsig#}Signature"
CERTIFICATE = "{http://www.w3.org/2000/09/xmldsig#}X509Certificate"


def judged(root, name: str, trusted: Mapping[int, str]) -> tuple[Signed, int | None, object]:
    """How the file is signed, by which of the trusted (certificates in PEM, by key), and the root of what was signed.

    Raises BadInput for a signature that does not hold: a changed file, a broken signature, or a method that is no longer safe (SHA-1).
    """
    if not any(True for _one in root.iter(SIGNATURE)):
        return Signed.NOT, None, root
    for key, certificate in trusted.items():
        if (signed := _verified(root, certificate)) is not None:
            return Signed.BY_TRUSTED, key, signed
    signed = next((found for one in _enclosed(root) if (found := _verified(root, one)) is not None), None)
    if signed is None:
        raise BadInput(_("The signature of “%(name)s” does not hold: the file has been changed after it was signed, or was signed in a way that is no longer safe. Fetch it anew.", name=name))
    return Signed.BY_ANOTHER, None, signed


def _verified(root, certificate: str):
    """The root of what was signed, as it is within the signature; None where it does not hold by this certificate."""
    from signxml import XMLVerifier

    try:
        return XMLVerifier().verify(root, x509_cert=certificate).signed_xml
    except Exception:  # whatever is wrong with it, it does not hold
        return None


def _enclosed(root) -> list[str]:
    """The certificates that the file brings itself, which say nothing of who may be trusted."""
    lines = ["".join((one.text or "").split()) for one in root.iter(CERTIFICATE)]
    return [f"-----BEGIN CERTIFICATE-----\n{line}\n-----END CERTIFICATE-----\n" for line in lines[:3]]
