"""What is made of SECRET_KEY for one purpose each: tokens that can be made anew and are kept nowhere, and texts that only this installation can read."""

import hashlib
import hmac
from base64 import urlsafe_b64encode

from flask import current_app

from config.settings import Settings


def settings() -> Settings:
    return current_app.config["SETTINGS"]


def token_for(purpose: str, of: str) -> str:
    """An unguessable token (192 bits) that is the same each time it is made from the same SECRET_KEY, so that it need not be kept."""
    return urlsafe_b64encode(_digest(f"{purpose} token", of)[:24]).decode()


def seal(purpose: str, text: str) -> str:
    """The text, to be read with the same SECRET_KEY only (JWE, AES-256-GCM)."""
    from joserfc import jwe

    return jwe.encrypt_compact({"alg": "dir", "enc": "A256GCM"}, text, _key(purpose))


def unseal(purpose: str, sealed: str) -> str | None:
    """None where it was sealed with another SECRET_KEY, or is broken."""
    from joserfc import jwe
    from joserfc.errors import JoseError

    try:
        return jwe.decrypt_compact(sealed, _key(purpose)).plaintext.decode()
    except (JoseError, ValueError):
        return None


def _key(purpose: str):
    from joserfc.jwk import OctKey

    return OctKey.import_key(_digest("seal", purpose))


def _digest(purpose: str, text: str) -> bytes:
    return hmac.digest(settings().secret_key.encode(), f"{purpose}\0{text}".encode(), "sha256")


def digest(token: str) -> str:
    """What is kept of a token, which opens nothing: its SHA-256, hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()
