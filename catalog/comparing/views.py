"""Comparing runs. What is compared stands in the address, so it can be sent on, and nobody need sign in."""

from collections.abc import Sequence
from uuid import UUID

from flask import render_template, request, url_for

from catalog.comparing import queries, rows
from catalog.comparing.rules import MOST
from catalog.offers import sentences, words
from catalog.offers.models import Offering
from catalog.pages import pages
from config import page_cache
from config.clock import now, today
from config.languages import _, moment, ngettext

MOST_ASKED = 20  # what an address may name before the rest is passed over
MOST_OFFERED = 8  # other runs to compare with


@pages.get("/compare")
def compare():
    """Two to four runs side by side: `?run=…&run=…`."""
    asked = list(dict.fromkeys(filter(None, request.args.getlist("run"))))[:MOST_ASKED]
    found = queries.public_runs([uuid for uuid in map(_uuid, asked) if uuid])
    there = [found[uuid] for uuid in dict.fromkeys(map(_uuid, asked)) if uuid in found]
    runs = there[:MOST]
    compared = rows.rows(runs)
    page_cache.keep()
    return render_template(
        "catalog/compare.html",
        runs=[(name_of(run), run, _address(one for one in runs if one is not run)) for run in runs],
        rows=compared,
        summary=rows.summary(compared) if len(runs) > 1 else "",
        notices=_notices(asked=len(asked), there=len(there)),
        others=[(name_of(run), run, _address([*runs, run])) for run in _others(runs)],
        as_of=moment(now()),
        most=MOST,
    )


def _uuid(written: str) -> UUID | None:
    try:
        return UUID(written)
    except ValueError:
        return None


def name_of(run: Offering) -> str:
    """What a run is called among others: its module, its institution and when it is."""
    return f"{sentences.title_of(run.module)}, {run.module.institution.short_name}, {words.semester_inside(run.semester) or _('semester not stated')}"


def _address(runs) -> str:
    return url_for("catalog.compare", run=[run.uuid for run in runs])


def _notices(*, asked: int, there: int) -> list[str]:
    """What could not be shown as it was asked, in sentences."""
    said, gone = [], asked - there
    if gone:
        said.append(ngettext("One of the runs you asked for is not here. It may have been removed.", "%(num)d of the runs you asked for are not here. They may have been removed.", gone))
    if there > MOST:
        said.append(_("At most %(most)s runs can be compared at a time. The first %(most)s are shown.", most=MOST))
    return said


def _others(runs: Sequence[Offering]) -> list[Offering]:
    """What one may add: runs in the same subject for the same grades that are not over."""
    if not runs or len(runs) >= MOST:
        return []
    on, levels = today(), [run.module.grades for run in runs]
    near = (run for run in queries.others(runs, on) if not run.ended(on) and _same_level(run, levels))
    return [run for _place, run in zip(range(MOST_OFFERED), near, strict=False)]


def _same_level(run: Offering, levels) -> bool:
    """A module that states no grades is left out by no grades."""
    mine = run.module.grades
    return not mine or any(not level or mine.meets(level) for level in levels)
