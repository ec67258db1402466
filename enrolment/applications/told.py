"""A case as it is told: three tracks with who must act and by when, the headline, the tasks, and the timeline as a party may read it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from catalog.values import Strand
from config.languages import _
from config.languages import date as written
from enrolment.applications import facts, queries, words
from enrolment.applications.lifecycle import Case, Employer, Money
from enrolment.applications.models import Application, CaseStep, Choice
from enrolment.applications.values import EVERY_PARTY, Party, Reason, Task, Track
from enrolment.progress import completed
from enrolment.rounds.values import Step
from enrolment.seats import queries as seat_queries
from enrolment.seats import words as seat_words
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment

# What of the seats of a case is told first.
FIRST_TOLD = (Seat.OFFERED, Seat.PLACED, Seat.COMPLETED, Seat.WAITING, Seat.INTERRUPTED, Seat.LAPSED, Seat.DECLINED, Seat.WITHDRAWN)
# Parties that read who did something by the body alone, not by name.
READ_NO_NAMES = (Party.INSTITUTION, Party.UNION)
# Parties that read what happened, and neither the words that were said of it nor why the money is settled as it is, unless a line is meant for few and
# they are among them.
READ_NO_WORDS = (Party.INSTITUTION, Party.UNION, Party.AUTHORITY)


# Which parts an application has: nobody is asked of credits or money for in-service training, nor a future head of what they teach.
TASKS_OF = {
    Strand.FURTHER: (Task.SCHOOL, Task.TEACHING, Task.CHOICES, Task.FUNDING, Task.HEAD),
    Strand.PRINCIPAL: (Task.SCHOOL, Task.CHOICES, Task.FUNDING, Task.HEAD),
    Strand.IN_SERVICE: (Task.SCHOOL, Task.CHOICES, Task.PEOPLE, Task.HEAD),
}


@dataclass(frozen=True)
class Line:
    """One line of the timeline. `who`: the person, or the body, or Seksti itself."""

    at: datetime
    track: Track
    title: str
    who: str
    text: str


@dataclass(frozen=True)
class TrackCard:
    """`sentence` says who must act and by when, or what came of it; `last` is the latest line on the track."""

    track: Track
    tag: tuple[str, str]
    sentence: str
    last: Line | None


@dataclass(frozen=True)
class SeatTold:
    """A seat, or a place in the queue, that has come of a choice."""

    choice: Choice
    enrolment: Enrolment
    tag: tuple[str, str]
    sentence: str


@dataclass(frozen=True)
class Told:
    """Everything the page of a case shows."""

    case: Application
    headline: str
    cards: tuple[TrackCard, ...]
    seats: list[SeatTold]
    lines: list[Line]
    open: bool


def of(case: Application, at: datetime, on: date, party: Party = Party.TEACHER) -> Told:
    return each([case], at, on, party)[0]


def each(cases: Sequence[Application], at: datetime, on: date, party: Party = Party.TEACHER) -> list[Told]:
    """Several cases at once, read in as many queries as one."""
    seats = [run.enrolment for case in cases for choice in case.choices for run in choice.runs if run.enrolment]
    in_line, gave = seat_queries.places_in_line(seats), completed.told(seats, on)
    names = queries.organisation_names(step.organisation_id for case in cases for step in case.steps)
    return [_told(case, at, on, party, in_line, gave, names) for case in cases]


def _told(case: Application, at: datetime, on: date, party: Party, in_line: dict, gave: dict[int, str], names: dict[int, str]) -> Told:
    lines, seats = timeline(case, party, names), list(_seats(case, in_line, gave))
    tracks = (_employer(case, on), _money(case, on), _seat(case, on, seats))
    cards = tuple(TrackCard(track, tag, sentence, next((one for one in lines if one.track is track), None)) for track, tag, sentence in tracks)
    return Told(case, headline(case, on, seats), cards, seats, lines, facts.is_open(case, at))


def timeline(case: Application, party: Party, names: dict[int, str] | None = None) -> list[Line]:
    """What a party may read of what has happened, the latest first. `names` of organisations by key are read where they are not given."""
    shown = [step for step in case.steps if party in step.read_by]
    known = queries.organisation_names(step.organisation_id for step in shown) if names is None else names
    return [_line(step, party, known) for step in sorted(shown, key=lambda step: (step.at, step.id), reverse=True)]


def _line(step: CaseStep, party: Party, names: dict[int, str]) -> Line:
    body = names.get(step.organisation_id or 0, "")
    person = step.by.name if step.by and party not in READ_NO_NAMES else ""
    who = ", ".join(part for part in (person, body) if part) or "Seksti"
    text = " ".join(part for part in (words.about(step.facts), step.why) if part) if _may_read_words(step, party) else ""
    return Line(step.at, step.track, words.happened(step.track, step.event), who, text)


def _may_read_words(step: CaseStep, party: Party) -> bool:
    """The authority reads the words of the money's track, which is its own."""
    if party not in READ_NO_WORDS or len(step.read_by) < len(EVERY_PARTY):
        return True
    return party is Party.AUTHORITY and step.track is Track.MONEY


