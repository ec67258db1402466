"""The units that education has been measured in."""

from collections import Counter
from decimal import Decimal
from pathlib import Path

from config.registers import Keeper, first_day, last_day, rows
from enrolment.prior.models import CreditUnit


def load() -> dict[str, Counter]:
    """Adds to the caller's transaction."""
    """How many credits one of each unit is that education has been measured in."""
    keeper = Keeper(CreditUnit, "code")
    for row in rows(Path(__file__).parent / "units.csv"):
        keeper.keep(
            code=row["code"], name_nb=row["name_nb"], name_nn=row["name_nn"], name_en=row["name_en"], name_se=row["name_se"],
            credits=Decimal(row["credits"]) if row["credits"] else None, valid_from=first_day(row["valid_from"]), valid_to=last_day(row["valid_to"]),
            confirmed=row["confirmed"] == "yes", source=row["source"],
        )  # fmt: skip
    return {"credit units": keeper.counts}
