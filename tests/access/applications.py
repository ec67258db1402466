"""A teacher's applications are their own."""

from accounts.models import Person, Role
from catalog.values import EnrolmentMode, Strand
from config.database import db
from enrolment.applications.lifecycle import Money
from enrolment.applications.models import Application
from enrolment.applications.services import cases, choices, groups
from enrolment.applications.values import Reason, Together
from enrolment.rounds.models import Cycle, Scheme
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment
from tests import factories
from tests.access.policy import Rule
from tests.factories import MONDAY, acting

TEACHER = {Role.TEACHER}


def _round() -> Cycle:
    known = db.session.query(Cycle).filter_by(code="2026").first()
    if known is None:
        factories.scheme()
        known = factories.cycle("2026")
    return known


def _teacher(half, me):
    return acting(me if acting(me).role is Role.TEACHER else half.people[Role.TEACHER])


def _run(half):
    half.offering.mode = EnrolmentMode.ROUND
    db.session.commit()
    return half.offering


def _begun(half, me):
    _round()
    return cases.start(cycle="2026", strand=Strand.FURTHER, actor=_teacher(half, me), at=MONDAY)


def _case(half, me) -> dict:
    return {"case": _begun(half, me).uuid}


def _choice(half, me) -> dict:
    begun, run = _begun(half, me), _run(half)
    chosen = choices.add_package(begun.uuid, [run.uuid], actor=_teacher(half, me), at=MONDAY)
    return {"case": begun.uuid, "choice": chosen.uuid}


def _complete(half, me) -> dict:
    address, who = _choice(half, me), _teacher(half, me)
    cases.answer_funding(address["case"], {"employed": "yes", "supported": "no"}, actor=who, at=MONDAY)
    cases.say_talked(address["case"], MONDAY.date(), actor=who, at=MONDAY)
    return {"case": address["case"]}


def _sent(half, me) -> dict:
    address = _complete(half, me)
    cases.send(address["case"], actor=_teacher(half, me), at=MONDAY)
    return address


def _to_start(half, me) -> dict:
    return {"cycle": _round().code, "strand": "further"}


def _two(half, me) -> dict:
    address = _choice(half, me)
    return {"choice": str(address["choice"]), "position": "1"}


def _another(half, me) -> dict:
    assert db.session.query(Scheme).count()
    return {"institution": "UiO", "title": "Astronomy", "credits": "15", "subject": half.subject.code, "scheme": "substitute", "semester": "2026h", "semesters": "1"}


def _in_service(half, me) -> dict:
    _round()
    if not db.session.query(Cycle).filter_by(code="in-service").first():
        factories.cycle("in-service", strands=(Strand.IN_SERVICE,))
    return {"case": cases.start(cycle="in-service", strand=Strand.IN_SERVICE, actor=_teacher(half, me), at=MONDAY).uuid}


def _colleague(half) -> Person:
    return db.session.query(Person).filter_by(name=f"Colleague {half.school.organisation_id}").first() or factories.teacher(
        half.school, name=f"Colleague {half.school.organisation_id}"
    )


def _colleagues(half, me) -> dict:
    return {"mode": "all-or-nothing", "least": "2", "colleague": str(_colleague(half).uuid)}


def _with_colleague(half, me) -> dict:
    _colleague(half)
    return _case(half, me)


def _grouped(half, me) -> dict:
    address = _with_colleague(half, me)
    groups.found(address["case"], mode=Together.MANY, least=2, colleagues=[_colleague(half).uuid], actor=_teacher(half, me), at=MONDAY)
    return address


def _another_colleague(half, me) -> dict:
    return {"colleague": str(factories.teacher(half.school, name="Another").uuid)}


def _invited(half, me) -> dict:
    """By a colleague who has begun an application."""
    _round()
    asker = acting(_colleague(half))
    case = cases.start(cycle="2026", strand=Strand.FURTHER, actor=asker, at=MONDAY)
    found = groups.found(case.uuid, mode=Together.MANY, least=2, colleagues=[_teacher(half, me).person_uuid], actor=asker, at=MONDAY)
    return {"group": found.uuid}


def _of_round(half, me) -> dict:
    return {"code": _round().code, "strand": "further"}


def _asked(half, me) -> dict:
    """Two teachers of a half's school, and the study of it."""
    run, teachers = _run(half), [factories.teacher(half.school, name=f"Asked {number}") for number in (1, 2)]
    return {"study": str(run.uuid), "colleague": [str(one.uuid) for one in teachers], "mode": "as-many-as-possible", "least": "2"}


def _to_review(half, me) -> dict:
    """A case in which the teacher did not know something of the money."""
    address = _sent(half, me)
    _latest(address).money, _latest(address).funding_reason = Money.OPEN, Reason.TO_REVIEW
    db.session.commit()
    return address


