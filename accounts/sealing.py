"""What lies in the database for one browser alone, sealed with the token that only this browser has (JWE, AES-256-GCM).

An ID token may hold a name, a mail address and a national identity number; nobody who reads the database can read it.
"""

import hashlib


def seal(text: str, token: str) -> str:
    """The text, to be opened with the same token only."""
    from joserfc import jwe

    return jwe.encrypt_compact({"alg": "dir", "enc": "A256GCM"}, text, _key(token))


def unseal(sealed: str, token: str) -> str:
    from joserfc import jwe

    return jwe.decrypt_compact(sealed, _key(token)).plaintext.decode()


def _key(token: str):
    """Another digest of the token than the one in the table of sign-ins."""
    from joserfc.jwk import OctKey

    return OctKey.import_key(hashlib.sha256(f"seal {token}".encode()).digest())
