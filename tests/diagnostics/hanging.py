"""A disk that takes no more: what is written to it waits in the kernel until it is let go."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from diagnostics.journal import Journal


@contextmanager
def hanging(journal: Journal) -> Iterator[None]:
    """For so long a full pipe lies where the journal's file was."""
    reads, writes = os.pipe()
    os.set_blocking(writes, False)
    try:
        while os.write(writes, b"\0" * 4096):
            pass
    except BlockingIOError:
        os.set_blocking(writes, True)
    os.dup2(writes, journal._lines._file.fileno())
    os.close(writes)
    try:
        yield
    finally:
        os.close(reads)
