"""How long this process has lived and how much memory it holds."""

import time

import psutil


def report() -> None:
    """Print seconds since the process began, and resident megabytes."""
    process = psutil.Process()
    lived = time.time() - process.create_time()
    print(f"{lived:.3f} {process.memory_info().rss / 1e6:.1f}")  # noqa: T201 -- read by the bench
