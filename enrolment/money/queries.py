"""What is read of awards, as light rows (there are thousands a year), and of the ledger."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Row, Select, and_, case, func, or_, select, union
from sqlalchemy.orm import joinedload

from accounts.acting import Actor
from accounts.models import Role
from catalog.offers.models import Module, Offering
from catalog.places.models import Municipality
from catalog.subjects.models import Subject
from catalog.values import EnrolmentMode
from config.database import db
from enrolment.applications.lifecycle import Money
from enrolment.applications.models import Application, CaseStep, Choice, ChoiceRun
from enrolment.applications.values import Track
from enrolment.awarding.models import Outcome
from enrolment.money.models import MoneyEntry, MoneyTurn, RepaymentRule
from enrolment.participation.models import ParticipationStep
from enrolment.participation import queries as participation
from enrolment.participation.studies import Key, Study
from enrolment.participation.values import Event, Step
from enrolment.rounds.models import Cycle
from enrolment.schools.models import School
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment, EnrolmentStep

Counties = Collection[int] | None  # of schools; none = all, and those of no school
_WHOSE = (Application.owner_id, Application.person_id, Municipality.county_id)
PAID, BACK = (func.sum(case((which, MoneyEntry.oere), else_=0)) for which in (MoneyEntry.oere > 0, MoneyEntry.oere < 0))
BINDING = (Seat.OFFERED, Seat.PLACED, Seat.COMPLETED, Seat.INTERRUPTED)


def seats_given(study_year: int, counties: Counties = None) -> Sequence[Row]:
    """The studies of a year that somebody has money for: with a seat here, or at an institution that admits by itself."""
    elsewhere = and_(Offering.mode == EnrolmentMode.ELSEWHERE, Outcome.money, Outcome.choice == Choice.position)
    known = (
        select(
            Application.strand, Application.scheme_id, Choice.scheme_id.label("asked_id"), *_WHOSE, Module.subject_id, Subject.code.label("subject"), Module.credits,
            Offering.starts_on, Offering.semester, Offering.semesters, Enrolment.id.label("enrolment_id"), Enrolment.uuid.label("seat"), Enrolment.state,
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
    return db.session.execute(_funded(known, study_year, counties)).all()


def _funded(wanted: Select, study_year: int, counties: Counties) -> Select:
    known = wanted.join(Application, Application.id == Choice.application_id).join(Cycle, Cycle.id == Application.cycle_id)
    known = known.outerjoin(School, School.organisation_id == Application.school_id).outerjoin(Municipality, Municipality.id == School.municipality_id)
    known = known.where(Application.money == Money.FUNDED, Cycle.study_year == study_year)
    return known if counties is None else known.where(Municipality.county_id.in_(counties))


def grants_elsewhere(study_year: int, counties: Counties = None) -> Sequence[Row]:
    """Money for studies that are not in the catalogue: no seat is given here."""
    known = (
        select(
            Application.strand, Application.scheme_id, Choice.scheme_id.label("asked_id"), *_WHOSE, Choice.subject_id, Subject.code.label("subject"), Choice.credits,
            Choice.semester, Choice.semesters, Choice.id.label("choice_id"), Choice.uuid.label("choice"),
        )
        .select_from(Choice)
        .outerjoin(Subject, Subject.id == Choice.subject_id)
    )  # fmt: skip
    return db.session.execute(participation.granted_elsewhere(_funded(known, study_year, counties))).all()


def steps_of_year(study_year: int, counties: Counties = None) -> dict[Key, list[Step]]:
    """By what it was said of, what has been said of taking part, of those with money in a study year."""
    kind = ParticipationStep
    said = (
        select(kind.enrolment_id, kind.choice_id, kind.event, kind.semester, kind.at)
        .outerjoin(ChoiceRun, ChoiceRun.enrolment_id == kind.enrolment_id)
        .join(Choice, Choice.id == func.coalesce(kind.choice_id, ChoiceRun.choice_id))
        .order_by(kind.id)
    )
    found: defaultdict[Key, list[Step]] = defaultdict(list)
    for enrolment, choice, *step in db.session.execute(_funded(said, study_year, counties)):
        found[enrolment, choice].append(Step(*step))
    return found


def runs(uuids: Iterable[str]) -> dict[str, Row]:
    """By identity, what the price of a run depends on."""
    known = select(Offering.uuid, Module.subject_id, Subject.code.label("subject"), Module.credits, Offering.starts_on, Offering.semester)
    known = known.join(Offering.module).outerjoin(Module.subject).where(Offering.uuid.in_([UUID(one) for one in uuids]))
    return {str(one.uuid): one for one in db.session.execute(known)}


def choices_without_seats(cycle_id: int) -> dict[tuple[str, int], Row]:
    """By application and position, the choices of a round that are money and no seat here; a study elsewhere, or runs that are admitted to elsewhere."""
    known = (
        select(Application.uuid, Choice.position, Choice.subject_id, Subject.code.label("subject"), Choice.credits, Choice.semester, Module.credits.label("of_module"))
        .join(Choice.application)
        .outerjoin(Subject, Subject.id == Choice.subject_id)
        .outerjoin(ChoiceRun, ChoiceRun.choice_id == Choice.id)
        .outerjoin(Offering, Offering.id == ChoiceRun.offering_id)
        .outerjoin(Module, Module.id == Offering.module_id)
        .where(Application.cycle_id == cycle_id, Choice.position.is_not(None), or_(ChoiceRun.id.is_(None), Offering.mode == EnrolmentMode.ELSEWHERE))
    )
    return {(str(one.uuid), one.position): one for one in db.session.execute(known)}


# The ledger


def people_due(today: date, most: int = 300) -> list[int]:
    """Who has money and has said something of taking part, and has had no turn today, or something has happened about since what their last one saw;
    those whose turn is longest ago first."""
    turn, known = MoneyTurn, _spoken_with_money()
    unsettled = [one.outerjoin(turn, turn.person_id == Application.person_id).where(or_(turn.person_id.is_(None), turn.settled_on < today)) for one in known]
    due = union(*unsettled, *_with_news([one.join(turn, turn.person_id == Application.person_id) for one in known], today)).subquery()
    found = select(due.c.person_id).outerjoin(turn, turn.person_id == due.c.person_id)
    return list(db.session.scalars(found.order_by(turn.seen_until.nulls_first(), due.c.person_id).limit(most)))


def _spoken_with_money() -> list[Select]:
    """Of a seat, and of a study elsewhere: asked each by itself, so that both begin with an index."""
    spoken = select(Application.person_id).select_from(ParticipationStep)
    seated = spoken.join(ChoiceRun, ChoiceRun.enrolment_id == ParticipationStep.enrolment_id).join(Choice, Choice.id == ChoiceRun.choice_id)
    return [one.join(Application, Application.id == Choice.application_id).where(Application.money == Money.FUNDED) for one in (seated, spoken.join(Choice, Choice.id == ParticipationStep.choice_id))]


def _with_news(known: list[Select], today: date) -> list[Select]:
    """Of those who have had a turn. It is asked every minute, so each question begins with the few steps that any turn of today may not have seen."""
    since = select(func.min(MoneyTurn.seen_until)).where(MoneyTurn.settled_on >= today).correlate(None).scalar_subquery()
    left = known[0].join(EnrolmentStep, EnrolmentStep.enrolment_id == ParticipationStep.enrolment_id)
    decided = [(one.join(CaseStep, CaseStep.application_id == Application.id), CaseStep) for one in known]
    steps = (*((one, ParticipationStep) for one in known), (left, EnrolmentStep), *decided)
    return [asked.where(step.at >= since, step.at >= MoneyTurn.seen_until) for asked, step in steps]


def paid_studies(person_id: int) -> list[Study]:
    """One person's studies with money of which something has been said, also of a seat that was left since."""
    seated, away = (select(ParticipationStep.id).where(which).exists() for which in (ParticipationStep.enrolment_id == Enrolment.id, ParticipationStep.choice_id == Choice.id))
    theirs = (Application.person_id == person_id, Application.money == Money.FUNDED)
    return participation.studies(participation.seats().where(*theirs, seated), participation.elsewhere().where(*theirs, away))


