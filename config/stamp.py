"""A sign that the processes of one machine share, put anew after a commit: whoever reads it sees that there is something new without asking the database."""

import mmap
import os
from pathlib import Path

SIZE = 8


class Stamp:
    """Some bytes in a file that every process keeps in its memory. Raises OSError where the file cannot be written."""

    def __init__(self, path: Path):
        with open(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
            if file.seek(0, os.SEEK_END) < SIZE:
                file.write(bytes(SIZE))
                file.flush()
            self._shared = mmap.mmap(file.fileno(), SIZE)

    def read(self) -> bytes:
        return self._shared[:]

    def renew(self) -> None:
        """To be called after the commit, never before it: a reader that sees the new sign asks once and then trusts it."""
        self._shared[:] = os.urandom(SIZE)
