"""What a teacher is told of a claim."""

from collections.abc import Mapping

from config.languages import _


def claim_verified(facts: Mapping[str, str]) -> str:
    return _("Your school owner has verified “%(title)s”. It counts now.", title=facts.get("title", ""))


def claim_refused(facts: Mapping[str, str]) -> str:
    return _("Your school owner has refused “%(title)s”: %(why)s", title=facts.get("title", ""), why=facts.get("why", ""))
