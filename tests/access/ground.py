"""What the app stands on: open to everybody."""

from tests.access.policy import EVERYBODY, Rule

POLICY = {
    "static": Rule(EVERYBODY, address=lambda half, me: {"filename": "seksti.css"}),
    "healthz": Rule(EVERYBODY),
    "readyz": Rule(EVERYBODY),
    "styleguide": Rule(EVERYBODY),
    "about_data": Rule(EVERYBODY),
    "about_accessibility": Rule(EVERYBODY),
}
