"""The sentences that the pages of regions and institutions say. In templates the module stands as `places`."""

import re
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
# What the registers write of where their facts come from, part by part.
SOURCES = {
    "general knowledge": _l("general knowledge"),
    "general knowledge (historic number)": _l("general knowledge; a number no longer in use"),
    "carried on after 2025 by Seksti": _l("carried on after 2025 by Seksti"),
    "historic county": _l("a county of the past"),
    "needed for 2012-2015 data": _l("needed for what was offered in 2012–2015"),
    "North Sámi / Lule Sámi spellings from general knowledge": _l("Sámi names from general knowledge"),
    "HVO lies here and belongs to Udir region Vest (found)": _l("HVO lies here and belongs to Region Vest"),
    "NTNU Ålesund also lies here (NTNU: Midt). County-to-region is a policy choice": _l("NTNU in Ålesund lies here too, and belongs to Region Midt-Norge"),
    "DBH code: egil10/gpa registry": _l("code from a public list of DBH codes"),
    "DBH code: egil10/gpa": _l("code from a public list of DBH codes"),
    "orgnr: repo mapping DBH code to Enhetsregisteret (checked by its author 24.09.2026)": _l("number from a public list, checked against the register of entities"),
    "orgnr: repo list of UH institutions": _l("number from a public list of institutions"),
    "name: KD rundskriv F-13-09 (2009) address list": _l("name from the ministry’s circular F-13-09 (2009)"),
    "successor: general knowledge": _l("what became of it from general knowledge"),
    "names: Wikipedia no, samas.no": _l("names from Wikipedia and samas.no"),
}
IN_WEST = re.compile(r"(?P<who>.+?)(?: is)? in Udir region Vest \(found\)")


def source(said: str) -> str:
    """Where a fact of the registers comes from; a part that is not known is shown as the register writes it."""
    return "; ".join(dict.fromkeys(_source_part(part) for part in said.split("; ")))


def _source_part(part: str) -> str:
    west = IN_WEST.fullmatch(part)
    if west:
        return _("%(who)s belongs to Region Vest", who=west["who"])
    return str(SOURCES.get(part, part.removeprefix("found: ")))


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
