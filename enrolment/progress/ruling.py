"""The rules in force for a teacher, from dated rows: every select of what is asked for, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from catalog.equivalence.models import EquivalenceSet
from catalog.offers.models import Module
from catalog.subjects.models import ContentBlock, Requirement, StudyTarget, Subject
from config.database import db, holds
from enrolment.dispensations.queries import of_person
from enrolment.progress.asked import BARE_AFTER, SIXTY, Block, Dispensation, OverlapSet, Rule, Target
from enrolment.schools.models import Teaching


@dataclass(frozen=True)
class Goal:
    """What a whole study gives in a subject, and the letter that a bare pass ranks after."""

    credits: Decimal = SIXTY
    bare_after: str = BARE_AFTER


@dataclass(frozen=True)
class Rules:
    """Of one teacher on a day. By subject code; None = every subject without its own."""

    targets: tuple[Target, ...] = ()
    goals: dict[str | None, Goal] = field(default_factory=dict)
    blocks: dict[str | None, tuple[Block, ...]] = field(default_factory=dict)
    dispensations: dict[str, tuple[Dispensation, ...]] = field(default_factory=dict)
    equivalents: tuple[frozenset[str], ...] = ()

    def of(self, subject: str, overlap_sets: Iterable[OverlapSet]) -> Rule:
        goal = self.goals.get(subject) or self.goals.get(None) or Goal()
        return Rule(
            subject, goal.credits, self.targets, self._blocks(subject), self.dispensations.get(subject, ()), tuple(overlap_sets), self.equivalents,
            goal.bare_after,
        )  # fmt: skip

    def _blocks(self, subject: str) -> tuple[Block, ...]:
        """A subject's own, and of those of every subject the ones it has none of its own for."""
        own = self.blocks.get(subject, ())
        told = {(block.tag, block.band) for block in own}
        return (*own, *(block for block in self.blocks.get(None, ()) if (block.tag, block.band) not in told))


def rules(person_id: int, teaching: Iterable[Teaching], modules: Iterable[str], on: date) -> Rules:
    """What holds on a day for a person who teaches this and has these modules (by UUID)."""
    return Rules(targets(teaching, on), goals(on), blocks(on), of_person(person_id), equivalents(modules))


def targets(teaching: Iterable[Teaching], on: date) -> tuple[Target, ...]:
    """What is required on a day for what a teacher teaches."""
    taught = {(row.subject_id, row.band) for row in teaching}
    if not taught:
        return ()
    asked = select(Requirement).options(joinedload(Requirement.subject)).where(Requirement.subject_id.in_({subject for subject, _band in taught}))
    rows = db.session.scalars(asked.where(holds(Requirement, on)).order_by(Requirement.id))
    return tuple(
        Target(row.subject.code, row.band, row.credits, row.source, first=row.valid_from, last=row.valid_to)
        for row in rows
        if (row.subject_id, row.band) in taught
    )


def goals(on: date) -> dict[str | None, Goal]:
    """By subject code; under None, of every subject without a goal of its own."""
    rows = select(Subject.code, StudyTarget.credits, StudyTarget.bare_after).outerjoin_from(StudyTarget, Subject, Subject.id == StudyTarget.subject_id)
    return {code: Goal(amount, after) for code, amount, after in db.session.execute(rows.where(holds(StudyTarget, on)).order_by(StudyTarget.id))}


def blocks(on: date) -> dict[str | None, tuple[Block, ...]]:
    """By subject code; under None, of every subject."""
    rows = select(ContentBlock).options(joinedload(ContentBlock.subject)).where(holds(ContentBlock, on)).order_by(ContentBlock.id)
    found: dict[str | None, list[Block]] = defaultdict(list)
    for row in db.session.scalars(rows):
        one = Block(row.tag, row.credits, row.band, row.source, first=row.valid_from, last=row.valid_to)
        found[row.subject.code if row.subject else None].append(one)
    return {code: tuple(each) for code, each in found.items()}


def equivalents(modules: Iterable[str]) -> tuple[frozenset[str], ...]:
    """The sets in which any of these modules (by UUID) stand."""
    uuids = [UUID(module) for module in modules]
    touched = select(EquivalenceSet).options(selectinload(EquivalenceSet.modules)).where(EquivalenceSet.modules.any(Module.uuid.in_(uuids)))
    return tuple(frozenset(str(module.uuid) for module in row.modules) for row in db.session.scalars(touched.order_by(EquivalenceSet.id)))
