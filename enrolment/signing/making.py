"""A new RSA key as the three things that are kept of it. Everything heavy is imported where it is used."""

from datetime import datetime, timedelta

BITS = 2048  # RFC 7518, 3.3: the least for RS256
CERTIFIED_FOR = timedelta(days=3653)


def new_key(name: str, kid: str, at: datetime) -> tuple[str, dict, str]:
    """The private half (PEM), the public half (a JWK), and a certificate that the key has signed for itself (PEM)."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from joserfc.jwk import RSAKey

    made = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    private = made.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()).decode()
    shown = RSAKey.import_key(made.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo))
    public = shown.as_dict(private=False) | {"kid": kid, "use": "sig", "alg": "RS256"}
    return private, public, _certificate(made, name, kid, at)


def _certificate(key, name: str, kid: str, at: datetime) -> str:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization

    called = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name[:64]), x509.NameAttribute(x509.NameOID.SERIAL_NUMBER, kid)])
    builder = x509.CertificateBuilder().subject_name(called).issuer_name(called).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(at).not_valid_after(at + CERTIFIED_FOR)
    builder = builder.add_extension(x509.KeyUsage(True, True, False, False, False, False, False, False, False), critical=True)
    return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()
