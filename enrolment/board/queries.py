"""Every select of the board. What is an owner's, a school's or a teacher's is looked up through them, so that a stranger's is not there."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Row, Select, and_, func, or_, select, update
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from accounts.acting import Actor
from accounts.models import Membership, Organisation, Person, Role
from catalog.offers.lifecycle import Run
from catalog.offers.models import Gathering, Module, Offering
from catalog.subjects.models import Subject
from catalog.values import Strand
from config.database import db
from config.errors import NotFound
from config.languages import _
from enrolment.applications.lifecycle import Case, Employer, Money
from enrolment.applications.models import WAITS, Application, Choice, ChoiceRun
from enrolment.board.cover import Away
from enrolment.board.models import CoverRate, Deputy, ExtraCost, ListLock, OwnerList, OwnersTogether, ListRemark, SharingAnswer
from enrolment.dispensations.models import Dispensation
from enrolment.rounds.models import Cycle
from enrolment.schools.models import School, SchoolOwner, Teacher, Teaching
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment



def _with_choices():
    runs = selectinload(Application.choices).selectinload(Choice.runs).joinedload(ChoiceRun.offering).joinedload(Offering.module)
    return (
        joinedload(Application.person), joinedload(Application.school).joinedload(School.organisation), joinedload(Application.scheme),
        joinedload(Application.refusal), selectinload(Application.choices).joinedload(Choice.subject), runs.joinedload(Module.institution),
        selectinload(Application.choices).joinedload(Choice.scheme), runs.joinedload(Module.course), runs.joinedload(Module.subject),
    )  # fmt: skip


def cases(owner_id: int, cycle_id: int, strand: Strand) -> Sequence[Application]:
    """Every case that lies with an owner or one of its heads, or that it has decided, with all that a row shows."""
    sent = select(Application).where(Application.owner_id == owner_id, Application.cycle_id == cycle_id, Application.strand == strand)
    return db.session.scalars(sent.where(Application.state == Case.SENT, Application.employer != Employer.NOT_SENT).options(*_with_choices()).order_by(Application.id)).all()


def next_to_decide(case: Application) -> Application | None:
    """The case that was sent after this one, of those that await the owner in its round and strand; after the last comes the first."""
    waiting = select(Application).where(Application.owner_id == case.owner_id, Application.cycle_id == case.cycle_id, Application.strand == case.strand)
    waiting = waiting.where(Application.state == Case.SENT, Application.employer == Employer.WITH_OWNER, Application.id != case.id)
    return db.session.scalar(waiting.options(joinedload(Application.person)).order_by(Application.id < case.id, Application.id).limit(1))


def approved(owner_id: int, cycle_id: int, strand: Strand) -> Sequence[Application]:
    """The cases that are ranked, in the order of the list, then those without a number; with nothing that a page would show of them."""
    mine = select(Application).where(Application.owner_id == owner_id, Application.cycle_id == cycle_id, Application.strand == strand, Application.state == Case.SENT)
    order = (Application.rank.is_(None), Application.rank, Application.id)
    return db.session.scalars(mine.where(Application.employer == Employer.APPROVED).order_by(*order)).all()


def own_case(actor: Actor, uuid: UUID, at: datetime) -> Application:
    """A case before the owner acted for. Raises NotFound for another's, and for one not sent or withdrawn."""
    actor.require(Role.OWNER)
    return _case(Application.owner_id == actor.organisation_id, uuid, at)


def own_cases(actor: Actor, uuids: Iterable[UUID], at: datetime) -> Sequence[Application]:
    """Those of many that lie before the owner acted for, as they stand now; the others are left out."""
    actor.require(Role.OWNER)
    found = _cases(Application.owner_id == actor.organisation_id, at).where(Application.uuid.in_(list(uuids)))
    return db.session.scalars(found.order_by(Application.id).execution_options(populate_existing=True)).unique().all()


