"""Certificates, as they are handed over in files."""

import hashlib

from config.errors import BadInput
from config.languages import _


def fingerprint(certificate: str) -> str:
    """SHA-256 of the certificate, hexadecimal. Raises BadInput for what is none."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    try:
        read = x509.load_pem_x509_certificate(certificate.encode())
    except ValueError:
        raise BadInput(_("This is no certificate in PEM.")) from None
    return hashlib.sha256(read.public_bytes(Encoding.DER)).hexdigest()
