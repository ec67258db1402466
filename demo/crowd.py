"""Everybody else who teaches: made-up teachers at real schools who fill seats and queues. Nobody signs in as them, so they wear no hat."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import insert, select

from accounts.models import Person
from catalog.values import Band
from config.database import db
from demo import names
from demo.dice import Dice, Seed
from demo.registers import Registers, Workplace
from enrolment.schools.models import Teacher, Teaching

TAUGHT = (
    "norsk", "norsk", "norsk", "matematikk", "matematikk", "matematikk", "engelsk", "engelsk", "samisk", "mathelse", "kroppsoving",
    "musikk", "kunsthandverk", "naturfag", "samfunnsfag", "krle",
)  # fmt: skip
FOLLOWED = ("municipality:1103", "municipality:5501")  # school owners one can sign in as: one teacher in six works for each
BUSIEST = 6  # runs to come that one teacher takes part in


@dataclass(frozen=True)
class Extra:
    """One of the crowd: `key` names them in the histories."""

    key: str
    name: str
    school: Workplace
    subject: str
    bands: tuple[Band, ...]


class Crowd:
    """All of them, and who has taken part in what, so that nobody is twice in a module or in too many runs to come."""

    def __init__(self, seed: Seed, registers: Registers, count: int):
        schools = list(registers.schools.values())
        near = [[school for school in schools if school.owner_id == registers.owners[owner]] for owner in FOLLOWED]
        self.seed, self.registers = seed, registers
        self.extras = [self._extra(number, schools, near) for number in range(1, count + 1)]
        self.teaching: dict[str, list[Extra]] = defaultdict(list)
        for extra in self.extras:
            self.teaching[extra.subject].append(extra)
        self.taken: set[tuple[str, int]] = set()
        self.coming: Counter[str] = Counter()

    def _extra(self, number: int, schools: list[Workplace], near: list[list[Workplace]]) -> Extra:
        key = f"teacher-{number:05}"
        dice = self.seed.dice(key)
        place = dice.between(1, 6)
        school = dice.one_of(near[place - 1] if place <= len(near) else schools)
        bands = tuple(school.grades.bands)[:2] or (Band.PRIMARY,)
        return Extra(key, names.name(dice), school, dice.one_of(TAUGHT), bands if dice.chance(0.4) else (dice.one_of(bands),))

    def add(self) -> dict[str, tuple[int, object]]:
        """Adds their rows. Returns key and UUID of each person by their name in the histories."""
        uuids = {extra.key: self.seed.uuid("person", extra.key) for extra in self.extras}
        _insert(Person, [{"uuid": uuids[one.key], "name": one.name, "made_up": True, "name_is_own": False} for one in self.extras])
        ids = {uuid: key for key, uuid in db.session.execute(select(Person.id, Person.uuid).where(Person.made_up))}
        people = {key: (ids[uuid], uuid) for key, uuid in uuids.items()}
        _insert(Teacher, [{"person_id": people[one.key][0], "school_id": one.school.id, "basis": "school"} for one in self.extras])
        _insert(Teaching, [row for one in self.extras for row in self._teaching(one, people[one.key][0])])
        return people

    def _teaching(self, extra: Extra, person_id: int) -> Iterable[dict]:
        subject = self.registers.subjects[extra.subject]
        return ({"person_id": person_id, "subject_id": subject.id, "band": band} for band in extra.bands)

    def some_for(self, module_id: int, subject: str, count: int, dice: Dice, *, to_come: bool) -> list[str]:
        """So many who may enrol in a run of a module, those who teach its subject first; fewer where there are not so many."""
        chosen = self._free(dice.some_of(self.teaching[subject], count * 2), module_id, to_come)[:count]
        tries = len(self.extras) * 3
        while len(chosen) < count and tries:
            tries -= 1
            chosen += [one for one in self._free([dice.one_of(self.extras)], module_id, to_come) if one not in chosen]
        self.taken.update((key, module_id) for key in chosen)
        if to_come:
            self.coming.update(chosen)
        return chosen

    def _free(self, extras: Iterable[Extra], module_id: int, to_come: bool) -> list[str]:
        return [one.key for one in extras if (one.key, module_id) not in self.taken and not (to_come and self.coming[one.key] >= BUSIEST)]


def _insert(model: type, rows: list[dict]) -> None:
    if rows:
        db.session.execute(insert(model), rows)