def _latest(address: dict) -> Application:
    return db.session.query(Application).filter_by(uuid=address["case"]).one()


def _verdict(half, me) -> dict:
    case = db.session.query(Application).filter_by(funding_reason=Reason.TO_REVIEW).order_by(Application.id.desc()).first()
    return {"version": str(case.version if case else 1), "answer": "yes"}


def _shared(half, me) -> dict:
    """A case of the half's teacher, out of which a seat has come in the half's run."""
    address = _sent(half, me)
    [run] = _latest(address).ranked_choices[0].runs
    who = {"person_id": _latest(address).person_id, "offering_id": run.offering_id, "module_id": run.offering.module_id}
    run.enrolment = db.session.query(Enrolment).filter_by(**who).first() or Enrolment(**who, state=Seat.PLACED, ticket=99, entered_at=MONDAY)
    db.session.commit()
    return address


POLICY = {
    "applications.shared_timeline": Rule({Role.HEAD, Role.OWNER, Role.UNION, Role.EDITOR, Role.AUTHORITY}, address=_shared, sees_all={Role.AUTHORITY}),
    "applications.to_review": Rule({Role.AUTHORITY}, address=lambda half, me: {"code": _round().code}, whose=None),
    "applications.to_settle": Rule({Role.AUTHORITY}, address=_to_review, whose=None),
    "applications.settle": Rule({Role.AUTHORITY}, address=_to_review, form=_verdict, whose=None),
    "school.together": Rule({Role.HEAD}, address=_of_round, whose=None),
    "school.ask": Rule({Role.HEAD}, address=_of_round, form=_asked, whose=None, own=(303, 422)),  # 422: the round is everybody's, teachers of another school are not
    "applications.mine": Rule(TEACHER),
    "applications.start": Rule(TEACHER, form=_to_start),
    "applications.people": Rule(TEACHER, address=_in_service),
    "applications.say_people": Rule(TEACHER, address=_in_service, form=lambda half, me: {"form": "school", "people": "12"}),
    "applications.group": Rule(TEACHER, address=_with_colleague),
    "applications.found_group": Rule(TEACHER, address=_with_colleague, form=_colleagues),
    "applications.invite": Rule(TEACHER, address=_grouped, form=_another_colleague),
    "applications.leave": Rule(TEACHER, address=_grouped),
    "applications.invitation": Rule(TEACHER, address=_invited),
    "applications.join": Rule(TEACHER, address=_invited),
    "applications.decline": Rule(TEACHER, address=_invited),
    "applications.case": Rule(TEACHER, address=_sent),
    "applications.tasks": Rule(TEACHER, address=_case),
    "applications.check": Rule(TEACHER, address=_case),
    "applications.send": Rule(TEACHER, address=_complete),
    "applications.receipt": Rule(TEACHER, address=_sent),
    "applications.timeline": Rule(TEACHER, address=_sent),
    "applications.confirm_withdrawal": Rule(TEACHER, address=_sent),
    "applications.withdraw": Rule(TEACHER, address=_sent),
    "applications.discard": Rule(TEACHER, address=_case),
    "applications.school": Rule(TEACHER, address=_case, query=lambda half, me: {"q": half.municipality.name}),
    "applications.choose_school": Rule(TEACHER, address=_case, form=lambda half, me: {"workplace": str(half.school.organisation.uuid)}),
    "applications.teaching": Rule(TEACHER, address=_case),
    "applications.say_why": Rule(TEACHER, address=_case, form=lambda half, me: {"why": "To teach better."}),
    "applications.funding": Rule(TEACHER, address=_case),
    "applications.answer_funding": Rule(TEACHER, address=_case, form=lambda half, me: {"employed": "yes"}),
    "applications.head": Rule(TEACHER, address=_case),
    "applications.say_talked": Rule(TEACHER, address=_case, form=lambda half, me: {"talked": "yes", "talked_on": "2026-11-20"}),
    "applications.choices": Rule(TEACHER, address=_choice),
    "applications.order": Rule(TEACHER, address=_choice, form=_two),
    "applications.move": Rule(TEACHER, address=_choice, form=lambda half, me: {"position": "1"}),
    "applications.remove": Rule(TEACHER, address=_choice),
    "applications.find": Rule(TEACHER, address=_case),
    "applications.add": Rule(TEACHER, address=_case, form=lambda half, me: {"offering": str(_run(half).uuid)}),
    "applications.elsewhere": Rule(TEACHER, address=_case),
    "applications.add_elsewhere": Rule(TEACHER, address=_case, form=_another),
    "applications.choice": Rule(TEACHER, address=_choice),
    "applications.change": Rule(TEACHER, address=_choice, form=lambda half, me: {"offering": str(_run(half).uuid), "scheme": "substitute"}),
}
