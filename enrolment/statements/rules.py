"""Whether a line of a statement still stands: pure."""

from enrolment.statements.values import Known, Said, Standing


def standing(said: Said, known: Known | None) -> Standing:
    """A change of what the line does not tell (a mark that the holder keeps back) changes nothing, as long as it is passed."""
    if known is None or not known.vouched_for:
        return Standing.GONE
    if known.mark is not None and not known.mark.passed:
        return Standing.GONE
    if known.credits != said.credits or said.mark not in (None, known.mark):
        return Standing.CORRECTED
    return Standing.STANDS
