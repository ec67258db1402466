"""Files of persons, in the instance folder and never where the web server serves from: each under a name of chance, which says nothing of it."""

import os
import re
import secrets
import time
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from config import secret

NAME = re.compile(r"[0-9a-f]{32}")
LONE_FOR = 24 * 60 * 60  # seconds that a file may lie before the row that names it is there


@dataclass(frozen=True)
class KeptFiles:
    """The files of one kind, in a folder of their own that only this user of the machine may open."""

    folder: str

    def put(self, content: bytes) -> str:
        """Keeps a file. Gives its name."""
        name = secrets.token_hex(16)
        path = self.path(name)
        path.parent.mkdir(mode=0o700, exist_ok=True)
        with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(content)
        return name

    def read(self, name: str) -> bytes | None:
        """None where it is gone."""
        path = self.path(name)
        return path.read_bytes() if path.exists() else None

    def drop(self, name: str) -> None:
        self.path(name).unlink(missing_ok=True)

    def drop_all_but(self, kept: Collection[str]) -> int:
        """Drops the files that no row names any more, and that are not just being kept. Gives how many."""
        before = time.time() - LONE_FOR
        here = (path for path in (secret.settings().instance / self.folder).glob("*") if NAME.fullmatch(path.name))
        lone = [path for path in here if path.name not in kept and path.stat().st_mtime < before]
        for path in lone:
            path.unlink(missing_ok=True)
        return len(lone)

    def path(self, name: str) -> Path:
        """Raises ValueError for a name that was not given here."""
        if not NAME.fullmatch(name):
            raise ValueError("This is no name of a kept file.")
        return secret.settings().instance / self.folder / name
