"""What is held together or released together: the runs of one choice in a round (applications), the choices of one case, and the seats of colleagues who
want them all or none.

Whoever has said «also just the autumn part» has each run for itself.
"""

from collections.abc import Iterable

from sqlalchemy import Exists, exists, select
from sqlalchemy.orm import aliased, joinedload

from config.database import db
from enrolment.applications.lifecycle import Fellow
from enrolment.applications.models import ApplicationGroup, Choice, ChoiceRun, GroupFellow
from enrolment.applications.values import Together
from enrolment.seats.lifecycle import ACTIVE, HELD, Seat
from enrolment.seats.models import Enrolment


def together(enrolment: Enrolment) -> list[Enrolment]:
    """The enrolments that stand or fall with this one, itself among them, in the order of their offerings."""
    mine, other = aliased(ChoiceRun), aliased(ChoiceRun)
    found = (
        select(Enrolment)
        .join(other, other.enrolment_id == Enrolment.id)
        .join(mine, mine.choice_id == other.choice_id)
        .join(Choice, Choice.id == mine.choice_id)
        .where(mine.enrolment_id == enrolment.id, ~Choice.also_part, Enrolment.state.in_(ACTIVE), Enrolment.id != enrolment.id)
        .options(joinedload(Enrolment.module))
    )
    return sorted([enrolment, *db.session.scalars(found).unique()], key=lambda one: one.offering_id)


def of_colleagues(package: Iterable[Enrolment]) -> list[Enrolment]:
    """What colleagues have in the same runs who apply together for all or nothing: those who wait, are offered or hold a seat there, by entry. Whoever holds
    a choice they want more is no longer among them."""
    own = list(package)
    mine, theirs, chosen = aliased(GroupFellow), aliased(GroupFellow), aliased(ChoiceRun)
    cases = select(Choice.application_id).join(chosen, chosen.choice_id == Choice.id).where(chosen.enrolment_id == own[0].id)
    found = (
        select(Enrolment)
        .join(ChoiceRun, ChoiceRun.enrolment_id == Enrolment.id)
        .join(Choice, Choice.id == ChoiceRun.choice_id)
        .join(theirs, (theirs.application_id == Choice.application_id) & (theirs.state == Fellow.JOINED))
        .join(mine, (mine.group_id == theirs.group_id) & (mine.state == Fellow.JOINED) & (mine.id != theirs.id))
        .join(ApplicationGroup, ApplicationGroup.id == theirs.group_id)
        .where(mine.application_id.in_(cases), ApplicationGroup.mode == Together.WHOLE, Enrolment.offering_id.in_([one.offering_id for one in own]))
        .where(Enrolment.state.in_(ACTIVE), ~holds_a_higher_choice())
        .options(joinedload(Enrolment.module))
        .order_by(Enrolment.id)
    )
    return list(db.session.scalars(found).unique())


def given_up_for(enrolment: Enrolment) -> list[Enrolment]:
    """What its holder wanted less, and gives up by taking it: seats, offers and places in line of choices further down, by offering."""
    mine, lower, run = aliased(Choice), aliased(Choice), aliased(ChoiceRun)
    taken = aliased(ChoiceRun)
    found = (
        select(Enrolment)
        .join(run, run.enrolment_id == Enrolment.id)
        .join(lower, lower.id == run.choice_id)
        .join(mine, mine.application_id == lower.application_id)
        .join(taken, taken.choice_id == mine.id)
        .where(taken.enrolment_id == enrolment.id, lower.position > mine.position, Enrolment.state.in_(ACTIVE))
    )
    kept = {one.id for one in together(enrolment)}
    return sorted((one for one in db.session.scalars(found).unique() if one.id not in kept), key=lambda one: one.offering_id)


def holds_a_higher_choice() -> Exists:
    """Of an enrolment in a query: whether its holder has a seat of a choice that they want more. Correlated."""
    mine, higher, own, other = aliased(Choice), aliased(Choice), aliased(ChoiceRun), aliased(ChoiceRun)
    seat = aliased(Enrolment)
    return (
        exists()
        .where(own.enrolment_id == Enrolment.id, mine.id == own.choice_id, higher.application_id == mine.application_id)
        .where(higher.position < mine.position, other.choice_id == higher.id, seat.id == other.enrolment_id, seat.state.in_(HELD))
        .correlate(Enrolment)
    )


def waiting(enrolments: Iterable[Enrolment]) -> list[Enrolment]:
    return [one for one in enrolments if one.state is Seat.WAITING]
