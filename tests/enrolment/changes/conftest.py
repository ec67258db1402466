"""The desks of the tests of publishing."""

from datetime import date

import pytest

from enrolment.changes.models import FreeWithdrawalRule
from tests.catalog.publishing.conftest import desk, neighbour

__all__ = ["desk", "neighbour"]


@pytest.fixture(autouse=True)
def rule(db):
    """One may leave for fourteen days."""
    db.session.add(FreeWithdrawalRule(days=14, valid_from=date(2012, 1, 1), source="test"))
    db.session.commit()
