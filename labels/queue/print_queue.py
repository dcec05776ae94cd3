"""The print jobs of a point and what people do with them; `course` is how they get on.

Every change is on disk before it counts.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_hex

from msgspec import structs

from labels.printer import Printer
from labels.queue.course import Course
from labels.queue.folder import digest
from labels.queue.job import Job, Kind, Page, PageState
from labels.queue.kept import KeptJobs, Told


def _now() -> datetime:
    return datetime.now(UTC)


class PrintQueue:
    """Opened by one process at a time; any thread may call it. Raises QueueInUse, QueueUnusable.

    `damaged` names what could not be read and was set aside.
    """

    def __init__(self, folder: Path, clock: Callable[[], datetime] = _now) -> None:
        self._kept, self._clock = KeptJobs(folder), clock
        self._last = self._kept.files.last_number()
        self.damaged = tuple(self._kept.damaged)
        self.course = Course(self._kept)

    def close(self) -> None:
        """Let another process have the jobs."""
        self._kept.close()

    def listen(self, told: Told) -> None:
        """Have every change told, by the thread that makes it; whoever is told must not wait."""
        self._kept.tell = told

    def jobs(self) -> tuple[Job, ...]:
        """All that are kept, oldest first."""
        return self._kept.jobs()

    def job(self, job_id: str) -> Job:
        """One of them. Raises NoSuchJob."""
        return self._kept.job(job_id)

    def add(
        self,
        title: str,
        kind: Kind,
        printer: Printer,
        pages: Sequence[tuple[bytes, Sequence[str]]],
    ) -> Job:
        """Keep a job: once this returned it is printed or its end is told. Raises QueueFull.

        A page is the bytes that the printer is sent, and the codes on it.
        """
        if not pages:
            raise ValueError("a print job has at least one page")
        described = tuple(Page(tuple(codes), digest(payload)) for payload, codes in pages)
        with self._kept.changed:
            self._last += 1
            number = self._last
        job = Job(
            id=f"{number:06d}-{token_hex(3)}",
            title=title,
            kind=kind,
            printer=printer,
            pages=described,
            added_at=self._clock(),
        )
        return self._kept.add(job, [payload for payload, _codes in pages])

    def cancel(self, job_id: str) -> Job:
        """Send no further page. One that is on its way ends first; an uncertain one stays so."""
        with self._kept.changed:
            job = self.job(job_id)
            if job.is_over:
                return job
            self._kept.put_off(job_id, 0)
            asked = structs.replace(job, cancelled=True, stopped=False)
            return self._kept.keep(_without_waiting(asked))

    def retry(self, job_id: str) -> Job:
        """Try a job again that was stopped, or one that waits, at once."""
        with self._kept.changed:
            job = self.job(job_id)
            if job.is_over:
                return job
            self._kept.put_off(job_id, 0)
            return self._kept.keep(structs.replace(job, stopped=False, attempts=0))

    def settle(self, job_id: str, *, came_out: bool) -> Job:
        """Somebody looked at the printer: the uncertain page came out, or it is sent again."""
        with self._kept.changed:
            job = self.job(job_id)
            again = PageState.CANCELLED if job.cancelled else PageState.WAITING
            settled = _in_place_of(job, PageState.UNCERTAIN, PageState.DONE if came_out else again)
            self._kept.put_off(job_id, 0)
            return self._kept.keep(structs.replace(settled, reason=None, detail="", attempts=0))

    def to_note(self) -> tuple[tuple[Job, int], ...]:
        """Pages with codes that came out and that nobody has noted yet."""
        return tuple(
            (job, number)
            for job in self.jobs()
            for number, page in enumerate(job.pages)
            if page.state is PageState.DONE and page.codes and not page.noted
        )

    def noted(self, job_id: str, number: int) -> None:
        """It is written down elsewhere that this page came out. Raises QueueFull."""
        with self._kept.changed:
            self._kept.keep(self.job(job_id).with_page(number, noted=True))

    def forget_old(self, days: int) -> None:
        """Drop jobs that are over, noted, and older than that, and what was set aside before."""
        oldest = self._clock() - timedelta(days=days)
        with self._kept.changed:
            old = self._over_since(oldest)
            for job in old:
                self._kept.forget(job)
        for job in old:  # after a long holiday a month of them: nobody else waits for the disk
            self._kept.files.forget(job)
        self._kept.files.forget_damaged(oldest.timestamp())

    def _over_since(self, oldest: datetime) -> tuple[Job, ...]:
        unnoted = {job.id for job, _number in self.to_note()}
        return tuple(
            job
            for job in self.jobs()
            if job.is_over and job.added_at < oldest and job.id not in unnoted
        )


def _without_waiting(job: Job) -> Job:
    return _in_place_of(job, PageState.WAITING, PageState.CANCELLED)


def _in_place_of(job: Job, before: PageState, after: PageState) -> Job:
    """The job with all pages of one state in another."""
    for number, page in enumerate(job.pages):
        if page.state is before:
            job = job.with_page(number, state=after)
    return job
