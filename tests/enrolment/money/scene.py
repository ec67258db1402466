"""A teacher with a seat that a round gave and the state pays half of, and what can happen to it."""

from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy import select

from accounts.models import Membership, Role
from catalog.values import EnrolmentMode, Semester
from enrolment.applications import timeline
from enrolment.applications.lifecycle import Employer, Money
from enrolment.applications.models import Application
from enrolment.applications.values import Track
from enrolment.awarding.lifecycle import Run
from enrolment.awarding.models import AllocationRun, Outcome
from enrolment.money.models import RepaymentRule
from enrolment.money.values import Reason
from enrolment.participation import services
from enrolment.rounds.models import WorkYearCost
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment
from tests import factories as f

AUTUMN, SPRING = Semester.from_code("2026h"), Semester.from_code("2027v")
IN_AUTUMN, IN_SPRING = datetime(2026, 9, 1, 9, tzinfo=UTC), datetime(2027, 2, 10, 9, tzinfo=UTC)
BEFORE = datetime(2026, 3, 15, 9, tzinfo=UTC)
WORK_YEAR = 800_000_00
HALF = 100_000_00  # 15 of 60 credits of kr 800 000, of which the state bears 50 per cent


def work_year() -> None:
    f.db.session.add(WorkYearCost(code="test", oere=WORK_YEAR, source="test", confirmed=True))
    f.db.session.commit()


def repayment_rules() -> None:
    for reason, autumn, spring in ((Reason.INTERRUPTED, "11-01", "04-01"), (Reason.NOT_TAKING_PART, None, None), (Reason.SCHEME, None, None), (Reason.DOUBLE, None, None)):
        f.db.session.add(RepaymentRule(code=reason, reason=reason, percent=100, autumn_before=autumn, spring_before=spring, source="test"))
    f.db.session.commit()


def module(subject=None):
    return f.module(f.course(f.institution(), subject or f.subject()))


def taking_part(name: str, of, *, semesters: int = 1, like: Application | None = None, school=None, round_=None, state: Seat = Seat.PLACED, **facts) -> Application:
    """Somebody whose owner has approved them and who has money and a seat from autumn 2026. `like`: another case, of whose round and scheme this one is."""
    first = AUTUMN if semesters == 2 else SPRING
    run = f.offering(of, mode=EnrolmentMode.ROUND, semester=first, semesters=semesters, starts_on=date(2026, 8, 20) if semesters == 2 else date(2027, 2, 1))
    known = {"employer": Employer.APPROVED, "money": Money.FUNDED, "rank": f.db.session.query(Application).count() + 1} | facts
    cycle = round_ or (like.cycle if like else f.cycle(f"round of {name}"))
    case = f.application(f.teacher(school, name=name), cycle, [run], scheme=like.choices[0].scheme if like else f.scheme(f"scheme of {name}"), **known)
    timeline.note(case, Track.EMPLOYER, "approve", by=None, at=BEFORE, scheme=case.choices[0].scheme.code)
    give_seat(case, state)
    return case


def granted_elsewhere(name: str, *, like: Application | None = None, semester: Semester | None = AUTUMN, semesters: int | None = 2, **facts) -> Application:
    """Somebody who has money for a study of 15 credits that is given elsewhere, so that no seat comes of it."""
    known = {"employer": Employer.APPROVED, "money": Money.FUNDED, "rank": f.db.session.query(Application).count() + 1} | facts
    cycle = like.cycle if like else f.cycle(f"round of {name}")
    case = f.application(f.teacher(name=name), cycle, [], scheme=like.choices[0].scheme if like else f.scheme(f"scheme of {name}"), **known)
    [choice] = case.choices
    choice.institution, choice.title, choice.credits, choice.subject = "Universitetet i Agder", "Statistikk", f.Decimal(15), f.db.session.query(f.Subject).first() or f.subject()
    choice.semester, choice.semesters = semester, semesters
    timeline.note(case, Track.EMPLOYER, "approve", by=None, at=BEFORE, scheme=choice.scheme.code)
    f.db.session.add(Outcome(run=made_known(case), application=case, choice=1, money=True, line={}, told_at=BEFORE))
    f.db.session.commit()
    return case


def made_known(case: Application) -> AllocationRun:
    known = f.db.session.query(AllocationRun).filter_by(cycle_id=case.cycle_id).first()
    return known or AllocationRun(
        cycle_id=case.cycle_id, strand=case.strand, rule_set="owner-bands", seed="1", on=BEFORE.date(), frozen=b"", digest="", result=b"", result_digest="", counts={},
        state=Run.PUBLISHED, made_at=BEFORE, published_at=BEFORE,
    )  # fmt: skip


def give_seat(case: Application, state: Seat = Seat.PLACED) -> None:
    for run in case.choices[0].runs:
        seat = Enrolment(person_id=case.person_id, offering_id=run.offering_id, module_id=run.offering.module_id, state=state, ticket=1, entered_at=f.MONDAY)
        f.db.session.add(seat)
        f.db.session.flush()
        run.enrolment_id = seat.id
        run.offering.seats_taken += 1
    f.db.session.commit()


def seat_of(case: Application) -> Enrolment:
    return case.choices[0].runs[0].enrolment


def known_by(case: Application) -> UUID:
    """The identity of what they take part in: their seat, or the choice that is money for a study elsewhere."""
    return seat_of(case).uuid if case.choices[0].runs else case.choices[0].uuid


def teacher(case: Application):
    return f.acting(case.person)


def adviser(case: Application):
    known = f.db.session.scalars(select(Membership).where(Membership.organisation_id == case.owner_id, Membership.role == Role.OWNER)).first()
    return f.acting(known.person if known else f.member(case.owner_id, Role.OWNER, "Adviser"))


def confirm(case: Application, semester: Semester, at: datetime) -> None:
    services.confirm(known_by(case), semester, actor=teacher(case), at=at)


def both_confirm(case: Application, semester: Semester = SPRING, at: datetime = IN_SPRING) -> None:
    confirm(case, semester, at)
    services.countersign([(known_by(case), semester)], actor=adviser(case), at=at)