def lock_studies(studies: list[Study]) -> bool:
    """Locks them all; False where somebody else is at one of them."""
    keys = [one.key for one in studies]
    return all(_locked(kind, [key[place] for key in keys if key[place]]) for place, kind in enumerate((Enrolment, Choice)))


def _locked(kind: type[Enrolment] | type[Choice], numbers: list[int]) -> bool:
    wanted = select(kind.id).where(kind.id.in_(numbers)).order_by(kind.id).with_for_update(skip_locked=True)
    return not numbers or len(db.session.scalars(wanted).all()) == len(numbers)


def decisions(applications: Iterable[int]) -> dict[int, list[CaseStep]]:
    """By application, its owner's approvals with a scheme, in their order."""
    wanted = select(CaseStep).where(CaseStep.application_id.in_(set(applications)), CaseStep.track == Track.EMPLOYER, CaseStep.event == "approve")
    found: defaultdict[int, list[CaseStep]] = defaultdict(list)
    for step in db.session.scalars(wanted.order_by(CaseStep.id)):
        if "scheme" in step.facts:
            found[step.application_id].append(step)
    return found


def left(enrolments: Iterable[int]) -> dict[int, list[EnrolmentStep]]:
    """By enrolment, the steps by which a seat was left."""
    wanted = select(EnrolmentStep).where(EnrolmentStep.enrolment_id.in_(list(enrolments)), EnrolmentStep.to_state == Seat.WITHDRAWN)
    found: defaultdict[int, list[EnrolmentStep]] = defaultdict(list)
    for step in db.session.scalars(wanted.order_by(EnrolmentStep.id)):
        found[step.enrolment_id].append(step)
    return found


