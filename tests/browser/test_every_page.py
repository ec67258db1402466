"""Every page, as each kind of person, wide and narrow. What is looked at is found by following links, so a new page is looked at too.

SEKSTI_SHOTS=folder keeps a picture of each page there, to be looked at by somebody with eyes.
"""

import os
from pathlib import Path

import pytest
from sqlalchemy import select

from accounts.models import Person
from catalog.institutions.models import Institution
from catalog.offers.models import Course, Module, Offering
from config.database import db
from enrolment.applications.models import Application, ApplicationGroup
from enrolment.byhand.models import StudyPlan
from enrolment.progress.models import PriorCredit
from enrolment.seats.models import Enrolment
from tests.browser import looking, plan
from tests.browser.plan import KINDS

WIDE, NARROW = 1280, 390
SHOTS = os.environ.get("SEKSTI_SHOTS")
# What no link can lead to: it is asked by programs, or by a provider that the settings name; or it stands only once somebody has sent a file,
# ticked, rolled over or saved something.
NOT_FOLLOWED = {
    "static", "healthz", "readyz", "accounts.sign_in_with", "accounts.come_back", "accounts.leave_in_a_frame", "accounts.name_page",
    "catalog.robots", "catalog.sitemap", "catalog.sitemap_file", "bulk.show_upload", "bulk.refused", "bulk.show_publication", "publishing.ask_step",
    "publishing.show_steps", "publishing.show_rollover", "saved.news", "saved.note", "calendar.feed", "staff.show_upload",
    "sharing.by_address", "signing.key", "signing.institution_keys", "statements.revoked_badges", "prior.own_evidence", "prior.laid_evidence",
    "elmo.show", "ownersfile.show", "appeals.appeal",
}  # fmt: skip


@pytest.fixture(scope="session")
def planned(demonstration, folders):
    return plan.made(demonstration, folders[0])


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_is_sound(kind, demonstration, planned, visit):
    visitor = visit(demonstration, viewport=sized(WIDE))
    looking.bring_axe(visitor.page)
    if KINDS[kind].person:
        visitor.carry(plan.token(demonstration, KINDS[kind].person))
    made_up = names_made_up(demonstration)
    found, seen_narrow = [], set()
    for stop in planned["pages"][kind]:
        visitor.page.set_viewport_size(sized(WIDE))
        visitor.open(stop["path"])
        keep_picture(visitor.page, kind, stop, WIDE)
        faults = [*looking.faults(visitor.page, "nb")]
        if named(stop) & made_up and visitor.say("made up for demonstration") not in visitor.reads():
            faults.append("does not say that it is made up")
        visitor.page.set_viewport_size(sized(NARROW))
        keep_picture(visitor.page, kind, stop, NARROW)
        parts = looking.parts(visitor.page)
        faults += [f"narrow: {fault}" for fault in looking.faults_at_another_width(visitor.page, new_parts=not parts <= seen_narrow)]
        seen_narrow |= parts
        found += [f"{stop['path']}: {fault}" for fault in faults]

    assert "\n".join(found) == ""
    assert visitor.refusals == []


def test_no_link_leads_nowhere(planned):
    assert planned["dead"] == []


def test_every_page_can_be_come_to_by_links(demonstration, planned):
    rules = demonstration.app.url_map.iter_rules()
    pages = {rule.endpoint for rule in rules if "GET" in rule.methods and not rule.rule.startswith("/api/v1")}

    assert pages - set(planned["endpoints"]) == NOT_FOLLOWED


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_page_of_a_refusal_is_sound_too(width, demonstration, visit):
    visitor = visit(demonstration, viewport=sized(width))
    visitor.open("/modules/HVL/no-such-module")

    assert [*looking.faults(visitor.page, "nb")] == []
    assert visitor.refusals == [404]


def sized(width):
    return {"width": width, "height": 900}


def names_made_up(site):
    """What the addresses of made-up things name: a UUID, or an institution and a name within it."""
    with site.app.app_context():
        asked = [select(model.uuid).where(model.made_up) for model in (Course, Module, Offering, Enrolment, Application)]
        asked += [select(model.uuid).join(model.person).where(Person.made_up) for model in (PriorCredit, StudyPlan)]
        asked.append(select(ApplicationGroup.uuid).where(ApplicationGroup.made_up))
        uuids = {str(uuid) for each in asked for uuid in db.session.scalars(each)}
        slugs = {
            (code, slug)
            for model in (Course, Module)
            for code, slug in db.session.execute(select(Institution.code, model.slug).join(model.institution).where(model.made_up))
        }
        return uuids | slugs


def named(stop):
    names = stop["names"]
    return {*names.values(), (names.get("institution"), names.get("slug"))}


def keep_picture(page, kind, stop, width):
    if SHOTS:
        name = "-".join(stop["kind"]).replace(".", "-")
        number = len(list(Path(SHOTS).glob(f"{kind}-{name}-*-{width}.png")))
        page.screenshot(path=Path(SHOTS) / f"{kind}-{name}-{number}-{width}.png", full_page=True)
