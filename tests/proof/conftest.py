"""The long campaigns start from the stores and services that the short tests use."""

from tests.station.conftest import database, either_store, store
from tests.sync.conftest import enrolled, postgres_process, process, sqlite_process

__all__ = [
    "database",
    "either_store",
    "enrolled",
    "postgres_process",
    "process",
    "sqlite_process",
    "store",
]
