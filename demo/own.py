"""What the teachers to sign in as have of their own besides seats and claims: plans, and what is asked of them."""

from datetime import date

from accounts.models import Person, Role
from demo import asked, byhand, people
from demo.dice import Seed
from demo.studies import Studies


def add(seed: Seed, studies: Studies, leads: dict[str, Person], today: date) -> None:
    owners = people.actors(leads, Role.OWNER)
    byhand.add(seed, studies, leads, today)
    asked.add(seed, studies, leads, owners["municipality:1103"], today)
