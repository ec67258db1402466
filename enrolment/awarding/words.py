"""What an allocation is called, and the sentence that explains to one person what they got. A reason names nobody."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from config.clock import day_of
from config.languages import _, date, number
from enrolment.awarding.lifecycle import Run

Line = Mapping[str, Any]


def state(run_state: Run) -> tuple[str, str]:
    """One or two words, and the kind of tag."""
    return {
        Run.DRY: (_("Dry run"), "plain"),
        Run.HALF: (_("Approved by one"), "wait"),
        Run.APPROVED: (_("Approved by two"), "good"),
        Run.TELLING: (_("Being made known"), "wait"),
        Run.PUBLISHED: (_("Made known"), "good"),
    }[run_state]


def rule_set(rules: Mapping[str, Any]) -> str:
    """The name of a rule set. Those that Seksti comes with are translated; another one stands as its register writes it."""
    known = {"2023-24": _("The order of 2023/24"), "owner-bands": _("The school owners’ ranks in bands, then the lot"), "lot-only": _("The lot alone")}
    return known.get(rules["code"], rules["title"])


def posts(hundredths: int) -> str:
    """How many full posts, as a number."""
    return number(Decimal(hundredths) / 100)


def step(name: str) -> str:
    """A step of a rule set."""
    known = {
        "core": _("Mathematics, English, Norwegian, Sámi and sign language"), "practical-aesthetic": _("Practical and aesthetic subjects"),
        "special-education": _("Special education"), "others": _("Other subjects"), "all": _("All subjects"),
    }  # fmt: skip
    return known.get(name, name)


def grant(kind: str) -> str:
    return {
        "all": _("money to every approved application"),
        "where-it-runs": _("money to all, where enough want it for it to start"),
        "up-to-seats": _("money as far as the seats reach"),
        "share-by-fte": _("a number of grants, shared by the owners’ teachers, each owner’s first guaranteed"),
    }[kind]


def claim_key(key: str) -> str:
    """What decides between two applicants."""
    return {
        "step": _("the order of the subjects"), "owner-first": _("first on its owner’s list"), "owner-band": _("the band of the owner’s rank"),
        "owner-rank": _("the owner’s rank"), "points": _("points"), "lot": _("the lot"), "group": _("a group that applied together"),
    }.get(key, key)  # fmt: skip


def sentence(line: Line) -> str:
    """What one applicant got, and why not what they wanted more, in one sentence."""
    if "left_out" in line:
        return _left_out(line["left_out"])
    reasons = "; ".join(because(one) for one in line["why"])
    got = line["choice"]
    if got == 1:
        return _("Choice 1: you got what you wanted most.")
    if got:
        return _("Choice %(number)s: %(reasons)s.", number=got, reasons=reasons)
    return _("No choice: %(reasons)s.", reasons=reasons) if reasons else _("No choice.")


def _left_out(why: str) -> str:
    return {
        "withdrawn": _("The application was withdrawn or lost its approval, so nothing was given."),
        "changed": _("The choice was changed after the run, so nothing was given."),
        "cancelled": _("The study was cancelled after the run, so nothing was given."),
        "not-eligible": _("The funding check does not let you have state money, and a study elsewhere is money alone, so nothing was given."),
    }.get(why, why)


def because(why: Line) -> str:
    """Why one choice was not granted, as part of a sentence."""
    number = why["choice"]
    return {
        "not-approved": _("choice %(number)s was not approved by your school owner", number=number),
        "not-funded": _("choice %(number)s is in a subject that gets no money in this round", number=number),
        "cancelled": _("choice %(number)s is cancelled", number=number),
        "too-few": _("choice %(number)s does not start, because too few want it", number=number),
        "group": _("choice %(number)s had no room for the group together", number=number),
        "kept": _("choice %(number)s had free seats only for others", number=number),
        "exception": _("choice %(number)s filled up with another package before it was your turn", number=number),
        "money": _("choice %(number)s: your owner’s grants were used up%(last)s", number=number, last=_last(why)),
        "full": _("choice %(number)s was full%(last)s", number=number, last=_last(why)),
    }.get(why["cause"], why["cause"])


def _last(why: Line) -> str:
    """Who got the last place, by owner and rank alone, and what decided."""
    last = why.get("last")
    if not last:
        return ""
    if last["by"] == "lot":
        return _(", and the lot decided the last place")
    if last["by"] == "group":
        return _(", the last place went to a group that applied together")
    if last["rank"] is None:
        return _(", the last place went to somebody with a stronger claim")
    if last["same"]:
        return _(", the last place went to your school owner’s no %(rank)s", rank=last["rank"])
    return _(", the last place went to another school owner’s no %(rank)s", rank=last["rank"])


def last_day(reply_by: datetime) -> str:
    """The last day to answer: the deadline is the midnight that ends it."""
    return date(day_of(reply_by - timedelta(seconds=1)))


def told_seat(facts: Mapping[str, str]) -> str:
    day = facts.get("reply_by")
    if not day:
        return _("The round is decided: you are offered a seat in your choice %(choice)s.", choice=facts.get("choice", ""))
    return _("The round is decided: you are offered a seat in your choice %(choice)s. Answer by %(day)s.", choice=facts.get("choice", ""), day=last_day(datetime.fromisoformat(day)))


def told_elsewhere(facts: Mapping[str, str]) -> str:
    return _("The round is decided: your choice %(choice)s, a study elsewhere, gets its money.", choice=facts.get("choice", ""))


def told_waiting(_facts: Mapping[str, str]) -> str:
    return _("The round is decided: there was no seat for you yet, and you stand in the queue.")


def told_none(_facts: Mapping[str, str]) -> str:
    return _("The round is decided: there was no seat for you. See why, and what you can do.")


def told_moved(facts: Mapping[str, str]) -> str:
    return _("A decision moved somebody past you in the queue of %(module)s: %(why)s", module=facts.get("module", ""), why=facts.get("why", ""))


MESSAGES = {
    "allocation-seat": told_seat, "allocation-elsewhere": told_elsewhere, "allocation-waiting": told_waiting, "allocation-none": told_none,
    "queue-moved": told_moved,
}  # fmt: skip
