"""News of what editors do. Receivers only add rows: they run inside the editor's transaction, before its commit.

`offering_changed.send(offering, changes, actor, at)`: a run that teachers can see says something else now;
`changes` maps a field of `content.FIELDS` to (before, after).
`module_changed.send(module, changes, actor, at)`: the same of a module.
`offering_cancelled.send(offering, reason, actor, at)`: a run will not be held; its state is cancelled already.
"""

from blinker import Namespace

_news = Namespace()
offering_changed = _news.signal("offering-changed")
module_changed = _news.signal("module-changed")
offering_cancelled = _news.signal("offering-cancelled")
