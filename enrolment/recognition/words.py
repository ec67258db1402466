"""Recognition in words."""

from collections.abc import Mapping

from config.languages import _
from enrolment.recognition.lifecycle import Recognised
from enrolment.recognition.models import Recognition
from enrolment.recognition.services import awarded_of, title_of

__all__ = ["awarded_of", "title_of"]


def state(one: Recognition) -> tuple[str, str]:
    """Where it is in its life, in a word or two and as the kind of its tag."""
    return {
        Recognised.ASKED: (_("Waits for the school owner"), "wait"),
        Recognised.RECOGNISED: (_("Recognised"), "good"),
        Recognised.REFUSED: (_("Refused"), "stop"),
        Recognised.WITHDRAWN: (_("Withdrawn"), "plain"),
        Recognised.ENDED: (_("Ended"), "plain"),
    }[one.state]


def given(facts: Mapping[str, str]) -> str:
    return _("“%(title)s” now counts in another subject too: %(why)s", title=facts.get("title", ""), why=facts.get("why", ""))


def refused(facts: Mapping[str, str]) -> str:
    return _("“%(title)s” does not count in another subject: %(why)s", title=facts.get("title", ""), why=facts.get("why", ""))


def ended(facts: Mapping[str, str]) -> str:
    return _("“%(title)s” no longer counts in another subject: %(why)s", title=facts.get("title", ""), why=facts.get("why", ""))