def lists_of(actor: Actor, uuids: Iterable[UUID]) -> list[tuple[int, int, Strand]]:
    """Owner, round and strand of those of many cases that are the owner's acted for, each once, in the order in which their lists are locked."""
    actor.require(Role.OWNER)
    mine = select(Application.owner_id, Application.cycle_id, Application.strand).where(Application.owner_id == actor.organisation_id, Application.uuid.in_(list(uuids)))
    return sorted(tuple(row) for row in db.session.execute(mine.distinct()))


def own_case_at_school(actor: Actor, uuid: UUID, at: datetime) -> Application:
    """A case of the school whose head one is. Raises NotFound for another school's."""
    actor.require(Role.HEAD)
    return _case(Application.school_id == actor.organisation_id, uuid, at)


def case_seen_by_union(actor: Actor, uuid: UUID, at: datetime) -> Application:
    actor.require(Role.UNION)
    return _case(Application.owner_id == actor.organisation_id, uuid, at)


def _case(whose, uuid: UUID, at: datetime) -> Application:
    found = db.session.scalar(_cases(whose, at).where(Application.uuid == uuid))
    if found is None:
        raise NotFound(_("There is no such application with you."))
    return found


def _cases(whose, at: datetime) -> Select:
    """Those sent, in rounds that have been let out, with all that a row shows."""
    sent = select(Application).join(Application.cycle).where(whose, Application.state == Case.SENT, Application.employer != Employer.NOT_SENT)
    return sent.where(Cycle.released_at <= at).options(*_with_choices(), contains_eager(Application.cycle).selectinload(Cycle.dates))


def cases_at_school(school_id: int, at: datetime) -> Sequence[Application]:
    """What teachers at a school have sent in every round let out, the latest first."""
    here = _cases(Application.school_id == school_id, at)
    return db.session.scalars(here.order_by(Cycle.study_year.desc(), Application.sent_at, Application.id)).unique().all()


def counts(owner_id: int) -> dict[tuple[int, Strand], Counter]:
    """By round and strand, how many cases stand where with the employer."""
    asked = select(Application.cycle_id, Application.strand, Application.employer, func.count()).where(Application.owner_id == owner_id)
    found: dict[tuple[int, Strand], Counter] = defaultdict(Counter)
    for cycle, strand, employer, number in db.session.execute(asked.where(Application.state == Case.SENT, Application.employer != Employer.NOT_SENT).group_by(Application.cycle_id, Application.strand, Application.employer)):
        found[cycle, strand][employer] = number
    return found


def waited_for() -> set[tuple[int, Strand]]:
    """The rounds and strands in which some case waits for the employer."""
    return {tuple(row) for row in db.session.execute(select(Application.cycle_id, Application.strand).where(WAITS, Application.state == Case.SENT).distinct())}


def owners_to_remind(cycle_id: int, strand: Strand, *, owners: bool, deputies: bool) -> list[int]:
    """The owners that some case waits for: with `owners` those that have not been reminded, with `deputies` those too whose deputies have not been told."""
    its = and_(OwnerList.owner_id == Application.owner_id, OwnerList.cycle_id == Application.cycle_id, OwnerList.strand == Application.strand)
    waiting = select(Application.owner_id).outerjoin(OwnerList, its).where(Application.cycle_id == cycle_id, Application.strand == strand, Application.state == Case.SENT)
    untold = [column.is_(None) for column, wanted in ((OwnerList.reminded_at, owners), (OwnerList.deputies_told_at, deputies)) if wanted]
    return list(db.session.scalars(waiting.where(WAITS, Application.owner_id.is_not(None), or_(*untold)).distinct().order_by(Application.owner_id)))


def owner_list(owner_id: int, cycle_id: int, strand: Strand, *, for_update: bool = False) -> OwnerList:
    """The list of an owner in a round and strand; a new one, not yet written, where nobody has said or ranked anything. Under lock where it is to change."""
    known = select(OwnerList).filter_by(owner_id=owner_id, cycle_id=cycle_id, strand=strand)
    if for_update:
        _lay(owner_id, cycle_id, strand)
        return db.session.scalars(known.with_for_update(of=OwnerList).execution_options(populate_existing=True)).one()
    found = db.session.scalar(known.options(selectinload(OwnerList.locks).joinedload(ListLock.locked_by)))
    return found or OwnerList(owner_id=owner_id, cycle_id=cycle_id, strand=strand, version=1)


