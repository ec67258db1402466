"""Open figures are open to everybody."""

from tests.access.policy import EVERYBODY, Rule

POLICY = {
    "reports.statistics": Rule(EVERYBODY),
    "reports.statistics_csv": Rule(EVERYBODY),
    "reports.years_csv": Rule(EVERYBODY),
}
