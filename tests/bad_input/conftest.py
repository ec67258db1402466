"""The world of tests/access, and somebody who asks."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests import factories
from tests.bad_input.asking import Asking, watched


@pytest.fixture
def asking(app: Flask, halves) -> Iterator[Asking]:
    app.config["CLOCK"] = lambda: factories.MONDAY
    mine, _theirs = halves
    with watched() as written:
        yield Asking(app, mine, written)
