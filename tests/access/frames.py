"""Released frames are everybody's; the hidden ones and the writing are the authority's."""

from datetime import date

from accounts.models import Role
from catalog.values import Strand
from config.database import db
from regions.frames.models import Frame, FrameVersion
from regions.versions import queries as kinds
from regions.versions.lifecycle import Version
from tests.access.policy import EVERYBODY, Rule
from tests.factories import MONDAY

AUTHORITY = {Role.AUTHORITY}
FACTS = {"name": "Frames", "source": "The state budget", "release_on": "2027-01-15"}


def version(state=Version.DRAFT, study_year=2027) -> FrameVersion:
    made = FrameVersion(
        number=kinds.last_number(FrameVersion) + 1, study_year=study_year, name="Frames", source="The state budget", release_on=date(2027, 1, 15), state=state, made_at=MONDAY,
        released_at=MONDAY if state is Version.RELEASED else None,
    )  # fmt: skip
    made.frames = [Frame(strand=Strand.FURTHER, oere=1_000_000_00)]
    db.session.add(made)
    db.session.commit()
    return made


def _draft(half, me) -> dict:
    return {"number": version().number}


def _approved(half, me) -> dict:
    return {"number": version(Version.APPROVED).number}


def _released(half, me) -> dict:
    return {"number": version(Version.RELEASED).number}


def _frame(half, me) -> dict:
    made = version()
    return {"number": made.number, "frame": made.frames[0].uuid}


POLICY = {
    "frames.listed": Rule(EVERYBODY),
    "frames.show": Rule(EVERYBODY, address=_released, whose=None),
    "frames.new": Rule(AUTHORITY),
    "frames.begin": Rule(AUTHORITY, form=lambda half, me: FACTS | {"study_year": "2027"}),
    "frames.facts": Rule(AUTHORITY, address=_draft, whose=None),
    "frames.change": Rule(AUTHORITY, address=_draft, whose=None, form=lambda half, me: FACTS),
    "frames.new_frame": Rule(AUTHORITY, address=_draft, whose=None),
    "frames.set_frame": Rule(AUTHORITY, address=_draft, whose=None, form=lambda half, me: {"strand": "further", "kroner": "5000000"}),
    "frames.drop_frame": Rule(AUTHORITY, address=_frame, whose=None),
    "frames.approve": Rule(AUTHORITY, address=_draft, whose=None),
    "frames.take_back": Rule(AUTHORITY, address=_approved, whose=None),
}
