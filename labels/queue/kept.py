"""The jobs as they are known now, in memory and on disk, and whoever wants to hear of changes."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Condition
from time import monotonic

from labels.queue.folder import JobFolder
from labels.queue.job import Job
from labels.queue.lock import Lock

Told = Callable[[Job], None]


class QueueFull(Exception):
    """The disk takes no more: nothing of what was asked for is kept."""

    code = "queue_full"


class QueueUnusable(Exception):
    """The folder of the print jobs cannot be read or written."""

    code = "queue_unusable"


class NoSuchJob(Exception):
    """There is no print job of this name, or no longer."""

    code = "no_such_job"


class KeptJobs:
    """Guarded by `changed`, which may be taken again by the thread that has it."""

    def __init__(self, folder: Path) -> None:
        try:
            self.files = JobFolder(folder)
            self._lock = Lock(folder / "lock")
        except OSError as error:
            raise QueueUnusable(str(error)) from error
        jobs, self.damaged = self._read()
        self.changed = Condition()
        self.tell: Told = _tell_nobody
        self._jobs = {job.id: job for job in jobs}
        self._not_before: dict[str, float] = {}
        self._unsaved: set[str] = set()

    def close(self) -> None:
        """Let another process have the folder."""
        self._lock.release()

    def jobs(self) -> tuple[Job, ...]:
        """All, oldest first."""
        with self.changed:
            return tuple(self._jobs.values())

    def job(self, job_id: str) -> Job:
        """One of them. Raises NoSuchJob."""
        with self.changed:
            if job_id not in self._jobs:
                raise NoSuchJob(job_id)
            return self._jobs[job_id]

    def add(self, job: Job, payloads: Sequence[bytes]) -> Job:
        """Keep a new job. Raises QueueFull, and then nothing of it is there.

        Nobody else waits while the disk takes its pages: a roll of blank labels has hundreds.
        """
        try:
            self.files.put_new(job, payloads)
        except OSError as error:
            raise QueueFull(str(error)) from error
        with self.changed:
            self._jobs = dict(sorted({**self._jobs, job.id: job}.items()))  # a smaller one overtook
            return self._take_in(job)

    def keep(self, job: Job) -> Job:
        """What somebody asks for counts once it is on disk. Raises QueueFull."""
        try:
            self.files.put(job)
        except OSError as error:
            raise QueueFull(str(error)) from error
        self._unsaved.discard(job.id)
        return self._take_in(job)

    def hold(self, job: Job) -> None:
        """What happened counts even while the disk takes nothing: it is written when it can be.

        A crash before that leaves a page on its way, which is uncertain, as it should be.
        """
        self._jobs[job.id] = job
        self._unsaved.add(job.id)
        self.save_unsaved()
        self._take_in(job)  # whoever is told may write elsewhere what came out

    def save_unsaved(self) -> None:
        """Try the disk again; a job that it does not take holds up no other."""
        for job_id in tuple(self._unsaved):
            with suppress(OSError):
                self.files.put(self._jobs[job_id])
                self._unsaved.discard(job_id)

    def forget(self, job: Job) -> None:
        """Drop a job that is over; what lies on the disk of it is the caller's to remove."""
        self._not_before.pop(job.id, None)
        self._unsaved.discard(job.id)
        del self._jobs[job.id]

    def put_off(self, job_id: str, seconds: float) -> None:
        """Not before so many seconds from now; a restart forgets it."""
        self._not_before[job_id] = monotonic() + seconds

    def its_time_came(self, job_id: str) -> bool:
        """Whether it may be tried now."""
        return self._not_before.get(job_id, 0.0) <= monotonic()

    def _read(self) -> tuple[list[Job], list[str]]:
        try:
            return self.files.read()
        except OSError as error:
            self._lock.release()
            raise QueueUnusable(str(error)) from error

    def _take_in(self, job: Job) -> Job:
        self._jobs[job.id] = job
        self.changed.notify_all()
        self.tell(job)
        return job


def _tell_nobody(_job: Job) -> None:
    """Until somebody listens."""
