"""News of what editors do. Receivers only add rows: they run inside the editor's transaction, before its commit.

`offering_changed.send(offering, changes, actor, at)`: a run that teachers can see says something else now;
`changes` maps a field of `content.FIELDS` to (before, after).
`module_changed.send(module, changes, actor, at)`: the same of a module.
`offering_cancelled.send(offering, reason, actor, at)`: a run will not be held; its state is cancelled already.
`seats_written.send(offering, seats)`: a run is to have so many seats; a receiver may raise BadInput where they are needed.
"""

from blinker import Namespace

_news = Namespace()
offering_changed = _news.signal("offering-changed")
module_changed = _news.signal("module-changed")
seats_written = _news.signal("seats-written")
offering_cancelled = _news.signal("offering-cancelled")