def _seats(case: Application, in_line: dict, gave: dict[int, str]) -> Iterable[SeatTold]:
    found = [(choice, run.enrolment) for choice in case.choices for run in choice.runs if run.enrolment]
    for choice, enrolment in sorted(found, key=lambda pair: FIRST_TOLD.index(pair[1].state)):
        line = in_line.get(enrolment.id)
        sentence = " ".join(part for part in (seat_words.sentence(enrolment, line), gave.get(enrolment.id)) if part)
        yield SeatTold(choice, enrolment, seat_words.tag(enrolment.state), sentence)


def headline(case: Application, on: date, seats: Sequence[SeatTold] = ()) -> str:
    """Who must act, and by when."""
    if case.state is not Case.SENT:
        return _not_sent(case, on)
    if case.employer in (Employer.NOT_SENT, Employer.WITH_HEAD, Employer.WITH_OWNER, Employer.REFUSED, Employer.UNANSWERED):
        return _employer(case, on)[2]
    if seats:
        return seats[0].sentence
    if case.money is Money.UNFUNDED:
        return _money(case, on)[2]
    return _no_seat_yet(case, on) if case.money is Money.FUNDED else words.waiting_for_authority(case, facts.dates(case).on(Step.ANSWER), on)


def _not_sent(case: Application, on: date) -> str:
    days = facts.dates(case)
    last = days.on(Step.APPLY)
    if days.is_past(Step.APPLY, on):
        return _("Not sent. The round closed for applications on %(day)s.", day=written(last))
    if case.state is Case.WITHDRAWN:
        return _("You have withdrawn. You can send it again until %(day)s at 23:59.", day=written(last))
    return _("Waiting for you: send it by %(day)s at 23:59.", day=written(last))


def _employer(case: Application, on: date) -> tuple[Track, tuple[str, str], str]:
    days = facts.dates(case)
    sentence = {
        Employer.NOT_SENT: lambda: _("Your employer sees it when you have sent it."),
        Employer.WITH_HEAD: lambda: words.waiting_for_head(case, days.on(Step.HEAD), on),
        Employer.WITH_OWNER: lambda: words.waiting_for_owner(case, days.on(Step.OWNER), on),
        Employer.APPROVED: lambda: _("%(owner)s has approved it.", owner=words.owner_name(case)),
        Employer.REFUSED: lambda: _refused(case),
        Employer.UNANSWERED: lambda: _("Not approved, because %(owner)s did not answer in time.", owner=words.owner_name(case)),
    }[case.employer]()
    return Track.EMPLOYER, words.employer_tag(case), sentence


def _refused(case: Application) -> str:
    why = ": ".join(part for part in (case.refusal.name if case.refusal else "", case.refusal_words or "") if part)
    owner = words.owner_name(case)
    return _("%(owner)s has not approved it. The reason: %(why)s", owner=owner, why=why) if why else _("%(owner)s has not approved it.", owner=owner)


def _money(case: Application, on: date) -> tuple[Track, tuple[str, str], str]:
    says = {str(reason): sentence for reason, sentence in words.REASONS.items()}
    checked = str(says.get(case.funding_reason or "", _("The funding check has not been made.")))
    sentence = {
        Money.OPEN: lambda: f"{checked} {words.waiting_for_authority(case, facts.dates(case).on(Step.ANSWER), on)}" if _to_review(case) else checked,
        Money.NOT_ELIGIBLE: lambda: checked,
        Money.ELIGIBLE: lambda: words.waiting_for_authority(case, facts.dates(case).on(Step.ANSWER), on),
        Money.FUNDED: lambda: _("Money is granted: %(scheme)s.", scheme=case.scheme.name) if case.scheme else _("Money is granted."),
        Money.UNFUNDED: lambda: _("No money is granted this year."),
    }[case.money]()
    if case.money is Money.ELIGIBLE and case.employer is not Employer.APPROVED:
        sentence = _("The state may pay, when your employer has approved.")
    return Track.MONEY, words.money_tag(case), sentence


