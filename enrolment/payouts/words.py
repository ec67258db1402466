"""Batches in words."""

from catalog.offers import words as offer_words
from config.languages import _, _l
from enrolment.payouts.lifecycle import Batch
from enrolment.payouts.models import AccountCoding, ExportColumn, MoneyBatch
from enrolment.payouts.values import Column

COLUMNS = {
    Column.VOUCHER: _l("Voucher reference"), Column.BATCH: _l("Number of the batch"), Column.DATE: _l("Date of the voucher"), Column.PERIOD: _l("Period (year and month)"),
    Column.ACCOUNT: _l("Account"), Column.COUNTER_ACCOUNT: _l("Counter account"), Column.COST_CENTRE: _l("Cost centre"), Column.PROJECT: _l("Project"),
    Column.VAT_CODE: _l("VAT code"), Column.ORGANISATION_NUMBER: _l("Organisation number"), Column.OWNER: _l("School owner"), Column.TEXT: _l("Text"),
    Column.AMOUNT: _l("Amount in kroner"), Column.SEMESTER: _l("Semester"), Column.SCHEME: _l("Scheme"),
}  # fmt: skip


def state(one: MoneyBatch) -> tuple[str, str]:
    return (_("Not closed yet"), "wait") if one.state is Batch.OPEN else (_("Closed for good"), "good")


def column(one: ExportColumn) -> str:
    return _("Always «%(text)s»", text=one.fixed or "") if one.what is Column.FIXED else str(COLUMNS[one.what])


def coded(one: AccountCoding) -> str:
    """Which payments a row is for."""
    parts = [offer_words.strand(one.strand)] if one.strand else []
    parts += [one.scheme.name] if one.scheme else []
    return ", ".join(parts) or _("All payments")
