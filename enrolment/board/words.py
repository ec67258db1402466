"""The board in words: what needs doing, what has been said, what it costs, and how likely a seat is."""

from collections.abc import Iterable, Mapping
from datetime import date as Date
from decimal import Decimal

from catalog.offers import words as offer_words
from config.languages import _, _l, date, kroner, moment, ngettext, number
from enrolment.applications import told as timeline
from enrolment.applications import words as application_words
from enrolment.applications.lifecycle import Employer
from enrolment.applications.models import Application
from enrolment.applications.values import Party, Track
from enrolment.board.gathering import Board, Row
from enrolment.board.values import ExtraKind, Need
from enrolment.rounds.values import Dates, Step
from enrolment.staff.values import Gap

NEEDS = {
    Need.OVERDUE: _l("Overdue"), Need.SOON: _l("Due this week"), Need.DECIDE: _l("To decide"), Need.RANK: _l("To rank"),
    Need.OTHERS: _l("Waiting for others"), Need.DONE: _l("Done"),
}  # fmt: skip
EXTRAS = {ExtraKind.TRAVEL: _l("Travel"), ExtraKind.LODGING: _l("Lodging"), ExtraKind.MATERIALS: _l("Materials")}
STATES = {
    Employer.WITH_HEAD: (_l("With the head"), "wait"), Employer.WITH_OWNER: (_l("With the owner"), "wait"), Employer.APPROVED: (_l("Approved"), "good"),
    Employer.REFUSED: (_l("Refused"), "stop"), Employer.UNANSWERED: (_l("Not approved: no answer"), "stop"),
}  # fmt: skip


def state(case: Application) -> tuple[str, str]:
    return STATES[case.employer]


def waits(case: Application, dates: Dates) -> str:
    """Who must act, and by when; or what was decided."""
    if case.employer is Employer.WITH_HEAD:
        return _by(_("The head's recommendation"), dates.on(Step.HEAD))
    if case.employer is Employer.WITH_OWNER:
        return _by(_("The owner's answer"), dates.on(Step.OWNER))
    if case.employer is Employer.REFUSED and case.refusal:
        return case.refusal.name
    if case.employer is Employer.APPROVED and case.scheme:
        return case.scheme.name
    return _("Nobody answered in time.") if case.employer is Employer.UNANSWERED else ""


def _by(what: str, day: Date | None) -> str:
    return _("%(what)s by %(day)s", what=what, day=date(day)) if day else what


application_words.EVENTS.update(
    {
        (Track.EMPLOYER, "remark"): _l("Remark by the union"), (Track.EMPLOYER, "lock"): _l("On the locked list"), (Track.MONEY, "note costs"): _l("Costs noted"),
        (Track.EMPLOYER, "accept sharing"): _l("The condition of sharing was accepted"), (Track.EMPLOYER, "follow up sharing"): _l("The sharing was followed up"),
    }
)  # fmt: skip


def told(case: Application, party: Party) -> list[tuple[str, str, str]]:
    """The timeline as a party reads it: when, what, and why and by whom."""
    return [(moment(line.at), line.title, " – ".join(filter(None, (line.text, line.who)))) for line in timeline.timeline(case, party)]


def names(cases: Iterable[Application]) -> str:
    return offer_words.listed([one.person.name for one in cases])


def head(case: Application) -> str:
    """What the head has said."""
    if case.recommended is None:
        return _("The head has said nothing.")
    return _("The head recommends it.") if case.recommended else _("The head advises against it.")


def gap(value: Gap | None) -> str:
    """«4 of 6»: how many of those who teach the subject at the school lack credits."""
    return _("%(without)s of %(teachers)s", without=number(value.without), teachers=number(value.teachers - value.unknown)) if value and value.teachers > value.unknown else _("not known")


def from_to(row: Row) -> str:
    """«15 → 45»."""
    if row.standing is None:
        return _("not known")
    return _("%(now)s → %(after)s", now=number(row.standing.now), after=number(row.standing.after))


def required(row: Row) -> str:
    """What is required for what they teach."""
    stands = row.standing
    if stands is None or stands.required is None:
        return _("Does not teach the subject, by their own profile")
    if not stands.required:
        return _("No credits are required")
    said = _("%(credits)s credits are required", credits=number(stands.required))
    return _("Teaches it without the credits: %(said)s", said=said) if stands.without else said


