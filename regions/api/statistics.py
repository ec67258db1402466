"""Open figures on who takes part, for programs: the page of statistics, with what may not be told as null."""

from typing import Any

from config.api.blueprint import Blueprint
from config.api.caching import open_to_other_sites, same_text
from config.clock import today
from regions.api.statistics_schemas import Statistics, StatisticsAsked
from regions.coverage.views import study_year
from regions.reports import queries, telling
from regions.reports.rules import FEWEST, Line

api = Blueprint("regions_statistics_api", __name__, tag="Statistics")
open_to_other_sites(api)


@api.get("/statistics")
@same_text
@api.arguments(StatisticsAsked, location="query")
@api.response(200, Statistics)
def read_statistics(sent) -> dict[str, Any]:
    """How many take part, complete and interrupt

    In the studies that begin in one study year, by subject, institution or region; and in each study year. A figure from 1 to 4 is null, and
    so is what would give it away by subtraction.
    """
    year = sent["year"] or study_year(today())
    found = telling.told(sent["by"], year, today())
    return {
        "year": year, "by": sent["by"], "fewest": FEWEST, "made_up": queries.any_made_up(),
        "lines": [{"code": code, "name": line.name} | _figures(line) for code, line in found.lines],
        "total": _figures(found.total), "years": [{"year": each} | _figures(line) for each, line in found.years],
    }  # fmt: skip


def _figures(line: Line) -> dict[str, int | None]:
    return dict(zip(("participants", "completed", "interrupted"), telling.figures(line), strict=True))
