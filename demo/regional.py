"""What school owners, regions and the authority have: staff registers, censuses, and what comes after them."""

from datetime import date

from demo import census, staff
from demo.dice import Seed
from demo.registers import Registers


def add(seed: Seed, registers: Registers, today: date) -> None:
    """Adds it, the numbers first and what is decided by them after."""
    staff.add(seed, registers, today)
    census.add(seed, registers, today)
