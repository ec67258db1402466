"""What an editor does with a course."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from accounts.acting import Actor
from catalog.offers.models import Course
from catalog.publishing import queries, slugs
from catalog.publishing.permissions import institution_of
from catalog.publishing.rules import credit_problems
from catalog.publishing.services.editing import Edit, carry_out, note
from catalog.publishing.services.references import resolved
from catalog.publishing.words import sentences
from catalog.values import Strand
from config.database import db
from config.errors import BadInput
from config.languages import _


def create_course(values: dict[str, Any], *, actor: Actor, at: datetime) -> Course:
    """A draft with the facts of the section «basics». Raises BadInput."""
    mine = institution_of(actor)
    queries.lock_institution(mine)
    course = begin_course(mine, values, actor=actor, at=at)
    db.session.commit()
    return course


def begin_course(institution_id: int, values: dict[str, Any], *, actor: Actor, at: datetime) -> Course:
    """The same, for a caller who holds the lock and commits."""
    course = Course(institution_id=institution_id, slug="", title=values["title"])
    _write_basics(course, values)
    db.session.add(course)
    db.session.flush()
    note(course, "create", actor=actor, at=at)
    return course


def edit_course(uuid: UUID, edit: Edit, *, actor: Actor, at: datetime) -> Course:
    """Saves one section. Raises NotFound, BadInput, StaleEdit and ConfirmFirst (editing.carry_out)."""
    mine = institution_of(actor)
    queries.lock_institution(mine)
    course = queries.own_course(mine, uuid)
    carry_out(course, edit, course_writer(edit.section), actor=actor, at=at)
    db.session.commit()
    return course


def course_writer(section: str) -> Callable[[Course, dict[str, Any]], None]:
    """What writes a section of a course."""
    return _write_basics if section == "basics" else _write


def _write(course: Course, values: dict[str, Any]) -> None:
    course.revise(**resolved(values, course.institution_id))


def _write_basics(course: Course, values: dict[str, Any]) -> None:
    _judge(course, values)
    facts = resolved(values, course.institution_id)
    if course.published_at is None:  # an address that teachers have seen stays
        taken = queries.slugs(Course, course.institution_id, other_than=course.id)
        facts["slug"] = slugs.free(slugs.slug_of(values["title"]), taken)
    course.revise(**facts)
    for module in course.modules:
        module.revise(strand=course.strand)


def _judge(course: Course, values: dict[str, Any]) -> None:
    in_service = values["strand"] is Strand.IN_SERVICE
    errors = sentences(credit_problems(credits=values["credits"], in_service=in_service))
    carrying = [module.name for module in course.modules if module.credits is not None]
    if in_service and carrying:
        errors["strand"] = [_("In-service training carries no credits, but these modules do: %(modules)s.", modules=", ".join(carrying))]
    if errors:
        raise BadInput(_("The course cannot be saved like this."), errors)


def publish_course(uuid: UUID, *, actor: Actor, at: datetime) -> Course:
    """Lets teachers see the course. Raises NotFound, NotReadyToPublish and StepRefused."""
    mine = institution_of(actor)
    queries.lock_institution(mine)
    course = queries.own_course(mine, uuid)
    was = course.state
    course.publish(at)
    note(course, "publish", actor=actor, at=at, was=was)
    db.session.commit()
    return course


def withdraw_course(uuid: UUID, *, actor: Actor, at: datetime) -> Course:
    """Takes the course out of teachers' sight; its modules stay as they are. Raises NotFound and StepRefused."""
    mine = institution_of(actor)
    queries.lock_institution(mine)
    course = queries.own_course(mine, uuid)
    was = course.state
    course.withdraw()
    note(course, "withdraw", actor=actor, at=at, was=was)
    db.session.commit()
    return course
