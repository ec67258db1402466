"""Where a version stands, in words."""

from config.languages import _, date
from regions.versions.lifecycle import Version
from regions.versions.models import Versioned


def status(one: Versioned, *, newest: bool) -> tuple[str, str]:
    """And the kind of its tag."""
    if one.state is Version.DRAFT:
        return _("Draft"), "plain"
    if one.state is Version.APPROVED:
        return _("Hidden until %(date)s", date=date(one.release_on)), "wait"
    return (_("In force"), "good") if newest else (_("Replaced"), "plain")
