"""The made-up people one can sign in as, with their stories, their hats and what they teach.

A story is an English sentence for the page, said in the reader's language there. Schools are real ones of the register, by
organisation number; nobody of these works there.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from accounts.acting import Actor
from accounts.models import Membership, Organisation, OrganisationKind, Person, Role
from catalog.values import Band
from config.database import db
from demo.dice import Seed
from demo.registers import Registers, RegistersMissing
from enrolment.schools.models import Teacher, Teaching

AUTHORITY = "Nasjonal skolemyndighet (demo)"
CALLED = {
    Role.TEACHER: "Teacher", Role.EDITOR: "Editor", Role.OWNER: "School owner", Role.COORDINATOR: "Region coordinator",
    Role.AUTHORITY: "National authority", Role.HEAD: "Head of a school", Role.UNION: "Union representative", Role.GOVERNOR: "County governor",
    Role.KS: "KS",
}  # fmt: skip
Hat = tuple[Role, str]  # and the code of the body: an institution, an owner's key, a region, a school's number


@dataclass(frozen=True)
class Lead:
    """One of those to sign in as. `key` names them in the histories."""

    key: str
    name: str
    story: str
    hats: tuple[Hat, ...]
    teaches: tuple[tuple[str, Band], ...] = ()

    @property
    def school(self) -> str | None:
        """Where they teach, by organisation number."""
        return next((code for role, code in self.hats if role is Role.TEACHER), None)


def _teacher(key: str, name: str, school: str, teaches: tuple[tuple[str, Band], ...], story: str, *hats: Hat) -> Lead:
    return Lead(key, name, story, (*hats, (Role.TEACHER, school)), teaches)


LEADS = (
    _teacher(
        "ingrid", "Ingrid Solheim", "874737852", (("matematikk", Band.PRIMARY),),
        "New at a school in Bergen. Teaches mathematics in grades 1–7 and has no credits in it yet.",
    ),
    _teacher(
        "jonas", "Jonas Berg", "974566362", (("matematikk", Band.LOWER),),
        "Teaches mathematics in grades 8–10 in Tromsø. Has 15 credits of the 60 after passing one module with a B.",
    ),
    _teacher(
        "amina", "Amina Hassan", "874735582", (("matematikk", Band.LOWER),),
        "Teaches mathematics in grades 8–10 in Stavanger. Has 30 credits of the 60; 7.5 are in progress and 15 planned.",
    ),
    _teacher(
        "lars", "Lars Eide", "974611562", (("norsk", Band.PRIMARY), ("norsk", Band.LOWER)),
        "Teaches Norwegian in Stavanger and has studied before. One claim is verified, one refused, one waits for the school owner.",
    ),
    _teacher(
        "marit", "Marit Utsi", "975279790", (("matematikk", Band.PRIMARY), ("samisk", Band.PRIMARY)),
        "Teaches Sámi and mathematics in Alta. Number 3 of 9 on the waiting list for a module in Tromsø.",
    ),
    _teacher(
        "henrik", "Henrik Aas", "875279092", (("kroppsoving", Band.LOWER),),
        "Teaches physical education in Trondheim. Has waited in line, and must now answer an offer of a seat.",
    ),
    _teacher(
        "solveig", "Solveig Nygård", "975270548", (("norsk", Band.LOWER),),
        "Teaches Norwegian in Hamar and has finished all 60 credits. A study in arts and crafts that she had a seat in was cancelled.",
    ),
    _teacher(
        "thomas", "Thomas Lie", "874590002", (("engelsk", Band.PRIMARY), ("engelsk", Band.LOWER)),
        "Teaches English in two bands in Oslo: enough credits for grades 1–7, not yet for 8–10. Two of the modules overlap.",
    ),
    Lead(
        "torunn", "Torunn Hagen", "Publishes and records results for HVL. Has a draft with three things missing.", ((Role.EDITOR, "HVL"),)
    ),
    Lead(
        "mikkel", "Mikkel Sara", "Publishes and records results for UiT, where one module is full and has a queue.", ((Role.EDITOR, "UiT"),)
    ),
    _teacher(
        "kristin", "Kristin Moen", "875290142", (("musikk", Band.PRIMARY), ("musikk", Band.LOWER)),
        "Wears two hats in Trondheim: edits for NTNU, and teaches music at a school.", (Role.EDITOR, "NTNU"),
    ),
    Lead("bjorn", "Bjørn Tveit", "Verifies what teachers in Stavanger have studied before.", ((Role.OWNER, "municipality:1103"),)),
    Lead("anne", "Anne Larsen", "Verifies what teachers in Tromsø have studied before.", ((Role.OWNER, "municipality:5501"),)),
    Lead("siri", "Siri Haugen", "Head of a school in Stavanger, where Amina Hassan teaches.", ((Role.HEAD, "874735582"),)),
    Lead("trond", "Trond Lunde", "Represents the teachers' unions towards Stavanger kommune.", ((Role.UNION, "municipality:1103"),)),
    Lead(
        "randi", "Randi Vik", "Looks after coverage in the west, where nearly every subject is covered, but not Sámi.",
        ((Role.COORDINATOR, "vest"),),
    ),
    Lead(
        "ole", "Ole Johan Hætta", "Looks after coverage in the north, where some subjects are covered only from afar, and some not at all.",
        ((Role.COORDINATOR, "nord"),),
    ),
    Lead("ragnhild", "Ragnhild Voll", "Follows the needs and the plans in Rogaland.", ((Role.GOVERNOR, "Statsforvalteren i Rogaland"),)),
    Lead("jorunn", "Jorunn Myhre", "Takes part for KS in the forum of the region West.", ((Role.KS, "KS"),)),
    Lead("eva", "Eva Strand", "Sees coverage in the whole country.", ((Role.AUTHORITY, ""),)),
)  # fmt: skip


def add(seed: Seed, registers: Registers, today: date) -> dict[str, Person]:
    """Adds the authority and everybody to sign in as. Returns them by key. Raises RegistersMissing where a body is not there."""
    authority = Organisation(uuid=seed.uuid("authority"), kind=OrganisationKind.AUTHORITY, name=AUTHORITY)
    db.session.add(authority)
    db.session.flush()
    people = {lead.key: _person(seed, lead) for lead in LEADS}
    db.session.add_all(people.values())
    db.session.flush()
    for lead in LEADS:
        _give_hats(seed, registers, lead, people[lead.key], authority, today)
    db.session.flush()
    return people


def _person(seed: Seed, lead: Lead) -> Person:
    return Person(uuid=seed.uuid("person", lead.key), name=lead.name, story=lead.story, made_up=True)


def _give_hats(seed: Seed, registers: Registers, lead: Lead, person: Person, authority: Organisation, today: date) -> None:
    since = date(today.year - 3, 8, 1)
    for role, code in lead.hats:
        body = authority.id if role is Role.AUTHORITY else _body(registers, role, code)
        uuid = seed.uuid("hat", lead.key, role)
        person.memberships.append(Membership(uuid=uuid, organisation_id=body, role=role, valid_from=since))
    if lead.school:
        profile = Teacher(person_id=person.id, school_id=registers.schools[lead.school].id)
        profile.teaching = [Teaching(subject=registers.subjects[subject], band=band) for subject, band in lead.teaches]
        db.session.add(profile)


def _body(registers: Registers, role: Role, code: str) -> int:
    known = {
        Role.EDITOR: registers.institutions, Role.OWNER: registers.owners, Role.UNION: registers.owners, Role.COORDINATOR: registers.regions,
        Role.GOVERNOR: registers.governors, Role.KS: registers.associations,
    }  # fmt: skip
    try:
        return registers.schools[code].id if role in (Role.TEACHER, Role.HEAD) else known[role][code]
    except KeyError:
        raise RegistersMissing from None


def actors(people: dict[str, Person], role: Role) -> dict[str, Actor]:
    """Those with a role, acting in it, by the code of the body they act for."""
    found = {}
    for lead in LEADS:
        for place, (worn, code) in enumerate(lead.hats):
            if worn is role:
                found[code] = _actor(people[lead.key], people[lead.key].memberships[place])
    return found


def _actor(person: Person, hat: Membership) -> Actor:
    return Actor(person.id, person.uuid, person.name, hat.role, hat.organisation_id)


def sign_in_lines() -> list[str]:
    """The people one can sign in as, for the terminal: role, name and the body they act for, one line for each hat."""
    wide = max(map(len, CALLED.values())) + 1
    return [f"{CALLED[hat.role] + ':':{wide}} {hat.person.name}, {hat.organisation.name}" for hat in _hats()]


def _hats() -> list[Membership]:
    """One line for each hat, in the order of the roles; the people of a role in the order of their stories."""
    wanted = (
        select(Membership)
        .join(Membership.person)
        .options(joinedload(Membership.person), joinedload(Membership.organisation))
        .where(Person.made_up, Person.story.is_not(None))
    )
    order = list(Role)
    return sorted(db.session.scalars(wanted), key=lambda hat: (order.index(hat.role), hat.person_id))
