"""What stands in each section of a course, a module and a run: read from the rows, compared, and told as plain data."""

import hashlib
import json
import math
from collections.abc import Callable, Mapping
from dataclasses import asdict, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from catalog.offers.models import BonusPoint, Course, Gathering, Module, Offering, OverlapSet, Prerequisite, TermClash
from catalog.publishing.values import Apart, Before, Bonus, Contained, Meeting, Owner, Shared
from catalog.values import Grades, Semester, Tag

FIELDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "course": {
        "basics": ("title", "code", "subject", "grades", "strand", "language", "credits"),
        "description": ("summary", "for_whom"),
    },
    "module": {
        "basics": ("code", "title", "credits", "short_reason", "course", "position", "subject", "grades", "language"),
        "learning": ("summary", "knowledge", "skills", "competence"),
        "admission": ("admission", "assessment_form"),
        "selection": ("selection", "must_teach", "attendance", "in_master"),
        "bonus": ("bonus",),
        "content": ("tags",),
        "prerequisites": ("prerequisites",),
        "overlaps": ("overlaps",),
        "apart": ("apart",),
        "joint": ("partners", "rotates_from"),
    },
    "offering": {
        "dates": ("semester", "semesters", "starts_on", "ends_on", "opens_on", "apply_by", "queue_closes_on", "gatherings"),
        "delivery": ("group_name", "delivery", "part_time", "place", "municipality", "language", "fee"),
        "seats": ("mode", "seats", "minimum"),
    },
}

Content = dict[str, Any]
Changes = dict[str, tuple[Any, Any]]


def kind_of(thing: Course | Module | Offering) -> str:
    return type(thing).__name__.lower()


def content(thing: Course | Module | Offering, section: str) -> Content:
    """What a section says now, by field."""
    return {name: field(thing, name) for name in FIELDS[kind_of(thing)][section]}


def field(thing: Course | Module | Offering, name: str) -> Any:
    return _READ[name](thing) if name in _READ else getattr(thing, name)


def section_of(kind: str, name: str) -> str | None:
    """The section in which a field stands; none for what stands on another page."""
    return next((section for section, names in FIELDS[kind].items() if name in names), None)


def changes(before: Content, after: Content) -> Changes:
    """The fields that differ, each with what it said and what it says."""
    return {name: (before[name], after[name]) for name in before if before[name] != after[name]}


def version_of(said: Content) -> str:
    """What a section's form is marked with: another text as soon as anything in the section is another, whoever saved the rest."""
    return hashlib.sha256(json.dumps(plain(said), sort_keys=True).encode()).hexdigest()[:16]


def plain(value: Any) -> Any:
    """A value as JSON can keep it."""
    if is_dataclass(value) and not isinstance(value, Semester | Grades):
        return plain(asdict(value))
    if isinstance(value, Mapping):
        return {name: plain(part) for name, part in value.items()}
    if isinstance(value, tuple | list):
        return [plain(part) for part in value]
    return _plain_one(value)


def _plain_one(value: Any) -> Any:
    if isinstance(value, Semester):
        return value.code
    if isinstance(value, Grades):
        return list(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return str(value) if isinstance(value, date | UUID) else value


def known_as(module: Module, institution_id: int) -> str:
    """How a module is named in a form: its code, or its address where no code is stated; another institution's after that one's name."""
    code = module.code or module.slug
    return code if module.institution_id == institution_id else f"{module.institution.code} {code}"


def _as_written(row: BonusPoint | Prerequisite | OverlapSet | TermClash) -> float:
    return row.id or math.inf


def _tags(module: Module) -> tuple[Contained, ...]:
    order = list(Tag)
    return tuple(
        Contained(row.tag, row.sentence, row.address, row.credits) for row in sorted(module.tags, key=lambda row: order.index(row.tag))
    )


def _bonus(module: Module) -> tuple[Bonus, ...]:
    return tuple(Bonus(row.reason, row.points) for row in sorted(module.bonus_points, key=_as_written))


def _prerequisites(module: Module) -> tuple[Before, ...]:
    return tuple(_before(row, module) for row in sorted(module.prerequisites, key=_as_written))


def _before(row: Prerequisite, module: Module) -> Before:
    named = known_as(row.required_module, module.institution_id) if row.required_module else None
    return Before(row.required, named, row.subject.code if row.subject else None, row.credits)


def _overlaps(module: Module) -> tuple[Shared, ...]:
    return tuple(_shared(row, module) for row in sorted(module.overlaps, key=_as_written))


def _shared(row: OverlapSet, module: Module) -> Shared:
    others = sorted(known_as(other, module.institution_id) for other in row.modules if other is not module)
    return Shared(tuple(others), row.credits, row.source, row.uuid)


def _apart(module: Module) -> tuple[Apart, ...]:
    return tuple(Apart(known_as(row.other, module.institution_id), row.source) for row in sorted(module.apart, key=_as_written))


def _partners(module: Module) -> tuple[Owner, ...]:
    """The institutions in the order of their turns. What each has answered is no part of what the lead says."""
    rows = sorted(module.partners, key=lambda row: row.turn)
    return tuple(Owner(row.institution.code, row.share, row.place) for row in rows)


def _gatherings(offering: Offering) -> tuple[Meeting, ...]:
    return tuple(_meeting(row) for row in sorted(offering.gatherings, key=_by_day))


def _by_day(row: Gathering) -> tuple:
    return row.starts_on or date.max, row.iso_year or 0, row.iso_week or 0, row.id or math.inf


def _meeting(row: Gathering) -> Meeting:
    week = f"{row.iso_year}-{row.iso_week}" if row.iso_week and not row.starts_on else None
    return Meeting(row.starts_on, row.ends_on, row.place, row.online, week, row.uuid)


_READ: Mapping[str, Callable[[Any], Any]] = {
    "subject": lambda thing: thing.subject.code if thing.subject else None,
    "course": lambda module: module.course.uuid if module.course else None,
    "municipality": lambda offering: offering.municipality.code if offering.municipality else None,
    "fee": lambda offering: None if offering.fee_oere is None else Decimal(offering.fee_oere) / 100,
    "tags": _tags,
    "bonus": _bonus,
    "prerequisites": _prerequisites,
    "overlaps": _overlaps,
    "apart": _apart,
    "partners": _partners,
    "gatherings": _gatherings,
}
