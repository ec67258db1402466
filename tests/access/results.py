"""Results are recorded by the institution whose module it is."""

from accounts.models import Role
from tests.access.policy import Rule


def _run(half, me) -> dict:
    return {"offering": half.begun().uuid}


POLICY = {
    "results.participants": Rule({Role.EDITOR}, address=_run),
    "results.download": Rule({Role.EDITOR}, address=_run),
    "results.download_workbook": Rule({Role.EDITOR}, address=_run),
    "results.record": Rule({Role.EDITOR}, address=_run),
    "results.read_file": Rule({Role.EDITOR}, address=_run, own=422),  # without a file
}
