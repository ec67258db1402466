"""`tests.served:app` is the product for a server whose pages are looked at: what the run has compiled already, it need not compile."""

from tests import compiled
from wsgi import create_app

app = create_app()
compiled.keep(app)