def _lay(owner_id: int, cycle_id: int, strand: Strand) -> None:
    """Writes the row where it is missing; whoever is second in the same moment finds the first one's."""
    from sqlalchemy.dialects import postgresql, sqlite

    known = {"owner_id": owner_id, "cycle_id": cycle_id, "strand": strand, "version": 1}
    insert = (postgresql if db.engine.dialect.name == "postgresql" else sqlite).insert(OwnerList)
    db.session.execute(insert.values(**known).on_conflict_do_nothing())


def locks(of: OwnerList) -> Sequence[ListLock]:
    if of.id is None:
        return []
    who = (joinedload(ListLock.locked_by), joinedload(ListLock.unlock_asked_by), joinedload(ListLock.unlocked_by))
    return db.session.scalars(select(ListLock).where(ListLock.list_id == of.id).options(*who).order_by(ListLock.id.desc())).all()


def own_lock(actor: Actor, uuid: UUID) -> ListLock:
    """A snapshot of one's own owner's list, for the owner and for the union's representative. Raises NotFound."""
    wanted = select(ListLock).join(ListLock.of).where(ListLock.uuid == uuid, OwnerList.owner_id == actor.organisation_id)
    found = db.session.scalar(wanted.options(contains_eager(ListLock.of).options(joinedload(OwnerList.cycle).selectinload(Cycle.dates), joinedload(OwnerList.owner).joinedload(SchoolOwner.organisation))))
    if found is None:
        raise NotFound(_("There is no such locked list with you."))
    return found


def write_order(ids: Sequence[int]) -> None:
    """Ranks these cases from one in this order, in two statements however many they are: none may hold another's number in between."""
    table = Application.__table__
    db.session.flush()
    db.session.execute(update(table).where(table.c.id.in_(ids)).values(rank=None))
    if ids:
        ranks = {number: place for place, number in enumerate(ids, 1)}
        db.session.execute(update(table).where(table.c.id.in_(ids)).values(rank=db.case(ranks, value=table.c.id)))
    db.session.expire_all()


def extras(cases: Iterable[int]) -> dict[int, list[ExtraCost]]:
    found: dict[int, list[ExtraCost]] = defaultdict(list)
    for one in db.session.scalars(select(ExtraCost).where(ExtraCost.application_id.in_(list(cases))).order_by(ExtraCost.id)):
        found[one.application_id].append(one)
    return found


def remarks(owner_id: int, cycle_id: int, strand: Strand) -> Sequence[ListRemark]:
    """In the order they were made."""
    said = select(ListRemark).filter_by(owner_id=owner_id, cycle_id=cycle_id, strand=strand).options(joinedload(ListRemark.person))
    return db.session.scalars(said.order_by(ListRemark.id)).all()


def refused_before(owner_id: int, people: Collection[int], cycle_id: int) -> Counter:
    """How often this owner has refused each of these people in other rounds. What another owner said is that owner's."""
    asked = select(Application.person_id, func.count()).where(Application.owner_id == owner_id, Application.person_id.in_(people), Application.cycle_id != cycle_id)
    return Counter(dict(db.session.execute(asked.where(Application.employer == Employer.REFUSED).group_by(Application.person_id)).all()))


def taught_by(people: Collection[int]) -> dict[int, list[Row]]:
    """Subject and band of everything that these people teach."""
    found: dict[int, list[Row]] = defaultdict(list)
    for row in db.session.execute(select(Teaching.person_id, Teaching.subject_id, Teaching.band).where(Teaching.person_id.in_(people))):
        found[row.person_id].append(row)
    return found


def dispensed(people: Collection[int], on: date) -> dict[tuple[int, int], list[Dispensation]]:
    """By person and subject, what is asked of somebody instead of the requirement on a day."""
    given = select(Dispensation).where(Dispensation.person_id.in_(people), Dispensation.ended_at.is_(None), Dispensation.valid_from <= on)
    found: dict[tuple[int, int], list[Dispensation]] = defaultdict(list)
    for one in db.session.scalars(given.where(or_(Dispensation.valid_to.is_(None), Dispensation.valid_to >= on))):
        found[one.person_id, one.subject_id].append(one)
    return found


