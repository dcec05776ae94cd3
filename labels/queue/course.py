"""How jobs get on while they are printed: what is due, and what became of each page.

A page that is found on its way at the start was cut off by the end of the program: it is uncertain,
unless the system's own queue can tell.
"""

from typing import Final

from msgspec import structs

from labels.queue.job import Job, PageState
from labels.queue.kept import KeptJobs
from labels.transport import Reason

BACK_OFF_S: Final = (2.0, 5.0, 15.0, 30.0)
LOOK_AGAIN_S: Final = 2.0  # at what waits in the system's own queue
HOPELESS: Final = {Reason.REFUSED, Reason.NOT_HERE}  # no use in trying again by itself


class Course:
    """What the threads that print ask for and tell."""

    def __init__(self, kept: KeptJobs) -> None:
        self._kept = kept
        for job in kept.jobs():
            for number, page in enumerate(job.pages):
                if page.state is PageState.SENDING and not page.ticket:
                    self.broke_off(job.id, number, Reason.BROKEN_OFF, "")

    def due(self) -> tuple[Job, ...]:
        """The oldest job of each place that can go on, if its time came."""
        with self._kept.changed:
            self._kept.save_unsaved()
            first: dict[object, Job] = {}
            for job in self._kept.jobs():
                if job.can_go_on:
                    first.setdefault(job.place, job)
            return tuple(job for job in first.values() if self.is_due(job))

    def is_due(self, job: Job) -> bool:
        """Whether it may be tried now."""
        with self._kept.changed:
            return job.can_go_on and self._kept.its_time_came(job.id)

    def wait(self, seconds: float) -> None:
        """Until something changed, or for so long."""
        with self._kept.changed:
            self._kept.changed.wait(seconds)

    def job(self, job_id: str) -> Job:
        """As it is now."""
        return self._kept.job(job_id)

    def payload(self, job: Job, number: int) -> bytes:
        """The bytes of a page. Raises DamagedPage."""
        return self._kept.files.payload(job, number)

    def begins(self, job_id: str, number: int) -> bool:
        """Mark a page as on its way before its first byte; False: somebody cancelled meanwhile.

        Raises QueueFull, and then it must not be sent.
        """
        with self._kept.changed:
            job = self.job(job_id)
            if not job.can_go_on or job.pages[number].state is not PageState.WAITING:
                return False
            self._kept.keep(job.with_page(number, state=PageState.SENDING, ticket=""))
            return True

    def has_ticket(self, job_id: str, number: int, ticket: str) -> None:
        """The system's own queue knows a page by this. Raises QueueFull."""
        with self._kept.changed:
            self._kept.keep(self.job(job_id).with_page(number, ticket=ticket))

    def came_out(self, job_id: str, number: int) -> None:
        """A page is done, and the job's trouble over."""
        with self._kept.changed:
            job = self.job(job_id).with_page(number, state=PageState.DONE)
            self._kept.hold(structs.replace(job, reason=None, detail="", attempts=0))

    def was_not_sent(self, job_id: str, number: int, reason: Reason, detail: str) -> None:
        """The printer saw nothing of a page: it waits for its next turn, or for a person."""
        with self._kept.changed:
            job = self.job(job_id)
            state = PageState.CANCELLED if job.cancelled else PageState.WAITING
            stopped = reason in HOPELESS
            self._put_off(job.with_page(number, state=state), reason, detail, stopped=stopped)

    def is_damaged(self, job_id: str, number: int, detail: str) -> None:
        """The bytes of a waiting page are lost: the job stops; cancelling is all that is left."""
        with self._kept.changed:
            job = self.job(job_id)
            if job.pages[number].state is PageState.WAITING:
                self._put_off(job, Reason.OTHER, detail, stopped=True)

    def broke_off(self, job_id: str, number: int, reason: Reason, detail: str) -> None:
        """Only a person can tell whether a page came out."""
        with self._kept.changed:
            job = self.job(job_id).with_page(number, state=PageState.UNCERTAIN)
            self._kept.hold(structs.replace(job, reason=reason, detail=detail))

    def still_waits(self, job_id: str, reason: Reason, detail: str) -> None:
        """The system's own queue has the page: it is looked at again later."""
        with self._kept.changed:
            self._kept.put_off(job_id, LOOK_AGAIN_S)
            job = self.job(job_id)
            if (job.reason, job.detail) != (reason, detail):
                self._kept.hold(structs.replace(job, reason=reason, detail=detail))

    def was_taken_back(self, job_id: str, number: int) -> None:
        """A cancelled page left the system's own queue, and surely nothing came out."""
        with self._kept.changed:
            self._kept.hold(self.job(job_id).with_page(number, state=PageState.CANCELLED))

    def _put_off(self, job: Job, reason: Reason, detail: str, *, stopped: bool) -> None:
        self._kept.put_off(job.id, BACK_OFF_S[min(job.attempts, len(BACK_OFF_S) - 1)])
        self._kept.hold(
            structs.replace(
                job,
                reason=reason,
                detail=detail,
                attempts=job.attempts + 1,
                stopped=stopped and not job.cancelled,
            )
        )
