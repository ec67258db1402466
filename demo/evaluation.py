"""What made-up participants think of the runs they have completed: sums, as everybody's are."""

from sqlalchemy import func, select

from catalog.offers.models import Offering
from config.database import db
from demo.dice import Seed
from enrolment.evaluation.models import Answered, Question, Tally, Turnout
from enrolment.evaluation.values import STEP
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment

LIKELY = (2, 3, 4, 4, 4, 5, 5)  # most are content


def add(seed: Seed, but: int) -> None:
    """Adds the answers of all who have completed a run, in fives, except one person's, who has yet to answer."""
    questions = db.session.scalars(select(Question).order_by(Question.position)).all()
    for run in _completed_runs():
        dice = seed.dice("evaluation", run.uuid)
        seats = sorted(db.session.scalars(select(Enrolment).where(Enrolment.offering_id == run.id, Enrolment.state == Seat.COMPLETED, Enrolment.person_id != but)), key=lambda one: str(one.uuid))
        answering = seats[: len(seats) // STEP * STEP]
        db.session.add_all(Answered(enrolment_id=one.id) for one in answering)
        if answering:
            db.session.add(Turnout(offering_id=run.id, answers=len(answering), shown=len(answering)))
        for question in questions if answering else ():
            values = [dice.one_of(LIKELY) for _one in answering]
            db.session.add_all(
                Tally(offering_id=run.id, question_id=question.id, value=value, number=values.count(value), shown=values.count(value)) for value in sorted(set(values))
            )
    db.session.flush()


def _completed_runs() -> list[Offering]:
    """In an order that is the same everywhere."""
    of = select(Enrolment.offering_id).where(Enrolment.state == Seat.COMPLETED, Enrolment.made_up).group_by(Enrolment.offering_id)
    runs = db.session.scalars(select(Offering).where(Offering.id.in_(of.having(func.count() > STEP))))
    return sorted(runs, key=lambda run: str(run.uuid))
