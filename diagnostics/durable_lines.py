"""Lines appended to a file by a thread of its own, each on the disk before the next.

A stick that hangs keeps whoever writes to it in the kernel, where nobody can be stopped. So only
this thread ever is there. Others wait for it, but not for ever.
"""

import logging
import os
from contextlib import suppress
from dataclasses import dataclass, field
from io import FileIO
from queue import SimpleQueue
from threading import Event, Thread

PATIENCE_S = 10.0  # for one line; a slow stick needs one or two
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Job:
    line: bytes
    done: Event = field(default_factory=Event)


class DurableLines:
    """The lines of one open file, which is ours. After a failure to write nothing more is."""

    def __init__(self, file: FileIO) -> None:
        self._file = file
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._is_late = False  # somebody waited in vain, and nothing was done since
        self._thread = Thread(target=self._write_all, name="journal", daemon=True)
        self._thread.start()

    def put(self, line: bytes) -> None:
        """Write it when its turn comes; not at all where one such waits already."""
        if self._jobs.empty():
            self._jobs.put(_Job(line))

    def put_and_wait(self, line: bytes = b"") -> bool:
        """Write it; whether all was done. While the disk is overdue nobody waits again."""
        if not self._thread.is_alive():
            return True
        job = _Job(line)
        self._jobs.put(job)
        return self._in_time(job.done.wait(self._patience_s))

    def close(self) -> bool:
        """Give the file up; whether the system let it go."""
        self._jobs.put(None)
        self._thread.join(self._patience_s)
        return self._in_time(not self._thread.is_alive())

    @property
    def _patience_s(self) -> float:
        return 0.0 if self._is_late else PATIENCE_S

    def _in_time(self, done: bool) -> bool:
        if not done and not self._is_late:
            self._is_late = True
            _log.error("the journal's disk does not answer; nobody waits for it any more")
        return done

    def _write_all(self) -> None:
        while (job := self._jobs.get()) is not None:
            self._write(job.line)
            self._is_late = False
            job.done.set()
        self._close()

    def _write(self, line: bytes) -> None:
        if self._file.closed or not line:
            return
        try:
            self._file.write(line)
            os.fsync(self._file.fileno())
        except OSError:
            _log.exception("the journal ends here")
            self._close()

    def _close(self) -> None:
        with suppress(OSError):  # a stick that is gone
            self._file.close()
