"""The order of the modules as a picture: where each box stands, how the arrows go. Pure; the template draws it.

One step below the other, at most two boxes beside each other, so that the words can be read on a phone. Lengths are in units of the picture.
"""

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WIDE, HIGH = 224, 96  # of a box
BESIDE, BELOW = 24, 44  # between boxes
IN_A_ROW = 2
LETTERS = 21  # of a title that fit on a line of a box, in the widest of the letters that a reader may have
LINES = 3
LINE, FOOT = 19, 17  # heights of a line of the title and of what stands below it


@dataclass(frozen=True)
class Box:
    key: int
    x: int
    y: int
    lines: tuple[str, ...]
    below: str  # code and credits

    @property
    def middle(self) -> int:
        return self.x + WIDE // 2

    @property
    def written(self) -> list[tuple[int, str]]:
        """The lines of the title, each with where it stands."""
        return [(self._first + LINE * number, line) for number, line in enumerate(self.lines)]

    @property
    def foot(self) -> int:
        """Where what stands below the title stands."""
        return self._first + LINE * len(self.lines) - 2

    @property
    def _first(self) -> int:
        return self.y + (HIGH - LINE * len(self.lines) - FOOT) // 2 + 15

    @property
    def top(self) -> tuple[int, int]:
        return self.middle, self.y

    @property
    def bottom(self) -> tuple[int, int]:
        return self.middle, self.y + HIGH


@dataclass(frozen=True)
class Arrow:
    """From a module to one that needs it; `required`, or only recommended."""

    path: str
    head: str
    required: bool


@dataclass(frozen=True)
class Picture:
    width: int
    height: int
    box: tuple[int, int]  # how wide and how high each is
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


Link = tuple[int, int, bool]  # the module needed, the one that needs it, whether it is required


def draw(steps: Sequence[Sequence[int]], links: Sequence[Link], said: Mapping[int, tuple[str, str]]) -> Picture:
    """`said`: of each module its title, and what stands below it."""
    rows = [step[start : start + IN_A_ROW] for step in steps for start in range(0, len(step), IN_A_ROW)]
    boxes = {module: _box(module, place, number, row, *said[module]) for number, row in enumerate(rows) for place, module in enumerate(row)}
    arrows = tuple(_arrow(boxes[before], boxes[after], required) for before, after, required in links)
    return Picture(_width(), len(rows) * (HIGH + BELOW) - BELOW, (WIDE, HIGH), tuple(boxes.values()), arrows)


def _width() -> int:
    return IN_A_ROW * (WIDE + BESIDE) - BESIDE


def _box(module: int, place: int, number: int, row: Sequence[int], title: str, below: str) -> Box:
    taken = len(row) * (WIDE + BESIDE) - BESIDE
    x = (_width() - taken) // 2 + place * (WIDE + BESIDE)
    lines = textwrap.wrap(title, LETTERS, max_lines=LINES, placeholder=" …", break_on_hyphens=False) or [title[:LETTERS]]
    return Box(module, x, number * (HIGH + BELOW), tuple(lines), below)


def _arrow(before: Box, after: Box, required: bool) -> Arrow:
    """A soft line from the foot of one box to the head of the other. Boxes are drawn over it, so a long one passes behind them."""
    (x1, y1), (x2, y2) = before.bottom, after.top
    if y2 <= y1:  # a ring, which publishing refuses
        (x1, y1), (x2, y2) = (before.x + WIDE, before.y + HIGH // 2), (after.x + WIDE, after.y + HIGH // 2)
    bend = BELOW // 2
    path = f"M{x1} {y1}C{x1} {y1 + bend} {x2} {y2 - bend} {x2} {y2 - 6}"
    return Arrow(path, f"M{x2 - 6} {y2 - 9}L{x2} {y2}L{x2 + 6} {y2 - 9}z", required)
