"""Made-up applications in the three rounds: of the people to sign in as, of teachers of Stavanger kommune, and of the crowd."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import select

from accounts.acting import Actor
from accounts.models import Message, Person, Role
from catalog.values import Band, Strand
from config.clock import start_of
from config.database import db
from demo import names, rounds
from demo.crowd import Crowd
from demo.dice import Dice, Seed
from demo.records import Known
from demo.registers import Registers, Workplace
from demo.round_runs import PACKAGES, key
from demo.runs import Runs
from enrolment.applications import changing, timeline
from enrolment.applications.lifecycle import Fellow
from enrolment.applications.models import Application, ApplicationGroup, AskedRun, Choice, ChoiceRun, GroupFellow, HeadsAsking
from enrolment.applications.services.cases import said
from enrolment.applications.values import Question, Together, Track
from enrolment.progress.lifecycle import Claim
from enrolment.progress.models import PriorCredit
from enrolment.rounds.models import Cycle, RefusalReason, Scheme
from enrolment.schools.models import School, Teacher, Teaching

STAVANGER, SIRIS_SCHOOL = "municipality:1103", "874735582"
COLLEAGUES = 24  # teachers of Stavanger kommune who apply, beside Lars
# What teachers of a subject ask for first, and after that.
WANTED = {"matematikk": ("mat-hvl", "mat-uis"), "norsk": ("nor-hvo", "les-uis"), "engelsk": ("eng-uis", "les-uis"), "musikk": ("mus-ntnu",)}
BESIDES = ("les-uis", "and-nla", "mat-uis", "nor-hvo")
TAUGHT = ("matematikk", "matematikk", "matematikk", "norsk", "norsk", "engelsk", "engelsk", "musikk")
WHY = (
    "Jeg underviser i faget uten studiepoengene kravet sier.", "Vi er to på trinnet og vil gjøre dette sammen.", "Eg vil bli tryggare i faget, særleg i vurdering.",
    "Skolen får ny læreplan på plass, og vi mangler fordypning.", None,
)  # fmt: skip
TOGETHER, SHARED = (2, 3), (("les-uis", "substitute"), ("and-nla", "substitute"))  # colleagues at Siri's school who apply together, for the same
HELD = ("0", "0", "15", "15", "30", "30")


ANSWERS = {Question.EMPLOYED: "yes", Question.SUPPORTED: "no"}
DOES_NOT_KNOW = ANSWERS | {Question.SUPPORTED: "unsure"}  # so that the authority has a funding check to settle
UNSURE = 3  # which one of the crowd


@dataclass(frozen=True)
class Asked:
    """One application. `packages` in their order, with the code of the scheme; `events` of the tracks after it was sent, in their order."""

    who: str
    cycle: str
    packages: tuple[tuple[str, str], ...]
    sent: bool = True
    strand: Strand = Strand.FURTHER
    events: tuple[tuple[Track, str], ...] = ()
    rank: int | None = None
    refusal: str | None = None
    words: str | None = None
    answers: Mapping[str, str] = field(default_factory=lambda: ANSWERS)


RECOMMENDED, PASSED_ON = (Track.EMPLOYER, "recommend"), (Track.EMPLOYER, "pass on")
APPROVED, REFUSED, RAN_OUT = (Track.EMPLOYER, "approve"), (Track.EMPLOYER, "refuse"), (Track.EMPLOYER, "let run out")
FUNDED, UNFUNDED = (Track.MONEY, "fund"), (Track.MONEY, "leave unfunded")

OF_LEADS = (
    Asked("amina", rounds.OPEN, (("mat-uis", "substitute"), ("mat-hvl", "stipend"))),
    Asked("ingrid", rounds.OPEN, (("mat-hvl", "substitute"),), sent=False, answers={}),
    Asked("jonas", rounds.OPEN, (("vfl", ""),), strand=Strand.IN_SERVICE, answers={}),
    Asked("marit", rounds.OPEN, (("vfl", ""),), sent=False, strand=Strand.IN_SERVICE, answers={}),
    Asked("lars", rounds.OPEN, (("rektor", "owner"),), strand=Strand.PRINCIPAL),
    Asked("lars", rounds.WITH_OWNERS, (("nor-hvo", "substitute"), ("les-uis", "stipend")), events=(RECOMMENDED,)),
    Asked("jonas", rounds.WITH_OWNERS, (("mat-uis", "substitute"), ("mat-hvl", "substitute")), events=(PASSED_ON,)),
    Asked("amina", rounds.ANSWERED, (("mat-hvl", "substitute"), ("mat-uis", "substitute")), events=(RECOMMENDED, APPROVED, FUNDED), rank=1),
    Asked(
        "thomas", rounds.ANSWERED, (("eng-uis", "substitute"),), events=(PASSED_ON, REFUSED), refusal="no-substitute",
        words="Vi finner ikke vikar til engelsk i vår. Søk gjerne igjen neste år.",
    ),
    Asked("solveig", rounds.ANSWERED, (("nor-hvo", "stipend"),), events=(PASSED_ON, RAN_OUT)),
)  # fmt: skip


def add(seed: Seed, registers: Registers, cycles: dict[str, Cycle], leads: dict[str, Person], crowd: Crowd, everybody: Known, runs: Runs, today: date) -> None:
    colleagues = [_colleague(seed, registers, number) for number in range(1, COLLEAGUES + 1)]
    db.session.add_all(colleagues)
    db.session.flush()
    known = {person.uuid: person.id for person in colleagues}
    people = {f"colleague-{number:02}": person for number, person in enumerate(colleagues, 1)}
    for number, person in enumerate(colleagues, 1):
        _works(seed, registers, number, known[person.uuid], today)
    db.session.flush()
    writer = _Writer(seed, registers, cycles, runs, today)
    for asked in (*OF_LEADS, *_of_colleagues(seed), *_of_crowd(seed, crowd)):
        person = people.get(asked.who) or leads.get(asked.who) or db.session.get(Person, everybody[asked.who][0])
        writer.write(asked, person)
    db.session.flush()
    _together(seed, people, leads["amina"], cycles, today)
    _asked_by_head(seed, [leads["amina"], people["colleague-01"]], leads["siri"], registers.schools[SIRIS_SCHOOL], cycles[rounds.OPEN], runs, today)


# Teachers of Stavanger kommune


def _colleague(seed: Seed, registers: Registers, number: int) -> Person:
    return Person(uuid=seed.uuid("colleague", number), name=names.name(seed.dice("colleague", number)), made_up=True)


def _school(seed: Seed, registers: Registers, number: int) -> Workplace:
    """The first three teach at the school that Siri leads."""
    if number <= 3:
        return registers.schools[SIRIS_SCHOOL]
    near = [one for one in registers.schools.values() if one.owner_id == registers.owners[STAVANGER]]
    return seed.dice("colleague's school", number).one_of(near)


def _works(seed: Seed, registers: Registers, number: int, person_id: int, today: date) -> None:
    school, subject = _school(seed, registers, number), TAUGHT[number % len(TAUGHT)]
    dice = seed.dice("colleague's work", number)
    band = dice.one_of(tuple(school.grades.bands) or (Band.PRIMARY,))
    about = registers.subjects[subject]
    db.session.add(Teacher(person_id=person_id, school_id=school.id, teaching=[Teaching(subject_id=about.id, band=band)]))
    held = dice.one_of(HELD)
    if held != "0":
        at = start_of(today - timedelta(days=200))
        db.session.add(
            PriorCredit(
                uuid=seed.uuid("colleague's credits", number), person_id=person_id, subject_id=about.id, title=f"{about.name_nb} 1", institution="Universitetet i Stavanger",
                credits=Decimal(held), finished_on=date(dice.between(2003, 2019), 6, 15), state=Claim.VERIFIED, claimed_at=at, decided_at=at + timedelta(days=2),
                owner_id=school.owner_id,
            )
        )  # fmt: skip


def _of_colleagues(seed: Seed) -> Iterator[Asked]:
    """With the owner, but for four of whom the head has said nothing yet; eight of them were in the round before."""
    for number in range(1, COLLEAGUES + 1):
        who, subject = f"colleague-{number:02}", TAUGHT[number % len(TAUGHT)]
        dice = seed.dice("asks", who)
        events = () if number in (1, 8, 15, 22) else (dice.one_of((RECOMMENDED, RECOMMENDED, RECOMMENDED, PASSED_ON)),)
        wanted = SHARED if number in TOGETHER else _wanted(dice, subject)
        yield Asked(who, rounds.WITH_OWNERS, wanted, events=events)
        if number <= 8:
            yield _answered(dice, who, subject, rank=number + 1)
    for number in TOGETHER:
        yield Asked(f"colleague-{number:02}", rounds.OPEN, SHARED, sent=number == TOGETHER[0])
    for number in (4, 9):
        yield Asked(f"colleague-{number:02}", rounds.OPEN, _wanted(seed.dice("asks now", number), TAUGHT[number % len(TAUGHT)]))


def _wanted(dice: Dice, subject: str) -> tuple[tuple[str, str], ...]:
    first = WANTED.get(subject, ("les-uis",))
    wanted = tuple(dict.fromkeys((*first, *dice.some_of(BESIDES, dice.between(0, 1)))))[: dice.between(1, 3)]
    return tuple((package, dice.one_of(("substitute", "substitute", "stipend"))) for package in wanted)


def _answered(dice: Dice, who: str, subject: str, rank: int) -> Asked:
    if rank > 7:
        return Asked(who, rounds.ANSWERED, _wanted(dice, subject), events=(RECOMMENDED, REFUSED), refusal="other-teacher", words="Andre på skolen mangler mer i faget i år.")
    return Asked(who, rounds.ANSWERED, _wanted(dice, subject), events=(RECOMMENDED, APPROVED, FUNDED if rank < 6 else UNFUNDED), rank=rank)


def _together(seed: Seed, people: dict[str, Person], amina: Person, cycles: dict[str, Cycle], today: date) -> None:
    """Two colleagues apply together in two rounds; in the open one they have asked Amina too, who has not answered."""
    at = start_of(today - timedelta(days=1)) + timedelta(hours=18)
    fellows = [people[f"colleague-{number:02}"] for number in TOGETHER]
    for code, mode in ((rounds.OPEN, Together.MANY), (rounds.WITH_OWNERS, Together.WHOLE)):
        cycle = cycles[code]
        group = ApplicationGroup(uuid=seed.uuid("group", code), cycle_id=cycle.id, strand=Strand.FURTHER, founder_id=fellows[0].id, mode=mode, least=2, made_up=True)
        own = {one.person_id: one.id for one in db.session.scalars(select(Application).where(Application.cycle_id == cycle.id, Application.strand == Strand.FURTHER))}
        group.fellows = [GroupFellow(person_id=one.id, application_id=own[one.id], state=Fellow.JOINED, invited_at=at, answered_at=at) for one in fellows]
        if code == rounds.OPEN:
            group.fellows.append(GroupFellow(person_id=amina.id, invited_at=at))
            address = f"/me/applications/groups/{group.uuid}"
            db.session.add(Message(uuid=seed.uuid("message", group.uuid), person_id=amina.id, at=at, kind="group-invitation", address=address, facts={"name": fellows[0].name}))
        db.session.add(group)
        db.session.flush()


def _asked_by_head(seed: Seed, asked: list[Person], siri: Person, school: Workplace, cycle: Cycle, runs: Runs, today: date) -> None:
    """Siri has asked two teachers of her school to apply together in the open round; neither has answered."""
    at = start_of(today - timedelta(days=1)) + timedelta(hours=12)
    group = ApplicationGroup(
        uuid=seed.uuid("group asked for by the head"), cycle_id=cycle.id, strand=Strand.FURTHER, founder_id=siri.id, mode=Together.MANY, least=2, made_up=True,
        fellows=[GroupFellow(person_id=one.id, invited_at=at) for one in asked],
    )  # fmt: skip
    study = [runs.rows[key(given, today)][1] for given in PACKAGES["mus-ntnu"]]
    group.asking = HeadsAsking(school_id=school.id, asked_by_id=siri.id, runs=[AskedRun(offering_id=run.id, position=place) for place, run in enumerate(study, 1)])
    db.session.add(group)
    address = f"/me/applications/groups/{group.uuid}"
    db.session.add_all(
        Message(uuid=seed.uuid("message", group.uuid, number), person_id=one.id, at=at, kind="group-invitation", address=address, facts={"name": siri.name}) for number, one in enumerate(asked)
    )
    db.session.flush()


# The crowd, who work for other owners


def _of_crowd(seed: Seed, crowd: Crowd) -> Iterator[Asked]:
    stavanger = crowd.registers.owners[STAVANGER]
    elsewhere = [one for one in crowd.extras if one.school.owner_id != stavanger][:45]
    ranks: dict[int, int] = {}
    for number, one in enumerate(elsewhere):
        dice = seed.dice("asks", one.key)
        wanted = _wanted(dice, one.subject)
        if number % 3 == 0:
            yield Asked(one.key, rounds.OPEN, wanted, sent=dice.chance(0.7) or number == UNSURE, answers=DOES_NOT_KNOW if number == UNSURE else ANSWERS)
        elif number % 3 == 1:
            yield Asked(one.key, rounds.WITH_OWNERS, wanted, events=(PASSED_ON,))
        else:
            ranks[one.school.owner_id] = rank = ranks.get(one.school.owner_id, 0) + 1
            yield Asked(one.key, rounds.ANSWERED, wanted, events=(PASSED_ON, APPROVED, FUNDED), rank=rank)


# As rows


class _Writer:
    def __init__(self, seed: Seed, registers: Registers, cycles: dict[str, Cycle], runs: Runs, today: date):
        self.seed, self.registers, self.cycles, self.runs, self.today = seed, registers, cycles, runs, today
        self.schemes = {one.code: one for one in db.session.scalars(select(Scheme))}
        self.reasons = {one.code: one for one in db.session.scalars(select(RefusalReason))}
        self.schools = {one.id: one for one in registers.schools.values()}

    def write(self, asked: Asked, person: Person) -> None:
        teacher = db.session.get(Teacher, person.id)
        case = Application(
            uuid=self.seed.uuid("application", asked.who, asked.cycle, asked.strand), cycle=self.cycles[asked.cycle], strand=asked.strand, person=person,
            school_id=teacher.school_id, owner_id=self.schools[teacher.school_id].owner_id, made_up=True, funding=self._answers(asked, teacher.school_id),
        )  # fmt: skip
        dice = self.seed.dice("application", asked.who, asked.cycle)
        case.choices = [self._choice(asked, number, package, scheme) for number, (package, scheme) in enumerate(asked.packages, 1)]
        case.why = dice.one_of(WHY)
        db.session.add(case)
        db.session.flush()
        if asked.sent:
            self._send(case, asked, Actor(person.id, person.uuid, person.name, Role.TEACHER, teacher.school_id), dice)

    def _answers(self, asked: Asked, school_id: int) -> dict[str, str]:
        private = asked.answers and db.session.get(School, school_id).private
        return {str(name): value for name, value in asked.answers.items()} | ({str(Question.APPROVED): "yes"} if private else {})

    def _choice(self, asked: Asked, number: int, package: str, scheme: str) -> Choice:
        runs = [self.runs.rows[key(given, self.today)][1] for given in PACKAGES[package]]
        return Choice(
            uuid=self.seed.uuid("choice", asked.who, asked.cycle, asked.strand, package), position=number, scheme=self.schemes.get(scheme),
            subject=runs[0].module.subject, runs=[ChoiceRun(offering=run, position=place) for place, run in enumerate(runs, 1)],
        )  # fmt: skip

    def _send(self, case: Application, asked: Asked, actor: Actor, dice: Dice) -> None:
        at = self._sent_at(asked, dice)
        case.talked_on, case.sent_at, case.said = (at - timedelta(days=3)).date(), at, said(case, at)
        timeline.take(case, Track.CASE, "send", by=actor, at=at)
        changing.ask_employer(case, actor, at)
        changing.judge(case, actor, at)
        for number, (track, event) in enumerate(asked.events, 1):
            timeline.take(case, track, event, by=None, at=self._happened_at(asked, number, dice), why=asked.words if event == "refuse" else None)
        case.recommended = True if RECOMMENDED in asked.events else None
        case.rank = asked.rank
        if APPROVED in asked.events:
            case.scheme = case.choices[0].scheme
        if REFUSED in asked.events or APPROVED in asked.events:
            case.decided_at = self._happened_at(asked, 2, dice)
        case.refusal, case.refusal_words = self.reasons.get(asked.refusal or ""), asked.words
        db.session.flush()

    def _sent_at(self, asked: Asked, dice: Dice) -> datetime:
        """In an evening of the weeks in which one could apply, and before today."""
        ago = {rounds.OPEN: (1, 9), rounds.WITH_OWNERS: (8, 20), rounds.ANSWERED: (82, 100)}[asked.cycle]
        return start_of(self.today - timedelta(days=dice.between(*ago))) + timedelta(hours=19, minutes=dice.between(0, 179))

    def _happened_at(self, asked: Asked, number: int, dice: Dice) -> datetime:
        """The head in the week after, the employer by its date, the answer when the round is answered."""
        ago = {rounds.WITH_OWNERS: (4,), rounds.ANSWERED: (75, 68, 3)}[asked.cycle]
        return start_of(self.today - timedelta(days=ago[min(number, len(ago)) - 1])) + timedelta(hours=11, minutes=number)
