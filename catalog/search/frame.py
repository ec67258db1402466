"""A page drawn once for each language, with seams where the parts go that differ from question to question.

Drawing the whole page anew costs ten times what answering the question does. The page of a stranger holds nothing else
that differs, but for the links to the other languages, which lead back to where one is.
"""

import re
from collections.abc import Callable, Mapping

from markupsafe import Markup

SEAM = re.compile("\x00(\\w+)\x00")
HERE = re.compile(r'(?<=[?&;]next=)[^"&]*(?=")')  # the address of the page itself, in links that come back to it


class Seams:
    """Stands for the parts while the frame is drawn: whatever part is named, its seam."""

    def __getattr__(self, name: str) -> Markup:
        return Markup(f"\x00{name}\x00")  # nosec B704: a sign that no page may hold, around a name of our own template


class Frame:
    def __init__(self, draw: Callable[[Seams], str]):
        self._pieces = SEAM.split(HERE.sub("\x00here\x00", draw(Seams())))

    def filled(self, parts: Mapping[str, str]) -> str:
        """The page. `parts`: HTML by the name of its seam."""
        return "".join(self.pieces(parts))

    def pieces(self, parts: Mapping[str, str]) -> list[str]:
        """The same, not yet put together."""
        pieces = self._pieces.copy()
        pieces[1::2] = [parts[name] for name in pieces[1::2]]
        return pieces

    def place(self, name: str) -> int | None:
        """Which of the pieces a part is, where the frame has a seam for it."""
        return self._pieces.index(name) if name in self._pieces[1::2] else None
