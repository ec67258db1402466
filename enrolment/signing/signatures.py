"""Signing with a key, by RS256 (RFC 7518, 3.3), which every verifier must know."""

from collections.abc import Mapping
from typing import Any

import json

ALGORITHM = "RS256"


def compact(claims: Mapping[str, Any], private: str, *, kid: str) -> str:
    """A compact JWS over claims (RFC 7515, 7.1). `kid` is the address at which the public half is found."""
    from joserfc import jwt
    from joserfc.jwk import RSAKey

    return jwt.encode({"alg": ALGORITHM, "kid": kid, "typ": "JWT"}, dict(claims), RSAKey.import_key(private), algorithms=[ALGORITHM])


def flattened(content: Mapping[str, Any], private: str, *, kid: str) -> dict[str, str]:
    """A JWS as JSON, flattened (RFC 7515, 7.2.2): payload, protected, signature."""
    from joserfc import jws
    from joserfc.jwk import RSAKey

    member = {"protected": {"alg": ALGORITHM, "kid": kid}}
    payload = json.dumps(content, ensure_ascii=False, sort_keys=True).encode()
    return jws.serialize_json(member, payload, RSAKey.import_key(private), algorithms=[ALGORITHM])
