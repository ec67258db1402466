"""Applying together: founding a group, as one of its members or as the head of their school, inviting colleagues, answering, leaving."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid4

from accounts import audit
from accounts.acting import Actor
from accounts.models import Person, Role
from catalog.offers.models import Offering
from catalog.values import Strand
from config.clock import day_of
from config.database import db
from config.errors import BadInput, Refusal
from config.languages import _
from enrolment.applications import changing, facts, following, groups, packages, queries, rules, timeline
from enrolment.applications.errors import RoundClosed
from enrolment.applications.lifecycle import FELLOW_LIFE, Fellow
from enrolment.applications.models import Application, ApplicationGroup, AskedRun, GroupFellow, HeadsAsking
from enrolment.applications.services.cases import begun
from enrolment.applications.values import MOST_FELLOWS, Together, Track
from enrolment.rounds import queries as rounds
from enrolment.rounds.models import Cycle, Scheme
from enrolment.rounds.values import Gate


class InAnotherGroup(Refusal):
    code = "in-another-group"


def found(case: UUID, *, mode: Together, least: int, colleagues: Iterable[UUID], actor: Actor, at: datetime) -> ApplicationGroup:
    """Makes a group of the application and invites colleagues of its school. Where one is in a group already, it stays as it is. Raises BadInput, RoundClosed."""
    mine = changing.opened(case, actor, at)
    known = groups.group_of(mine)
    if known:
        return known
    invited = _colleagues(mine, colleagues)
    if least > len(invited) + 1:
        sentence = _("You are %(number)s in all, so at least %(least)s is too many.", number=len(invited) + 1, least=least)
        raise BadInput(sentence, {"least": [sentence]})
    group = ApplicationGroup(uuid=uuid4(), cycle_id=mine.cycle_id, strand=mine.strand, founder_id=mine.person_id, mode=mode, least=least)
    group.fellows = [GroupFellow(person_id=mine.person_id, application_id=mine.id, state=Fellow.JOINED, invited_at=at, answered_at=at)]
    db.session.add(group)
    timeline.note(mine, Track.CASE, "found group", by=actor, at=at)
    _invite(group, invited, actor, at)
    db.session.commit()
    return group


def _colleagues(case: Application, uuids: Iterable[UUID]) -> list[Person]:
    wanted = set(uuids)
    chosen = [one for one in groups.colleagues(case) if one.uuid in wanted]
    if not chosen or len(chosen) < len(wanted):
        raise BadInput(_("Choose at least one colleague of your school."), {"colleague": [_("Choose at least one colleague of your school.")]})
    return chosen


def _invite(group: ApplicationGroup, people: Iterable[Person], actor: Actor, at: datetime) -> None:
    """Whoever is invited or has joined already is not asked again."""
    for person in people:
        known = next((one for one in group.fellows if one.person_id == person.id), None)
        if known and known.state in (Fellow.INVITED, Fellow.JOINED):
            continue
        if known:
            known.state, known.invited_at = FELLOW_LIFE.after(known.state, "invite"), at
        else:
            group.fellows.append(GroupFellow(person_id=person.id, invited_at=at))
        audit.tell(person.id, "group-invitation", at=at, address=f"/me/applications/groups/{group.uuid}", name=actor.name)
    if len([one for one in group.fellows if one.state in (Fellow.INVITED, Fellow.JOINED)]) > MOST_FELLOWS:
        raise BadInput(_("A group has at most %(most)s members.", most=MOST_FELLOWS), {"colleague": [_("A group has at most %(most)s members.", most=MOST_FELLOWS)]})


def ask(code: str, strand: Strand, *, study: UUID, mode: Together, least: int, colleagues: Iterable[UUID], actor: Actor, at: datetime) -> ApplicationGroup:
    """As the head of a school, asks teachers of it to apply together for a study, told by one of its runs; the head is no member. Where they have been asked
    for the same study, more are asked to the same group. Raises NotFound, RoundClosed, BadInput."""
    actor.require(Role.HEAD)
    cycle = rounds.cycle(code, at)
    if not cycle.dates_of(strand).is_open(Gate.APPLY, day_of(at)):
        raise RoundClosed(_("This round is not open for applications today."))
    package, wanted = _package(cycle, strand, study), set(colleagues)
    asked = [one for one in groups.teachers(actor.organisation_id) if one.uuid in wanted]
    group = _asked_already(cycle, strand, package, actor)
    if len(asked) < (1 if group else 2) or len(asked) < len(wanted):
        raise _wrong("colleague", _("Choose at least two teachers of your school."))
    if group is None:
        if least > len(asked):
            raise _wrong("least", _("You ask %(number)s teachers, so at least %(least)s is too many.", number=len(asked), least=least))
        group = ApplicationGroup(uuid=uuid4(), cycle_id=cycle.id, strand=strand, founder_id=actor.person_id, mode=mode, least=least)
        group.asking = HeadsAsking(school_id=actor.organisation_id, asked_by_id=actor.person_id, runs=[AskedRun(offering=run, position=place) for place, run in enumerate(package, 1)])
        db.session.add(group)
    else:
        groups.lock(group)
    _invite(group, asked, actor, at)
    db.session.commit()
    return group


def _package(cycle: Cycle, strand: Strand, study: UUID) -> list[Offering]:
    found = next((one for one in studies(cycle, strand) if any(run.uuid == study for run in one)), None)
    if found is None:
        raise _wrong("study", _("Choose from the list."))
    return found


def studies(cycle: Cycle, strand: Strand) -> list[list[Offering]]:
    """What can be applied for together in a round: the runs of each course, at most as many as one choice holds."""
    return packages.by_course(queries.runs_of_round(cycle, strand))


def _asked_already(cycle: Cycle, strand: Strand, package: list[Offering], actor: Actor) -> ApplicationGroup | None:
    ids = {run.id for run in package}
    known = groups.asked_at_school(actor.organisation_id, cycle.id, strand)
    return next((one for one in known if {run.offering_id for run in one.asking.runs} == ids), None)


def _wrong(field: str, sentence: str) -> BadInput:
    return BadInput(sentence, {field: [sentence]})


def invite(case: UUID, colleagues: Iterable[UUID], *, actor: Actor, at: datetime) -> ApplicationGroup:
    """Asks more colleagues. Raises FounderDecides, BadInput, RoundClosed."""
    mine = changing.opened(case, actor, at)
    following.require_own_choices(mine)
    group = groups.group_of(mine)
    if group is None:
        raise BadInput(_("You are in no group."))
    groups.lock(group)
    _invite(group, _colleagues(mine, colleagues), actor, at)
    db.session.commit()
    return group


def join(group: UUID, *, actor: Actor, at: datetime) -> Application:
    """Applies together with those who have asked: one's own application takes over their choices. Doing it twice is doing it once.
    The first who says yes to a head has the study as the first choice, and changes the choices from then on.

    Raises NotFound, InAnotherGroup, RoundClosed, and BadInput for somebody with another employer.
    """
    found, mine = groups.invitation(actor, group)
    groups.lock(found)
    if mine.state is Fellow.JOINED:
        return mine.application
    case = changing.opened(begun(found.cycle, found.strand, actor).uuid, actor, at)
    joined = groups.fellow_cases(found)
    if groups.group_of(case):
        raise InAnotherGroup(_("You apply together with other colleagues already. Leave them first."))
    if case.owner_id != (joined[0] if joined else found.asking.school).owner_id:
        raise BadInput(_("Colleagues who apply together have one employer, and yours is another."))
    mine.state, mine.answered_at, mine.application = FELLOW_LIFE.after(mine.state, "join"), at, case
    timeline.note(case, Track.CASE, "join group", by=actor, at=at)
    if joined:
        following.copy_choices(joined[0], case, actor, at)
    else:
        _lead(found, case, actor, at)
    _tell(found, joined, "joined", actor, at)
    db.session.commit()
    return case


def _lead(group: ApplicationGroup, case: Application, actor: Actor, at: datetime) -> None:
    """What is no longer given is not added: whoever leads finds something else for all."""
    group.founder_id = case.person_id
    runs = [one.offering for one in group.asking.runs if facts.is_given(one.offering)]
    if not runs:
        return
    choice = packages.add(case, runs, actor, at, **_paid(case, runs, at))
    wanted = rules.moved(case.ranked_choices, choice, 1)
    if wanted != case.ranked_choices:
        packages.rank(case, wanted)
        changing.changed(case, "order", actor, at)


def _paid(case: Application, runs: list[Offering], at: datetime) -> dict[str, Scheme]:
    """As the first choice so far, where the study can be: what has been sent stays complete."""
    subject = next((run.module.subject.code for run in runs if run.module.subject), "")
    before = case.ranked_choices[0].scheme_id if case.ranked_choices else None
    return {"scheme": one for one, _rate in facts.schemes(case, subject, at) if one.id == before}


def _tell(group: ApplicationGroup, joined: list[Application], answer: str, actor: Actor, at: datetime) -> None:
    """Who changes the choices, and the head who has asked."""
    if joined:
        audit.tell(group.founder_id, "group-answered", at=at, address=f"/me/applications/{joined[0].uuid}/group", name=actor.name, answer=answer)
    if group.asking and group.asking.asked_by_id:
        address = f"/school/together/{group.cycle.code}/{group.strand}"
        audit.tell(group.asking.asked_by_id, "group-answered", at=at, address=address, name=actor.name, answer=answer, asked="by-head")


def decline(group: UUID, *, actor: Actor, at: datetime) -> None:
    """Says no to an invitation. Raises NotFound, StepRefused."""
    found, mine = groups.invitation(actor, group)
    groups.lock(found)
    if mine.state is not Fellow.DECLINED:
        mine.state, mine.answered_at = FELLOW_LIFE.after(mine.state, "decline"), at
        _tell(found, groups.fellow_cases(found), "declined", actor, at)
    db.session.commit()


def leave(case: UUID, *, actor: Actor, at: datetime) -> Application:
    """Goes on alone with the same choices. Raises RoundClosed."""
    mine = changing.opened(case, actor, at)
    following.part(mine, actor, at)
    db.session.commit()
    return mine
