"""Choosing studies: adding a package or a study elsewhere, changing it, ranking, removing."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from uuid import UUID, uuid4

from accounts.acting import Actor
from catalog.values import Semester
from config.database import db
from config.errors import BadInput, NotFound
from config.languages import _
from enrolment.applications import changing, facts, following, packages, queries, rules
from enrolment.applications.models import Application, Choice
from enrolment.applications.values import Task
from enrolment.rounds.models import Scheme


def add_package(case: UUID, runs: Iterable[UUID], *, actor: Actor, at: datetime) -> Choice:
    """Adds a package of runs as the last choice. The same package again is the choice that stands. Raises BadInput, NoRoomForChoice, RoundClosed."""
    found = _own_to_choose(case, actor, at)
    choice = packages.add(found, queries.runs_by(runs), actor, at)
    following.follow(found, actor, at)
    db.session.commit()
    return choice


def add_elsewhere(
    case: UUID, *, institution: str, title: str, credits: Decimal, subject: str, link: str | None, semester: Semester, semesters: int, scheme: str, actor: Actor, at: datetime
) -> Choice:
    """Adds a study elsewhere, from its first semester on: money, and no seat here. Raises BadInput, NoRoomForChoice, RoundClosed."""
    found = _own_to_choose(case, actor, at)
    same = next((one for one in found.ranked_choices if not one.runs and (one.institution, one.title) == (institution, title)), None)
    if same:
        return same
    packages.require_room(found)
    packages.require_of_year(found, semester)
    about = next((one for one in queries.subjects() if one.code == subject), None)
    if about is None:
        raise BadInput(_("Choose a subject of the list."), {"subject": [_("Choose a subject of the list.")]})
    choice = Choice(
        uuid=uuid4(), position=len(found.ranked_choices) + 1, institution=institution, title=title, credits=credits, link=link, subject=about,
        semester=semester, semesters=semesters, scheme=_scheme(found, about.code, scheme, at),
    )  # fmt: skip
    found.choices.append(choice)
    changing.changed(found, Task.CHOICES, actor, at)
    following.follow(found, actor, at)
    db.session.commit()
    return choice


def _own_to_choose(case: UUID, actor: Actor, at: datetime) -> Application:
    """The case to change, whose choices are the teacher's own."""
    found = changing.opened(case, actor, at)
    following.require_own_choices(found)
    return found


def _scheme(case: Application, subject: str, code: str, at: datetime) -> Scheme:
    scheme = next((one for one, _rate in facts.schemes(case, subject, at) if one.code == code), None)
    if scheme is None:
        raise BadInput(_("Choose how the study is paid."), {"scheme": [_("Choose how the study is paid.")]})
    return scheme


def change(case: UUID, choice: UUID, *, runs: Iterable[UUID], scheme: str | None, also_part: bool, actor: Actor, at: datetime) -> Choice:
    """Says which runs the package holds, how it is paid, and whether a part of it will do. Raises BadInput, NotFound, RoundClosed."""
    found, mine = _opened(case, choice, actor, at)
    wanted = queries.runs_by(runs) if mine.runs else []
    if mine.runs:
        packages.require_package(found, wanted)
    paid = _scheme(found, mine.subject.code if mine.subject else "", scheme, at) if scheme else mine.scheme
    before = ({run.offering_id for run in mine.runs}, mine.scheme_id, mine.also_part)
    if mine.runs and {run.id for run in wanted} != before[0]:
        mine.runs = []
        db.session.flush()
        mine.runs = packages.as_rows(wanted)
    mine.scheme, mine.also_part = paid, also_part and len(mine.runs) > 1
    db.session.flush()
    if before != ({run.offering_id for run in mine.runs}, mine.scheme_id, mine.also_part):
        changing.changed(found, Task.CHOICES, actor, at)
    following.follow(found, actor, at)
    db.session.commit()
    return mine


def _opened(case: UUID, choice: UUID, actor: Actor, at: datetime) -> tuple[Application, Choice]:
    found = _own_to_choose(case, actor, at)
    mine = next((one for one in found.ranked_choices if one.uuid == choice), None)
    if mine is None:
        raise NotFound(_("There is no such choice in your application."))
    return found, mine


def move(case: UUID, choice: UUID, position: int, *, actor: Actor, at: datetime) -> Application:
    """Puts a choice at a number. Doing it twice is doing it once."""
    found, mine = _opened(case, choice, actor, at)
    return _ranked(found, rules.moved(found.ranked_choices, mine, position), actor, at)


def order(case: UUID, numbers: Mapping[UUID, int], *, actor: Actor, at: datetime) -> Application:
    """Ranks by a number for each choice that stands. Raises BadInput where one has none, or two have the same."""
    found = _own_to_choose(case, actor, at)
    standing = found.ranked_choices
    if {one.uuid for one in standing} != numbers.keys():
        raise BadInput(_("Give each of your choices a number."), {"position": [_("Give each of your choices a number.")]})
    try:
        wanted = rules.in_order([(one, numbers[one.uuid]) for one in standing])
    except rules.SameNumberTwice as twice:
        sentence = _("Two choices have number %(number)s. Give each a number of its own.", number=twice.number)
        raise BadInput(sentence, {"position": [sentence]}) from None
    return _ranked(found, wanted, actor, at)


def _ranked(case: Application, wanted: list[Choice], actor: Actor, at: datetime) -> Application:
    if wanted != case.ranked_choices:
        packages.rank(case, wanted)
        changing.changed(case, "order", actor, at)
    following.follow(case, actor, at)
    db.session.commit()
    return case


def remove(case: UUID, choice: UUID, *, actor: Actor, at: datetime) -> Application:
    """Takes a choice out; those below move up. Of what has been sent it stays, without a number. Raises NotComplete for the last one of what is sent."""
    found, mine = _opened(case, choice, actor, at)
    packages.rank(found, [one for one in found.ranked_choices if one is not mine])
    if found.sent_at is None:
        found.choices.remove(mine)
    changing.changed(found, Task.CHOICES, actor, at)
    following.follow(found, actor, at)
    db.session.commit()
    return found
