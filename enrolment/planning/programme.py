"""The question of a plan as a linear programme in whole numbers: one choice for each run, one row for each thing that must hold.

Credits are in halves, the load of a term in twelfths of them. What counts in a subject is the most that any part of what is held and taken
counts (`progress.overlap`): so the programme chooses the part too, with one choice for each module that stands in an overlap set. A set is
deducted when all of it is chosen and no larger set is; larger sets deduct at least what their parts do (`Tangle.sets`).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import inf

from enrolment.planning import rules
from enrolment.planning.values import Block, Question, Run
from enrolment.progress.overlap import Overlaps
from enrolment.progress.tangle import bits
from enrolment.progress.values import ModuleNeeded

SHARES = 12  # a half credit in a term, so that runs of one to four terms are whole numbers
Sum = dict[int, float]  # of choices, by their number


@dataclass
class Row:
    """least ≤ sum ≤ most."""

    sum: Sum
    least: float = -inf
    most: float = inf


@dataclass
class Programme:
    """`runs` are the first choices, in order. Beside them stand helping choices: `whole` says which are yes or no."""

    runs: list[Run]
    halves: list[int] = field(default_factory=list)  # what each run gives
    whole: list[bool] = field(default_factory=list)
    most: list[float] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    loads: list[Row] = field(default_factory=list)
    away: list[Row] = field(default_factory=list)
    content: list[Row] = field(default_factory=list)
    goal: Row = field(default_factory=lambda: Row({}))

    def choice(self, whole: bool = True, most: float = 1) -> int:
        self.whole.append(whole)
        self.most.append(most)
        return len(self.whole) - 1


def programme(question: Question) -> Programme:
    """Everything a plan must fulfil."""
    made = Programme(rules.usable(question))
    modules = {module.key: module for module in question.modules}
    made.halves = [int(modules[run.module].credits * 2) for run in made.runs]
    for _run in made.runs:
        made.choice()
    writing = _Writing(question, made, modules)
    writing.each_module_once()
    writing.no_two_on_one_day()
    writing.none_in_one_term()
    writing.what_can_be_carried()
    writing.what_comes_before()
    writing.content()
    amount, of_held = writing.counted(question.subject, None)
    made.goal = Row(amount, least=int(question.goal * 2) - of_held)
    return made


class _Writing:
    """The rows of one question."""

    def __init__(self, question: Question, made: Programme, modules: dict):
        self.question, self.made, self.modules = question, made, modules
        self.of_module: dict[str, list[int]] = defaultdict(list)
        for number, run in enumerate(made.runs):
            self.of_module[run.module].append(number)
        self.known: dict[tuple[str, int | None], tuple[Sum, int]] = {}

    def each_module_once(self) -> None:
        self.made.rows += [Row(dict.fromkeys(numbers, 1), most=1) for numbers in self.of_module.values() if len(numbers) > 1]

    def no_two_on_one_day(self) -> None:
        """One row for each different lot of runs that meet on one day."""
        lots: dict = defaultdict(set)
        for number, run in enumerate(self.made.runs):
            for day in run.dates:
                lots[day].add(number)
        clashing = {frozenset(lot) for lot in lots.values() if len({self.made.runs[number].module for number in lot}) > 1}
        self.made.rows += [Row(dict.fromkeys(sorted(lot), 1), most=1) for lot in sorted(clashing, key=sorted)]

    def none_in_one_term(self) -> None:
        """Of two modules that cannot be taken in the same term, one in each."""
        for pair in self.question.apart:
            terms: dict[int, list[int]] = defaultdict(list)
            for number in (number for key in pair for number in self.of_module.get(key, ())):
                for term in range(self.made.runs[number].first, self.made.runs[number].last + 1):
                    terms[term].append(number)
            self.made.rows += [Row(dict.fromkeys(numbers, 1), most=1) for _term, numbers in sorted(terms.items()) if len(numbers) > 1]

    def what_can_be_carried(self) -> None:
        loads: dict[int, Sum] = defaultdict(dict)
        away: dict[int, Sum] = defaultdict(dict)
        for number, run in enumerate(self.made.runs):
            for term in range(run.first, run.last + 1):
                loads[term][number] = self.made.halves[number] * SHARES / run.terms
            for term, days in run.days.items():
                away[term][number] = days
        for term, load in sorted(loads.items()):
            free = self.question.capacity - self.question.load.get(term, 0)
            self.made.loads.append(Row(load, most=max(int(free * 2 * SHARES), 0)))
        most = inf if self.question.days_away is None else self.question.days_away
        self.made.away += [Row(days, most=most) for _term, days in sorted(away.items())]

    def what_comes_before(self) -> None:
        for number, run in enumerate(self.made.runs):
            for need in self.modules[run.module].needs:
                self.made.rows.append(self._after(number, run, need))

    def _after(self, number: int, run: Run, need) -> Row:
        """The run only where what it asks for is there."""
        if isinstance(need, ModuleNeeded):
            ready = any(each.key == need.module and each.ready <= run.first for each in self.question.held)
            before = [other for other in self.of_module.get(need.module, []) if self.made.runs[other].last < run.first]
            return Row({} if ready else {number: 1} | dict.fromkeys(before, -1), most=0)
        amount, of_held = self.counted(need.subject, run.first)
        return Row(amount | {number: amount.get(number, 0) - int(need.credits * 2)}, least=-of_held)

    def content(self) -> None:
        held = rules.in_subject(self.question, self.question.held)
        for block in self.question.blocks:
            if not rules.is_covered(block, held):
                own = sum(int((each.content.get(block.tag) or 0) * 2) for each in held)
                least = 1 if block.credits is None else int(block.credits * 2) - own
                self.made.content.append(Row(self._worth(block), least=least))

    def _worth(self, block: Block) -> Sum:
        own = {module.key: module.content[block.tag] for module in rules.in_subject(self.question, self.modules.values()) if block.tag in module.content}
        return {number: 1 if block.credits is None else int((own[key] or 0) * 2) for key in own for number in self.of_module.get(key, [])}

    def counted(self, subject: str, before: int | None) -> tuple[Sum, int]:
        """What counts in a subject, in halves, as a sum of choices and a fixed part; of what is finished before a term, where one is given."""
        if (subject, before) not in self.known:
            self.known[subject, before] = self._counted(subject, before)
        return self.known[subject, before]

    def _counted(self, subject: str, before: int | None) -> tuple[Sum, int]:
        held = self._held(subject, before)
        taken = {key: self._ways(key, before) for key in sorted(self.of_module) if self.modules[key].subject == subject}
        taken = {key: ways for key, ways in taken.items() if ways}
        halves = held | {key: int(self.modules[key].credits * 2) for key in taken}
        overlaps = Overlaps(halves, self.question.overlap_sets)
        chosen = {key: self._part(taken.get(key)) for tangle in overlaps.tangles for key in tangle.bit}
        amount = {number: halves[key] for key, ways in taken.items() if key not in chosen for number in ways}
        amount |= {number: halves[key] for key, number in chosen.items()}
        for tangle in overlaps.tangles:
            amount |= self._deductions(tangle, chosen)
        return amount, sum(halves[key] for key in held if key not in chosen)

    def _held(self, subject: str, before: int | None) -> dict[str, int]:
        held: dict[str, int] = {}
        for each in self.question.held:
            if each.subject == subject and (before is None or each.ready <= before):
                held[each.key] = max(held.get(each.key, 0), int(each.credits * 2))
        return held

    def _ways(self, module: str, before: int | None) -> list[int]:
        return [number for number in self.of_module[module] if before is None or self.made.runs[number].last < before]

    def _part(self, ways: list[int] | None) -> int:
        """The choice that a module counts: one that is held may, one that is taken may when it is taken."""
        number = self.made.choice()
        if ways is not None:
            self.made.rows.append(Row({number: 1} | dict.fromkeys(ways, -1), most=0))
        return number

    def _deductions(self, tangle, chosen: dict[str, int]) -> Sum:
        of_bit = {bit: chosen[key] for key, bit in tangle.bit.items()}
        members = [[of_bit[bit] for bit in bits(mask)] for mask, _halves in tangle.sets]
        above = [[number for number in range(len(members)) if larger >> number & 1] for larger in tangle.above]
        matching = {number: self._matching(members[number]) for number in sorted({each for larger in above for each in larger})}
        deducted: Sum = {}
        for number, (_mask, halves) in enumerate(tangle.sets):
            falls = self.made.choice(whole=False)
            row = dict.fromkeys(members[number], 1) | {falls: -1} | {matching[each]: -1 for each in above[number]}
            self.made.rows.append(Row(row, most=len(members[number]) - 1))
            deducted[falls] = -halves
        return deducted

    def _matching(self, members: Iterable[int]) -> int:
        """A choice that can be yes only where all of a set counts."""
        number = self.made.choice(whole=False)
        self.made.rows += [Row({number: 1, member: -1}, most=0) for member in members]
        return number
