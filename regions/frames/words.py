"""Frames in words."""

from catalog.offers import words as offer_words
from config.languages import _, date
from regions.frames.models import Frame, FrameVersion
from regions.priorities.lifecycle import Version


def status(one: FrameVersion, *, newest: bool) -> tuple[str, str]:
    """Where it stands, and the kind of its tag."""
    if one.state is Version.DRAFT:
        return _("Draft"), "plain"
    if one.state is Version.APPROVED:
        return _("Hidden until %(date)s", date=date(one.release_on)), "wait"
    return (_("In force"), "good") if newest else (_("Replaced"), "plain")


def group(one: Frame) -> str:
    return f"{one.group.number} {one.group.name}" if one.group else _("All groups")


def scheme(one: Frame) -> str:
    return one.scheme.name if one.scheme else _("All schemes")


def frame(one: Frame) -> str:
    """«Further education, 1 …, All schemes»."""
    return ", ".join([offer_words.strand(one.strand), group(one), scheme(one)])
