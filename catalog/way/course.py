"""A course's way to its goal, put together from its modules, which are read already."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from catalog.offers import sentences, words
from catalog.offers.lifecycle import Run
from catalog.offers.models import Course, Module, Offering, OverlapSet
from catalog.values import Semester
from catalog.way import picture, rules
from catalog.way.picture import Link, Picture

MOST_SEMESTERS = 6  # that a table has room for


@dataclass(frozen=True)
class Way:
    """What the page of a course says of the way: `goal` is 60 credits, or 30 for principals."""

    course: Course
    goal: int
    on: date

    @cached_property
    def modules(self) -> dict[int, Module]:
        return {module.id: module for module in self.course.modules}

    @cached_property
    def blocks(self) -> list[tuple[Module, Decimal]]:
        """Each module whose credits are stated, and what it adds to those before it."""
        credits = {key: module.credits for key, module in self.modules.items() if module.credits is not None}
        by_credits = sorted(self.shared, key=lambda shared: shared.credits)  # the larger figure where a set is stated twice
        sets = {frozenset(one.id for one in shared.modules): shared.credits for shared in by_credits}
        return [(self.modules[key], adds) for key, adds in rules.blocks(credits, sets).items()]

    @property
    def parts(self) -> list[tuple[str, Decimal]]:
        """The blocks of the sixty bar."""
        return [(module.title or module.code or "", adds) for module, adds in self.blocks]

    @property
    def counted(self) -> Decimal:
        return sum((adds for _module, adds in self.blocks), Decimal(0))

    @property
    def total(self) -> Decimal:
        return sentences.total(self.course)

    @property
    def missing(self) -> Decimal | None:
        """What the modules leave of the goal; none where a module has not stated its credits, for then nobody knows."""
        known = all(module.credits is not None for module in self.course.modules)
        return max(self.goal - self.counted, Decimal(0)) if known and self.modules else None

    @cached_property
    def shared(self) -> list[OverlapSet]:
        """The overlap sets that lie within the course, in the order of its modules."""
        met = {shared.id: shared for module in self.course.modules for shared in module.overlaps}
        return [shared for shared in met.values() if {one.id for one in shared.modules} <= self.modules.keys()]

    @cached_property
    def links(self) -> list[Link]:
        """Between modules of the course alone; what comes from elsewhere stands with the module in words."""
        needs = [(need.required_module_id, module.id, need.required) for module in self.course.modules for need in module.prerequisites]
        return [link for link in needs if link[0] in self.modules]

    @cached_property
    def steps(self) -> list[list[Module]]:
        """The modules that stand in an order, step by step."""
        ordered = {key for before, after, _required in self.links for key in (before, after)}
        needs = {key: {before for before, after, _required in self.links if after == key} for key in ordered}
        return [[self.modules[key] for key in step] for step in rules.steps([key for key in self.modules if key in ordered], needs)]

    @property
    def any_time(self) -> list[Module]:
        """The modules that need none of the others and that none of them needs."""
        ordered = {module.id for step in self.steps for module in step}
        return [module for key, module in self.modules.items() if key not in ordered]

    def before(self, module: Module, required: bool) -> list[Module]:
        return [self.modules[before] for before, after, must in self.links if after == module.id and must is required]

    @property
    def picture(self) -> Picture:
        said = {key: (module.title or module.code or "", _below(module)) for key, module in self.modules.items()}
        return picture.draw([[module.id for module in step] for step in self.steps], self.links, said)

    @cached_property
    def coming(self) -> dict[int, list[Offering]]:
        return {key: [run for run in sentences.coming(module, self.on) if run.semester] for key, module in self.modules.items()}

    @cached_property
    def semesters(self) -> list[Semester]:
        """The semesters in which a module begins, the first ones."""
        return sorted({run.semester for runs in self.coming.values() for run in runs})[:MOST_SEMESTERS]

    def runs(self, module: Module, semester: Semester) -> list[Offering]:
        """Those that begin then, one of each group; what is published before what is only planned."""
        return sorted((run for run in self.coming[module.id] if run.semester == semester), key=lambda run: run.state is Run.PLANNED)


def _below(module: Module) -> str:
    return " · ".join(filter(None, (module.code, words.credits(module.credits))))


def listed(modules: Sequence[Module]) -> str:
    """«Tall, Algebra and Geometri»."""
    return words.listed([module.title or module.code or "" for module in modules])
