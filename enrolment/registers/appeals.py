"""Within how many days a mark can be appealed."""

from collections import Counter
from pathlib import Path

from config.registers import Keeper, first_day, last_day, rows
from enrolment.appeals.models import AppealRule


def load() -> dict[str, Counter]:
    """Adds to the caller's transaction."""
    keeper = Keeper(AppealRule, "valid_from")
    for row in rows(Path(__file__).parent / "appeals.csv"):
        keeper.keep(
            days=int(row["days"]), valid_from=first_day(row["valid_from"]), valid_to=last_day(row["valid_to"]), confirmed=row["confirmed"] == "yes",
            source=row["source"],
        )  # fmt: skip
    return {"appeal rules": keeper.counts}
