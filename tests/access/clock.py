"""The demonstration's clock is moved by anybody who is signed in; in production there is none."""

from tests.access.policy import SIGNED_IN, Rule

POLICY = {
    "clock.clock": Rule(SIGNED_IN),
    "clock.move": Rule(SIGNED_IN, form=lambda half, me: {"day": "2026-12-01", "time": "23:40"}),
    "clock.go_back": Rule(SIGNED_IN),
}
