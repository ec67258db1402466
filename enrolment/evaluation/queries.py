"""Every select of evaluations. What is shown is read from the sums as they were last shown, never from those so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from accounts.acting import Actor
from catalog.offers.models import Module, Offering
from catalog.places.models import RegionInstitution
from config.database import db, holds
from config.errors import NotFound
from config.languages import _
from enrolment.evaluation.models import Answered, Question, Tally, Turnout
from enrolment.evaluation.values import SCALE, Shown
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment


def questions(on: date) -> Sequence[Question]:
    return db.session.scalars(select(Question).where(holds(Question, on)).order_by(Question.position, Question.id)).all()


def own_completed(actor: Actor, enrolment: UUID) -> Enrolment:
    """Raises NotFound for what one has not completed."""
    mine = select(Enrolment).options(joinedload(Enrolment.module).joinedload(Module.institution), joinedload(Enrolment.offering))
    found = db.session.scalar(mine.where(Enrolment.uuid == enrolment, Enrolment.person_id == actor.person_id, Enrolment.state == Seat.COMPLETED))
    if found is None:
        raise NotFound(_("You have completed no such run."))
    return found


def has_answered(enrolment_id: int) -> bool:
    return db.session.get(Answered, enrolment_id) is not None


def to_answer(person_id: int) -> Sequence[Enrolment]:
    """The completed runs a person has not answered for, the latest first."""
    mine = select(Enrolment).outerjoin(Answered, Answered.enrolment_id == Enrolment.id).options(joinedload(Enrolment.module))
    wanted = mine.where(Enrolment.person_id == person_id, Enrolment.state == Seat.COMPLETED, Answered.enrolment_id.is_(None))
    return db.session.scalars(wanted.order_by(Enrolment.id.desc()).limit(5)).all()


def tallies(offering_id: int) -> dict[tuple[int, int], Tally]:
    """By question and value, the sums of a run."""
    return {(one.question_id, one.value): one for one in db.session.scalars(select(Tally).where(Tally.offering_id == offering_id))}


def completed(offering_id: int) -> int:
    return db.session.scalar(select(func.count(Enrolment.id)).where(Enrolment.offering_id == offering_id, Enrolment.state == Seat.COMPLETED)) or 0


def shown(offering_id: int) -> list[tuple[Question, Shown]]:
    """What is shown of a run, in the order of the questions that were asked."""
    rows = db.session.execute(select(Question, Tally).join(Tally, Tally.question_id == Question.id).where(Tally.offering_id == offering_id)).all()
    found: dict[Question, dict[int, int]] = {}
    for question, tally in rows:
        found.setdefault(question, {})[tally.value] = tally.shown
    ordered = sorted(found.items(), key=lambda pair: (pair[0].position, pair[0].id))
    return [(question, Shown(question.code, tuple(counts.get(value, 0) for value in SCALE))) for question, counts in ordered]


def turnout(offering_id: int) -> Turnout | None:
    return db.session.get(Turnout, offering_id)


@dataclass(frozen=True)
class Line:
    """A run with what is shown of it: how many answers, and each question by its code."""

    offering: Offering
    answers: int
    shown: dict[str, Shown]

    @property
    def mean(self) -> Decimal | None:
        """Of the means of its questions, with one decimal."""
        means = [one.mean for one in self.shown.values() if one.mean is not None]
        return (sum(means, Decimal(0)) / len(means)).quantize(Decimal("0.1")) if means else None


def of_institutions(institution_ids: Sequence[int]) -> list[Line]:
    """The runs of some institutions of which something is shown, the latest first; two selects, however many."""
    runs = (
        select(Offering, Turnout.shown)
        .join(Turnout, Turnout.offering_id == Offering.id)
        .join(Offering.module)
        .options(contains_eager(Offering.module).joinedload(Module.institution))
        .where(Module.institution_id.in_(institution_ids), Turnout.shown > 0)
        .order_by(Offering.semester.desc(), Offering.id.desc())
    )
    found = db.session.execute(runs).all()
    means = _means([run.id for run, _answers in found])
    return [Line(run, answers, means.get(run.id, {})) for run, answers in found]


def _means(offerings: list[int]) -> dict[int, dict[str, Shown]]:
    rows = select(Tally, Question.code).join(Question, Question.id == Tally.question_id).where(Tally.offering_id.in_(offerings))
    counts: dict[tuple[int, str], dict[int, int]] = {}
    for tally, code in db.session.execute(rows):
        counts.setdefault((tally.offering_id, code), {})[tally.value] = tally.shown
    found: dict[int, dict[str, Shown]] = {}
    for (offering, code), of in counts.items():
        found.setdefault(offering, {})[code] = Shown(code, tuple(of.get(value, 0) for value in SCALE))
    return found


def institutions_of(region_id: int, on: date) -> list[int]:
    """The institutions that belong to a region on a day."""
    return list(db.session.scalars(select(RegionInstitution.institution_id).where(RegionInstitution.region_id == region_id, holds(RegionInstitution, on))))


def run_of_region(actor: Actor, offering: UUID, on: date) -> Offering:
    """Raises NotFound for a run of an institution outside the coordinator's region."""
    wanted = select(Offering).join(Offering.module).options(contains_eager(Offering.module).joinedload(Module.institution)).where(Offering.uuid == offering)
    found = db.session.scalar(wanted.where(Module.institution_id.in_(institutions_of(actor.organisation_id, on))))
    if found is None:
        raise NotFound(_("Your region has no such run."))
    return found
