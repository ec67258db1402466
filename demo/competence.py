"""Competence plans of made-up content: one that is adopted and followed up, one with the unions, a draft, and one that two owners make together."""

from dataclasses import dataclass
from datetime import date, timedelta

from accounts.models import Person
from catalog.values import Band, Strand
from config.clock import start_of
from config.database import db
from demo.dice import Seed
from demo.registers import Registers
from regions.competence.lifecycle import Part, Plan
from regions.competence.models import CompetencePlan, Funding, Measure, PlanPart, PlanRemark, Stance

STAVANGER, SANDNES = "municipality:1103", "municipality:1108"
# Strand, who pays, what, subject, level, how many; how many completed and what came of it.
Planned = tuple[Strand, Funding, str, str | None, Band | None, int, int | None, str | None]
LAST_YEAR: tuple[Planned, ...] = (
    (Strand.FURTHER, Funding.STATE, "Matematikk 1 for 1.–7. trinn, 30 studiepoeng", "matematikk", Band.PRIMARY, 8, 6, "To utsatte til neste år."),
    (Strand.FURTHER, Funding.STATE, "Engelsk for 8.–10. trinn, 30 studiepoeng", "engelsk", Band.LOWER, 4, 4, None),
    (Strand.IN_SERVICE, Funding.OWN, "Vurdering for læring på alle ungdomsskoler", None, Band.LOWER, 120, 112, "Fortsetter i nettverk."),
    (Strand.PRINCIPAL, Funding.STATE, "Rektorutdanning", None, None, 3, None, None),
)
NEXT_YEAR: tuple[Planned, ...] = (
    (Strand.FURTHER, Funding.STATE, "Norsk for 8.–10. trinn, 60 studiepoeng", "norsk", Band.LOWER, 6, None, None),
    (Strand.FURTHER, Funding.OWN, "Kroppsøving, enkeltemne på 15 studiepoeng", "kroppsoving", Band.LOWER, 3, None, None),
    (Strand.IN_SERVICE, Funding.OWN, "Lese- og skriveopplæring i alle fag", None, Band.PRIMARY, 200, None, None),
)
DRAFT: tuple[Planned, ...] = ((Strand.FURTHER, Funding.STATE, "Matematikk for 8.–10. trinn, 30 studiepoeng", "matematikk", Band.LOWER, 5, None, None),)
TOGETHER: tuple[Planned, ...] = ((Strand.FURTHER, Funding.STATE, "Samisk på Nord-Jæren, felles gruppe på 15 studiepoeng", "samisk", Band.PRIMARY, 10, None, None),)


@dataclass(frozen=True)
class Told:
    """One plan: whose, for which study year after today's, its title and measures."""

    key: str
    owner: str
    ahead: int
    title: str
    measures: tuple[Planned, ...]


def add(seed: Seed, registers: Registers, people: dict[str, Person], today: date) -> None:
    """Adds the plans."""
    year = today.year if today.month >= 8 else today.year - 1
    past = _plan(seed, registers, Told("past", STAVANGER, 0, "Kompetanseplan {year}", LAST_YEAR), year, start_of(today - timedelta(days=240)))
    _heard(registers, past, people["trond"], Stance.REMARKS, "Vi ønsker flere plasser i matematikk og vikarer som er på plass i god tid.", today - timedelta(days=200))
    past.state, past.remarks_by = Plan.CONSULTED, today - timedelta(days=190)
    part = past.parts[0]
    part.state, part.adopted_on, part.case_number = Part.ADOPTED, today - timedelta(days=180), f"{(today - timedelta(days=180)).year % 100}/123 (demo)"
    sent = _plan(seed, registers, Told("sent", STAVANGER, 1, "Kompetanseplan {year}", NEXT_YEAR), year, start_of(today - timedelta(days=20)))
    sent.state, sent.remarks_by = Plan.CONSULTED, today + timedelta(days=18)
    _plan(seed, registers, Told("draft", STAVANGER, 2, "Kompetanseplan {year}, første skisse", DRAFT), year, start_of(today - timedelta(days=5)))
    shared = _plan(seed, registers, Told("shared", SANDNES, 1, "Felles plan for Nord-Jæren {year}", TOGETHER), year, start_of(today - timedelta(days=8)))
    shared.parts.append(PlanPart(owner_id=registers.owners[STAVANGER], state=Part.INVITED))
    db.session.flush()


def _plan(seed: Seed, registers: Registers, told: Told, year: int, at) -> CompetencePlan:
    first, owner = year + told.ahead, registers.owners[told.owner]
    made = CompetencePlan(
        uuid=seed.uuid("competence plan", told.key), study_year=first, title=told.title.format(year=f"{first}/{first + 1}"), state=Plan.DRAFT, made_at=at, made_up=True
    )
    made.parts = [PlanPart(owner_id=owner, state=Part.JOINED)]
    made.measures = [_measure(seed, registers, told, owner, place, one) for place, one in enumerate(told.measures)]
    db.session.add(made)
    return made


def _measure(seed: Seed, registers: Registers, told: Told, owner: int, place: int, planned: Planned) -> Measure:
    strand, funding, title, subject, band, participants, completed, came_of_it = planned
    return Measure(
        uuid=seed.uuid("measure", told.key, place), owner_id=owner, strand=strand, funding=funding, title=title, band=band, participants=participants,
        subject_id=registers.subjects[subject].id if subject else None, completed=completed, came_of_it=came_of_it,
    )  # fmt: skip


def _heard(registers: Registers, plan: CompetencePlan, who: Person, stance: Stance, text: str, on: date) -> None:
    plan.remarks.append(PlanRemark(owner_id=registers.owners[STAVANGER], person_id=who.id, stance=stance, text=text, at=start_of(on)))
