"""The topics one chooses by: each package groups its kinds of messages, so that accounts knows none of them."""

from dataclasses import dataclass

from flask import Flask, current_app

from accounts.mail.lifecycle import How

OTHER = "other"


@dataclass(frozen=True)
class Topic:
    """`label` and `hint` are lazily translated; `usual` is how it comes to whoever has not chosen."""

    code: str
    label: str
    hint: str
    usual: How


def add(app: Flask, topic: Topic, *kinds: str) -> None:
    """Adds a topic, and the kinds of messages that belong to it; may be called again for more kinds."""
    known = app.extensions.setdefault("mail topics", {"topics": {}, "kinds": {}})
    known["topics"].setdefault(topic.code, topic)
    known["kinds"].update(dict.fromkeys(kinds, topic.code))


def all_topics() -> list[Topic]:
    """In the order in which they were added; what belongs to none of them comes last."""
    return sorted(current_app.extensions["mail topics"]["topics"].values(), key=lambda topic: topic.code == OTHER)


def topic_of(kind: str) -> Topic:
    """The topic of a kind of message; kinds that nobody has placed stand under «other»."""
    known = current_app.extensions["mail topics"]
    return known["topics"][known["kinds"].get(kind, OTHER)]
