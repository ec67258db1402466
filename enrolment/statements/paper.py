"""A statement on paper: a tagged PDF (PDF/UA-1) with a QR code that leads to the page it is checked at."""

import io
import json
from datetime import datetime

from config.clock import day_of
from config.languages import _, date, language, moment, number
from config.settings import ROOT
from enrolment.statements import words
from enrolment.statements.models import Statement, StatementLine

TEMPLATE = ROOT / "templates" / "statements" / "statement.typ"


def printed(statement: Statement, *, check: str, at: datetime) -> bytes:
    """The file, in the reader's language. `check`: the address of its check page."""
    import typst  # 30 MB, and only for this

    return typst.compile(TEMPLATE.read_bytes(), format="pdf", sys_inputs={"data": json.dumps(_content(statement, check, at))}, pdf_standards=["ua-1"])


def _content(statement: Statement, check: str, at: datetime) -> dict:
    """Everything that is said, as texts: the template knows no words of its own."""
    left_out = len(statement.lines) - len(statement.standing_lines)
    return {
        "lang": language(),
        "title": _("Statement of credits"),
        "holder": statement.holder,
        "made": _("Made %(moment)s. Printed %(day)s.", moment=moment(statement.made_at), day=date(day_of(at))),
        "what": _("%(name)s has chosen to share these studies. Each is recorded by the institution, or verified by the school owner, that is named beside it.", name=statement.holder),
        "made_up": _("Made up for demonstration.") if any(line.made_up for line in statement.lines) else "",
        "left_out": _("Some lines have been corrected since the statement was made, and are left out here.") if left_out else "",
        "columns": [_("Study"), _("Credits"), _("Result"), _("Finished"), _("Vouched for")],
        "rows": [_row(line) for line in statement.standing_lines],
        "check": _("Is it still true?"),
        "check_how": _("Scan the code, or open the address. The page says whether everything here still stands, and shows no more than this paper."),
        "address": check,
        "code": _code(check),
        "code_alt": _("QR code for %(address)s", address=check),
        "no_diploma": _("This is an overview of courses and no diploma. Diplomas and transcripts are issued by the institutions."),
    }  # fmt: skip


def _row(line: StatementLine) -> list[str]:
    where = ", ".join(part for part in (line.institution, line.code) if part)
    return [line.title, where, number(line.credits), words.result(line), date(line.finished_on) if line.finished_on else _("not stated"), words.vouched(line)]


def _code(address: str) -> str:
    import segno

    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", xmldecl=False, border=4)
    return drawn.getvalue().decode()
