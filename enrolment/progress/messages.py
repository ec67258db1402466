"""What a teacher is told of a claim."""

from collections.abc import Mapping
from decimal import Decimal

from config.languages import _, number


def claim_verified(facts: Mapping[str, str]) -> str:
    if facts.get("credits"):
        return _("Your school owner has verified “%(title)s” with %(credits)s credits: %(why)s", title=facts.get("title", ""), credits=number(Decimal(facts["credits"])), why=facts.get("why", ""))
    return _("Your school owner has verified “%(title)s”. It counts now.", title=facts.get("title", ""))


def claim_refused(facts: Mapping[str, str]) -> str:
    return _("Your school owner has refused “%(title)s”: %(why)s", title=facts.get("title", ""), why=facts.get("why", ""))
