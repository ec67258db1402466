"""A file that somebody sends in: its rows by the names of the columns, read once; nothing is looked up yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from itertools import islice

from catalog.bulk import columns
from catalog.importing.readers import open_table
from catalog.importing.tables import TableRow
from catalog.importing.writing import short
from config.errors import BadInput
from config.languages import _

MOST_BYTES = 5 << 20
PART = 400  # rows that are judged and saved in one transaction and one request, new ones at some 15 ms each
MOST_ROWS = 8_000


@dataclass(frozen=True)
class FileRow:
    """The filled cells of a line by column; `refusal` is a sentence where the line could not be read."""

    line: int
    cells: Mapping[str, str]
    refusal: str | None = None

    @property
    def title(self) -> str:
        """What the row calls itself in a report."""
        return next((short(self.cells[name], 120) for name in ("module_title", "course_title", "module_code") if self.cells.get(name)), "")


@dataclass(frozen=True)
class Read:
    """The rows of a file, and its headers that nobody reads."""

    rows: tuple[FileRow, ...]
    unread: tuple[str, ...]

    @property
    def parts(self) -> int:
        return -(-len(self.rows) // PART)

    def part(self, number: int) -> "Read":
        """The rows of one part, from nought."""
        return Read(self.rows[number * PART : (number + 1) * PART], self.unread)


def read_file(content: bytes, name: str) -> Read:
    """Raises BadInput, naming the file, for what is no table, has no column for the code, no rows or too many."""
    if len(content) > MOST_BYTES:
        raise BadInput(_("“%(name)s” is larger than %(most)d MB. Divide it.", name=name, most=MOST_BYTES >> 20))
    with open_table(BytesIO(content), name) as table:
        known, unread = columns.recognise(name, table.headers)
        rows = tuple(_row(read, known) for read in islice(table, MOST_ROWS + 1))
    if len(rows) > MOST_ROWS:
        raise BadInput(_("“%(name)s” has more than %(most)d rows. Divide it.", name=name, most=MOST_ROWS))
    if not rows:
        raise BadInput(_("“%(name)s” has headers, but no rows.", name=name))
    return Read(rows, unread)


def _row(read: TableRow, known: Mapping[str, str]) -> FileRow:
    cells = {known[header]: cell for header, cell in read.cells.items() if header in known and cell}
    return FileRow(read.line, cells, read.refusal)
