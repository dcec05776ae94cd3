"""One page of a job on its way, and every way in which that can end."""

from collections.abc import Callable
from functools import partial

from labels.printer import Printer
from labels.queue.course import Course
from labels.queue.folder import DamagedPage
from labels.queue.job import Job, PageState
from labels.queue.kept import QueueFull
from labels.transport import (
    MaybePrinted,
    NothingSent,
    Reason,
    StillWaiting,
    SystemQueue,
    Transport,
)

TransportFor = Callable[[Printer], Transport]


def send_next(course: Course, job: Job, transport_for: TransportFor) -> None:
    """Move a job that can go on by one page; whatever happens ends in a state of the job."""
    number = job.next_page
    try:
        transport = transport_for(job.printer)
        if job.pages[number].state is PageState.SENDING:
            _go_on(course, job, number, transport)
        else:
            _send(course, job, number, transport)
    except NothingSent as refusal:
        _did_not_begin(course, job.id, number, refusal.reason, refusal.detail)
    except StillWaiting as waiting:
        course.still_waits(job.id, waiting.reason, waiting.detail)
    except MaybePrinted as broken:
        course.broke_off(job.id, number, broken.reason, broken.detail)
    except DamagedPage as damaged:
        course.is_damaged(job.id, number, str(damaged))
    except QueueFull as full:
        _nobody_knows(course, job.id, number, str(full))
    except Exception as error:
        _nobody_knows(course, job.id, number, f"{type(error).__name__}: {error}")
        raise


def _send(course: Course, job: Job, number: int, transport: Transport) -> None:
    payload, ticket = course.payload(job, number), job.pages[number].ticket
    if ticket and isinstance(transport, SystemQueue):
        transport.take_back(ticket)  # what did not come out must not come out later
    if not course.begins(job.id, number):
        return
    title = f"{job.title} ({job.id}/{number + 1})"
    if isinstance(transport, SystemQueue):
        transport.hand_over(payload, title, partial(course.has_ticket, job.id, number))
    else:
        transport.send(payload, title)
    course.came_out(job.id, number)


def _go_on(course: Course, job: Job, number: int, transport: Transport) -> None:
    """A page lies in the system's own queue."""
    ticket = job.pages[number].ticket
    if not isinstance(transport, SystemQueue):
        raise MaybePrinted(Reason.BROKEN_OFF)
    if job.cancelled and transport.take_back(ticket):
        course.was_taken_back(job.id, number)
        return
    transport.follow(ticket)
    course.came_out(job.id, number)


def _did_not_begin(course: Course, job_id: str, number: int, reason: Reason, detail: str) -> None:
    """A page that the system's own queue may still have is not free to be sent."""
    page = course.job(job_id).pages[number]
    if page.state is PageState.SENDING and page.ticket:
        course.still_waits(job_id, reason, detail)
    else:
        course.was_not_sent(job_id, number, reason, detail)


def _nobody_knows(course: Course, job_id: str, number: int, detail: str) -> None:
    """A fault of ours or of the disk: what counts is how far the page was on its way."""
    page = course.job(job_id).pages[number]
    if page.state is PageState.SENDING and not page.ticket:
        course.broke_off(job_id, number, Reason.OTHER, detail)
    else:
        _did_not_begin(course, job_id, number, Reason.OTHER, detail)
