"""What school owners, regions and the authority have: staff registers, censuses, and what comes after them."""

from datetime import date

from accounts.models import Person
from demo import census, competence, forum, priorities, reports, staff
from demo.dice import Seed
from demo.registers import Registers


def add(seed: Seed, registers: Registers, people: dict[str, Person], today: date) -> None:
    """Adds it, the numbers first and what is decided by them after."""
    staff.add(seed, registers, today)
    census.add(seed, registers, today)
    competence.add(seed, registers, people, today)
    forum.add(seed, registers, people, today)
    priorities.add(seed, registers, today)
    reports.add(seed, people, today)
