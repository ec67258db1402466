"""What may be told of a workbook from its zip directory, before any of it is parsed: how big it gets, and whether it is one at all."""

import io
import re
import zipfile
import zlib
from typing import BinaryIO

from config.errors import BadInput
from config.languages import _

MOST_UNPACKED = 256 << 20  # bytes of all parts; 100 000 rows of 20 columns take about half
MOST_SIDE_PART = 16 << 20  # bytes of a part that is read whole: styles, relations
MOST_STRINGS = 128 << 20  # bytes of the shared strings
MOST_RATIO = 100  # unpacked to packed; sheets lie between 5 and 30
SMALL = 1 << 20  # bytes; below this any ratio is harmless
MOST_PARTS = 2_000
MOST_DIRECTORY = 1 << 20  # bytes
HEAD = 4_096  # bytes within which the first element of a part must begin

# What zipfile raises where an archive is damaged, locked, or packed in a way that it does not know.
UNREADABLE = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)

_END_OF_DIRECTORY = b"PK\x05\x06"
_ELEMENT_FIRST = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?(?:(?!\?>).)*\?>\s*|<!--(?:(?!-->).)*-->\s*)*<[A-Za-z_]", re.DOTALL
)


def refuse_unsafe(file: BinaryIO, name: str, most_unpacked: int = MOST_UNPACKED) -> None:
    """Raises BadInput for a zip that is not a workbook, unpacks to too much, or defines entities. Parses no part of it."""
    _refuse_big_directory(file, name)
    try:
        with zipfile.ZipFile(file) as archive:
            _refuse_other_zip(archive, name)
            for part in archive.infolist():
                _refuse_bomb(part, name)
            _refuse_big(archive, name, most_unpacked)
            for part in archive.infolist():
                _refuse_doctype(archive, part, name)
    except UNREADABLE as error:
        raise BadInput(_("“%(name)s” is a damaged or locked workbook.", name=name)) from error


def _refuse_big_directory(file: BinaryIO, name: str) -> None:
    told = directory(file)
    if told is None:
        raise BadInput(_("“%(name)s” is a damaged or locked workbook.", name=name))
    if told[0] > MOST_PARTS or told[1] > MOST_DIRECTORY:
        raise BadInput(_("“%(name)s” has more parts than any workbook needs.", name=name))


def directory(file: BinaryIO) -> tuple[int, int] | None:
    """How many parts a zip says it has, and how many bytes its directory takes: read from its end alone, so that a huge directory is never gone
    through. None where it has no end."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(size - (1 << 16) - 22, 0))
    tail = file.read()
    at = tail.rfind(_END_OF_DIRECTORY)
    if at < 0 or len(tail) < at + 22:
        return None
    return int.from_bytes(tail[at + 10 : at + 12], "little"), int.from_bytes(tail[at + 12 : at + 16], "little")


def _refuse_other_zip(archive: zipfile.ZipFile, name: str) -> None:
    names = set(archive.namelist())
    if "mimetype" in names and "content.xml" in names:
        raise BadInput(_("“%(name)s” is an OpenDocument file. Save it as .xlsx or CSV.", name=name))
    if not {"[Content_Types].xml", "_rels/.rels"} <= names or not any(part.startswith("xl/") for part in names):
        raise BadInput(_("“%(name)s” is a zip archive, but not a workbook.", name=name))


def _refuse_bomb(part: zipfile.ZipInfo, name: str) -> None:
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):  # only deflate is unpacked in pieces of a known size
        raise BadInput(_("“%(name)s” is packed in a way that no workbook is.", name=name))
    ratio = part.file_size / max(part.compress_size, 1)
    if part.file_size > SMALL and ratio > MOST_RATIO or part.file_size > _most(part.filename):
        raise BadInput(
            _("“%(name)s” unpacks to far more than it is: its part “%(part)s” to %(size)d MB.", name=name, part=part.filename[:60],
              size=part.file_size >> 20)
        )  # fmt: skip


def _most(part: str) -> int:
    if "/worksheets/" in part:
        return MOST_UNPACKED
    return MOST_STRINGS if part.endswith("sharedStrings.xml") else MOST_SIDE_PART


def _refuse_big(archive: zipfile.ZipFile, name: str, most_unpacked: int) -> None:
    unpacked = sum(part.file_size for part in archive.infolist())
    if unpacked > most_unpacked:
        raise BadInput(
            _("“%(name)s” unpacks to %(size)d MB; %(most)d MB is the most.", name=name, size=unpacked >> 20, most=most_unpacked >> 20)
        )


def _refuse_doctype(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> None:
    """An XML part must begin with its first element: before that is the only place where a document may define entities."""
    if not part.filename.endswith((".xml", ".rels", ".vml")) or not part.file_size:
        return
    with archive.open(part) as opened:
        head = opened.read(HEAD)
    if not _ELEMENT_FIRST.match(head):
        raise BadInput(_("“%(name)s” defines entities or is not XML in its part “%(part)s”.", name=name, part=part.filename[:60]))
