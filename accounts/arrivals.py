"""A person arrives from a provider: known already, or new; and with the schools the provider says they teach at."""

from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError

from accounts import audit, queries, signals
from accounts.claims import Known
from accounts.models import Identity, Membership, Person, Role
from config.clock import day_of
from config.database import db
from config.errors import NotAllowed
from config.languages import _


def arrive(known: Known, *, at: datetime) -> Person:
    """The person whom a provider names by issuer and subject; never by e-mail, which may be anybody's.

    A new one gets an account without a role, unless the provider tells at which school they teach. Nothing is committed here: the
    sign-in that follows does. Raises NotAllowed where the account is closed.
    """
    person = queries.person_known_as(known.issuer, known.subject) or _new(known, at)
    if person.disabled_at:
        raise NotAllowed(_("This account is closed. Ask your organisation if you think this is a mistake."))
    _renew(person, known)
    if known.schools is not None:
        _follow_schools(person, known, at)
    return person


def _new(known: Known, at: datetime) -> Person:
    """Makes the account. Where the same person comes twice at once, the database lets one through and the other finds it."""
    try:
        with db.session.begin_nested():
            person = Person(name=known.name, name_is_own=not known.name, language=known.language)
            person.identities.append(Identity(issuer=known.issuer, subject=known.subject))
            db.session.add(person)
    except IntegrityError:
        return queries.person_known_as(known.issuer, known.subject)
    audit.record("person", person.uuid, "join", by=None, at=at)
    return person


def _renew(person: Person, known: Known) -> None:
    if known.name and not person.name_is_own:
        person.name = known.name
    if known.email:
        person.email = known.email


def _follow_schools(person: Person, known: Known, at: datetime) -> None:
    """Teacher at each of the schools the provider names, as far as they are known here; no longer at those it has stopped naming."""
    schools = {school.id for school in queries.schools_numbered(known.schools)}
    held = {hat.organisation_id: hat for hat in person.memberships if hat.role is Role.TEACHER}
    for school_id in schools:
        _put_on(person, held.get(school_id), school_id, known.issuer, at)
    for school_id, hat in held.items():
        if hat.told_by == known.issuer and school_id not in schools and hat.holds(day_of(at)):
            hat.valid_to = day_of(at) - timedelta(days=1)
            audit.record("membership", hat.uuid, "end", by=None, at=at, organisation_id=school_id)


def _put_on(person: Person, hat: Membership | None, school_id: int, issuer: str, at: datetime) -> None:
    if hat and hat.holds(day_of(at)):
        return
    if hat and hat.told_by != issuer:
        return  # given and ended here: a provider does not overrule that
    hat = hat or Membership(person=person, organisation_id=school_id, role=Role.TEACHER, told_by=issuer)
    hat.valid_from, hat.valid_to = hat.valid_from or day_of(at), None
    db.session.add(hat)
    db.session.flush()
    audit.record("membership", hat.uuid, "begin", by=None, at=at, organisation_id=school_id)
    signals.hat_given.send(hat, at=at)
