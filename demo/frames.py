"""Frames of state money, made up: of the study year that goes on, of the next one, and a draft that says more."""

from datetime import date, timedelta

from catalog.values import Strand
from config.clock import start_of
from config.database import db
from demo.dice import Seed
from enrolment.rounds.models import Cycle
from regions.frames import queries
from regions.frames.models import Frame, FrameVersion
from regions.versions.lifecycle import Version

SOURCE = "Funnet på for demonstrasjonen"
# Strand, number of the group, scheme, kroner; none = all of them.
THIS_YEAR = ((Strand.FURTHER, None, None, 2_000_000), (Strand.FURTHER, 1, None, 1_200_000), (Strand.PRINCIPAL, None, None, 500_000))
NEXT_YEAR = (
    (Strand.FURTHER, None, None, 2_800_000), (Strand.FURTHER, 1, None, 2_300_000), (Strand.FURTHER, 2, None, 1_200_000), (Strand.FURTHER, None, "stipend", 900_000),
    (Strand.PRINCIPAL, None, None, 500_000),
)  # fmt: skip


def add(seed: Seed, running: Cycle, coming: Cycle, today: date) -> None:
    """Adds the versions; two dry runs of the coming year want more than there is."""
    _version(seed, 1, running.study_year, THIS_YEAR, Version.RELEASED, today - timedelta(days=300))
    _version(seed, 2, coming.study_year, NEXT_YEAR, Version.RELEASED, today - timedelta(days=60))
    more = [(*one[:3], one[3] + 400_000) for one in NEXT_YEAR]
    _version(seed, 3, coming.study_year, more, Version.DRAFT, today + timedelta(days=40))
    db.session.flush()


def _version(seed: Seed, number: int, year: int, rows, state: Version, release_on: date) -> None:
    groups, schemes = {one.number: one.id for one in queries.groups()}, {one.code: one.id for one in queries.schemes()}
    said = "forslag" if state is Version.DRAFT else "vedtatt"
    made = FrameVersion(
        uuid=seed.uuid("frames", number), number=number, study_year=year, name=f"Rammer {year}/{year + 1}, {said} (demo)", source=SOURCE, release_on=release_on, state=state,
        made_at=start_of(release_on - timedelta(days=60)), released_at=start_of(release_on) if state is Version.RELEASED else None, made_up=True,
    )  # fmt: skip
    made.frames = [
        Frame(uuid=seed.uuid("frame", number, strand, group, scheme), strand=strand, group_id=groups[group] if group else None, scheme_id=schemes[scheme] if scheme else None, oere=kroner * 100)
        for strand, group, scheme, kroner in rows
    ]  # fmt: skip
    db.session.add(made)
