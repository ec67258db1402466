"""Opening a catalogue file: what it is by its bytes, whatever its name says."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath
from typing import BinaryIO

from catalog.importing.csv_files import open_csv
from catalog.importing.tables import Table
from catalog.importing.workbooks import open_workbook
from config.errors import BadInput
from config.languages import _, _l

TEXT_NAMES = {".csv", ".txt", ".tsv"}
WORKBOOK_NAMES = {".xlsx", ".xlsm"}
MOST_BYTES = 200 << 20
NOT_TABLES = {
    b"\x89PNG": _l("a PNG picture"),
    b"\xff\xd8\xff": _l("a JPEG picture"),
    b"GIF8": _l("a GIF picture"),
    b"%PDF": _l("a PDF document"),
    b"\x1f\x8b": _l("a gzip archive"),
    b"7z\xbc\xaf": _l("a 7-Zip archive"),
    b"{\\rtf": _l("a text document (RTF)"),
    b"<!DO": _l("a web page"),
    b"<htm": _l("a web page"),
    b"<?xm": _l("an XML document"),
    b"\xd0\xcf\x11\xe0": _l("an old or locked Excel file; save it as .xlsx or CSV"),
    b"SQLi": _l("a database"),
}
ZIP = b"PK\x03\x04"


@contextmanager
def open_table(file: BinaryIO, name: str) -> Iterator[Table]:
    """The table in a file that can be read and wound back: CSV (UTF-8, UTF-16 with mark, Windows-1252; comma, semicolon, tab) or XLSX.

    The rows are read as they are asked for, within the `with`. Raises BadInput, naming the file, for everything else; the rows may
    raise it too, where a workbook turns out to be damaged further down.
    """
    start = _start_of(file, name)
    if start.startswith(ZIP):
        _refuse_name(name, TEXT_NAMES, _("a zip archive or a workbook"))
        with open_workbook(file, name) as table:
            yield table
    else:
        _refuse_name(name, WORKBOOK_NAMES, _("text or something else"))
        yield open_csv(file, name)


def _start_of(file: BinaryIO, name: str) -> bytes:
    size = file.seek(0, 2)
    if not size:
        raise BadInput(_("“%(name)s” is empty.", name=name))
    if size > MOST_BYTES:
        raise BadInput(_("“%(name)s” is %(size)d MB; %(most)d MB is the most.", name=name, size=size >> 20, most=MOST_BYTES >> 20))
    file.seek(0)
    start = file.read(8)
    for mark, what in NOT_TABLES.items():
        if start.lower().startswith(mark.lower()):
            raise BadInput(_("“%(name)s” is not a table, but %(what)s.", name=name, what=what))
    return start


def _refuse_name(name: str, wrong: set[str], what: str) -> None:
    if PurePath(name).suffix.lower() in wrong:
        raise BadInput(_("“%(name)s” is not what its name says, but %(what)s.", name=name, what=what))
