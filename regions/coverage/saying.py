"""What the cells and totals of a matrix say, the same on the screen and in the files."""

from datetime import date

from regions.coverage import queries, words
from regions.coverage.demand import Demand, demand
from regions.coverage.matrix import Matrix, Row
from regions.coverage.rules import Cell
from regions.coverage.totals import Totals, totals


class Says:
    """`shown` with its totals, who asks for what (`with_plans`: for who may read what teachers plan), and the names of the missing steps."""

    def __init__(self, shown: Matrix, on: date, *, with_plans: bool):
        self.shown, self.totals = shown, totals(shown)
        self.demand: Demand = demand(shown, on, with_plans=with_plans)
        steps = {cell.missing.module for row in shown.rows for cell in row.cells.values() if cell.missing and cell.missing.module}
        self.modules = queries.named_modules(steps)

    def cell(self, row: Row, region: int, *, step: bool = True) -> str:
        """What stands small in a cell. `step`: with the missing step, where it does not stand beside."""
        each = row.cells[region]
        wanted = words.demand(self.demand, row.subject.id, region)
        return words.told(each, self.totals.cells[row.subject.id, region], self.shown.asked, wanted, self.step(each) if step else "")

    def step(self, each: Cell) -> str:
        return words.missing_in_short(each.missing, self.title(each))

    def title(self, each: Cell) -> str | None:
        """Of the module that is missing; none where no published module helps."""
        stuck = self.modules.get(each.missing.module) if each.missing else None
        return (stuck.title or stuck.code) if stuck else None

    def subject(self, row: Row) -> str:
        """A subject in all regions; empty where it is not taught in the band."""
        amount = self.totals.subjects.get(row.subject.id)
        return words.total(amount, self.shown.asked, words.demand(self.demand, row.subject.id, None)) if amount else ""

    def region(self, region: int) -> str:
        """All subjects in a region. People are not added up, since one may ask for several."""
        return words.total(self.totals.regions[region], self.shown.asked)

    @property
    def all(self) -> str:
        return words.total(self.totals.all, self.shown.asked)
