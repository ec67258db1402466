"""The demonstration, made once a run and put back for each test that asks for it."""

import pytest

from catalog.importing.services import import_catalogue
from config import database
from config.settings import ROOT
from demo.seed import seed
from tests.factories import MONDAY

TODAY = MONDAY.date()


@pytest.fixture(scope="session")
def _photo_with_demonstration(_app, _database, _photo_with_registers: str) -> str:
    _database.restore(_photo_with_registers)
    with _app.app_context():
        import_real_catalogue()
        seed("s", TODAY)
    database.let_go(_app)
    photo = _database.photo("demonstration")
    _database.restore("migrated")
    return photo


def import_real_catalogue() -> None:
    with (ROOT / "catalog/registers/modules.csv").open("rb") as file:
        import_catalogue(file, "modules.csv", at=MONDAY)


@pytest.fixture
def demonstration(db, _photo_with_demonstration: str, _database) -> None:
    """The registers, the real catalogue and the demonstration of size s, as on the Monday of the tests."""
    db.session.rollback()
    _database.restore(_photo_with_demonstration)
