import pytest

from tests.enrolment.board import scenes


@pytest.fixture
def scene(app, db) -> scenes.Scene:
    """An owner with the round's cases before it, on a day on which it decides."""
    app.config["CLOCK"] = lambda: scenes.WITH_OWNER
    return scenes.make()
