"""What enrolment refuses, each with its sentence."""

from config.errors import Refusal


class NotOpen(Refusal):
    code = "not-open"


class AnotherRunHeld(Refusal):
    """The teacher already holds a seat in another run of the same module."""

    code = "another-run-held"


class TooLate(Refusal):
    code = "too-late"
