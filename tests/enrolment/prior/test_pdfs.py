"""Evidence is a PDF that shows something and does nothing."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as some

from config.errors import BadInput
from enrolment.prior import pdfs
from enrolment.prior.services import tidy_name
from tests.enrolment.prior import pdf_files


def refusal(content: bytes) -> str:
    with pytest.raises(BadInput) as refused:
        pdfs.check(content, "vitnemål.pdf")
    return refused.value.sentence


@pytest.mark.parametrize("pages", [1, 30])
def test_an_honest_pdf_is_taken(app, pages):
    with app.test_request_context():
        pdfs.check(pdf_files.honest(pages), "vitnemål.pdf")


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (pdf_files.program, "is no PDF, whatever it is called"), (pdf_files.archive, "is no PDF"), (pdf_files.page, "is no PDF"), (bytes, "is empty"),
        (pdf_files.broken, "is damaged"), (pdf_files.locked, "locked with a password"), (pdf_files.with_javascript, "holds a program or other files"),
        (pdf_files.with_another_file, "holds a program or other files"), (pdf_files.that_starts_a_program, "/Launch"),
        (pdf_files.with_its_name_written_in_signs, "holds a program or other files"), (pdf_files.compressed, "holds a program or other files"),
        (lambda: b"%PDF-" + bytes(pdfs.MOST_BYTES), "10 MB is the most"),
    ],
    ids=lambda value: getattr(value, "__name__", "").strip("<>"),
)  # fmt: skip
def test_what_is_something_else_is_refused_with_the_reason_and_the_name(app, made, said):
    with app.test_request_context(headers={"Accept-Language": "en"}):
        sentence = refusal(made())

    assert said in sentence
    assert "vitnemål.pdf" in sentence


@given(at=some.integers(0, 500), garbage=some.binary(min_size=1, max_size=40))
def test_a_damaged_pdf_is_taken_or_refused_and_breaks_nothing(app, at, garbage):
    whole = pdf_files.honest()
    with app.test_request_context():
        try:
            pdfs.check(whole[:at] + garbage + whole[at + len(garbage) :], "a.pdf")
        except BadInput:
            pass


def test_a_file_of_very_many_objects_is_refused_at_once(app):
    objects = b"".join(b"%d 0 obj\n<<>>\nendobj\n" % number for number in range(1, 120_000))
    started = time.monotonic()
    with app.test_request_context():
        refusal(b"%PDF-1.7\n" + objects + b"trailer\n<</Root 1 0 R/Size 120000>>\nstartxref\n9\n%%EOF")

    assert time.monotonic() - started < 20


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"), ("C:\\Users\\Kari\\Vitnemål.PDF", "Vitnemål.PDF"), ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie x.pdf"), ("\u202efdp.exe", "fdp.exe.pdf"),
        (".pdf", "dokument.pdf"), ("x" * 300 + ".pdf", "x" * 96 + ".pdf"), ("\x00", "dokument.pdf"),
    ],
)  # fmt: skip
def test_a_name_is_kept_without_what_a_name_should_not_have(sent, kept):
    assert tidy_name(sent) == kept
