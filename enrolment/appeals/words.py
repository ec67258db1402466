"""An appeal in words."""

from collections.abc import Mapping

from config.languages import _
from enrolment.appeals.lifecycle import AppealState


def state(value: AppealState) -> tuple[str, str]:
    """One or two words, and the kind of tag."""
    return {
        AppealState.SENT: (_("Appeal sent"), "wait"),
        AppealState.IN_HAND: (_("Being looked at"), "wait"),
        AppealState.KEPT: (_("Mark kept"), "plain"),
        AppealState.CHANGED: (_("Mark changed"), "good"),
        AppealState.WITHDRAWN: (_("Taken back"), "plain"),
    }[value]


def in_hand(facts: Mapping[str, str]) -> str:
    return _("The institution is looking at your appeal in %(module)s.", module=facts.get("module", ""))


def answered(facts: Mapping[str, str]) -> str:
    return _("Your appeal in %(module)s is answered.", module=facts.get("module", ""))
