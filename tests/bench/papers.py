"""A batch of handover minutes drawn into one PDF, described and filled first; whole processes."""

import subprocess
import sys
from collections.abc import Iterator

from tests.figures import Figure

BATCH = 500
MEASURED = (
    "import resource, sys, time\n"
    "from labels.document import Issue\n"
    "from labels.paper_pdf import paper_pdf\n"
    "from tests.labels.paper_examples import device, document\n"
    "begun = time.perf_counter()\n"
    "papers = [document(devices=(device(n),)) for n in range(1, int(sys.argv[1]) + 1)]\n"
    "pdf = paper_pdf([(paper, Issue()) for paper in papers])\n"
    "took = time.perf_counter() - begun\n"
    "print(took, len(pdf), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
)


def figures(command: str) -> Iterator[Figure]:
    """Seconds, bytes and memory; one paper tells what the tools alone take."""
    if sys.platform != "linux":
        return  # nobody else tells the memory in kilobytes
    _seconds, _size, least = _drawn(1)
    seconds, size, most = _drawn(BATCH)
    yield Figure(f"{BATCH} handover minutes into one PDF", seconds, "s", 20.0, command)
    yield Figure("one of them, in the PDF", size / BATCH / 1e3, "kB", None, command)
    yield Figure("memory that each of them adds", (most - least) / BATCH, "kB", None, command)


def _drawn(count: int) -> tuple[float, ...]:
    ended = subprocess.run(
        [sys.executable, "-c", MEASURED, str(count)],
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    return tuple(map(float, ended.stdout.split()))
