"""Copying a module or a course of one's own into a new draft: what it says, not what its runs, its address and its sources are."""

from datetime import datetime
from uuid import UUID

from accounts.acting import Actor
from catalog.offers.lifecycle import Publication
from catalog.offers.models import BonusPoint, ContentTag, Course, Module, Prerequisite
from catalog.publishing import queries, slugs
from catalog.publishing.permissions import institution_of
from catalog.publishing.services.editing import note
from catalog.publishing.services.modules import refuse_partner
from config.database import db

KEPT_OF_A_COURSE = ("title", "language", "subject_id", "grades", "strand", "credits", "summary", "for_whom", "made_up")
# A code is unique within its institution, and overlaps hold between the modules they name: neither is copied.
KEPT_OF_A_MODULE = (
    "title", "credits", "short_reason", "language", "subject_id", "grades", "strand", "summary", "knowledge", "skills", "competence", "admission",
    "assessment_form", "selection", "must_teach", "attendance", "in_master", "made_up",
)  # fmt: skip


def copy_module(uuid: UUID, *, actor: Actor, at: datetime) -> Module:
    """A draft that says what the module says, at the end of the same course. Raises NotFound and OnlyTheLead."""
    mine = institution_of(actor)
    queries.lock_institution(mine)
    source = queries.own_module(mine, uuid)
    refuse_partner(source, mine)
    position = queries.next_position(source.course) if source.course else source.position
    copy = _module(source, source.course, position, queries.slugs(Module, mine))
    _kept(copy, source, actor, at)
    db.session.commit()
    return copy


def copy_course(uuid: UUID, *, actor: Actor, at: datetime) -> Course:
    """A draft of the course with drafts of its modules, apart from those that are withdrawn. Raises NotFound."""
    mine = institution_of(actor)
    queries.lock_institution(mine)
    source = queries.own_course(mine, uuid)
    slug = slugs.free(slugs.slug_of(source.title), queries.slugs(Course, mine))
    copy = Course(institution_id=mine, slug=slug, copied_from_id=source.id, **{name: getattr(source, name) for name in KEPT_OF_A_COURSE})
    _kept(copy, source, actor, at)
    taken = queries.slugs(Module, mine)
    for module in source.modules:
        if module.state is not Publication.WITHDRAWN:
            _kept(_module(module, copy, module.position, taken), module, actor, at)
    db.session.commit()
    return copy


def _module(source: Module, course: Course | None, position: int, taken: set[str]) -> Module:
    slug = slugs.free(slugs.slug_of(source.name), taken)
    taken.add(slug)
    copy = Module(
        institution_id=source.institution_id, course=course, position=position, slug=slug, copied_from_id=source.id,
        **{name: getattr(source, name) for name in KEPT_OF_A_MODULE},
    )  # fmt: skip
    copy.title = source.name
    copy.tags = [ContentTag(tag=row.tag, sentence=row.sentence, address=row.address, credits=row.credits) for row in source.tags]
    copy.bonus_points = [BonusPoint(reason=row.reason, points=row.points) for row in source.bonus_points]
    copy.prerequisites = [_prerequisite(row) for row in source.prerequisites]
    return copy


def _prerequisite(row: Prerequisite) -> Prerequisite:
    return Prerequisite(required=row.required, required_module_id=row.required_module_id, subject_id=row.subject_id, credits=row.credits)


def _kept(copy: Course | Module, source: Course | Module, actor: Actor, at: datetime) -> None:
    db.session.add(copy)
    db.session.flush()
    name = source.title if isinstance(source, Course) else source.name
    note(copy, "create", actor=actor, at=at, facts={"from": str(source.uuid), "name": name})
