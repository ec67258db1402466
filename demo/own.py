"""What the teachers to sign in as have of their own besides seats and claims: plans, what is asked of them, and what they share."""

from datetime import date

from accounts.models import Person, Role
from demo import asked, byhand, people, recognitions, shares
from demo.dice import Seed
from demo.studies import Studies


def add(seed: Seed, studies: Studies, leads: dict[str, Person], today: date) -> None:
    owners = people.actors(leads, Role.OWNER)
    byhand.add(seed, studies, leads, today)
    asked.add(seed, studies, leads, owners["municipality:1103"], today)
    recognitions.add(seed, studies, leads["lars"], owners["municipality:1103"], today)
    shares.add(seed, leads["amina"], today)
