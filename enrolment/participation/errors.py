"""What is refused of taking part, each with its sentence."""

from config.errors import Refusal


class NotNow(Refusal):
    code = "not-now"
