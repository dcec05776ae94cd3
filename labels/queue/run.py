"""The loop that prints: a thread for each place, so that no printer holds another's jobs."""

from threading import Event, Thread
from typing import Final

from labels.printer import Route
from labels.queue.course import Course
from labels.queue.job import Job
from labels.queue.kept import Told
from labels.queue.print_queue import PrintQueue
from labels.queue.sending import TransportFor, send_next

_LOOK_EVERY_S: Final = 0.2


def run(queue: PrintQueue, transport_for: TransportFor, stop: Event, told: Told) -> None:
    """Print what is due until `stop` is set; ends when the pages on their way ended."""
    queue.listen(told)
    threads: dict[tuple[Route, str], Thread] = {}
    while not stop.is_set():
        for job in queue.course.due():
            thread = threads.get(job.place)
            if thread is None or not thread.is_alive():
                threads[job.place] = _start(queue.course, job, transport_for, stop)
        queue.course.wait(_LOOK_EVERY_S)
    for thread in threads.values():
        thread.join()


def _start(course: Course, job: Job, transport_for: TransportFor, stop: Event) -> Thread:
    thread = Thread(
        target=_print_all,
        args=(course, job, transport_for, stop),
        name=f"print to {job.printer.address or job.printer.route}",
    )
    thread.start()
    return thread


def _print_all(course: Course, job: Job, transport_for: TransportFor, stop: Event) -> None:
    """Page after page of this job, as long as they go well."""
    while not stop.is_set() and course.is_due(job):
        send_next(course, job, transport_for)
        job = course.job(job.id)
