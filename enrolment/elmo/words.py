"""An ELMO file in words."""

from config.languages import _
from enrolment.elmo.services import Read
from enrolment.elmo.values import Signed, Why


def why(reason: Why) -> str:
    return {
        Why.NOT_PASSED: _("Not passed, or not finished"),
        Why.NO_CREDITS: _("No credits (ECTS) are stated"),
        Why.NOT_IN_HALVES: _("Credits are counted in halves here, up to 300; add it by hand"),
        Why.TWICE: _("Stands in the file twice; it counts once"),
    }[reason]


def believed(read: Read, signer: str) -> tuple[str, str, str]:
    """The kind of notice, its title, and what it means."""
    if read.verified:
        return "good", _("Signed by %(name)s", name=signer), _("What you take counts at once.")
    if read.signed is Signed.BY_TRUSTED:
        return "wait", _("Signed by %(name)s", name=signer), _("It is about %(name)s, which is not the name you have here. So your school owner must look at what you take.", name=f"{read.content.given} {read.content.family}")
    if read.signed is Signed.BY_ANOTHER:
        return "wait", _("Signed by somebody Seksti does not know"), _("So what you take is a claim, which your school owner looks at.")
    return "wait", _("Not signed"), _("So what you take is a claim, which your school owner looks at.")
