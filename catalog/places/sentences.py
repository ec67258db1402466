"""The sentences that the pages of regions and institutions say. In templates the module stands as `places`."""

from datetime import date as Date

from catalog.places.models import Region
from config.languages import _, _l, date, ngettext

KINDS = {
    "universitet": _l("University"),
    "vitenskapelig høyskole": _l("Specialised university"),
    "høyskole": _l("University college"),
    "privat høyskole": _l("Private university college"),
    "privat vitenskapelig høyskole": _l("Private specialised university"),
}


def kind(said: str) -> str:
    """The kind of an institution; one that is not known is shown as the register writes it."""
    return str(KINDS.get(said, said))


def published_line(courses: int, modules: int) -> str:
    """What an institution publishes here, in a sentence."""
    if not courses and not modules:
        return _("It publishes no studies here now.")
    said = [ngettext("%(num)d course", "%(num)d courses", courses), ngettext("%(num)d module", "%(num)d modules", modules)]
    return _("It publishes %(courses)s and %(modules)s here.", courses=said[0], modules=said[1])


def period(first: Date | None, last: Date | None) -> str:
    """«from 1 January 2022», «1 January 2022 – 31 December 2025»; empty where no day is known."""
    if first and last:
        return f"{date(first)} – {date(last)}"
    return _("from %(date)s", date=date(first)) if first else _("until %(date)s", date=date(last)) if last else ""


def region_line(region: Region, on: Date, studies: int) -> str:
    """How many counties, institutions and studies, in a sentence."""
    counties = sum(member.holds(on) for member in region.counties)
    institutions = sum(member.holds(on) for member in region.institutions)
    return _(
        "%(counties)s and %(institutions)s today, with %(studies)s.",
        counties=ngettext("%(num)d county", "%(num)d counties", counties),
        institutions=ngettext("%(num)d institution", "%(num)d institutions", institutions),
        studies=ngettext("%(num)d study", "%(num)d studies", studies),
    )


def confirmed(region: Region, on: Date) -> bool:
    """Whether a source confirms the region and all that it is made of on a day."""
    members = [*region.counties, *region.institutions]
    return region.confirmed and all(member.confirmed for member in members if member.holds(on))
