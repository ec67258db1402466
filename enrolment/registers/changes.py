"""For how long one may leave a run that was changed."""

from collections import Counter
from pathlib import Path

from config.registers import Keeper, first_day, last_day, rows
from enrolment.changes.models import FreeWithdrawalRule


def load() -> dict[str, Counter]:
    """Adds to the caller's transaction."""
    keeper = Keeper(FreeWithdrawalRule, "valid_from")
    for row in rows(Path(__file__).parent / "free_withdrawal.csv"):
        keeper.keep(
            days=int(row["days"]), valid_from=first_day(row["valid_from"]), valid_to=last_day(row["valid_to"]), confirmed=row["confirmed"] == "yes",
            source=row["source"],
        )  # fmt: skip
    return {"rules of free withdrawal": keeper.counts}
