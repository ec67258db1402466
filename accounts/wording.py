"""Messages in words. A message is kept as a kind and its facts; the package that tells it registers the sentence, which is made in the reader's language."""

from collections.abc import Callable, Mapping

from flask import Flask, current_app

from accounts.models import Message
from config.languages import _

Sentence = Callable[[Mapping[str, str]], str]


def add(app: Flask, kind: str, sentence: Sentence) -> None:
    """Registers the sentence of a kind of message: a function of the message's facts."""
    app.extensions.setdefault("sentences", {})[kind] = sentence


def kinds(app: Flask) -> set[str]:
    return set(app.extensions.get("sentences", {}))


def sentence_of(message: Message) -> str:
    """The sentence; a kind that nobody words any more, or whose facts are of an older time, says at least that something happened."""
    try:
        return current_app.extensions["sentences"][message.kind](message.facts)
    except KeyError:
        return _("Something of yours has changed. Open the page to see what.")