def repayment_rules() -> list[RepaymentRule]:
    return list(db.session.scalars(select(RepaymentRule).order_by(RepaymentRule.id)))


def entries_of(enrolments: Iterable[UUID]) -> list[MoneyEntry]:
    """In the order they were written."""
    return list(db.session.scalars(select(MoneyEntry).where(MoneyEntry.enrolment.in_(list(enrolments))).order_by(MoneyEntry.id)))


def paid_of_year(study_year: int) -> Sequence[Row]:
    """By strand, subject and scheme, what the ledger of a study year sums to."""
    kind = MoneyEntry
    sums = select(kind.strand, kind.subject_id, kind.scheme_id, func.sum(kind.oere).label("oere")).where(kind.study_year == study_year)
    return db.session.execute(sums.group_by(kind.strand, kind.subject_id, kind.scheme_id)).all()


def paid_of_interrupted(study_year: int) -> dict[UUID, int]:
    """By the identity of the seat or choice, what the ledger of a study year sums to of studies that were interrupted."""
    kind, ended = MoneyEntry, ParticipationStep.event == Event.INTERRUPT
    sums = select(kind.enrolment, func.sum(kind.oere)).where(kind.study_year == study_year).group_by(kind.enrolment)
    seated = sums.join(Enrolment, Enrolment.uuid == kind.enrolment).where(Enrolment.state == Seat.INTERRUPTED)
    away = sums.join(Choice, Choice.uuid == kind.enrolment).where(select(ParticipationStep.id).where(ParticipationStep.choice_id == Choice.id, ended).exists())
    return {study: int(oere) for asked in (seated, away) for study, oere in db.session.execute(asked)}


# The owner's statement


def owners_years(actor: Actor) -> list[int]:
    """The study years in which an owner's teachers have had money, the latest first. Raises NotAllowed for another role."""
    actor.require(Role.OWNER)
    wanted = select(Cycle.study_year).distinct().join(Application, Application.cycle_id == Cycle.id)
    return sorted(db.session.scalars(wanted.where(Application.owner_id == actor.organisation_id, Application.money == Money.FUNDED)), reverse=True)


def owners_studies(actor: Actor, study_year: int) -> list[Study]:
    """Those with money of a study year, by name; also seats that were left once something was paid for them."""
    actor.require(Role.OWNER)
    booked = select(MoneyEntry.id).where(MoneyEntry.enrolment == Enrolment.uuid).exists()
    theirs = (Application.owner_id == actor.organisation_id, Application.money == Money.FUNDED, Application.cycle.has(Cycle.study_year == study_year))
    seated = participation.seats().where(*theirs, or_(Enrolment.state.in_(BINDING), booked))
    return sorted(participation.studies(seated, participation.elsewhere().where(*theirs)), key=lambda one: one.case.person.name)


def owners_sums(actor: Actor) -> dict[int, tuple[int, int]]:
    """By study year, what an owner is paid and what is claimed back of it, in whole øre."""
    actor.require(Role.OWNER)
    sums = select(MoneyEntry.study_year, PAID, BACK).where(MoneyEntry.owner_id == actor.organisation_id).group_by(MoneyEntry.study_year)
    return {year: (int(paid), int(back)) for year, paid, back in db.session.execute(sums)}


def owners_entries(actor: Actor, study_year: int) -> list[MoneyEntry]:
    actor.require(Role.OWNER)
    wanted = select(MoneyEntry).where(MoneyEntry.owner_id == actor.organisation_id, MoneyEntry.study_year == study_year).options(joinedload(MoneyEntry.scheme))
    return list(db.session.scalars(wanted.order_by(MoneyEntry.id)))
