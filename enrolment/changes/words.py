"""What people read about a change of a run they take part in, and what an editor reads about whom it concerns."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from catalog.offers import words as offer_words
from catalog.publishing import words as publishing
from catalog.publishing.history import reading
from config.languages import _, ngettext
from config.languages import date as written
from enrolment.changes.models import RunChange
from enrolment.seats.lifecycle import Seat


def applicants(counts: Mapping[Seat, int]) -> str:
    """«62 applicants see this: 40 have a seat, 2 are offered one and 20 wait.» Those without a number are left out."""
    total = sum(counts.values())
    if not total:
        return _("Nobody has a seat or waits for one.")
    parts = [sentence for state, sentence in _parts(counts) if counts.get(state)]
    people = ngettext("%(num)d applicant sees this:", "%(num)d applicants see this:", total)
    return f"{people} {offer_words.listed(parts)}."


def _parts(counts: Mapping[Seat, int]) -> list[tuple[Seat, str]]:
    return [
        (Seat.PLACED, ngettext("%(num)d has a seat", "%(num)d have a seat", counts.get(Seat.PLACED, 0))),
        (Seat.OFFERED, ngettext("%(num)d is offered one", "%(num)d are offered one", counts.get(Seat.OFFERED, 0))),
        (Seat.WAITING, ngettext("%(num)d waits in line", "%(num)d wait in line", counts.get(Seat.WAITING, 0))),
    ]


def told(until: date, total: int) -> str:
    """What follows from a change of date, place or credits."""
    return ngettext(
        "This person is sent a message, and may withdraw without consequence until %(day)s.",
        "Each of these %(num)d people is sent a message, and may withdraw without consequence until %(day)s.", total, day=written(until),
    )  # fmt: skip


def differences(change: RunChange) -> list[tuple[str, str | list[str], str | list[str]]]:
    """Each field with what it said and what it says."""
    return publishing.differences(reading.changes(change.changes))


def may_withdraw(until: date) -> str:
    return _("You may withdraw without consequence until %(day)s at 23:59.", day=written(until))


def offering_changed(facts: Mapping[str, str]) -> str:
    """The message tells what was and what is, one change after the other; one that was sent before it did so leads to the page alone."""
    found = _told(facts.get("changes", ""))
    if not found:
        return _with_day(_("Dates, place or delivery of %(module)s have changed. See what it says now.", module=facts.get("module", "")), facts)
    said = _("%(module)s has been changed.", module=facts.get("module", ""))
    return _with_day(" ".join((said, *(_difference(*one) for one in found))), facts)


def _told(written: str) -> list[tuple[str, str | list[str], str | list[str]]]:
    try:
        kept = json.loads(written) if written else {}
        return publishing.differences(reading.changes(kept)) if isinstance(kept, dict) else []
    except (ValueError, KeyError):
        return []


def _difference(label: str, before: str | list[str], after: str | list[str]) -> str:
    one, other = (value if isinstance(value, str) else "; ".join(value) for value in (before, after))
    known = {"what": label, "before": one or _("not stated"), "after": other or _("not stated")}
    return _("%(what)s: from %(before)s to %(after)s.", **known)


def credits_changed(facts: Mapping[str, str]) -> str:
    before, after = (offer_words.credits(Decimal(facts[name])) if facts.get(name) else _("not stated") for name in ("before", "after"))
    known = {"module": facts.get("module", ""), "before": before, "after": after}
    return _with_day(_("The credits of %(module)s have changed: from %(before)s to %(after)s.", **known), facts)


def _with_day(said: str, facts: Mapping[str, str]) -> str:
    return f"{said} {may_withdraw(date.fromisoformat(facts['free_until']))}" if facts.get("free_until") else said
