"""A staff register in words."""

from enrolment.staff.values import Gap, Standing
from config.languages import _, _l, ngettext, number

STANDINGS = {
    Standing.MEETS: (_l("Enough credits"), "good"),
    Standing.LACKS: (_l("Lacks credits"), "stop"),
    Standing.UNKNOWN: (_l("Credits not known"), "wait"),
    Standing.FREE: (_l("Nothing is required"), "plain"),
}


def summary(gap: Gap) -> str | None:
    """«12 of 80 lack the credits that are required for what they teach; of 5 it is not known.»"""
    if not gap.teachers:
        return None
    said = ngettext(
        "%(without)s of %(num)d lacks the credits that are required for what they teach.",
        "%(without)s of %(num)d lack the credits that are required for what they teach.",
        gap.teachers, without=number(gap.without),
    )  # fmt: skip
    return f"{said} " + _("Of %(unknown)s it is not known.", unknown=number(gap.unknown)) if gap.unknown else said


def share(gap: Gap) -> str:
    """How many in a hundred of those whose credits are known lack some."""
    known = gap.teachers - gap.unknown
    return _("%(share)s %%", share=number(round(100 * gap.without / known))) if known else "–"
