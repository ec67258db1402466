"""The life of one letter: a message on its way to one person by e-mail."""

from enum import StrEnum

from config.lifecycle import Lifecycle


class Post(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"  # one tick has it in hand
    SENT = "sent"
    GIVEN_UP = "given up"
    KEPT = "kept in the app"  # no e-mail is wanted, or none can be sent; the message can be read all the same


class How(StrEnum):
    """How a person wants to be told."""

    NOW = "now"
    DAILY = "daily"
    APP = "app"


LETTER_LIFE = Lifecycle(
    {
        (Post.WAITING, "keep in the app"): Post.KEPT,
        (Post.WAITING, "take in hand"): Post.SENDING,
        (Post.SENDING, "send"): Post.SENT,
        (Post.SENDING, "try later"): Post.WAITING,
        (Post.SENDING, "take back"): Post.WAITING,
        (Post.SENDING, "give up"): Post.GIVEN_UP,
        (Post.WAITING, "send"): Post.SENT,
    }
)
