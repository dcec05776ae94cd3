"""Is it there, can it work, what did it do: for people and monitors."""

from importlib.metadata import version

from sqlalchemy import text

from sync import wire
from sync.central import schema
from sync.central.database import reading
from sync.central.problems import refused
from sync.central.web.asking import JSON, TEXT, Asked, Nowhere, asks


@asks("GET", "/health", answers=wire.Health, as_text=JSON)
def health(_: Asked[None, Nowhere]) -> wire.Health:
    """Say that this worker answers, whatever its database does."""
    return _health()


@asks("GET", "/ready", answers=wire.Health, refusals=("not_ready",), as_text=JSON)
def ready(asked: Asked[None, Nowhere]) -> wire.Health:
    """Say that the database answers and has the tables of this version."""
    with reading(asked.engine) as connection:
        connection.execute(text("SELECT 1"))
    if not schema.is_current(asked.engine):
        raise refused("not_ready")
    return _health()


@asks("GET", "//metrics", answers=bytes, as_text=TEXT)
def metrics(asked: Asked[None, Nowhere]) -> bytes:
    """Hand out the counts for Prometheus."""
    return asked.central.metrics.text()


def _health() -> wire.Health:
    return wire.Health("station-central", version("refurbishment-station"), wire.VERSION)


QUESTIONS = (health, ready, metrics)
