"""The forum of the region West with made-up meetings: one held, with decisions of cells, one called; and notes of a county governor."""

from datetime import date, timedelta

from sqlalchemy import select

from accounts.models import Person
from catalog.places.models import County
from catalog.values import Band
from config.clock import start_of
from config.database import db
from demo.dice import Seed
from demo.registers import Registers
from regions.forum.lifecycle import Meeting
from regions.forum.models import DecisionKind, ForumDecision, ForumMeeting, ForumParty, ForumPresence, GovernorNote, PartyKind

REGION, GOVERNOR = "vest", "Statsforvalteren i Rogaland"
MINUTES = """Koordinator gikk gjennom dekningen. Nesten alle fag har full vei i regionen, men ikke samisk.

Skoleeierne ønsker samlinger på kveldstid og i uke 36–47. Lærestedene kan tilby det i de fleste fag.

Organisasjonene minnet om at vikarene må være på plass før studiet begynner."""


def add(seed: Seed, registers: Registers, people: dict[str, Person], today: date) -> None:
    """Adds the parties, the meetings and the notes."""
    region = registers.regions[REGION]
    parties = _parties(seed, registers, region)
    db.session.add_all(parties.values())
    db.session.flush()
    held = _meeting(seed, region, "Samarbeidsforum, høstmøte (demo)", today - timedelta(days=40), Meeting.HELD)
    held.minutes, held.published_at = MINUTES, start_of(today - timedelta(days=35))
    held.present = [ForumPresence(party_id=party.id) for party in parties.values()]
    held.decisions = _decisions(seed, registers, parties, today)
    coming = _meeting(seed, region, "Samarbeidsforum, vintermøte (demo)", today - timedelta(days=1), Meeting.PLANNED)
    coming.decisions = [_decision(seed, "coming", DecisionKind.OTHER, "Behovene fra kartleggingen legges fram på vårmøtet.", None, None, None, None, None)]
    db.session.add_all([held, coming])
    county = db.session.scalar(select(County.id).where(County.code == "11"))
    db.session.add(
        GovernorNote(
            uuid=seed.uuid("governor note"), county_id=county, governor_id=registers.governors[GOVERNOR], person_id=people["ragnhild"].id,
            text="Flere små kommuner i fylket har ingen plan for neste år. Tas opp på vintermøtet.", at=start_of(today - timedelta(days=12)), made_up=True,
        )  # fmt: skip
    )
    db.session.flush()


def _parties(seed: Seed, registers: Registers, region: int) -> dict[str, ForumParty]:
    told = {
        "stavanger": (PartyKind.OWNER, "Stavanger kommune", registers.owners["municipality:1103"]),
        "sandnes": (PartyKind.OWNER, "Sandnes kommune", registers.owners["municipality:1108"]),
        "hvl": (PartyKind.INSTITUTION, "HVL", registers.institutions["HVL"]),
        "uis": (PartyKind.INSTITUTION, "UiS", registers.institutions["UiS"]),
        "union": (PartyKind.UNION, "Tillitsvalgte i Stavanger", registers.owners["municipality:1103"]),
        "ks": (PartyKind.KS, "KS Rogaland", registers.associations["KS"]),
        "governor": (PartyKind.GOVERNOR, GOVERNOR, registers.governors[GOVERNOR]),
    }
    return {
        key: ForumParty(uuid=seed.uuid("forum party", key), region_id=region, kind=kind, name=name, organisation_id=body) for key, (kind, name, body) in told.items()
    }


def _meeting(seed: Seed, region: int, title: str, on: date, state: Meeting) -> ForumMeeting:
    agenda = "1. Dekning i de prioriterte fagene\n2. Behov og planer\n3. Hvem tilbyr hva neste studieår"
    return ForumMeeting(
        uuid=seed.uuid("forum meeting", title), region_id=region, title=title, held_on=on, place="Bergen", agenda=agenda, state=state,
        made_at=start_of(on - timedelta(days=30)), made_up=True,
    )  # fmt: skip


def _decisions(seed: Seed, registers: Registers, parties: dict[str, ForumParty], today: date) -> list[ForumDecision]:
    spring = today + timedelta(days=120)
    return [
        _decision(seed, "a", DecisionKind.PRIORITY, "Samisk som andrespråk går foran andre nye tilbud i regionen.", registers.subjects["samisk"].id, None, None, None, None),
        _decision(seed, "b", DecisionKind.LABOUR, "HVL lager en modul i samisk for 1.–7. trinn, på nett med to samlinger.", registers.subjects["samisk"].id, Band.PRIMARY, parties["hvl"].id, spring, None),
        _decision(seed, "c", DecisionKind.LABOUR, "UiS holder samlinger i matematikk i Stavanger.", registers.subjects["matematikk"].id, Band.LOWER, parties["uis"].id, today - timedelta(days=10), today - timedelta(days=14)),
    ]


def _decision(seed: Seed, key: str, kind: DecisionKind, text: str, subject, band, party, due, done) -> ForumDecision:
    return ForumDecision(uuid=seed.uuid("forum decision", key), kind=kind, text=text, subject_id=subject, band=band, party_id=party, due_on=due, done_on=done)
