"""What made-up institutions have opened to their regions to read, and what the coordinators remark: answered and not."""

from datetime import date, timedelta

from sqlalchemy import select

from catalog.institutions.models import Institution
from catalog.offers.models import Module
from catalog.places.models import Region
from config.clock import start_of
from config.database import db
from demo.dice import Seed
from regions.readings.models import Reading, Remark

# Institution and code, what it asks, days since, and the remarks: region, section, words, answer.
OPENED = (
    ("HVL", "SX-MUV1", "Passar det å leggje samlingane til Bergen, eller bør noko gå på nett?", 6, (
        ("vest", "runs", "Lærerne i Sogn og Fjordane trenger minst én samling nærmere seg.", None),
        ("vest", "content", "Dette er godt. Kan IKT i musikk komme tydeligere fram?", "Vi legg inn ein eigen del om IKT."),
    )),
    ("HVL", "SX-MAT1", None, 40, ()),
    ("UiT", "SX-NAT2", "Vi er usikre på hvor mange studiepoeng dere trenger.", 3, (("nord", "whole", "15 studiepoeng passer best hos oss.", None),)),
)  # fmt: skip


def add(seed: Seed, today: date) -> None:
    regions = {row.code: row for row in db.session.scalars(select(Region))}
    for institution, code, asked, days, remarks in OPENED:
        module = db.session.scalars(select(Module).join(Module.institution).where(Institution.code == institution, Module.code == code)).one()
        opened = start_of(today - timedelta(days=days))
        reading = Reading(uuid=seed.uuid("reading", institution, code), module_id=module.id, asked=asked, opened_at=opened)
        reading.remarks = [
            Remark(
                uuid=seed.uuid("remark", institution, code, section), region_id=regions[region].organisation_id, section=section, text=text,
                at=opened + timedelta(hours=30), answer=answer, settled_at=opened + timedelta(hours=52) if answer else None,
            )
            for region, section, text, answer in remarks
        ]  # fmt: skip
        db.session.add(reading)
    db.session.flush()