def wanted_first(runs: Collection[int], cycle_id: int) -> Counter:
    """By run, how many in the whole country have it in their first choice and are not refused."""
    first = select(ChoiceRun.offering_id, func.count()).join(ChoiceRun.choice).join(Choice.application)
    alive = Application.employer.not_in((Employer.REFUSED, Employer.UNANSWERED))
    asked = first.where(ChoiceRun.offering_id.in_(runs), Choice.position == 1, Application.cycle_id == cycle_id, Application.state == Case.SENT, alive)
    return Counter(dict(db.session.execute(asked.group_by(ChoiceRun.offering_id)).all()))


def funded_last(owner_id: int, strand: Strand, before: int) -> int | None:
    """How many of an owner's the state funded in the last round before a study year; none where no round tells."""
    asked = select(func.count()).select_from(Application).join(Application.cycle)
    funded = asked.add_columns(Cycle.study_year).where(Application.owner_id == owner_id, Application.strand == strand, Application.money == Money.FUNDED, Cycle.study_year < before)
    found = db.session.execute(funded.group_by(Cycle.study_year).order_by(Cycle.study_year.desc()).limit(1)).first()
    return found[0] if found else None


def deputies(owner_id: int) -> Sequence[Deputy]:
    """Every one an owner has had, the latest first."""
    return db.session.scalars(select(Deputy).where(Deputy.owner_id == owner_id).options(joinedload(Deputy.hat).joinedload(Membership.person)).order_by(Deputy.id.desc())).all()


def own_deputy(actor: Actor, uuid: UUID) -> Deputy:
    actor.require(Role.OWNER)
    found = db.session.scalar(select(Deputy).where(Deputy.uuid == uuid, Deputy.owner_id == actor.organisation_id).options(joinedload(Deputy.hat)))
    if found is None:
        raise NotFound(_("You have no such deputy."))
    return found


def may_step_in(owner_id: int, on: date) -> list[tuple[UUID, str, str]]:
    """Who can be an owner's deputy: whoever has a hat at the owner or one of its schools; identifier, name and where."""
    near = select(Membership).join(Membership.organisation).outerjoin(School, School.organisation_id == Membership.organisation_id)
    here = near.where(or_(Membership.organisation_id == owner_id, School.owner_id == owner_id), Membership.role.in_((Role.HEAD, Role.OWNER)), Membership.held(on))
    hats = db.session.scalars(here.options(joinedload(Membership.person), contains_eager(Membership.organisation)).order_by(Organisation.name, Membership.id))
    return [(hat.person.uuid, hat.person.name, hat.organisation.name) for hat in hats]


def together(owner_id: int) -> Sequence[OwnersTogether]:
    """What an owner has asked or been asked, and has not ended."""
    mine = select(OwnersTogether).where(or_(OwnersTogether.owner_id == owner_id, OwnersTogether.other_id == owner_id), OwnersTogether.ended_at.is_(None))
    both = (joinedload(side).joinedload(SchoolOwner.organisation) for side in (OwnersTogether.owner, OwnersTogether.other))
    return db.session.scalars(mine.options(*both).order_by(OwnersTogether.id)).all()


def own_together(actor: Actor, uuid: UUID) -> OwnersTogether:
    actor.require(Role.OWNER)
    found = next((one for one in together(actor.organisation_id) if one.uuid == uuid), None)
    if found is None:
        raise NotFound(_("You have no such agreement."))
    return found


def owners() -> list[tuple[UUID, str, int]]:
    """Every owner by name."""
    asked = select(Organisation.uuid, Organisation.name, SchoolOwner.organisation_id).join(SchoolOwner, SchoolOwner.organisation_id == Organisation.id)
    return [tuple(row) for row in db.session.execute(asked.order_by(Organisation.name, Organisation.id))]


def answers(cases: Collection[int]) -> dict[int, SharingAnswer]:
    """What was asked of sharing, by case."""
    return {one.application_id: one for one in db.session.scalars(select(SharingAnswer).where(SharingAnswer.application_id.in_(cases)))}


