"""What applications refuse, each with its sentence."""

from config.errors import Refusal


class RoundClosed(Refusal):
    """The round takes no applications from teachers on this day."""

    code = "round-closed"


class NotComplete(Refusal):
    code = "application-not-complete"


class DecidedAlready(Refusal):
    """The employer has decided, so that there is nothing left to change."""

    code = "decided-already"


class NoRoomForChoice(Refusal):
    code = "no-room-for-choice"
