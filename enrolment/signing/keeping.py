"""Where private halves are kept: sealed in the database, or as files in the instance folder (SEKSTI_KEYS)."""

import os
from pathlib import Path
from uuid import UUID

from config import secret
from config.settings import KEYS_IN_FOLDER
from enrolment.signing.models import SigningKey

PURPOSE = "signing key"


def keep(uuid: UUID, private: str) -> str | None:
    """What is kept of it in the database: sealed, or nothing where it lies in the folder."""
    if secret.settings().keys != KEYS_IN_FOLDER:
        return secret.seal(PURPOSE, private)
    path = _path(uuid)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(private)
    return None


def read(key: SigningKey) -> str | None:
    """None where it was sealed with another SECRET_KEY, or the file is not on this machine."""
    if key.sealed:
        return secret.unseal(PURPOSE, key.sealed)
    path = _path(key.uuid)
    return path.read_text() if path.exists() else None


def forget(uuid: UUID) -> None:
    _path(uuid).unlink(missing_ok=True)


def _path(uuid: UUID) -> Path:
    return secret.settings().instance / "keys" / f"{uuid}.pem"
