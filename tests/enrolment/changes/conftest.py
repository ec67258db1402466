"""The desks of the tests of publishing."""

from tests.catalog.publishing.conftest import desk, neighbour

__all__ = ["desk", "neighbour"]
