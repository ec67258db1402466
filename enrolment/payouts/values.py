"""What a file for accounting can say, and what an owner is paid in a batch."""

from dataclasses import dataclass
from enum import StrEnum


class Column(StrEnum):
    """What stands in a column of the file."""

    VOUCHER = "voucher"  # the reference: batch and owner
    BATCH = "batch"
    DATE = "date"  # of the voucher, ISO
    PERIOD = "period"  # of the accounts, YYYYMM
    ACCOUNT = "account"
    COUNTER_ACCOUNT = "counter-account"
    COST_CENTRE = "cost-centre"
    PROJECT = "project"
    VAT_CODE = "vat-code"
    ORGANISATION_NUMBER = "organisation-number"
    OWNER = "owner"
    TEXT = "text"
    AMOUNT = "amount"  # kroner with two decimals; negative = claimed back
    SEMESTER = "semester"
    SCHEME = "scheme"
    FIXED = "fixed"  # the same in every line


@dataclass(frozen=True)
class Due:
    """What an owner is paid of a batch, in whole øre. `brought`: what it owes from the batch before, nought or less; `entries`: the sum of the new entries."""

    brought: int
    entries: int

    @property
    def paid(self) -> int:
        return max(0, self.brought + self.entries)

    @property
    def carried(self) -> int:
        """What it still owes, and is taken from the next payment; nought or less."""
        return min(0, self.brought + self.entries)
