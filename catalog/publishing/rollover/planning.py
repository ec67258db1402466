"""What rolling over would do: the facts of all runs are gathered first, then each run's fate is decided."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from uuid import UUID

from catalog.offers.lifecycle import Publication, Run
from catalog.offers.models import Gathering, Offering
from catalog.publishing.rollover import queries, rules
from catalog.publishing.rollover.values import YEAR, Dates, Fate, Line, Plan, Span
from catalog.publishing.values import Meeting
from catalog.values import Semester
from config.working_days import public_holidays_on

Alike = tuple  # module, semester, form and place: two runs that agree in these are taken for the same one


def planned(institution_id: int, span: Span, course: UUID | None = None) -> Plan:
    """What becomes of each of an institution's runs in the span, of one course where one is named."""
    runs = queries.runs_of(institution_id, span.semesters, course)
    copies = queries.copies_of(runs)
    by_hand = _Written(queries.written_by_hand(runs, span.next_year().semesters))
    return Plan(span, tuple(_line(run, copies.get(run.id), by_hand) for run in runs))


class _Written:
    """The new year's runs that somebody wrote by hand; each stands for one run of the old year that is like it."""

    def __init__(self, runs: Iterable[Offering]):
        self._free: dict[Alike, list[Offering]] = defaultdict(list)
        for run in runs:
            self._free[_alike(run, run.semester)].append(run)
        self._modules = Counter((run.module_id, run.semester) for run in runs)

    def take(self, run: Offering) -> Offering | None:
        """The one that stands for this run, if there is one."""
        free = self._free[_alike(run, run.semester.plus(YEAR))]
        return free.pop(0) if free else None

    def beside(self, run: Offering) -> bool:
        return self._modules[run.module_id, run.semester.plus(YEAR)] > 0


def _alike(run: Offering, semester: Semester) -> Alike:
    return run.module_id, semester, run.delivery, run.place, run.municipality_id


def _line(run: Offering, copy: Offering | None, by_hand: _Written) -> Line:
    if copy:
        return Line(run, Fate.THERE, there=copy)
    dates = dates_of(run)
    why = rules.why_left(
        cancelled=run.state is Run.CANCELLED, draft=run.state is Run.DRAFT, withdrawn=run.module.state is Publication.WITHDRAWN, dated=bool(dates)
    )
    if why:
        return Line(run, Fate.LEFT, why)
    written = by_hand.take(run)
    return Line(run, Fate.THERE, there=written) if written else _copied(run, dates, by_hand.beside(run))


def _copied(run: Offering, dates: Dates, beside: bool) -> Line:
    later = rules.next_year(dates, run.semester)
    return Line(run, Fate.COPIED, dates=later, collisions=rules.collisions(later, public_holidays_on), beside=beside)


def dates_of(run: Offering) -> Dates:
    meetings = tuple(_meeting(row) for row in run.gatherings)
    return Dates(run.starts_on, run.ends_on, run.opens_on, run.apply_by, run.queue_closes_on, meetings)


def _meeting(row: Gathering) -> Meeting:
    week = f"{row.iso_year}-{row.iso_week}" if row.iso_week and not row.starts_on else None
    return Meeting(row.starts_on, row.ends_on, row.place, row.online, week)
