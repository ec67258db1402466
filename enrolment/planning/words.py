"""A plan in words: what it comes to, and what must give way where there is none."""

from catalog.offers import words
from catalog.offers.sentences import inside
from catalog.values import Semester, Tag
from config.languages import _, _l, kroner, ngettext, number
from enrolment.planning.schemas import WITHIN
from enrolment.planning.values import Block, Limit, Plan, Reach, Relaxed

PLACES = {Reach.ONLINE: _l("Online only"), Reach.REGION: _l("Online and in my region"), Reach.ANYWHERE: _l("Anywhere in the country")}


def places() -> list[tuple[str, object]]:
    return [(code, PLACES[reach]) for code, reach in WITHIN.items()]


def term(number_of_it: int) -> str:
    return words.semester(Semester.from_number(number_of_it))


def outcome(plan: Plan) -> str:
    """«Finished autumn 2027, 6 days away, 4 000 kr.»"""
    if plan.finish is None:
        return _("You have what it takes: nothing is left to plan.")
    return _("Finished %(term)s, %(days)s, %(cost)s.", term=words.semester_inside(Semester.from_number(plan.finish)), days=days(plan.days), cost=cost(plan))


def days(count: int) -> str:
    return ngettext("%(num)d day away", "%(num)d days away", count)


def cost(plan: Plan) -> str:
    return kroner(plan.cost) if plan.cost else _("no fee stated")


def giving(relaxed: Relaxed) -> str:
    """What gives way, and what that gives."""
    return " ".join([*(_way(limit, value) for limit, value in relaxed.limits.items()), outcome(relaxed.plan)])


def _way(limit: Limit, value) -> str:
    if limit is Limit.CAPACITY:
        return _("Take up to %(credits)s credits a term.", credits=number(value))
    if limit is Limit.DAYS:
        return _("Be away as many days as it takes.") if value is None else _("Be away up to %(days)s days a term.", days=value)
    if limit is Limit.REACH:
        return {Reach.REGION: _("Travel within your region."), Reach.ANYWHERE: _("Travel anywhere in the country.")}[value]
    if limit is Limit.CONTENT:
        return _("Leave the required content aside.")
    return _("Take until %(term)s.", term=words.semester_inside(Semester.from_number(value)))


def changed(relaxed: Relaxed) -> dict[str, str]:
    """The same as what stands in the address; an empty text takes the limit away."""
    return {_NAMES[limit]: _written(limit, value) for limit, value in relaxed.limits.items()}


_NAMES = {Limit.CAPACITY: "capacity", Limit.DAYS: "days", Limit.REACH: "within", Limit.LAST: "last", Limit.CONTENT: "content"}


def _written(limit: Limit, value) -> str:
    if limit is Limit.CONTENT:
        return "any"
    if limit is Limit.REACH:
        return next(code for code, reach in WITHIN.items() if reach is value)
    return Semester.from_number(value).code if limit is Limit.LAST else "" if value is None else str(value)


def content(block: Block) -> str:
    """«15 in subject didactics»."""
    return _("%(credits)s in %(content)s", credits=number(block.credits), content=inside(words.tag(Tag(block.tag))))
