"""Applying together: founding a group, inviting colleagues, answering, leaving."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid4

from accounts import audit
from accounts.acting import Actor
from accounts.models import Person
from config.database import db
from config.errors import BadInput, Refusal
from config.languages import _
from enrolment.applications import changing, following, groups, timeline
from enrolment.applications.lifecycle import FELLOW_LIFE, Fellow
from enrolment.applications.models import Application, ApplicationGroup, GroupFellow
from enrolment.applications.services.cases import begun
from enrolment.applications.values import MOST_FELLOWS, Together, Track


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

    Raises NotFound, InAnotherGroup, RoundClosed, and BadInput for somebody with another employer.
    """
    found, mine = groups.invitation(actor, group)
    groups.lock(found)
    if mine.state is Fellow.JOINED:
        return mine.application
    case = changing.opened(begun(found.cycle, found.strand, actor).uuid, actor, at)
    other, source = groups.group_of(case), groups.fellow_cases(found)[0]
    if other:
        raise InAnotherGroup(_("You apply together with other colleagues already. Leave them first."))
    if case.owner_id != source.owner_id:
        raise BadInput(_("Colleagues who apply together have one employer, and yours is another."))
    mine.state, mine.answered_at, mine.application = FELLOW_LIFE.after(mine.state, "join"), at, case
    timeline.note(case, Track.CASE, "join group", by=actor, at=at)
    following.copy_choices(source, case, actor, at)
    audit.tell(found.founder_id, "group-answered", at=at, address=f"/me/applications/{source.uuid}/group", name=actor.name, answer="joined")
    db.session.commit()
    return case


def decline(group: UUID, *, actor: Actor, at: datetime) -> None:
    """Says no to an invitation. Raises NotFound, StepRefused."""
    found, mine = groups.invitation(actor, group)
    groups.lock(found)
    if mine.state is not Fellow.DECLINED:
        mine.state, mine.answered_at = FELLOW_LIFE.after(mine.state, "decline"), at
        source = groups.fellow_cases(found)[0]
        audit.tell(found.founder_id, "group-answered", at=at, address=f"/me/applications/{source.uuid}/group", name=actor.name, answer="declined")
    db.session.commit()


def leave(case: UUID, *, actor: Actor, at: datetime) -> Application:
    """Goes on alone with the same choices. Raises RoundClosed."""
    mine = changing.opened(case, actor, at)
    following.part(mine, actor, at)
    db.session.commit()
    return mine
