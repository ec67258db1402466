"""What is read of awards, as light rows: there are thousands a year."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import Row, Select, and_, or_, select

from catalog.offers.models import Module, Offering
from catalog.subjects.models import Subject
from catalog.values import EnrolmentMode
from config.database import db
from enrolment.applications.lifecycle import Money
from enrolment.applications.models import Application, Choice, ChoiceRun
from enrolment.awarding.models import Outcome
from enrolment.participation.models import ParticipationStep
from enrolment.participation.values import Step
from enrolment.rounds.models import Cycle
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment

BINDING = (Seat.OFFERED, Seat.PLACED, Seat.COMPLETED, Seat.INTERRUPTED)


def seats_given(study_year: int) -> Sequence[Row]:
    """The studies of a year that somebody has money for: with a seat here, or at an institution that admits by itself."""
    elsewhere = and_(Offering.mode == EnrolmentMode.ELSEWHERE, Outcome.money, Outcome.choice == Choice.position)
    known = (
        select(
            Application.strand, Application.scheme_id, Choice.scheme_id.label("asked_id"), Module.subject_id, Subject.code.label("subject"), Module.credits,
            Offering.starts_on, Offering.semester, Offering.semesters, Enrolment.id.label("enrolment_id"), Enrolment.state,
        )
        .select_from(ChoiceRun)
        .join(ChoiceRun.choice)
        .join(ChoiceRun.offering)
        .join(Offering.module)
        .outerjoin(Module.subject)
        .outerjoin(Enrolment, Enrolment.id == ChoiceRun.enrolment_id)
        .outerjoin(Outcome, Outcome.application_id == Choice.application_id)
        .where(or_(Enrolment.state.in_(BINDING), elsewhere))
    )  # fmt: skip
    return db.session.execute(_funded(known, study_year)).all()


def _funded(wanted: Select, study_year: int) -> Select:
    return wanted.join(Application, Application.id == Choice.application_id).join(Cycle, Cycle.id == Application.cycle_id).where(Application.money == Money.FUNDED, Cycle.study_year == study_year)


def grants_elsewhere(study_year: int) -> Sequence[Row]:
    """Money for studies that are not in the catalogue: no seat is given here."""
    known = (
        select(Application.strand, Application.scheme_id, Choice.scheme_id.label("asked_id"), Choice.subject_id, Subject.code.label("subject"), Choice.credits)
        .select_from(Choice)
        .join(Outcome, and_(Outcome.application_id == Choice.application_id, Outcome.choice == Choice.position, Outcome.money))
        .outerjoin(Subject, Subject.id == Choice.subject_id)
        .where(~select(ChoiceRun.id).where(ChoiceRun.choice_id == Choice.id).exists())
    )
    return db.session.execute(_funded(known, study_year)).all()


def steps_of_year(study_year: int) -> dict[int, list[Step]]:
    """By enrolment, what has been said of taking part, of those with money in a study year."""
    kind = ParticipationStep
    said = (
        select(kind.enrolment_id, kind.event, kind.semester, kind.at)
        .join(ChoiceRun, ChoiceRun.enrolment_id == kind.enrolment_id)
        .join(Choice, Choice.id == ChoiceRun.choice_id)
        .order_by(kind.id)
    )
    found: defaultdict[int, list[Step]] = defaultdict(list)
    for enrolment, *step in db.session.execute(_funded(said, study_year)):
        found[enrolment].append(Step(*step))
    return found


def runs(uuids: Iterable[str]) -> dict[str, Row]:
    """By identity, what the price of a run depends on."""
    known = select(Offering.uuid, Module.subject_id, Subject.code.label("subject"), Module.credits, Offering.starts_on, Offering.semester)
    known = known.join(Offering.module).outerjoin(Module.subject).where(Offering.uuid.in_([UUID(one) for one in uuids]))
    return {str(one.uuid): one for one in db.session.execute(known)}


def choices_without_seats(cycle_id: int) -> dict[tuple[str, int], Row]:
    """By application and position, the choices of a round that are money and no seat here; a study elsewhere, or runs that are admitted to elsewhere."""
    known = (
        select(Application.uuid, Choice.position, Choice.subject_id, Subject.code.label("subject"), Choice.credits, Module.credits.label("of_module"))
        .join(Choice.application)
        .outerjoin(Subject, Subject.id == Choice.subject_id)
        .outerjoin(ChoiceRun, ChoiceRun.choice_id == Choice.id)
        .outerjoin(Offering, Offering.id == ChoiceRun.offering_id)
        .outerjoin(Module, Module.id == Offering.module_id)
        .where(Application.cycle_id == cycle_id, Choice.position.is_not(None), or_(ChoiceRun.id.is_(None), Offering.mode == EnrolmentMode.ELSEWHERE))
    )
    return {(str(one.uuid), one.position): one for one in db.session.execute(known)}
