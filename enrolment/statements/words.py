"""A statement in words: who vouches for a line, and whether it still stands."""

from config.languages import _
from enrolment.results import words as result_words
from enrolment.statements.models import StatementLine
from enrolment.statements.values import Standing, Voucher


def vouched(line: StatementLine) -> str:
    if line.voucher is Voucher.INSTITUTION:
        return _("Recorded by %(name)s", name=line.vouched_by)
    return _("Verified by %(name)s", name=line.vouched_by) if line.vouched_by else _("Verified by the school owner")


def result(line: StatementLine) -> str:
    """The mark where it is shown; else that it is passed."""
    return result_words.mark(line.mark) if line.mark else _("pass")


def standing(value: Standing) -> tuple[str, str]:
    """One or two words, and the kind of tag."""
    return {
        Standing.STANDS: (_("Stands"), "good"),
        Standing.CORRECTED: (_("Corrected since"), "stop"),
        Standing.GONE: (_("No longer recorded"), "stop"),
    }[value]
