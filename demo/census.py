"""Two made-up censuses: one of the former period, and one that is open now, answered by some of the schools in two counties."""

from datetime import date, timedelta

from catalog.values import Band
from config.clock import start_of
from config.database import db
from demo.crowd import FOLLOWED
from demo.dice import Dice, Seed
from demo.registers import Registers, Workplace
from regions.census.lifecycle import Answer
from regions.census.models import Census, CensusAnswer, CensusLine

EVERY = 4  # school of the two counties
COUNTIES = ("11", "55")
ASKED = ("norsk", "matematikk", "engelsk")


def add(seed: Seed, registers: Registers, today: date) -> None:
    """Adds the censuses and the answers; those who follow the demonstration as school owners have begun some of theirs and sent some."""
    past = _census(seed, "Kompetansekartlegging 2015 (demo)", 2016, date(2015, 2, 2), date(2015, 3, 13))
    present = _census(seed, f"Kompetansekartlegging {today.year} (demo)", 2026, today - timedelta(days=9), today + timedelta(days=33))
    for place, school in enumerate(_schools(registers)):
        dice = seed.dice("census", school.number)
        db.session.add(_answer(seed, dice, registers, past, school, 45, Answer.SENT, start_of(date(2015, 3, 2))))
        if place % 3:
            followed = school.owner_id in {registers.owners[key] for key in FOLLOWED}
            state = Answer.BEGUN if followed and place % 2 else Answer.SENT
            db.session.add(_answer(seed, dice, registers, present, school, 25, state, start_of(today - timedelta(days=dice.between(1, 8)))))
    db.session.flush()


def _census(seed: Seed, name: str, period: int, opens_on: date, answer_by: date) -> Census:
    made = Census(
        uuid=seed.uuid("census", period), name=name, period_first=period, opens_on=opens_on, answer_by=answer_by, reminders=[14, 3],
        made_at=start_of(opens_on - timedelta(days=30)), made_up=True,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    return made


def _schools(registers: Registers) -> list[Workplace]:
    """Every so manyth school of the municipalities of two counties, by number."""
    owners = {key for name, key in registers.owners.items() if name.partition(":")[2][:2] in COUNTIES and name.startswith("municipality:")}
    return [school for school in registers.schools.values() if school.owner_id in owners][::EVERY]


def _answer(seed: Seed, dice: Dice, registers: Registers, of: Census, school: Workplace, lacking: int, state: Answer, at) -> CensusAnswer:
    made = CensusAnswer(
        uuid=seed.uuid("census answer", of.period_first, school.number), census_id=of.id, school_id=school.id, owner_id=school.owner_id, state=state,
        changed_at=at, sent_at=at if state is Answer.SENT else None,
    )  # fmt: skip
    bands = [band for band in school.grades.bands if band is not Band.UPPER] or [Band.PRIMARY]
    made.lines = [_line(dice, registers.subjects[code].id, band, lacking) for band in bands for code in ASKED]
    return made


def _line(dice: Dice, subject: int, band: Band, lacking: int) -> CensusLine:
    """About so many in a hundred lack credits."""
    teachers = dice.between(2, 14) if band is Band.PRIMARY else dice.between(1, 7)
    without = sum(dice.chance(lacking / 100) for _one in range(teachers))
    return CensusLine(subject_id=subject, band=band, teachers=teachers, without=without, unknown=min(teachers - without, dice.between(0, 1)))
