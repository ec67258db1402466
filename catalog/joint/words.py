"""A module that several own, in words. Only who has accepted is spoken of to teachers."""

from collections.abc import Sequence
from datetime import date

from catalog.institutions.models import Institution
from catalog.joint.lifecycle import Part
from catalog.joint.rules import shared, whose_turn
from catalog.offers import words
from catalog.offers.models import Module, Offering, Partner
from catalog.plans.rules import semester_of
from catalog.values import Semester
from config.languages import _, _l, number

AHEAD = 4  # terms of which the place is told
PARTS = {
    Part.ASKED: (_l("Awaits an answer"), "wait"), Part.ACCEPTED: (_l("Takes part"), "good"), Part.DECLINED: (_l("Has declined"), "stop"), Part.LEFT: (_l("Has left"), "stop"),
}  # fmt: skip


def together(module: Module) -> str:
    """«Given together with NTNU and OsloMet»; empty where one institution owns it alone."""
    others = [one.short_name for one in others_of(module)]
    return _("Given together with %(institutions)s", institutions=words.listed(others)) if others else ""


def others_of(module: Module) -> list[Institution]:
    return [part.institution for part in taking_part(module) if part.institution_id != module.institution_id]


def taking_part(module: Module) -> list[Partner]:
    """The lead and those who have accepted, in the order of their turns; nobody where the lead is alone."""
    found = [part for part in module.partners if part.state is Part.ACCEPTED]
    return found if any(part.institution_id != module.institution_id for part in found) else []


def part(one: Partner) -> tuple[str, str]:
    """Where an institution's part stands, and the kind of its tag."""
    if one.institution_id == one.module.institution_id:
        return _("Leads it"), "good"
    said, kind = PARTS[one.state]
    return str(said), kind


def seats(offering: Offering) -> str:
    """«HVL 12, NTNU 12 and OsloMet 11»: whose the seats of a run are; empty where that is not stated."""
    given = _given(offering)
    return words.listed([f"{one.institution.short_name} {number(count)}" for one, count in given])


def _given(offering: Offering) -> list[tuple[Partner, int]]:
    parts = {part.institution_id: part for part in taking_part(offering.module) if part.share}
    if offering.seats is None or not parts:
        return []
    counts = shared(offering.seats, {key: part.share or 0 for key, part in parts.items()})
    return [(parts[key], count) for key, count in counts.items()]


def host(module: Module, semester: Semester | None) -> Partner | None:
    """Whose turn it is to hold the runs that begin in a semester; none where the place does not rotate."""
    return whose_turn([part for part in taking_part(module) if part.place], module.rotates_from, semester)


def turns(module: Module, on: date) -> list[tuple[str, Partner]]:
    """The coming terms with who holds the runs of each, where the place rotates."""
    first = max(semester_of(on), module.rotates_from) if module.rotates_from else None
    coming: Sequence[Semester] = [first.plus(ahead) for ahead in range(AHEAD)] if first else []
    return [(words.semester(semester), whose) for semester in coming if (whose := host(module, semester))]


def out_of_turn(offering: Offering) -> Partner | None:
    """Whose turn it would be, where the run says another place than theirs."""
    whose = host(offering.module, offering.semester)
    return whose if whose and offering.place and offering.place.casefold() != (whose.place or "").casefold() else None
