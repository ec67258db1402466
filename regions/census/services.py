"""Taking a census, answering it, reminding: one function, one use case, one commit."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from accounts import audit
from accounts.acting import Actor
from accounts.models import Role
from config.clock import day_of
from config.database import db
from config.errors import BadInput, Refusal
from config.languages import _
from enrolment.schools.models import School
from enrolment.staff import reckoning
from regions.census import queries, rules
from regions.census.lifecycle import Answer
from regions.census.models import Census, CensusAnswer, CensusLine, CensusReminder
from regions.census.queries import Column
from regions.census.rules import Figures


class CensusClosed(Refusal):
    code = "census-closed"


def take_census(values: Mapping[str, Any], periods: list[int], *, actor: Actor, at: datetime) -> Census:
    """A new census before one of the strategy periods (their first study years). Raises BadInput."""
    actor.require(Role.AUTHORITY)
    wrong = _wrong_dates(values["opens_on"], values["answer_by"], day_of(at))
    if values["period"] not in periods:
        wrong["period"] = [_("Choose from the list.")]
    if wrong:
        raise BadInput(_("The census cannot be taken like this."), wrong)
    facts = {name: values[name] for name in ("name", "opens_on", "answer_by", "reminders")}
    made = Census(uuid=uuid4(), period_first=values["period"], made_at=at, **facts)
    db.session.add(made)
    audit.record("census", made.uuid, "take", by=actor, at=at, organisation_id=actor.organisation_id)
    db.session.commit()
    return made


def _wrong_dates(opens_on: date, answer_by: date, on: date) -> dict[str, list[str]]:
    wrong = {}
    if answer_by < opens_on:
        wrong["answer_by"] = [_("The last day cannot come before the first.")]
    elif answer_by < on:
        wrong["answer_by"] = [_("The answer date must lie ahead.")]
    return wrong


def set_dates(uuid: UUID, values: Mapping[str, Any], *, actor: Actor, at: datetime) -> Census:
    """A new last day and new reminders; the first day stands. Raises BadInput, NotFound."""
    actor.require(Role.AUTHORITY)
    census = queries.census(uuid)
    if wrong := _wrong_dates(census.opens_on, values["answer_by"], day_of(at)):
        raise BadInput(_("The dates cannot be like this."), wrong)
    before, census.answer_by = census.answer_by, values["answer_by"]
    census.reminders = values["reminders"]
    audit.record("census", uuid, "set dates", by=actor, at=at, organisation_id=actor.organisation_id, facts={"before": before.isoformat(), "after": census.answer_by.isoformat()})
    db.session.commit()
    return census


def answer(census: UUID, school: UUID, figures: Mapping[Column, Figures], *, send: bool, actor: Actor, at: datetime) -> CensusAnswer:
    """What a school answers, begun or sent; one that is sent is corrected. Raises NotFound, CensusClosed, BadInput."""
    place, wanted = queries.own_school(actor, school), queries.census(census)
    _require_open(wanted, at)
    given = queries.locked_answer(wanted.id, place.organisation_id) or _begin(wanted, place, at)
    _write(given, figures, at)
    if given.state is Answer.SENT:
        given.take("correct")
    else:
        given.take("save")
        if send:
            _send(given, at)
    _remember(given, "send" if send else "save", actor, at)
    db.session.commit()
    return given


def _require_open(census: Census, at: datetime) -> None:
    if not census.open_on(day_of(at)):
        raise CensusClosed(_("This census is not open: it is answered from its first day to its last."))


def _begin(census: Census, school: School, at: datetime) -> CensusAnswer:
    made = CensusAnswer(uuid=uuid4(), census_id=census.id, school_id=school.organisation_id, owner_id=school.owner_id, state=Answer.BEGUN, changed_at=at)
    db.session.add(made)
    return made


def _write(given: CensusAnswer, figures: Mapping[Column, Figures], at: datetime) -> None:
    """The lines become these; where nobody teaches something there is none."""
    before = {(line.subject_id, line.band): line for line in given.lines}
    for (subject, band), told in figures.items():
        line = before.pop((subject, band), None)
        if not told.teachers:
            if line is not None:
                given.lines.remove(line)
            continue
        if line is None:
            line = CensusLine(subject_id=subject, band=band)
            given.lines.append(line)
        line.teachers, line.without, line.unknown = told.teachers, told.without, told.unknown
    given.changed_at = at


def _send(given: CensusAnswer, at: datetime) -> None:
    given.take("send")
    given.sent_at = at


def _remember(given: CensusAnswer, event: str, actor: Actor, at: datetime) -> None:
    audit.record("census answer", given.uuid, event, by=actor, at=at, organisation_id=given.school_id, to_state=given.state)


def fill_in(census: UUID, *, actor: Actor, at: datetime) -> int:
    """Begins the answers of an owner's schools from its staff register, for those that have not begun. Returns how many. Raises NotFound, CensusClosed."""
    actor.require(Role.OWNER)
    wanted = queries.census(census)
    _require_open(wanted, at)
    schools = queries.schools(actor)
    told, begun = reckoning.of_schools(actor.organisation_id, day_of(at)), queries.answers(wanted.id, [one.organisation_id for one in schools])
    fresh = [one for one in schools if one.organisation_id in told and one.organisation_id not in begun]
    for school in fresh:
        made = _begin(wanted, school, at)
        _write(made, {column: Figures(gap.teachers, gap.without, gap.unknown) for column, gap in told[school.organisation_id].items()}, at)
        _remember(made, "fill in", actor, at)
    db.session.commit()
    return len(fresh)


def send_all(census: UUID, *, actor: Actor, at: datetime) -> int:
    """Sends every answer of an owner that is begun. Returns how many. Raises NotFound, CensusClosed."""
    actor.require(Role.OWNER)
    wanted = queries.census(census)
    _require_open(wanted, at)
    begun = [one for one in queries.answers(wanted.id, [one.organisation_id for one in queries.schools(actor)]).values() if one.state is Answer.BEGUN]
    for one in begun:
        _send(one, at)
        _remember(one, "send", actor, at)
    db.session.commit()
    return len(begun)


def remind(at: datetime) -> int:
    """Tells owners, and heads of schools, whose answers are awaited: when a census opens, and so many days before its last one. A task of the tick."""
    told = sum(_remind_of(census, at) for census in queries.open_censuses(day_of(at)))
    db.session.commit()
    return told


def _remind_of(census: Census, at: datetime) -> int:
    on = day_of(at)
    days = [number for number in {(census.answer_by - census.opens_on).days, *census.reminders} if rules.due(number, census.answer_by, on)]
    done = queries.reminded(census.id)
    left = {owner: many for owner, many in queries.awaited(census.id) if any((owner, number) not in done for number in days)}
    if not left:
        return 0
    db.session.add_all(CensusReminder(census_id=census.id, owner_id=owner, days=number, at=at) for owner in left for number in days if (owner, number) not in done)
    people = queries.who_answers(census.id, left, on)
    for person, owner in people:
        facts = {"census": census.name, "schools": str(left[owner]), "answer_by": census.answer_by.isoformat()}
        audit.tell(person, "census-awaits", at=at, address="/census", **facts)
    return len(people)
