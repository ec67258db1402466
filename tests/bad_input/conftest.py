"""The world of tests/access, and somebody who asks."""

from collections.abc import Iterator

import pytest
from flask import Flask

from config.database import db
from tests import factories
from tests.bad_input.asking import Asking, watched


@pytest.fixture
def asking(app: Flask) -> Iterator[Asking]:
    app.config["CLOCK"] = lambda: factories.MONDAY
    with app.app_context(), watched() as written:
        yield Asking(app, written)
        db.session.rollback()
