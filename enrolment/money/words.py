"""The ledger in words."""

from catalog.offers import words as offer_words
from config.clock import day_of
from config.languages import _, _l
from config.languages import date as written
from enrolment.money.models import MoneyEntry, RepaymentRule
from enrolment.money.statement import Row
from enrolment.money.values import Reason, What
from enrolment.participation import words as participation
from enrolment.participation.places import Place
from enrolment.rounds import words as rounds

REASONS = {
    Reason.CONFIRMED: _l("Taking part is confirmed"),
    Reason.INTERRUPTED: _l("Interrupted early in the semester"),
    Reason.NOT_TAKING_PART: _l("Did not take part"),
    Reason.SCHEME: _l("Another scheme"),
    Reason.DOUBLE: _l("State money for two studies in one semester"),
    Reason.RESTORED: _l("Is to be paid all the same"),
    Reason.ANEW: _l("Worked out anew"),
}
HAPPENED = {
    What.APPROVE: _l("Approved by the owner"), What.CONFIRM: _l("Confirmed by the teacher"), What.COUNTERSIGN: _l("Countersigned by the owner"),
    What.RETRACT: _l("The owner: did not take part"), What.RESTORE: _l("The owner: took part all the same"), What.DEFER: _l("Put off"),
    What.RESUME: _l("Taken up again"), What.INTERRUPT: _l("Interrupted"), What.WITHDRAW: _l("Withdrew from the seat"),
}  # fmt: skip


def reason(one: Reason) -> str:
    return str(REASONS[one])


def why(row: Row) -> str:
    return "; ".join(map(reason, row.reasons))


def because(entry: MoneyEntry) -> str:
    """The event behind an entry, with its day: «Countersigned by the owner, 2 February 2027»."""
    return f"{HAPPENED[entry.what]}, {written(day_of(entry.happened_at))}"


def name(place: Place | None) -> str:
    return place.study.case.person.name if place else _("Somebody who is erased")


def study(place: Place | None) -> str:
    return participation.title(place) if place else "–"


def scheme(row: Row) -> str:
    return row.scheme.name if row.scheme else "–"


def rate(row: Row) -> str:
    return rounds.share(row.rate) if row.rate else "–"


def semesters(row: Row) -> str:
    """What is confirmed of each semester."""
    if row.place is None or not row.place.semesters:
        return "–"
    return "; ".join(f"{offer_words.semester(one)}: {participation.semester(row.place, one)}" for one in row.place.semesters)


def repayment(rule: RepaymentRule) -> str:
    """A rule in a sentence."""
    if not rule.autumn_before and not rule.spring_before:
        return _("%(reason)s: %(percent)s %% of the semester’s payment is claimed back.", reason=reason(rule.reason), percent=rule.percent)
    return _(
        "%(reason)s: %(percent)s %% of the semester’s payment is claimed back where it happens before %(autumn)s in autumn or %(spring)s in spring.",
        reason=reason(rule.reason), percent=rule.percent, autumn=_day(rule.said.autumn_before), spring=_day(rule.said.spring_before),
    )  # fmt: skip


def _day(limit: tuple[int, int] | None) -> str:
    return f"{limit[1]}.{limit[0]}." if limit else "–"
