"""The dates of a round in words."""

from collections.abc import Mapping
from datetime import date as Date

from catalog.offers import words as offer_words
from catalog.values import Strand
from config.languages import _, _l, date, kroner, ngettext
from enrolment.rounds.models import Cycle, SchemeRate
from enrolment.rounds.reminding.values import Duty
from enrolment.rounds.values import Dates, Gate, Step

STEPS = {
    Step.OPENS: (_l("Teachers may apply"), _l("Opens this day")),
    Step.APPLY: (_l("Last day to apply, change or withdraw"), _l("After it the application stands as it was sent")),
    Step.HEAD: (_l("The head recommends"), _l("After it the case goes on to the school owner without a recommendation")),
    Step.UNION: (_l("The union representative remarks"), _l("Last day to remark on the list that the owner ranks")),
    Step.OWNER: (_l("The school owner answers"), _l("Approves and ranks; who has no answer by then is not approved")),
    Step.UNLOCK: (_l("Lists are final"), _l("Last day for two people to open a locked list again")),
    Step.ANSWER: (_l("The outcome is made known"), _l("Teachers see whether they have got a seat, and why")),
    Step.REPLY: (_l("Offers are answered"), _l("After it the seat goes to the next in line")),
    Step.ADMISSION: (_l("Institutions admit formally"), _l("Seats left over are opened to others after it")),
    Step.AUTUMN: (_l("Participation in autumn is confirmed"), _l("By the teacher, and by the owner after")),
    Step.SPRING: (_l("Participation in spring is confirmed"), _l("By the teacher, and by the owner after")),
}
STRANDS = {Strand.FURTHER: _l("Further education"), Strand.PRINCIPAL: _l("Principal education"), Strand.IN_SERVICE: _l("In-service training")}


def step(one: Step) -> str:
    return str(STEPS[one][0])


def meaning(one: Step) -> str:
    return str(STEPS[one][1])


def strand(one: Strand) -> str:
    return str(STRANDS[one])


def within(text: str) -> str:
    """A heading's words as they stand within a sentence."""
    return text[:1].lower() + text[1:]


def left(day: Date, on: Date) -> str:
    """How far off a day is: «in 12 days», «today», «past»."""
    days = (day - on).days
    if days < 0:
        return _("past")
    return _("today") if days == 0 else ngettext("in %(num)d day", "in %(num)d days", days)


def state(dates: Dates, on: Date) -> tuple[str, str]:
    """Where a round stands on a day in one sentence, and the kind of its tag."""
    opens, closes, answer = dates.on(Step.OPENS), dates.on(Step.APPLY), dates.on(Step.ANSWER)
    if dates.is_open(Gate.APPLY, on):
        return _("Open for applications until %(day)s", day=date(closes)), "good"
    if opens and on < opens:
        return _("Opens on %(day)s", day=date(opens)), "plain"
    if dates.is_open(Gate.DECIDE, on):
        return _("With the school owners until %(day)s", day=date(dates.on(Step.OWNER))), "wait"
    if answer and on < answer:
        return _("The outcome is made known on %(day)s", day=date(answer)), "wait"
    if dates.is_open(Gate.REPLY, on):
        return _("Offers are answered by %(day)s", day=date(dates.on(Step.REPLY))), "wait"
    return _("Over"), "plain"


def is_going_on(cycle: Cycle, on: Date) -> bool:
    """Whether seats may still be asked for, given or answered in it."""
    return any(one.step is Step.REPLY and on <= one.day for one in cycle.dates)


def next_day(dates: Dates, on: Date) -> tuple[Step, Date] | None:
    """The next day of the round that has not ended."""
    coming = sorted((day, list(Step).index(one), one) for one, day in dates.common.items() if day >= on)
    return (coming[0][2], coming[0][0]) if coming else None


def share(rate: SchemeRate) -> str:
    """Who bears what: «state 50 %, owner 25 %, own time 25 %», or a stipend."""
    if rate.stipend_oere:
        return _("%(kroner)s from the state for 30 credits", kroner=kroner(rate.stipend_oere))
    return _("state %(state)s %%, owner %(owner)s %%, own time %(own)s %%", state=rate.state_percent, owner=rate.owner_percent, own=rate.own_percent)


def subjects(rate: SchemeRate, names: Mapping[str, str]) -> str:
    """Which subjects a rate is for; `names` by code."""
    return ", ".join(names.get(code, code) for code in rate.subjects or []) or _("all others")


def study_year(cycle: Cycle) -> str:
    return offer_words.study_year(cycle.study_year)


def day_changed(facts: dict[str, str]) -> str:
    """The sentence of the message about a day that was moved."""
    return _(
        "A day of the round has been moved. %(step)s: %(after)s, not %(before)s.",
        step=step(Step(facts["step"])), after=date(Date.fromisoformat(facts["after"])), before=date(Date.fromisoformat(facts["before"])),
    )  # fmt: skip


def affected(counted, one: Step) -> list[str]:
    """Whom a change concerns, as the consequences on the page that asks for it."""
    sentences = []
    if counted.drafts:
        sentences.append(ngettext("%(num)d teacher has begun an application and not sent it", "%(num)d teachers have begun an application and not sent it", counted.drafts))
    if counted.sent:
        sentences.append(ngettext("%(num)d teacher has sent an application", "%(num)d teachers have sent an application", counted.sent))
    if counted.with_owner:
        sentences.append(
            ngettext("%(num)d application awaits the employer, among %(owners)s school owners", "%(num)d applications await the employer, among %(owners)s school owners", counted.with_owner, owners=counted.owners)
        )  # fmt: skip
    if counted.acting:
        sentences.append(_acting(one, counted.acting))
    return sentences or [_("It concerns nobody yet")]


def _acting(one: Step, number: int) -> str:
    if one is Step.HEAD:
        return ngettext("%(num)d head of a school", "%(num)d heads of schools", number)
    if one is Step.UNION:
        return ngettext("%(num)d representative of the unions", "%(num)d representatives of the unions", number)
    return ngettext("%(num)d person who acts for a school owner", "%(num)d people who act for school owners", number)


def day_near(facts: dict[str, str]) -> str:
    """The sentence that reminds somebody of what is left to do."""
    day = date(Date.fromisoformat(facts["day"]))
    duty = facts.get("duty") or {Step.APPLY: Duty.SEND, Step.HEAD: Duty.RECOMMEND, Step.REPLY: Duty.ANSWER}[Step(facts["step"])]
    return {
        Duty.SEND: _("You have begun an application and not sent it. The last day is %(day)s, until 23:59.", day=day),
        Duty.RECOMMEND: _("Applications from your teachers await your recommendation. The last day is %(day)s.", day=day),
        Duty.REMARK: _("The school owner has a list of applications that you have not commented on. The last day is %(day)s.", day=day),
        Duty.CONFIRM: _("Confirm that you take part this semester. The last day is %(day)s.", day=day),
        Duty.COUNTERSIGN: _("Teachers have confirmed that they take part, and wait for you to countersign. The last day is %(day)s.", day=day),
        Duty.ANSWER: _("You have been offered a seat. Answer by %(day)s, else it goes to the next in line.", day=day),
    }[Duty(duty)]


def also_released(hidden: int) -> list[str]:
    """What is let out beside a round, as a consequence on the page that asks for it."""
    if not hidden:
        return []
    return [ngettext("%(num)d hidden line of what is yearly is let out in the same moment", "%(num)d hidden lines of what is yearly are let out in the same moment", hidden)]
