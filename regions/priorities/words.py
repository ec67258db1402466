"""Versions of the priorities in words."""

from datetime import date as Date

from catalog.offers import words as offer_words
from catalog.values import VolumeRule
from config.languages import _, _l, date
from regions.priorities.models import Commission, PriorityVersion
from regions.versions import words as versions
from regions.versions.lifecycle import Version

RULES = {
    VolumeRule.KEEP: _l("About the same volume"), VolumeRule.FEWER: _l("Fewer than before"), VolumeRule.DEMAND: _l("By demand"),
    VolumeRule.LOCAL: _l("By the owners' local needs"), VolumeRule.DEVELOP: _l("To be developed"), VolumeRule.BUILD_UP: _l("To be built up"),
}  # fmt: skip


def status(one: PriorityVersion, on: Date, *, newest: bool) -> tuple[str, str]:
    """Where it stands, and the kind of its tag."""
    if one.state is Version.RELEASED and on < one.holds_from:
        return _("Holds from %(date)s", date=date(one.holds_from)), "wait"
    return versions.status(one, newest=newest)


def parties(one: PriorityVersion) -> list[str]:
    return [line.strip() for line in (one.parties or "").splitlines() if line.strip()]


def commission(one: Commission) -> str:
    """«Region Vest, Samisk · Grades 1–7, 2027/2028»; for those who hear a button."""
    return ", ".join([one.region.name, offer_words.subject_and_level(one.subject, one.band), offer_words.study_year(one.study_year)])
