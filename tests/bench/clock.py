"""How long this process has lived and how much memory it holds."""

import time

import psutil


def seconds() -> float:
    """Seconds since this process began."""
    return time.time() - psutil.Process().create_time()


def megabytes() -> float:
    """Resident memory of this process."""
    return float(psutil.Process().memory_info().rss / 1e6)


def report() -> None:
    """Print both."""
    print(f"{seconds():.3f} {megabytes():.1f}")  # noqa: T201 -- read by the bench
