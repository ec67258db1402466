"""PDFs to send: an honest one, and some that are something else."""

import io
import zipfile
import zlib

from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject


def honest(pages: int = 1) -> bytes:
    return _written(lambda writer: None, pages)


def _written(change, pages: int = 1) -> bytes:
    writer, file = PdfWriter(), io.BytesIO()
    for _page in range(pages):
        writer.add_blank_page(width=200, height=200)
    change(writer)
    writer.write(file)
    return file.getvalue()


def with_javascript() -> bytes:
    return _opening({"/S": NameObject("/JavaScript"), "/JS": TextStringObject("app.alert('x');")})


def _opening(action: dict) -> bytes:
    """A document that does something when it is opened."""
    made = DictionaryObject({NameObject(key): value for key, value in action.items()})
    return _written(lambda writer: writer.root_object.update({NameObject("/OpenAction"): made}))


def with_another_file() -> bytes:
    return _written(lambda writer: writer.add_attachment("run.exe", b"MZ"))


def that_starts_a_program() -> bytes:
    return _opening({"/S": NameObject("/Launch"), "/F": TextStringObject("cmd.exe")})


def with_its_name_written_in_signs() -> bytes:
    """/JavaScript may be written /J#61vaScript (PDF 32000-1, 7.3.5)."""
    return with_javascript().replace(b"/JavaScript", b"/J#61vaScript").replace(b"/JS", b"/#4AS")


def compressed() -> bytes:
    """The action lies in a compressed stream of objects (PDF 32000-1, 7.5.7), where no search of the bytes finds it."""
    inner = b"4 0 << /S /JavaScript /JS (app.alert\\(1\\)) >>"
    packed = zlib.compress(inner)
    parts = [
        b"1 0 obj\n<< /Type /Catalog /Pages 2 0 R /OpenAction 4 0 R >>\nendobj\n", b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n",
        b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>\nendobj\n",
        b"5 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (len(packed), packed),
    ]  # fmt: skip
    whole, starts = b"%PDF-1.7\n", []
    for part in parts:
        starts.append(len(whole))
        whole += part
    table = [(0, 0, 65535), (1, starts[0], 0), (1, starts[1], 0), (1, starts[2], 0), (2, 5, 0), (1, starts[3], 0), (1, len(whole), 0)]
    rows = zlib.compress(b"".join(kind.to_bytes(1) + one.to_bytes(4) + other.to_bytes(2) for kind, one, other in table))
    last = b"6 0 obj\n<< /Type /XRef /Size 7 /Root 1 0 R /W [1 4 2] /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (len(rows), rows)
    return whole + last + b"startxref\n%d\n%%%%EOF" % len(whole)


def locked() -> bytes:
    return _written(lambda writer: writer.encrypt("secret"))


def program() -> bytes:
    return b"MZ\x90\x00" + bytes(500)


def archive() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("a.txt", "a")
    return file.getvalue()


def page() -> bytes:
    return b"<!doctype html><script>alert(1)</script>%PDF-1.7"


def broken() -> bytes:
    return b"%PDF-1.7\n" + b"junk " * 200
