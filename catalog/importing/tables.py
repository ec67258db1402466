"""A table that is read row by row, whatever kind of file it came from; each row knows its line, and what is wrong with it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from catalog.importing import headers
from catalog.importing.writing import broken_letters, plain, short, tidy
from config.errors import BadInput
from config.languages import _

LONGEST_CELL = 20_000  # characters; the longest study plan paragraph met has a tenth of that
MOST_COLUMNS = 200
HEADER_WITHIN = 10  # rows; above the headers some files carry a title or a date


@dataclass(frozen=True)
class RawRow:
    """The cells of one row, from left to right, and the line it begins on. `wrong` is a sentence where it could not be read."""

    line: int
    cells: Sequence[str]
    wrong: str | None = None


@dataclass(frozen=True)
class TableRow:
    """A row by its headers. Where `refusal` is a sentence, the row must not be used, and its cells are only for naming it."""

    line: int
    cells: Mapping[str, str] = field(default_factory=dict)
    refusal: str | None = None


@dataclass
class Table:
    """An opened file: its headers as written, and its rows, to be gone through once.

    `share_read` tells how much of the file has been gone through, from 0 to 1, for a progress bar.
    """

    name: str
    headers: tuple[str, ...]
    rows: Iterator[RawRow]
    share_read: Callable[[], float] = field(default=lambda: 1.0)

    def __iter__(self) -> Iterator[TableRow]:
        for row in self.rows:
            if row.wrong or any(row.cells):
                yield self._by_header(row)

    def _by_header(self, row: RawRow) -> TableRow:
        cells = {header: tidy(cell) for header, cell in zip(self.headers, row.cells, strict=False)}
        refusal = row.wrong or self._too_many(row.cells) or _too_long(cells) or _broken(cells)
        return TableRow(row.line, cells, refusal)

    def _too_many(self, cells: Sequence[str]) -> str | None:
        filled = max((number for number, cell in enumerate(cells, start=1) if cell), default=0)
        if filled <= len(self.headers):
            return None
        return _("The row has %(cells)d cells, but there are %(headers)d headers.", cells=filled, headers=len(self.headers))


def _too_long(cells: Mapping[str, str]) -> str | None:
    for header, cell in cells.items():
        if len(cell) > LONGEST_CELL:
            return _(
                "The cell “%(header)s” holds %(length)d characters; %(most)d is the most.",
                header=short(header),
                length=len(cell),
                most=LONGEST_CELL,
            )
    return None


def _broken(cells: Mapping[str, str]) -> str | None:
    for header, cell in cells.items():
        if piece := broken_letters(cell):
            return _(
                "In “%(header)s” the letters are broken: “%(piece)s”. Save the file again as UTF-8.", header=short(header), piece=piece
            )
    return None


def table_of(name: str, rows: Iterable[RawRow], share_read: Callable[[], float]) -> Table:
    """The table whose headers are found in the first rows. Raises BadInput where there are none, or two alike."""
    rows = iter(rows)
    first = _first_rows(rows)
    if not first:
        raise BadInput(_("“%(name)s” is empty.", name=name))
    at = max(range(len(first)), key=lambda index: (_recognised(first[index]), -index))
    if first[at].wrong:
        raise BadInput(_("“%(name)s”, line %(line)d: %(wrong)s", name=name, line=first[at].line, wrong=first[at].wrong))
    written = _trimmed(first[at].cells)
    _check_headers(name, written)
    return Table(name, written, _chained(first[at + 1 :], rows), share_read)


def _first_rows(rows: Iterator[RawRow]) -> list[RawRow]:
    first = []
    for row in rows:
        if row.wrong or any(map(tidy, row.cells)):
            first.append(row)
        if len(first) == HEADER_WITHIN:
            break
    return first


def _recognised(row: RawRow) -> int:
    return len({headers.field_of(cell) for cell in row.cells} - {None})


def _chained(first: Iterable[RawRow], rest: Iterable[RawRow]) -> Iterator[RawRow]:
    yield from first
    yield from rest


def _trimmed(cells: Sequence[str]) -> tuple[str, ...]:
    """The headers without the empty ones at the end; an empty one between others is named by its column."""
    written = [tidy(cell) for cell in cells]
    while written and not written[-1]:
        written.pop()
    return tuple(header or f"column {number}" for number, header in enumerate(written, start=1))


def _check_headers(name: str, written: Sequence[str]) -> None:
    if piece := broken_letters(" ".join(written)):
        raise BadInput(_("In “%(name)s” the letters are broken: “%(piece)s”. Save the file again as UTF-8.", name=name, piece=piece))
    if len(written) > MOST_COLUMNS:
        raise BadInput(_("“%(name)s” has %(columns)d columns; %(most)d is the most.", name=name, columns=len(written), most=MOST_COLUMNS))
    seen: set[str] = set()
    for header in written:
        if plain(header) in seen:
            raise BadInput(_("“%(name)s” has two columns with the header “%(header)s”.", name=name, header=short(header)))
        seen.add(plain(header))
