"""Evaluations in words."""

from config.languages import _, _l

SCALE = {1: _l("1 – Disagree"), 2: "2", 3: "3", 4: "4", 5: _l("5 – Agree")}


def choices() -> list[tuple[str, str]]:
    return [(str(value), str(word)) for value, word in SCALE.items()]


def how_anonymous() -> list[str]:
    """How it is that an answer cannot be traced."""
    return [
        _("Your answers are added to the sums of the run and are kept nowhere else: neither you, the institution nor Seksti can find them again."),
        _("That you have answered is kept, so that you do it once; not when, and not what."),
        _("Sums are shown from five answers on, and then five at a time, so that nobody can see what one more answer changed."),
    ]
