"""Text tables: in which letters they are written (UTF-8, UTF-16, Windows-1252) and what stands between the cells."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from typing import BinaryIO

from catalog.importing import headers
from catalog.importing.tables import LONGEST_CELL, MOST_COLUMNS, RawRow, Table, table_of
from config.errors import BadInput
from config.languages import _

BLOCK = 1 << 18
SAMPLE = 1 << 16
DELIMITERS = ",;\t|"
LONGEST_LINE = LONGEST_CELL * MOST_COLUMNS  # characters; a longer one holds a cell or a column too many in any case
_SEP_LINE = re.compile(r"^\W?sep=(.)\s*$", re.IGNORECASE)


def open_csv(file: BinaryIO, name: str) -> Table:
    """The table in a text file. Raises BadInput where it is not text, or its headers are not as they must be."""
    encoding = encoding_of(file, name)
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    text = io.TextIOWrapper(io.BufferedReader(_Borrowed(file)), encoding=encoding, newline="")
    delimiter, skipped = _delimiter(text)
    rows = _rows(text, delimiter, skipped)
    return table_of(name, rows, lambda: min(file.tell() / size, 1.0) if size else 1.0)


def encoding_of(file: BinaryIO, name: str) -> str:
    """The encoding in which every byte of the file makes sense. Raises BadInput where there is none."""
    file.seek(0)
    start = file.read(4)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _checked(file, name, "utf-16")
    _refuse_nul(file, name)
    if start.startswith(codecs.BOM_UTF8):
        return _checked(file, name, "utf-8-sig")
    line, letters_before = _first_not_utf8(file)
    if line is None:
        return "utf-8"
    if letters_before:
        raise BadInput(_("“%(name)s” is UTF-8, but not in line %(line)d. Save it again as UTF-8.", name=name, line=line))
    return _checked(file, name, "cp1252")


def _blocks(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    while block := file.read(BLOCK):
        yield block


def _refuse_nul(file: BinaryIO, name: str) -> None:
    if any(b"\x00" in block for block in _blocks(file)):
        raise BadInput(_("“%(name)s” is not a text table: it holds NUL bytes.", name=name))


def _first_not_utf8(file: BinaryIO) -> tuple[int | None, bool]:
    """The line of the first byte that is not UTF-8 (None: there is none), and whether letters beyond ASCII came before it in UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    line, beyond = 1, False
    for block in _blocks(file):
        try:
            text = decoder.decode(block)
        except UnicodeDecodeError as error:
            before = error.object[: error.start]
            return line + before.count(b"\n"), beyond or not before.isascii()
        line, beyond = line + text.count("\n"), beyond or not text.isascii()
    return _unless_cut_off(decoder, line, beyond)


def _unless_cut_off(decoder: codecs.IncrementalDecoder, line: int, beyond: bool) -> tuple[int | None, bool]:
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return line, beyond
    return None, beyond


def _checked(file: BinaryIO, name: str, encoding: str) -> str:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        nul = any("\x00" in decoder.decode(block) for block in _blocks(file))
        decoder.decode(b"", final=True)
    except UnicodeError:
        raise BadInput(_("“%(name)s” is neither UTF-8 nor Windows-1252 text. Save it again as UTF-8.", name=name)) from None
    if nul:
        raise BadInput(_("“%(name)s” is not a text table: it holds NUL bytes.", name=name))
    return encoding


def _delimiter(text: io.TextIOWrapper) -> tuple[str, int]:
    """What stands between the cells, and how many lines to skip: one where Excel has written «sep=;» first."""
    sample = text.read(SAMPLE)
    text.seek(0)
    lines = sample.splitlines()
    if lines and (said := _SEP_LINE.match(lines[0])):
        return said.group(1), 1
    return max(DELIMITERS, key=lambda delimiter: _fitness(sample, delimiter)), 0


def _fitness(sample: str, delimiter: str) -> tuple[int, int]:
    """How many known headers the best of the first rows gives with this delimiter; then how many cells."""
    rows = []
    for row in _records(io.StringIO(sample, newline=""), delimiter, 0):
        rows.append(row.cells[:MOST_COLUMNS])
        if len(rows) == 10:
            break
    known = (len({headers.field_of(cell) for cell in row} - {None}) for row in rows)
    return max(known, default=0), max(map(len, rows), default=0)


def _rows(text: io.TextIOWrapper, delimiter: str, skipped: int) -> Iterator[RawRow]:
    for _line in range(skipped):
        text.readline()
    yield from _records(text, delimiter, skipped)


def _records(text: io.TextIOBase, delimiter: str, line: int) -> Iterator[RawRow]:
    """Each record with the line it begins on; one that cannot be read does not stop those after it."""
    reader = csv.reader(_lines(text), delimiter=delimiter, skipinitialspace=True)
    while True:
        begins = line + reader.line_num + 1
        try:
            yield RawRow(begins, next(reader))
        except StopIteration:
            return
        except csv.Error:
            yield RawRow(begins, (), _("A cell is too long to be read, or a quotation mark is not closed."))


def _lines(text: io.TextIOBase) -> Iterator[str]:
    """The lines, none longer than any good one can be: what is cut off belongs to a row that is refused for its length."""
    while line := text.readline(LONGEST_LINE):
        while not line.endswith(("\n", "\r")) and (rest := text.readline(LONGEST_LINE)):
            line = line[: LONGEST_LINE - 1] + ("\n" if rest.endswith(("\n", "\r")) else "")
        yield line


class _Borrowed(io.RawIOBase):
    """The caller's file, which stays open when the text around it is thrown away."""

    def __init__(self, file: BinaryIO):
        self.file = file

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        block = self.file.read(len(buffer))
        buffer[: len(block)] = block
        return len(block)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self.file.seek(offset, whence)

    def tell(self) -> int:
        return self.file.tell()