def _to_review(case: Application) -> bool:
    return case.state is Case.SENT and case.funding_reason == Reason.TO_REVIEW


def _seat(case: Application, on: date, seats: Sequence[SeatTold]) -> tuple[Track, tuple[str, str], str]:
    if seats:
        return Track.SEAT, seats[0].tag, seats[0].sentence
    return Track.SEAT, (_("Not allocated yet"), "plain"), _no_seat_yet(case, on)


def _no_seat_yet(case: Application, on: date) -> str:
    if case.state is not Case.SENT:
        return _("Seats are given out when the round is answered.")
    if case.employer in (Employer.REFUSED, Employer.UNANSWERED):
        return _("No seat follows, since your employer has not approved.")
    if all(not choice.runs for choice in case.ranked_choices):
        return _("You apply for a seat at the institution yourself, since the study is not given here.")
    days = facts.dates(case)
    if case.money is Money.FUNDED and days.is_past(Step.ANSWER, on) and days.on(Step.ADMISSION):
        return _("Money is granted. Waiting for the institution, admission by %(day)s.", day=written(days.on(Step.ADMISSION)))
    return words.waiting_for_authority(case, days.on(Step.ANSWER), on)


# The tasks


@dataclass(frozen=True)
class TaskTold:
    task: Task
    done: bool
    says: str


def tasks(case: Application, missing: Sequence[facts.Gap]) -> list[TaskTold]:
    """The parts of an application, each with what is missing, or what it says."""
    return [_task(case, task, [gap for gap in missing if gap.task is task]) for task in TASKS_OF[case.strand]]


def _task(case: Application, task: Task, missing: Sequence[facts.Gap]) -> TaskTold:
    return TaskTold(task, not missing, words.gap(missing[0]) if missing else "")


def next_steps(case: Application) -> list[str]:
    """What happens now, in its order, each with its date: «you will hear by»."""
    days, school, owner = facts.dates(case), words.school_name(case), words.owner_name(case)
    steps = (
        (Step.HEAD, lambda day: _("The head of %(school)s says by %(day)s whether the study is recommended.", school=school or owner, day=day)),
        (Step.OWNER, lambda day: _("%(owner)s answers by %(day)s.", owner=owner, day=day)),
        (Step.ANSWER, lambda day: _("You will hear by %(day)s whether you get money and a seat.", day=day)),
        (Step.REPLY, lambda day: _("If you are offered a seat, you answer by %(day)s.", day=day)),
    )
    return [sentence(written(days.on(step))) for step, sentence in steps if days.on(step)]


def effects(case: Application, to_owner: str = "") -> list[str]:
    """What a change of what is sent means, said before it is confirmed."""
    days = facts.dates(case)
    told = [_("The application stays sent, and those who read it see the change at once.")]
    if to_owner and to_owner != words.owner_name(case):
        told.append(_("It moves from %(old)s to %(new)s, and %(old)s can no longer decide on it.", old=words.owner_name(case), new=to_owner))
    if case.employer is not Employer.WITH_HEAD or case.recommended is not None:
        told.append(_("What your head and your employer have said of it so far falls away, and the head is asked anew."))
    elif days.on(Step.HEAD):
        told.append(_("The head is asked about the changed application, by %(day)s as before.", day=written(days.on(Step.HEAD))))
    return [*told, _("You can change it again until %(day)s at 23:59.", day=written(days.on(Step.APPLY)))]


def effects_of_withdrawing(case: Application) -> list[str]:
    days = facts.dates(case)
    return [
        _("The head and your employer no longer have it before them, and what they have said of it falls away."),
        _("Everything you have filled in is kept."),
        _("You can send it again until %(day)s at 23:59. After that you are not with in this round.", day=written(days.on(Step.APPLY))),
    ]
