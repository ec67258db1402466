"""Made-up modules that several institutions own together: one whose place rotates, one in which an institution has not answered yet."""

from datetime import date

from sqlalchemy import select

from catalog.institutions.models import Institution
from catalog.joint import words
from catalog.joint.lifecycle import Part
from catalog.offers.models import Partner
from catalog.plans.rules import semester_of
from config.database import db
from demo.dice import Seed
from demo.studies import Studies

# The lead's module, and who owns it: institution, share of the seats, place, whether it has answered.
OWNED = {
    ("HVL", "SX-TEG1"): (("HVL", 12, "Bergen", Part.ACCEPTED), ("NTNU", 12, "Trondheim", Part.ACCEPTED), ("OsloMet", 11, "Oslo", Part.ACCEPTED)),
    ("HVL", "SX-TEG2"): (("HVL", 1, None, Part.ACCEPTED), ("OsloMet", 1, None, Part.ACCEPTED), ("NTNU", 1, None, Part.ASKED)),
    ("NTNU", "SX-PRO1"): (("NTNU", 1, None, Part.ACCEPTED), ("HVL", 1, None, Part.ASKED)),
}
ROTATES = ("HVL", "SX-TEG1")


def add(seed: Seed, studies: Studies, today: date) -> None:
    """After the runs are there, so that each is held where it is its term's turn."""
    institutions = {one.code: one.organisation_id for one in db.session.scalars(select(Institution))}
    for named, owners in OWNED.items():
        studies.modules[named].partners = [
            Partner(uuid=seed.uuid("partner", *named, code), institution_id=institutions[code], share=share, place=place, turn=turn, state=state)
            for turn, (code, share, place, state) in enumerate(owners)
        ]
    rotating = studies.modules[ROTATES]
    rotating.rotates_from = semester_of(today)
    db.session.flush()
    for run in rotating.offerings:
        if whose := words.host(rotating, run.semester):
            town = studies.registers.municipalities[TOWNS[whose.place]][0]
            for held in (run, *(meeting for meeting in run.gatherings if not meeting.online)):
                held.place, held.municipality_id = whose.place, town
    db.session.flush()


TOWNS = {"Bergen": "4601", "Trondheim": "5001", "Oslo": "0301"}
