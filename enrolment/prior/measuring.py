"""What a teacher writes of how much they took, as credits with how they were measured."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from config.forms import Form
from config.languages import _, number
from enrolment.prior import queries
from enrolment.prior.rules import reckon
from enrolment.prior.values import OWN, Unit
from enrolment.progress.values import OWN_UNIT, Measured

MOST_CREDITS = Decimal(300)


@dataclass(frozen=True)
class Read:
    credits: Decimal
    how: Measured


def choices(on: date) -> list[tuple[str, str]]:
    """Units to choose from: code and name."""
    return [(unit.code, unit.name) for unit in queries.units(on)]


def read(form: Form, on: date) -> Read | None:
    """None, with the errors added to the form, for a unit that is not in the register, a foreign one that is not told, or too much."""
    said = form.values
    if said["unit"] in (None, OWN):
        stated = said["stated"] or None
        return Read(said["credits"], Measured(None, stated, said["country"]) if stated or said["country"] else OWN_UNIT)
    unit = next((one for one in queries.units(on) if one.code == said["unit"]), None)
    if unit is None:
        form.refuse("unit", _("Choose from the list."))
        return None
    reckoned = reckon(said["credits"], Unit(unit.code, unit.credits))
    if not reckoned.sure and not said["stated"]:
        form.refuse("stated", _("Write what stands on the diploma, such as “20 credit hours”."))
    if reckoned.credits > MOST_CREDITS:
        form.refuse("credits", _("%(amount)s %(unit)s are %(credits)s credits, which is more than five years of study.", amount=number(said["credits"]), unit=unit.name, credits=number(reckoned.credits)))
    if not form.ok:
        return None
    return Read(reckoned.credits, Measured(unit.code, said["stated"] or f"{number(said['credits'])} {unit.name_nb}", said["country"]))
