"""Coverage is open to everybody; a region's own page to its coordinators."""

from accounts.models import Role
from tests.access.policy import EVERYBODY, Rule

POLICY = {
    "coverage.national": Rule(EVERYBODY),
    "coverage.national_csv": Rule(EVERYBODY),
    "coverage.national_workbook": Rule(EVERYBODY),
    "coverage.cell": Rule(EVERYBODY, address=lambda half, me: {"region": half.region.code, "subject": half.subject.code}, own=404),  # no priority there
    "imagined.what_if": Rule(EVERYBODY, address=lambda half, me: {"region": half.region.code, "subject": half.subject.code}, own=404),  # no priority there
    "volume.volume": Rule(EVERYBODY),
    "coverage.own_region": Rule({Role.COORDINATOR}),
}
