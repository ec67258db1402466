"""What those who have completed a run are asked."""

from collections import Counter
from pathlib import Path

from config.registers import Keeper, first_day, last_day, rows
from enrolment.evaluation.models import Question


def load() -> dict[str, Counter]:
    """Adds to the caller's transaction."""
    keeper = Keeper(Question, "code")
    for row in rows(Path(__file__).parent / "evaluation.csv"):
        keeper.keep(
            code=row["code"], position=int(row["position"]), name_nb=row["name_nb"], name_nn=row["name_nn"], name_en=row["name_en"], name_se=row["name_se"],
            valid_from=first_day(row["valid_from"]), valid_to=last_day(row["valid_to"]), confirmed=row["confirmed"] == "yes", source=row["source"],
        )  # fmt: skip
    return {"questions": keeper.counts}
