"""A plan as a table: the modules of a course down, the semesters ahead across."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from catalog.offers.lifecycle import Run
from catalog.offers.models import Module, Offering
from catalog.plans import queries, rules
from catalog.values import Semester

ORDER = (Run.PUBLISHED, Run.PLANNED, Run.DRAFT, Run.CANCELLED)


@dataclass(frozen=True)
class Cell:
    """What is known of a module in a semester: the runs there are, the surest first, and whether the institution has planned it."""

    runs: tuple[Offering, ...]
    planned: bool

    @property
    def by_state(self) -> list[tuple[Run, list[Offering]]]:
        """The runs of each state, the surest first."""
        return [(state, [run for run in self.runs if run.state is state]) for state in dict.fromkeys(run.state for run in self.runs)]

    @property
    def only_planned(self) -> bool:
        return self.planned and not self.runs


@dataclass(frozen=True)
class Table:
    semesters: list[Semester]
    rows: list[tuple[Module, list[Cell]]]

    @property
    def says_something(self) -> bool:
        return any(cell.runs or cell.planned for _module, cells in self.rows for cell in cells)

    @property
    def has_marks(self) -> bool:
        return any(cell.planned for _module, cells in self.rows for cell in cells)

    @property
    def told(self) -> list[Semester]:
        """The semesters up to the last one that something is known of."""
        known = [semester for number, semester in enumerate(self.semesters) if any(cells[number].runs or cells[number].planned for _module, cells in self.rows)]
        return [semester for semester in self.semesters if known and semester <= known[-1]]


def table(modules: Sequence[Module], on: date, *, drafts: bool = False) -> Table:
    """Of some modules on a day, with the semesters that can be planned then."""
    semesters, keys = rules.ahead(on), [module.id for module in modules]
    planned, runs = queries.planned_semesters(keys), queries.runs_ahead(keys, semesters, drafts=drafts)
    return Table(semesters, [(module, [_cell(runs.get((module.id, semester), ()), semester in planned.get(module.id, ())) for semester in semesters]) for module in modules])


def _cell(runs: Iterable[Offering], planned: bool) -> Cell:
    return Cell(tuple(sorted(runs, key=lambda run: ORDER.index(run.state))), planned)
