"""Evidence of earlier education is its holder's, and the owner's whom the claim is laid before."""

from accounts.models import Role
from enrolment.prior import services
from tests.access import progress
from tests.access.policy import Rule
from tests.enrolment.prior import pdf_files
from tests.factories import MONDAY, acting

TEACHER, OWNER = {Role.TEACHER}, {Role.OWNER}
SANDBOX = {"Content-Security-Policy": "sandbox; default-src 'none'"}


def _kept(half, me) -> dict:
    claim = progress._claimed(half, me)["claim"]
    kept = services.add_evidence(claim, pdf_files.honest(), "vitnemål.pdf", actor=acting(half.people[Role.TEACHER]), at=MONDAY)
    return {"claim": claim, "evidence": kept.uuid}


POLICY = {
    "prior.claim": Rule(TEACHER, address=progress._claimed),
    "prior.add_evidence": Rule(TEACHER, address=progress._claimed, own=422),  # without a file
    "prior.own_evidence": Rule(TEACHER, address=_kept, stricter=SANDBOX),
    "prior.remove_evidence": Rule(TEACHER, address=_kept),
    "prior.laid_evidence": Rule(OWNER, address=_kept, stricter=SANDBOX),
}
