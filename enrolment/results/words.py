"""What marks are called."""

from collections.abc import Mapping

from config.languages import _
from enrolment.results.values import Mark

# As they stand in files for Norwegian and Nordic readers, whatever language the page is in.
LABELS = {Mark.PASS: "Bestått", Mark.FAIL: "Ikke bestått"}


def mark(value: Mark) -> str:
    return {Mark.PASS: _("pass"), Mark.FAIL: _("fail")}.get(value, value.value)


def choices() -> list[tuple[str, str]]:
    """Every mark with its name, for a list to choose from."""
    return [(value.value, mark(value)) for value in Mark]


def result_recorded(facts: Mapping[str, str]) -> str:
    return _("Your result in %(module)s is recorded.", module=facts.get("module", ""))


def result_corrected(facts: Mapping[str, str]) -> str:
    return _("Your result in %(module)s is corrected: %(why)s", module=facts.get("module", ""), why=facts.get("why", ""))
