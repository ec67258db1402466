"""Versions of the national priorities with made-up content: one that was released and one that the authority is writing."""

from datetime import date, timedelta

from sqlalchemy import select

from catalog.subjects.models import PriorityGroup, SubjectPriority
from catalog.values import Band, VolumeRule
from config.clock import start_of
from config.database import db, holds
from demo.dice import Seed
from demo.registers import Registers
from regions.priorities.models import Commission, PriorityVersion, VersionGroup, VersionSubject
from regions.versions.lifecycle import Version

PARTIES = "KS\nUtdanningsforbundet\nSkolenes landsforbund\nNorsk Lektorlag\nUniversitets- og høgskolerådet"
TARGETS = {1: 2_400, 2: 150, 3: 600, 6: 300}
# Region, subject, level, where the seats come from, how many.
ASKED = (
    ("vest", "matematikk", Band.LOWER, "state-commissioned", 60), ("vest", "samisk", Band.PRIMARY, "state-commissioned", 20),
    ("nord", "samisk", Band.PRIMARY, "jointly-developed", 25), ("nord", "mathelse", Band.LOWER, "state-commissioned", 20),
    ("midt", "musikk", Band.LOWER, "bought-by-owner", 15), ("sorost", "norsk", Band.LOWER, "state-commissioned", 120),
)  # fmt: skip


def add(seed: Seed, registers: Registers, today: date) -> None:
    """Adds the versions. The released one says what holds already, so nothing that is real is changed by it."""
    year = today.year if today.month >= 8 else today.year - 1
    told = f"Prioriteringer {year}/{year + 1} (demo)", f"Prioriteringer {year + 1}/{year + 2}, forslag (demo)"
    past = _version(seed, today, 1, told[0], date(year, 8, 1), date(year, 1, 15), Version.RELEASED)
    past.released_at, past.parties = start_of(date(year, 1, 15)), PARTIES
    past.commissions = [_commission(seed, registers, 1, one, year) for one in ASKED]
    draft = _version(seed, today, 2, told[1], date(year + 1, 8, 1), today + timedelta(days=50), Version.DRAFT)
    draft.note, draft.parties = "Mer samisk og mat og helse. Uenighet om kroppsøving er ikke avklart.", "KS\nUtdanningsforbundet"
    draft.commissions = [_commission(seed, registers, 2, one, year + 1) for one in ASKED[:3]]
    db.session.flush()


def _version(seed: Seed, today: date, number: int, name: str, holds_from: date, release_on: date, state: Version) -> PriorityVersion:
    made = PriorityVersion(
        uuid=seed.uuid("priorities", number), number=number, name=name, holds_from=holds_from, release_on=release_on, state=state,
        made_at=start_of(min(release_on, today) - timedelta(days=60)), made_up=True,
    )  # fmt: skip
    groups = db.session.scalars(select(PriorityGroup).order_by(PriorityGroup.number)).all()
    made.groups = [VersionGroup(group_id=one.id, volume_rule=VolumeRule(one.volume_rule), seats=TARGETS.get(one.number)) for one in groups]
    held = {one.subject_id: one for one in db.session.scalars(select(SubjectPriority).where(holds(SubjectPriority, today)).order_by(SubjectPriority.id))}
    made.subjects = [VersionSubject(subject_id=one.subject_id, group_id=one.group_id) for one in held.values()]
    db.session.add(made)
    return made


def _commission(seed: Seed, registers: Registers, number: int, asked: tuple, year: int) -> Commission:
    region, subject, band, source, seats = asked
    return Commission(
        uuid=seed.uuid("commission", number, region, subject), region_id=registers.regions[region], subject_id=registers.subjects[subject].id, band=band,
        study_year=year, source=source, seats=seats,
    )  # fmt: skip
