"""News of single steps, for whoever keeps a timeline of what a seat belongs to. Receivers only add rows, inside the same transaction.

`stepped.send(enrolment, event, by, at)`: an enrolment has taken a step of its life; `by` is None where a date passed.
"""

from blinker import Namespace

_news = Namespace()
stepped = _news.signal("seat-stepped")
