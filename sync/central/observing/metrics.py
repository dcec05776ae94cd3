"""Counts for a monitor, as Prometheus reads them.

With several workers the supervisor names a folder in PROMETHEUS_MULTIPROC_DIR; then every worker
answers for all of them.
"""

import os

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0)

disable_created_metrics()  # type: ignore[no-untyped-call] # when counting began is the monitor's to know


class Metrics:
    """What is counted; names of points, chains or people are no labels."""

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        named = "station_central"
        self.answers = Counter(
            f"{named}_answers", "Answers", ["question", "status"], registry=registry
        )
        self.seconds = Histogram(
            f"{named}_seconds",
            "Time of a question",
            ["question"],
            registry=registry,
            buckets=SECONDS,
        )
        self.events = Counter(
            f"{named}_events", "Events answered in pushes", ["outcome"], registry=registry
        )
        self.refusals = Counter(
            f"{named}_refusals", "Problems answered", ["code"], registry=registry
        )
        self.pulled = Counter(
            f"{named}_pulled_items", "Items handed out", ["kind"], registry=registry
        )

    def text(self) -> bytes:
        """Everything counted so far, of all workers."""
        if not os.environ.get(FOLDER):
            return generate_latest(self._registry)
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call] # ships half its types
        return generate_latest(registry)
