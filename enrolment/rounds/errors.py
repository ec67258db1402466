"""What the keeping of rounds refuses."""

from config.errors import Refusal


class ThereAlready(Refusal):
    code = "there-already"


class OutAlready(Refusal):
    code = "let-out-already"
