"""Dispensations in words."""

from collections.abc import Mapping
from datetime import date

from catalog.offers import words as offer_words
from config.languages import _
from config.languages import date as day
from enrolment.dispensations.models import Dispensation


def asked(given: Dispensation) -> str:
    """What is asked instead: «no credits», «30 credits»."""
    return offer_words.credits(given.credits) if given.credits else _("no credits")


def where(given: Dispensation) -> str:
    return offer_words.band(given.band) if given.band else _("Every level")


def days(given: Dispensation) -> str:
    if given.valid_to is None:
        return _("from %(day)s", day=day(given.valid_from))
    return _("%(first)s to %(last)s", first=day(given.valid_from), last=day(given.valid_to))


def state(given: Dispensation, on: date) -> tuple[str, str]:
    """Whether it holds on a day, in words and as the kind of its tag."""
    if given.ended_at is not None:
        return _("Ended"), "plain"
    if given.holds(on):
        return _("Holds now"), "good"
    return (_("Begins later"), "wait") if given.valid_from > on else (_("Over"), "plain")


def told_given(facts: Mapping[str, str]) -> str:
    return _("%(by)s has given you a dispensation from a requirement: %(why)s", by=facts.get("by", ""), why=facts.get("why", ""))


def told_ended(facts: Mapping[str, str]) -> str:
    return _("%(by)s has ended your dispensation. The requirement stands again.", by=facts.get("by", ""))
