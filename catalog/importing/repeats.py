"""Rows that a file says twice.

The key (institution and code, else the titles and credits) names a module or a whole programme; a later line with the same key is
- another run of it, where the semester or the place differs;
- refused as «the same as line n», where neither does;
- refused as a second module with the same code, where its title or credits are others.
"""

import hashlib

from catalog.importing.rows import ImportedRow, RefusedRow
from catalog.importing.writing import plain, short
from config.languages import _


class Repeats:
    """Remembers of each row two short digests, so that a hundred thousand rows take a few tens of megabytes."""

    def __init__(self):
        self._runs: dict[bytes, int] = {}
        self._firsts: dict[bytes, tuple[int, bytes, bytes]] = {}

    def judged(self, row: ImportedRow) -> ImportedRow | RefusedRow:
        """The row itself, remembered; or its refusal, naming the earlier line."""
        reason = self._of_another(row) or self._said_before(row)
        return RefusedRow(row.line, short(row.title), reason, row.institution, row.code or "") if reason else row

    def _of_another(self, row: ImportedRow) -> str | None:
        if not row.code_stated:
            return None
        line, title, credits = self._firsts.setdefault(_digest(row.key), (row.line, _digest(_titled(row)), _digest(str(row.credits or ""))))
        others = (title, _digest(_titled(row))), (credits, _digest(str(row.credits or "")))
        if any(one != other and _NOTHING not in (one, other) for one, other in others):
            return _("The code “%(code)s” stands on line %(line)d with another title or other credits.", code=row.code, line=line)
        return None

    def _said_before(self, row: ImportedRow) -> str | None:
        line = self._runs.setdefault(_digest(row.run_key), row.line)
        return _("The same as line %(line)d: same semester and same place.", line=line) if line != row.line else None


def _titled(row: ImportedRow) -> str:
    return plain((row.course_title if row.whole_programme else row.module_title) or "")


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=12).digest()


_NOTHING = _digest("")
