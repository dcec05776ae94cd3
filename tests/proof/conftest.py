"""The long campaigns start from the stores that the short tests use."""

from tests.station.conftest import database, either_store, store

__all__ = ["database", "either_store", "store"]
