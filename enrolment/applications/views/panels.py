"""What of applications stands on other pages: the way to apply on a run, a course and a plan, and a line on the teacher's own page."""

from collections.abc import Iterable, Sequence

from flask import g, render_template, request

from accounts.guard import current_actor, has_role
from accounts.models import Role
from catalog.offers.lifecycle import Run
from catalog.offers.models import Course, EnrolmentMode, Offering
from config.clock import now, today
from enrolment.applications import queries, told, words
from enrolment.applications.values import MOST_RUNS
from enrolment.rounds import queries as rounds
from enrolment.rounds.models import Cycle
from enrolment.rounds.values import Dates, Gate, Step


def run_actions(offering: Offering, **_known) -> str:
    """On a run of a round: when it is applied for, and the way to do it. The same for every stranger, so that the page can be kept."""
    if offering.mode is not EnrolmentMode.ROUND or offering.state is not Run.PUBLISHED:
        return ""
    cycle = queries.round_for(offering, now(), _released())
    if cycle is None:
        return ""
    return _drawn([offering], cycle, offering.module.strand)


def _released() -> Sequence[Cycle]:
    """The rounds that are let out; read once for all the runs of a page."""
    if "released_rounds" not in g:
        g.released_rounds = rounds.released(now())
    return g.released_rounds


def course_actions(course: Course, **_known) -> str:
    """On a course: its runs of one open round as one package."""
    runs = [run for module in course.modules for run in module.offerings if run.mode is EnrolmentMode.ROUND and run.state is Run.PUBLISHED]
    cycle, found = _open_together(runs)
    return _drawn(found, cycle, course.strand, whole=True) if cycle and 2 <= len(found) <= MOST_RUNS else ""


def _open_together(runs: Sequence[Offering]) -> tuple[Cycle | None, list[Offering]]:
    """One run of each module, of those that are open in the same round, by term; and that round. None where several are open, or none is."""
    cycles = _released() if runs else []
    chosen: dict[int, Offering] = {}
    found: dict[int, Cycle] = {}
    for run in sorted(runs, key=lambda run: (run.semester, run.id)):
        cycle = queries.round_for(run, now(), cycles)
        if cycle and cycle.dates_of(run.module.strand).is_open(Gate.APPLY, today()):
            found[cycle.id] = cycle
            chosen.setdefault(run.module_id, run)
    return (*found.values(), list(chosen.values())) if len(found) == 1 else (None, [])


def _drawn(runs: list[Offering], cycle: Cycle, strand, whole: bool = False) -> str:
    dates: Dates = cycle.dates_of(strand)
    mine = queries.chosen(g.actor.person_id, cycle.id, [run.id for run in runs]) if has_role(Role.TEACHER) else None
    return render_template(
        "applications/run_actions.html", runs=runs, cycle=cycle, mine=mine, whole=whole, open=dates.is_open(Gate.APPLY, today()),
        past=dates.is_past(Step.APPLY, today()), opens=dates.on(Step.OPENS), last=dates.on(Step.APPLY), is_teacher=has_role(Role.TEACHER),
        stranger=g.get("actor") is None, back=request.full_path.rstrip("?"),
    )  # fmt: skip


def own_lines(**_known) -> str:
    """On a teacher's own page: each case that is under way, with who must act."""
    if not has_role(Role.TEACHER):
        return ""
    cases = told.each(queries.own_cases(current_actor()), now(), today())
    return render_template("applications/own_lines.html", cases=cases, words=words) if cases else ""


def apply_for_column(offerings: Iterable[Offering | None], **_known) -> str:
    """On the page of applying for a term of a plan by hand: those of its runs that are open in a round, as choices of an application."""
    runs = [run for run in offerings if run and run.mode is EnrolmentMode.ROUND and run.state is Run.PUBLISHED]
    _cycle, found = _open_together(runs)
    return render_template("applications/column.html", runs=found) if found else ""
