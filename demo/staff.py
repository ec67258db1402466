"""The staff registers of the made-up school owners: who teaches what at some of their real schools, all of them made up."""

from datetime import date, timedelta

from catalog.values import Band, Grades
from config.clock import start_of
from config.database import db
from demo import names
from demo.crowd import FOLLOWED
from demo.dice import Dice, Seed
from demo.registers import Registers, Workplace
from enrolment.staff.models import StaffMember, StaffTeaching

SCHOOLS = 9  # of each owner, by number
AT_EACH = 8
TAUGHT = ("norsk", "matematikk", "engelsk", "matematikk", "norsk", "musikk", "kroppsoving", "mathelse")
HELD = ("0", "0", "15", "15", "30", "30", "30", "60", "60", "60", None)


def add(seed: Seed, registers: Registers, today: date) -> None:
    """Adds the staff; the registers were last changed two weeks ago."""
    at = start_of(today - timedelta(days=14))
    for key in FOLLOWED:
        owner = registers.owners[key]
        for school in [one for one in registers.schools.values() if one.owner_id == owner][:SCHOOLS]:
            dice = seed.dice("staff", school.number)
            db.session.add_all(_member(seed, dice, registers, school, place, at) for place in range(AT_EACH))
    db.session.flush()


def _member(seed: Seed, dice: Dice, registers: Registers, school: Workplace, place: int, at) -> StaffMember:
    uuid = seed.uuid("staff", school.number, place)
    one = StaffMember(uuid=uuid, owner_id=school.owner_id, reference=f"demo-{school.number}-{place + 1}", name=names.name(dice), school_id=school.id, changed_at=at, made_up=True)
    for subject in dict.fromkeys((TAUGHT[place], dice.one_of(TAUGHT))):
        one.teaching.append(_teaches(seed, dice, registers, school, uuid, subject))
    return one


def _teaches(seed: Seed, dice: Dice, registers: Registers, school: Workplace, of: object, subject: str) -> StaffTeaching:
    held = dice.one_of(HELD)
    bands = [band for band in Band if band.grades.meets(school.grades or Grades.of(range(1, 8)))]
    band = dice.one_of(bands or [Band.PRIMARY])
    return StaffTeaching(uuid=seed.uuid("teaches", of, subject), school_id=school.id, subject_id=registers.subjects[subject].id, band=band, credits=held and int(held))
