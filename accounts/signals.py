"""News from accounts, for the packages above. A receiver only adds rows; the use case that sends commits."""

from blinker import Namespace

_news = Namespace()

hat_given = _news.signal("hat-given")
"""A person may act in a role they did not have before. Sent with the membership as sender, flushed, and `at`."""
