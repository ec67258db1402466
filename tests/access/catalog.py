"""The catalogue is open to everybody."""

from tests.access.policy import EVERYBODY, Rule

POLICY = {
    "catalog.home": Rule(EVERYBODY),
}