def own_answer(actor: Actor, uuid: UUID) -> SharingAnswer:
    """The condition laid before a teacher. Raises NotFound for another's."""
    actor.require(Role.TEACHER)
    mine = select(SharingAnswer).join(SharingAnswer.application).where(SharingAnswer.uuid == uuid, Application.person_id == actor.person_id)
    found = db.session.scalar(mine.options(contains_eager(SharingAnswer.application).options(*_with_choices(), joinedload(Application.owner).joinedload(SchoolOwner.organisation))))
    if found is None:
        raise NotFound(_("You have no such condition to answer."))
    return found


def sharing_of_owner(owner_id: int) -> Sequence[SharingAnswer]:
    """What was asked of everybody an owner has approved, in every round, the latest first."""
    return db.session.scalars(_sharing(owner_id).order_by(SharingAnswer.id.desc())).unique().all()


def _sharing(owner_id: int | None) -> Select:
    mine = select(SharingAnswer).join(SharingAnswer.application).where(Application.owner_id == owner_id)
    seats = selectinload(Application.choices).selectinload(Choice.runs).joinedload(ChoiceRun.enrolment)
    return mine.options(contains_eager(SharingAnswer.application).options(*_with_choices(), seats))


def owner_answer(actor: Actor, uuid: UUID) -> SharingAnswer:
    actor.require(Role.OWNER)
    found = db.session.scalar(_sharing(actor.organisation_id).where(SharingAnswer.uuid == uuid))
    if found is None:
        raise NotFound(_("You have no such thing to follow up."))
    return found


def cover_rate(on: date) -> CoverRate | None:
    found = (one for one in db.session.scalars(select(CoverRate).order_by(CoverRate.valid_from.desc())) if one.holds(on))
    return next(found, None)


def away_from_school(school_id: int, since: date) -> list[Away]:
    """The gatherings that teachers at a school have a seat for, and those of the first choice of what they have applied for and nobody has refused."""
    return [*_with_seats(school_id, since), *_applied_for(school_id, since)]


_GATHERING = (
    Person.id, Person.name, func.coalesce(Subject.code, "").label("subject"), func.coalesce(Module.title, Module.code, "").label("title"),
    Gathering.starts_on, Gathering.ends_on, Offering.made_up,
)  # fmt: skip


def _with_seats(school_id: int, since: date) -> Iterable[Away]:
    asked = select(*_GATHERING).select_from(Enrolment).join(Enrolment.person).join(Teacher, Teacher.person_id == Person.id).join(Enrolment.offering)
    return _read(asked.where(Teacher.school_id == school_id, Enrolment.state.in_((Seat.PLACED, Seat.OFFERED))), since, sure=True)


def _applied_for(school_id: int, since: date) -> Iterable[Away]:
    asked = select(*_GATHERING).select_from(ChoiceRun).join(ChoiceRun.choice).join(Choice.application).join(Application.person).join(ChoiceRun.offering)
    alive = Application.employer.in_((Employer.WITH_HEAD, Employer.WITH_OWNER, Employer.APPROVED))
    seated = select(Enrolment.id).where(Enrolment.person_id == Person.id, Enrolment.offering_id == Offering.id, Enrolment.state.in_((Seat.PLACED, Seat.OFFERED))).exists()
    return _read(asked.where(Application.school_id == school_id, Application.state == Case.SENT, alive, Choice.position == 1, ~seated), since, sure=False)


def _read(asked: Select, since: date, *, sure: bool) -> Iterable[Away]:
    """Of runs that are held, the dated gatherings to come."""
    told = asked.join(Module, Module.id == Offering.module_id).outerjoin(Subject, Subject.id == Module.subject_id).join(Gathering, Gathering.offering_id == Offering.id)
    rows = told.where(Gathering.starts_on.is_not(None), Gathering.ends_on >= since, Offering.state != Run.CANCELLED)
    for row in db.session.execute(rows.order_by(Gathering.starts_on, Gathering.id, Person.id)):
        yield Away(row.id, row.name, row.subject, row.title, row.starts_on, row.ends_on, sure, row.made_up)