def money(oere: int | None) -> str:
    return _("not known") if oere is None else kroner(oere)


def cost(row: Row) -> list[str]:
    """What a row costs whom, a line each."""
    if row.money is None:
        return [_("Cost not known")]
    parts = ((_("State"), row.money.state), (_("We"), row.money.ours), (_("Own time"), row.money.own))
    return [_("%(who)s: %(kroner)s", who=who, kroner=kroner(oere)) for who, oere in parts if oere]


def flags(row: Row) -> list[tuple[str, str]]:
    """Short remarks beside a name."""
    found = []
    if row.standing and row.standing.without:
        found.append((_("Lacks credits"), "wait"))
    if row.case.recommended is not None:
        found.append((_("Recommended"), "good") if row.case.recommended else (_("Advised against"), "stop"))
    if row.refused_before:
        found.append((ngettext("Refused once before", "Refused %(num)d times before", row.refused_before), "plain"))
    if row.remarks:
        found.append((ngettext("%(num)d remark", "%(num)d remarks", len(row.remarks)), "plain"))
    if row.together:
        found.append((ngettext("Together with %(num)d colleague", "Together with %(num)d colleagues", len(row.together)), "plain"))
    return found


def likely(value: bool | None) -> tuple[str, str]:
    if value is None:
        return _("Seats not known"), "plain"
    return (_("Seat likely"), "good") if value else (_("Seat uncertain"), "wait")


def summary(board: Board) -> str:
    """«12 applications, 5 waiting for your decision. The last day is 15 March 2027.»"""
    waiting = sum(row.case.employer is Employer.WITH_OWNER for row in board.rows)
    said = ngettext("%(num)d application, %(waiting)s waiting for your decision.", "%(num)d applications, %(waiting)s waiting for your decision.", len(board.rows), waiting=number(waiting))
    last = board.dates.on(Step.OWNER)
    if last is None:
        return said
    return f"{said} " + (_("The last day was %(day)s.", day=date(last)) if last < board.on else _("The last day is %(day)s.", day=date(last)))


def share_of_post(release: Decimal | None) -> str:
    """«37.5 %», of a full post."""
    return _("not known") if release is None else f"{number((release * 100).normalize() + 0)} %"


def case_approved(facts: Mapping[str, str]) -> str:
    return _("%(owner)s has approved your application.", owner=facts.get("owner", ""))


def case_refused(facts: Mapping[str, str]) -> str:
    return _("%(owner)s has refused your application: %(why)s", owner=facts.get("owner", ""), why=facts.get("why", ""))


def case_reconsidered(facts: Mapping[str, str]) -> str:
    return _("%(owner)s looks at your application again. The earlier decision no longer stands.", owner=facts.get("owner", ""))


def case_unanswered(facts: Mapping[str, str]) -> str:
    return _("Your application is not approved: your school owner gave no answer in time.")


def owner_reminder(facts: Mapping[str, str]) -> str:
    return _("Applications wait for your answer. The last day is %(day)s.", day=_day(facts))


def deputy_reminder(facts: Mapping[str, str]) -> str:
    return _("Applications still wait for the school owner's answer. The last day is %(day)s; what is not answered then is not approved.", day=_day(facts))


def _day(facts: Mapping[str, str], name: str = "day") -> str:
    return date(Date.fromisoformat(facts[name]))


def unlock_asked(facts: Mapping[str, str]) -> str:
    return _("%(name)s asks you to open the locked list together: %(why)s", name=facts.get("name", ""), why=facts.get("why", ""))


def deputy_given(facts: Mapping[str, str]) -> str:
    return _("You step in for %(owner)s from %(first)s to %(last)s.", owner=facts.get("owner", ""), first=_day(facts, "first"), last=_day(facts, "last"))


def owners_asked(facts: Mapping[str, str]) -> str:
    return _("%(owner)s asks to see each other's lists of applications.", owner=facts.get("owner", ""))


MESSAGES = {
    "case-approved": case_approved, "case-refused": case_refused, "case-reconsidered": case_reconsidered, "case-unanswered": case_unanswered,
    "owner-reminder": owner_reminder, "deputy-reminder": deputy_reminder, "unlock-asked": unlock_asked, "deputy-given": deputy_given, "owners-asked": owners_asked,
}  # fmt: skip
